"""The dearest addresses, for what nobody asked for before, ten times a second,
beside who reads and who writes.
"""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from threading import Event

import pytest

from config.postgres import embedded
from tests.factories import IssueFactory, StanceFactory
from tests.faults.installation import LOGIN
from tests.faults.proof import TIMES, Writer, writing
from tests.public.api.publishing import publish_whole
from tests.public.api.servers import Server, serving
from tests.public.api.v1.assembly import ALL, World

pytestmark = pytest.mark.slow

# how often, and the seconds that a busy machine may take; it was eight to ten
ASKED, FLOOR = 400, 3.0
ASKERS = 10
PICTURE, PAGE = "/index.png?on={}", "/?on={}"
INTERVALS = f"/api/v1/agreement/?actors={ALL}&by=year&interval=true&to={{}}"


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    """A server with a matrix of many issues, and votes of which there are intervals."""
    world = World()
    world.some(120)
    actors = [world.actors[slug] for slug in ("china", "russia")]
    stances = [
        StanceFactory(issue=issue, actor=actor)
        for issue in IssueFactory.create_batch(60)
        for actor in actors
    ]
    publish_whole(*stances, *world.votes, *world.actors.values())
    with serving(database_url, tmp_path / "log") as server:
        yield server


@contextmanager
def asking(server: Server, *addresses: str) -> Iterator[list[tuple[str, int, str | None]]]:
    """Let ten ask for them in turn, each for another day every second; yield what comes of it."""
    is_over, came, requests = (
        Event(),
        list[tuple[str, int, str | None]](),
        enumerate(cycle(addresses)),
    )

    def go_on(asker: int) -> None:
        is_over.wait(asker / ASKERS)
        while not is_over.is_set():
            begun, (number, address) = time.monotonic(), next(requests)
            status, answer, _ = server.ask(
                "GET", address.format(date(2026, 1, 1) - timedelta(number))
            )
            came.append((address, status, answer.headers["Retry-After"]))
            is_over.wait(begun + 1 - time.monotonic())

    with ThreadPoolExecutor(ASKERS) as pool:
        tasks = [pool.submit(go_on, asker) for asker in range(ASKERS)]
        try:
            yield came
        finally:
            is_over.set()
        for task in tasks:
            task.result()


def check(came: list[tuple[str, int, str | None]]) -> None:
    """Pages are all made, of what is dear some,
    while the rest is refused with when to come again.
    """
    assert {status for address, status, _ in came if address == PAGE} == {200}
    assert {200, 503} >= {status for address, status, _ in came if address != PAGE} >= {200}
    assert all(after and 0 < int(after) <= 30 for _, status, after in came if status == 503)


@pytest.mark.django_db(transaction=True)
def test_who_asks_for_what_is_dear_is_in_nobodys_way(server, slowest):
    """A reader waits no more than three times as long as alone."""
    alone = slowest(server, ASKED, "alone")
    with asking(server, PICTURE, INTERVALS, PAGE) as came:
        beside = slowest(server, ASKED, "beside the dearest addresses")

    assert beside < max(3 * alone, FLOOR)
    check(came)


def test_who_writes_beside(installation, tmp_path, prove):
    with (
        installation.copied(tmp_path) as database,
        serving(database.url(LOGIN, embedded.DATABASE), tmp_path / "log") as server,
    ):
        writer = Writer(server, installation.token)
        with asking(server, PICTURE, PAGE) as came, writing(writer):
            assert writer.goes_on(10 * TIMES)
        check(came)
        prove(writer, database)
