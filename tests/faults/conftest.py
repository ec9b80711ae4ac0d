"""An installation for all tests of a process, and the proof that each fault ends in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.config.postgres.processes import OwnServer
from tests.faults.installation import Installation, install
from tests.faults.proof import Counts, Writer, counts


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return install(tmp_path_factory.mktemp("installation"))


@pytest.fixture
def prove(tmp_path: Path, record_property: Callable[[str, object], None]) -> Callable[[Writer, OwnServer], None]:
    """Return what proves that nothing acknowledged is missing or there twice, and has that told when the run ends."""

    def proved(writer: Writer, database: OwnServer) -> None:
        result = counts(writer, database, tmp_path / "copy")
        record_property("fault", tuple(result))
        assert result == Counts(result.acknowledged, lost=0, twice=0)
        assert result.acknowledged > 0

    return proved
