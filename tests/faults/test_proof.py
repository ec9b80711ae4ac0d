"""The proof finds what is lost and what is there twice; else no fault would be seen."""

from pathlib import Path

import pytest

from config.postgres import embedded
from tests.faults.installation import LOGIN, Installation
from tests.faults.proof import Counts, Edition, Writer, counts
from tests.public.api.servers import serving

pytestmark = pytest.mark.slow


def test_what_is_lost_and_what_is_there_twice_is_counted(installation: Installation, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with (
        installation.copied(tmp_path / "data") as database,
        serving(database.url(LOGIN, embedded.DATABASE), tmp_path / "log") as server,
    ):
        writer = Writer(server, installation.token)
        for _ in range(3):
            writer.write()
        assert counts(writer, database, tmp_path / "copy") == Counts(3, lost=0, twice=0)
        first, second, third = writer.editions

        writer.editions["Never published"] = Edition(99, 1_000_000)
        assert counts(writer, database, tmp_path / "copy") == Counts(4, lost=1, twice=0)
        del writer.editions["Never published"]

        writer.editions[second] = Edition(writer.editions[first].number, writer.editions[second].source)
        assert counts(writer, database, tmp_path / "copy") == Counts(3, lost=1, twice=1)

        del writer.editions[second], writer.editions[third]
        writer.write()
        assert counts(writer, database, tmp_path / "copy") == Counts(2, lost=0, twice=1)
