"""Pictures and intervals that nobody asked for before, three a second, beside somebody who reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.factories import ActorFactory, IssueFactory, StanceFactory
from tests.faults.slow_clients import slowest_but_one_percent
from tests.public.api.publishing import publish_whole
from tests.public.api.servers import Server, serving

pytestmark = pytest.mark.slow

ASKED, FLOOR = 400, 0.5  # how often, and the seconds that a busy machine may take; it was eight to ten
EVERY = 1 / 3  # seconds


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    """A server with a matrix of many issues."""
    actors = [ActorFactory(slug=slug, name=slug) for slug in ("china", "russia")]
    stances = [StanceFactory(issue=issue, actor=actor) for issue in IssueFactory.create_batch(60) for actor in actors]
    publish_whole(*stances)
    with serving(database_url, tmp_path / "log") as server:
        yield server


@contextmanager
def asking_for_pictures(server: Server) -> Iterator[list[tuple[int, str | None]]]:
    """Ask for the picture of another day three times a second; yield what comes of it."""
    is_over, came = Event(), list[tuple[int, str | None]]()

    def ask(day: date) -> None:
        status, answer, _ = server.ask("GET", f"/index.png?on={day}")
        came.append((status, answer.headers["Retry-After"]))

    def go_on() -> None:
        askers, day = [], date(2026, 1, 1)
        while not is_over.wait(EVERY):
            askers.append(Thread(target=ask, args=[day := day - timedelta(1)]))
            askers[-1].start()
        for asker in askers:
            asker.join()

    thread = Thread(target=go_on)
    thread.start()
    try:
        yield came
    finally:
        is_over.set()
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_who_asks_for_pictures_is_in_nobodys_way(server: Server) -> None:
    """Some are made, others refused; a reader waits no more than three times as long as alone."""

    def ask() -> None:
        assert server.ask("GET", "/api/v1/actors/?page_size=1")[0] == 200

    alone = slowest_but_one_percent(ask, ASKED)
    with asking_for_pictures(server) as came:
        beside = slowest_but_one_percent(ask, ASKED)

    assert beside < max(3 * alone, FLOOR)
    assert {200, 503} >= {status for status, _ in came} >= {200}
    assert all(after and 0 < int(after) <= 30 for status, after in came if status == 503)
