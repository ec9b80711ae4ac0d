"""An installation for all tests of a process, the proof that each fault ends in,
and an innocent reader.
"""

import time
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles

import pytest

from tests.config.postgres.processes import OwnServer
from tests.faults.installation import Installation, install
from tests.faults.proof import Counts, Writer, counts
from tests.public.api.servers import Server

PAGE = "/api/v1/actors/?page_size=1"


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return install(tmp_path_factory.mktemp("installation"))


@pytest.fixture
def prove(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> Callable[[Writer, OwnServer], None]:
    """Return what proves that nothing acknowledged is missing or there twice,
    and has that told when the run ends.
    """

    def proved(writer: Writer, database: OwnServer) -> None:
        result = counts(writer, database, tmp_path / "copy")
        record_property("fault", (*result, ""))
        assert result == Counts(result.acknowledged, lost=0, twice=0)
        assert result.acknowledged > 0

    return proved


@pytest.fixture
def slowest(record_property: Callable[[str, object], None]) -> Callable[..., float]:
    """Return what lets a reader ask so often,
    and returns below how many seconds 99 of 100 answers come.

    Half of them and 99 of 100 are told when the run ends, with beside whom it was.
    """

    def measured(server: Server, times: int, beside: str, pause: float = 0) -> float:
        durations = []
        for _ in range(times):
            begun = time.perf_counter()
            assert server.ask("GET", PAGE)[0] == 200
            durations.append(time.perf_counter() - begun)
            time.sleep(pause)
        percentiles = quantiles(durations, n=100, method="inclusive")
        half, most = percentiles[49], percentiles[98]
        record_property("reader", (times, round(half * 1000), round(most * 1000), beside))
        return most

    return measured
