"""The proof finds what is lost and what is there twice; else no fault would be seen."""

import os
import signal
from http.client import HTTPResponse
from pathlib import Path

import pytest

from config.postgres import embedded
from config.postgres.postmaster import is_gone
from tests.faults.installation import LOGIN, Installation
from tests.faults.proof import LIST, Counts, Edition, Writer, counts
from tests.public.api.servers import Server, serving
from tests.waiting import eventually

pytestmark = pytest.mark.slow

ANSWERS_FIRST = (
    "synchronous_commit=off",
    "wal_writer_delay=10s",
    "wal_writer_flush_after=1GB",
    "full_page_writes=off",
)


class Keyless(Server):
    """One that hears no Idempotency-Key, as if it ignored them."""

    def ask(
        self, method: str, address: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, HTTPResponse, bytes]:
        headers.pop("Idempotency_Key", None)
        return super().ask(method, address, body, **headers)

    def hang_up(self, address: str, body: bytes, **headers: str) -> None:
        del headers["Idempotency_Key"]
        super().hang_up(address, body, **headers)


def test_what_is_lost_and_what_is_there_twice_is_counted(
    installation: Installation, tmp_path: Path
) -> None:
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

        writer.editions[second] = Edition(
            writer.editions[first].number, writer.editions[second].source
        )
        assert counts(writer, database, tmp_path / "copy") == Counts(3, lost=1, twice=1)

        del writer.editions[second], writer.editions[third]
        writer.write()
        assert counts(writer, database, tmp_path / "copy") == Counts(2, lost=0, twice=1)


def test_a_server_that_ignores_keys_is_found(installation: Installation, tmp_path: Path) -> None:
    """What it answered to nobody, it does once more for who asks again."""
    (tmp_path / "data").mkdir()
    with (
        installation.copied(tmp_path / "data") as database,
        serving(database.url(LOGIN, embedded.DATABASE), tmp_path / "log") as server,
    ):
        writer = Writer(Keyless(server.port, server.pid, server.log), installation.token)
        writer.write()
        assert counts(writer, database, tmp_path / "copy") == Counts(1, lost=0, twice=1)


def test_a_server_that_answers_before_it_has_written_is_found(
    installation: Installation, tmp_path: Path
) -> None:
    """PostgreSQL is told not to wait for its log, and killed."""
    (tmp_path / "data").mkdir()
    options = [word for option in ANSWERS_FIRST for word in ("-c", option)]
    with (
        installation.copied(tmp_path / "data", *options) as database,
        serving(database.url(LOGIN, embedded.DATABASE), tmp_path / "log") as server,
    ):
        writer = Writer(server, installation.token)
        for _ in range(5):
            writer.write()
        pid = database.cluster.running().pid
        os.kill(pid, signal.SIGKILL)
        assert eventually(lambda: is_gone(pid))
        database.cluster.start()
        assert eventually(lambda: server.ask("GET", LIST)[0] == 200)
        assert counts(writer, database, tmp_path / "copy").lost > 0
