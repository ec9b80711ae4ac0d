"""A disk that is full, the database's or that of temporary files, is called by its name,
and nothing is half done.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from config.postgres import embedded
from tests.config.postgres.processes import OwnServer
from tests.faults.disk import disk, full
from tests.faults.installation import LOGIN, Installation, many_sources, publication_of_drafts, run
from tests.faults.proof import TIMES, Writer, writing
from tests.faults.test_endings import PUBLISH, failures
from tests.public.api.http.test_unavailable import check
from tests.public.api.servers import Server, serving

pytestmark = pytest.mark.slow

FULL = "The server's disk is full"
IMPORTS, RELEASES = "/api/v1/desk/imports/?resource=sources", "/api/v1/desk/releases/"
JSON = "application/json"


@dataclass(frozen=True)
class Place:
    """A served tracker, whose database and whose temporary files have a disk each."""

    database: OwnServer
    server: Server
    token: str
    of_database: Path
    temporary: Path

    def post(self, address: str, body: bytes, media_type: str = JSON) -> tuple[int, object, bytes]:
        headers = {"Authorization": f"Bearer {self.token}", "Content_Type": media_type}
        return self.server.ask("POST", address, body, **headers)


@pytest.fixture
def place(installation: Installation, tmp_path: Path) -> Iterator[Place]:
    with (
        disk(tmp_path / "data", 200) as of_database,
        disk(tmp_path / "temporary", 20) as temporary,
        installation.copied(of_database) as database,
        serving(
            database.url(LOGIN, embedded.DATABASE), tmp_path / "log", TMPDIR=str(temporary)
        ) as server,
    ):
        yield Place(database, server, installation.token, of_database, temporary)


def test_a_database_without_room(place: Place, tmp_path: Path) -> None:
    """For an edition: over the API and by the command; and once there is room, it is published."""
    url = place.database.url(LOGIN, embedded.DATABASE)
    assert run(url, "import", str(many_sources(tmp_path / "sources.csv", 1000))).returncode == 0
    body = publication_of_drafts(place.database)

    with full(place.of_database, left=100_000):
        check(place.post(PUBLISH, body), PUBLISH, FULL)
        done = run(url, "import", str(many_sources(tmp_path / "sources.csv", 3000)), "--publish")
        assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
        assert FULL in done.stderr.splitlines()[-1]  # after how far it was, if it took a while

    assert place.post(PUBLISH, body)[0] == 200
    [line] = failures(place.server)
    assert "No space left on device" in line


def test_temporary_files_without_room(place: Place, tmp_path: Path) -> None:
    """A file that comes as a body, as a form, and those of a release."""
    file = many_sources(tmp_path / "sources.csv", 17_000).read_bytes()
    form = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="sources.csv"\r\n\r\n'
        + file
        + b"\r\n--x--\r\n"
    )
    release = b'{"version": "2026.1", "notes": "The first"}'
    with full(place.temporary):
        check(place.post(IMPORTS, file, "text/csv"), IMPORTS, FULL)
        check(place.post(IMPORTS, form, "multipart/form-data; boundary=x"), IMPORTS, FULL)
        check(place.post(RELEASES, release), RELEASES, FULL)
        assert place.server.ask("GET", "/api/v1/actors/")[0] == 200
    assert place.post(RELEASES, release)[0] == 200
    assert len(failures(place.server)) == 3


def test_who_writes_while_disks_fill(
    place: Place, prove: Callable[[Writer, OwnServer], None]
) -> None:
    """The database's, to which nothing is written then, and that of temporary files,
    which is in nobody's need.
    """
    writer = Writer(place.server, place.token)
    with writing(writer):
        for _ in range(TIMES):
            assert writer.goes_on()
            with full(place.of_database, left=4096):
                assert writer.is_refused()
            place.database.cluster.start()  # if it ended for want of room for its log
            assert writer.goes_on()
            with full(place.temporary):
                assert writer.goes_on(3)
    prove(writer, place.database)
