"""A backup that is made and put back while the tracker serves and somebody writes:
who asks is told to come again.
"""

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from django.conf import settings

from config.postgres import backups, embedded, roles
from tests.faults.installation import LOGIN, PASSWORD, Installation, run
from tests.faults.proof import RefusedError, Writer, live_titles, writing
from tests.public.api.servers import Server, serving

pytestmark = pytest.mark.slow

ADDRESSES = (
    "/",
    "/api/v1/actors/",
    "/api/v1/actors/?q=china",
    "/admin/login/",
    "/api/v1/desk/actors/",
)
COOKIE = {"Cookie": f"sessionid={'a' * 32}", "Authorization": "Bearer x"}
LOGINS = {role: f"{role}_login" for role in (settings.OWNER, settings.APPLICATION, settings.READER)}
NO_RECORD = "there is no such record"
UP_TO = re.compile(r"up to edition (\d+)")


def ask_until(done: Event, server: Server) -> set[int]:
    """Return each status that was answered until then;
    what can't be done says when to come again.
    """
    seen = set()
    while not done.is_set():
        for address in ADDRESSES:
            status, answer, _ = server.ask("GET", address, **COOKIE)
            seen.add(status)
            assert status < 429 or answer.headers["Retry-After"]
    return seen


class Restarter(Writer):
    """Who begins again where a source is gone that it made after
    the moment to which all is put back.
    """

    def write(self, title: str = "") -> None:
        try:
            super().write(title)
        except RefusedError as refused:
            if NO_RECORD not in str(refused):
                raise


def chain(server: Server) -> dict[int, str]:
    _, _, body = server.ask("GET", "/api/v1/editions/?page_size=500")
    return {edition["number"]: edition["chain"] for edition in json.loads(body)["results"]}


def test_a_backup_is_made_and_put_back_while_somebody_writes(installation, tmp_path, prove):
    """What was acknowledged up to the edition of the backup is there;
    what was later is lost, as nothing else can be.

    The chain tells so: each edition up to then is what it was, each later one is another or gone,
    and a follower that had it stops. What was lost is asked for again then, under its old keys,
    also what the backup has half of, and after that all that was ever acknowledged is there, once.
    Nothing is answered by 500 meanwhile.
    """
    with (
        installation.copied(tmp_path) as database,
        serving(database.url(LOGIN, embedded.DATABASE), tmp_path / "log") as server,
        ThreadPoolExecutor() as pool,
    ):
        url, writer, done = (
            database.url(LOGIN, embedded.DATABASE),
            Restarter(server, installation.token),
            Event(),
        )
        follow = (
            "follow",
            f"http://127.0.0.1:{server.port}",
            "--into",
            str(tmp_path / "copy of before"),
        )
        with writing(writer):
            assert writer.goes_on(3)
            early = {*writer.editions}
            made = run(url, "backup", str(tmp_path / "backups"))
            assert made.returncode == 0, made.stderr
            assert writer.goes_on(3)
            followed = run(url, *follow)
            assert followed.returncode == 0, followed.stderr
            before = chain(server)
            [file] = (tmp_path / "backups").iterdir()
            asking = pool.submit(ask_until, done, server)
            restored = run(url, "restore", "--replace", str(file))
            done.set()
            assert restored.returncode == 0, restored.stderr
            assert writer.goes_on()

        assert "Publication, desk and history agree." in restored.stdout
        assert asking.result() - {200, 401, 429, 503} == set()
        match, live = UP_TO.search(restored.stdout), live_titles(server)
        assert match
        latest, lost = int(match[1]), [title for title in writer.editions if title not in live]
        assert early.isdisjoint(lost)
        assert lost
        assert min(writer.editions[title].number for title in lost) == latest + 1
        for title in lost:
            writer.write(title)
        after = chain(server)
        assert {number for number in before if after[number] == before[number]} == {
            *range(1, latest + 1)
        }
        stopped = run(url, *follow)
        assert (stopped.returncode, "was an older state restored there" in stopped.stderr) == (
            1,
            True,
        ), stopped.stderr
        prove(writer, database)


def test_a_backup_is_put_back_on_a_server_of_ones_own(
    installation: Installation, tmp_path: Path
) -> None:
    """By logins that may no more than take their roles,
    where an administrator has made these and the extensions.

    Nobody writes meanwhile: there is nothing yet that is served.
    """
    with installation.copied(tmp_path) as database:
        made = run(database.url(LOGIN, embedded.DATABASE), "backup", str(tmp_path / "backups"))
        assert made.returncode == 0, made.stderr
        [file] = (tmp_path / "backups").iterdir()
        database.execute(
            *(f"CREATE ROLE {login} LOGIN PASSWORD '{PASSWORD}'" for login in LOGINS.values())
        )
        database.execute("CREATE DATABASE another")
        database.execute(
            *(f"CREATE EXTENSION {name}" for name in ("btree_gist", "pg_trgm", "unaccent")),
            database="another",
        )
        with embedded.connect(database.cluster.running(), "another") as administrator:
            roles.prepare(administrator, embedded.the_roles(), "another", LOGINS)
        owner, application, reader = (database.url(login, "another") for login in LOGINS.values())

        logins = {"DATABASE_OWNER_URL": owner, "DATABASE_READER_URL": reader}
        for options in ((), ("--replace",)):
            restored = run(application, "restore", *options, str(file), **logins)
            assert restored.returncode == 0, restored.stderr
            assert "up to edition 2, and proved" in restored.stdout

        for why, spoilt in (("add --replace", file), *damaged(file)):
            options = () if spoilt == file else ("--replace",)
            refused = run(application, "restore", *options, str(spoilt), **logins)
            assert (refused.returncode, why in refused.stderr, refused.stderr.count("\n")) == (
                1,
                True,
                1,
            ), refused.stderr
        assert database.execute("SELECT max(number) FROM tracker_edition", database="another") == (
            2,
        )


def damaged(file: Path) -> Iterator[tuple[str, Path]]:
    """Write copies of a backup that aren't to be restored, with why."""
    whole, dump = file.read_bytes(), file.with_name(backups.DUMP)
    manifest = backups.unpack(file, dump)
    short = file.with_name("short.tar")
    short.write_bytes(whole[: len(whole) // 2])
    yield "isn't whole", short
    others = [{**edition, "chain": "0" * 64} for edition in manifest.publication["editions"]]
    for why, changed in {
        "PostgreSQL's programs here are of": {"postgres": 99},
        "The backup is of another version": {
            "migrations": [*manifest.migrations, ["tracker", "9999_later"]]
        },
        "The backup is another tracker's": {
            "publication": {**manifest.publication, "editions": others}
        },
    }.items():
        path = file.with_name(f"{len(why)}.tar")
        with path.open("wb") as written:
            backups.write(replace(manifest, **changed), dump, written)
        yield why, path
