"""What anonymous readers may ask at worst, once, three and ten times a second,
beside somebody who reads.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from threading import Event

import pytest

from tests.factories import ActorFactory, SourceFactory
from tests.faults.proof import TIMES
from tests.public.api.publishing import publish
from tests.public.api.servers import Server, serving
from tracker.models import Actor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

ACTORS, EDITIONS = 8_000, 12
RATES = (1, 3, 10)  # a second
# how often, and the seconds that a busy machine may take; it was six to eighteen
ASKED, FLOOR = 100 * TIMES, 1.0
PAUSE = 0.05  # seconds between the reader's questions
BACKTRACKS = {"Accept_Encoding": "gzip;q=0." + "1" * 8_000 + "x"}
ATTACKS: dict[str, tuple[str, dict[str, str]]] = {
    "a header that backtracks": ("/api/v1/actors/?page_size=1", BACKTRACKS),
    "all of an edition as a table": ("/editions/1/{}.csv", {}),
    "all of an edition as a workbook": ("/editions/1/{}.xlsx", {}),
    "all of an edition as JSON": ("/editions/1/{}.json", {}),
    "all of an edition as a page": ("/editions/1/{}/", {}),
}


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    """A server with an edition that has all at once, and some after it,
    so that no two comparisons are the same.
    """
    publish(SourceFactory.create())
    Actor.objects.bulk_create(ActorFactory.build_batch(ACTORS, summary="Longer than most. " * 20))
    publish(*Actor.objects.all())
    for _ in range(EDITIONS):
        publish(SourceFactory.create())
    with serving(database_url, tmp_path / "log") as server:
        yield server


@contextmanager
def asking(server: Server, address: str, headers: dict[str, str], rate: int) -> Iterator[list[int]]:
    """Ask so often a second, whether or not answers come; yield their status."""
    is_over, statuses = Event(), list[int]()

    def ask(number: int) -> None:
        query = f"?on=2025-01-{1 + number % 28:02}"
        where = address.format(2 + number % EDITIONS) + (query if "{" in address else "")
        statuses.append(server.ask("GET", where, None, **headers)[0])

    def go_on(pool: ThreadPoolExecutor) -> None:
        for number in count():
            if is_over.wait(1 / rate):
                return
            pool.submit(ask, number)

    with ThreadPoolExecutor(100) as pool, ThreadPoolExecutor(1) as clock:
        clock.submit(go_on, pool)
        try:
            yield statuses
        finally:
            is_over.set()
            pool.shutdown(cancel_futures=True)


def test_hostile_readers_are_in_nobodys_way(server: Server, slowest: Callable[..., float]) -> None:
    """Somebody who reads waits no more than three times as long as alone,
    or no time that is felt.
    """
    alone = slowest(server, ASKED, "alone", PAUSE)
    beside, refused = {}, {}
    for name, (address, headers) in ATTACKS.items():
        for rate in RATES:
            with asking(server, address, headers, rate) as statuses:
                beside[name, rate] = slowest(
                    server, ASKED, f"beside {name}, {rate} a second", PAUSE
                )
            refused[name, rate] = {status for status in statuses if status not in (200, 400, 503)}

    assert not {key: seconds for key, seconds in beside.items() if seconds > max(3 * alone, FLOOR)}
    assert not {key: statuses for key, statuses in refused.items() if statuses}
    assert b"Traceback" not in server.log.read_bytes()
