"""A backup is put back as a whole, and whatever is wrong with one is said in a line,
with nothing touched.
"""

import gzip
import io
import json
import re
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client

from config.postgres import backups, embedded, own_server, roles
from config.postgres.cluster import Cluster
from config.postgres.trouble import TroubleError
from tests.factories import SourceFactory
from tests.publishing.acts import edited, published
from tests.publishing.releases.acts import released
from tracker.management.backups import contents
from tracker.models import CheckedBackup, Edition

pytestmark = pytest.mark.django_db(transaction=True)
EVERY = 31  # of so many bytes one is changed
HELD = "SELECT number, note FROM tracker_edition ORDER BY number"


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], list[Any]]]:
    """Let restores go into an empty database; return what asks it."""
    name = f"restored_{connections['default'].settings_dict['NAME']}"
    server = embedded.server()
    with embedded.connect(server, "postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name} OWNER {settings.OWNER}")
    with embedded.connect(server, name) as connection:
        roles.prepare(connection, embedded.the_roles(), name, {})
    monkeypatch.setitem(connections["owner"].settings_dict, "NAME", name)

    def ask(statement: str) -> list[Any]:
        with embedded.connect(server, name) as connection:
            return connection.execute(statement).fetchall()

    yield ask
    with embedded.connect(server, "postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A backup of two editions and a release."""
    source = SourceFactory()
    published(source, note="The first")
    released("2026.1")
    edited(source, title="Another title")
    published(source, note="The second")
    call_command("backup", str(tmp_path / "backups"), stdout=io.StringIO())
    [file] = (tmp_path / "backups").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    return file


def rewritten(file: Path, **changed: Any) -> Path:
    copy, dump = file.with_name("copy.tar"), file.with_name(backups.DUMP)
    manifest = backups.unpack(file, dump)
    with copy.open("wb") as written:
        backups.write(replace(manifest, **changed), dump, written)
    return copy


def refusal(file: Path, folder: Path, **how: Any) -> str:
    dump = folder / backups.DUMP
    try:
        backups.restore(dump, backups.unpack(file, dump), **{"replace": True, **how})
    except TroubleError as trouble:
        return str(trouble)
    raise AssertionError("it was restored")


def test_a_backup_is_put_back_whole_or_not_at_all(backup, tmp_path, elsewhere):
    """Into an empty database, and in place of what is there,
    which stays as it was if anything goes wrong.
    """
    dump = tmp_path / backups.DUMP
    manifest = backups.unpack(backup, dump)
    backups.restore(dump, manifest, replace=False)

    assert elsewhere(HELD) == [(1, "The first"), (2, "The second")]
    assert manifest.publication == json.loads(json.dumps(contents(2)))
    assert len(manifest.publication["releases"]) > 5
    assert "add --replace" in refusal(backup, tmp_path, replace=False)

    half = dump.read_bytes()[: dump.stat().st_size // 2]
    dump.write_bytes(half)
    with pytest.raises(TroubleError, match=r"nothing was changed: .* Mend that, or take another"):
        backups.restore(dump, manifest, replace=True)
    assert elsewhere(HELD) == [(1, "The first"), (2, "The second")]

    backups.restore(dump, backups.unpack(backup, dump), replace=True)
    assert elsewhere(HELD) == [(1, "The first"), (2, "The second")]
    granted = f"SELECT has_table_privilege('{settings.APPLICATION}', 'tracker_edition', 'UPDATE')"
    assert elsewhere(granted) == [(False,)]


def test_a_file_that_is_not_as_it_was_made_is_refused(backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    spoilt = tmp_path / "spoilt.tar"
    with tarfile.open(backup) as archive:
        begin = archive.getmember(backups.DUMP).offset_data

    refusals = {}
    for kind, content in {
        "cut short": whole[: len(whole) // 2],
        "a byte": flipped(whole, begin + 5000),
        "no backup": b"PGDMP" * 1000,
        "compressed": gzip.compress(whole),
        "nothing": b"",
    }.items():
        spoilt.write_bytes(content)
        refusals[kind] = refusal(spoilt, tmp_path)

    assert "isn't whole" in refusals["cut short"]
    assert "another SHA-256" in refusals["a byte"]
    assert "is no backup" in refusals["no backup"]
    assert "is no backup" in refusals["compressed"]
    assert "is no backup" in refusals["nothing"]
    assert "There is no file" in refusal(tmp_path / "none.tar", tmp_path)
    assert "can't be read" in refusal(tmp_path, tmp_path)
    assert Edition.objects.count() == 2


def flipped(content: bytes, position: int) -> bytes:
    return content[:position] + bytes([content[position] ^ 1]) + content[position + 1 :]


def test_a_byte_that_is_changed_before_the_dump_is_found_or_says_nothing(
    backup: Path, tmp_path: Path
) -> None:
    """In the manifest and the headers of the archive:
    without the dump, and before anything is done.
    """
    whole = backup.read_bytes()
    manifest, spoilt, refusals = backups.unpack(backup), tmp_path / "spoilt.tar", []
    with tarfile.open(backup) as archive:
        begin = archive.getmember(backups.DUMP).offset_data
    for position in range(0, begin, EVERY):
        spoilt.write_bytes(flipped(whole, position))
        try:
            assert backups.unpack(spoilt) == manifest
        except TroubleError as trouble:
            refusals.append(str(trouble))
    assert len(refusals) > len(json.dumps(asdict(manifest))) / EVERY
    assert all(
        re.fullmatch(r".*: (take another .*|restore it with its own version)\.", line)
        for line in refusals
    )


def test_a_manifest_is_of_the_moment_of_its_dump(backup: Path, tmp_path: Path) -> None:
    """What is published and released while a backup is made is in neither."""

    def late(*moment: Any) -> dict[str, Any]:
        published(SourceFactory(), note="The third")
        released("2026.2")
        released("2026.3", edition=1)
        return contents(*moment)

    manifest = backups.dump(tmp_path / backups.DUMP, late)

    assert manifest.publication == backups.unpack(backup).publication


def test_where_there_is_no_tracker_nothing_is_backed_up(tmp_path, elsewhere, monkeypatch):
    """In an empty database, and where there is none, which isn't made for it."""
    with pytest.raises(
        CommandError, match="There is no tracker to back up: set TRACKER_DATA_DIR or DATABASE_URL"
    ):
        call_command("backup", str(tmp_path / "backups"))
    monkeypatch.setattr(embedded, "cluster", lambda: Cluster(tmp_path / "data"))
    with pytest.raises(CommandError, match="There is no tracker to back up"):
        call_command("backup", str(tmp_path / "backups"))

    assert [path.name for path in tmp_path.iterdir()] == ["backups"]
    assert [*(tmp_path / "backups").iterdir()] == []


def test_a_refusal_is_all_that_is_said_as_an_error(backup: Path, tmp_path: Path) -> None:
    spoilt, out, errors = tmp_path / "spoilt.tar", io.StringIO(), io.StringIO()
    spoilt.write_bytes(backup.read_bytes()[:-15_000])  # an archive ends with up to 10 kB of nothing

    with pytest.raises(CommandError, match="isn't whole"):
        call_command("restore", str(spoilt), stdout=out, stderr=errors)
    assert (out.getvalue(), errors.getvalue()) == ("Reading the backup …\n", "")


def test_a_key_that_is_given_and_is_not_that_of_the_backup_is_refused(
    backup, elsewhere, monkeypatch
):
    """Before anything is touched;
    on a machine that made one for itself, everybody logs in again.
    """
    monkeypatch.setenv("TRACKER_SECRET_KEY", "another")
    monkeypatch.setattr(settings, "SECRET_KEY", "another")

    with pytest.raises(
        CommandError,
        match=r"^TRACKER_SECRET_KEY isn't the one of the backup: set that one, or give ",
    ):
        call_command("restore", str(backup), stdout=io.StringIO())
    assert elsewhere("SELECT to_regclass('tracker_edition')") == [(None,)]


def test_a_backup_that_this_version_or_this_tracker_can_not_take_is_refused(
    backup, tmp_path, monkeypatch
):
    described = backups.unpack(backup, tmp_path / backups.DUMP)
    migrations = [*described.migrations, ["tracker", "9999_to_come"]]
    [first, second] = described.publication["editions"]
    other = {**described.publication, "editions": [{**first, "chain": "0" * 64}, second]}

    assert "tracker.9999_to_come" in refusal(rewritten(backup, migrations=migrations), tmp_path)
    assert "is 99: set TRACKER_POSTGRES_BIN" in refusal(rewritten(backup, postgres=99), tmp_path)
    assert "of form 2" in refusal(rewritten(backup, format=2), tmp_path)
    assert "another tracker's" in refusal(rewritten(backup, publication=other), tmp_path)
    monkeypatch.setattr(backups, "ROOM", 1 << 40)
    assert "MB free, and a restore takes up to" in refusal(backup, tmp_path)
    assert Edition.objects.count() == 2


def test_a_place_that_can_not_be_written_keeps_no_piece_of_a_backup(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="can't be used"):
        call_command("backup", str(tmp_path / "file"))
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_how_old_the_last_backup_is_that_was_checked_is_told(client: Client) -> None:
    assert client.get("/healthz/ready").json() == {"status": "ok", "backup_checked_of": None}

    CheckedBackup.objects.create(made_at="2026-11-02T12:00Z", edition=7, seconds=3)
    CheckedBackup.objects.create(made_at="2026-11-01T12:00Z", edition=6, seconds=3)

    assert client.get("/healthz/ready").json()["backup_checked_of"] == "2026-11-02T12:00:00Z"


@pytest.mark.slow
def test_a_check_restores_beside_and_proves(backup: Path, tmp_path: Path) -> None:
    """What it finds whole is kept; a dump that says of editions what isn't so is found."""
    out = io.StringIO()
    call_command("backup", str(backup), check=True, stdout=out)
    assert "is whole: restored beside and proved" in out.getvalue()
    assert CheckedBackup.objects.get().edition == 2

    publication = backups.unpack(backup, tmp_path / backups.DUMP).publication
    publication["editions"][1]["digest"] = "0" * 64
    with pytest.raises(
        CommandError,
        match=r"^The backup holds other editions than it says, .*: take another one\.$",
    ):
        call_command("backup", str(rewritten(backup, publication=publication)), check=True)
    with pytest.raises(
        CommandError,
        match=r"^The disk that holds .* free, and a restore takes .* or set TMPDIR to a",
    ):
        call_command("backup", str(rewritten(backup, database_size=1 << 60)), check=True)
    assert CheckedBackup.objects.count() == 1


def test_an_embedded_server_that_lets_nobody_in_is_called_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(connections["owner"].settings_dict, "NAME", "nowhere")
    with pytest.raises(
        TroubleError, match=r"^The embedded database server doesn't let us in .*: end programs that"
    ):
        own_server.log_in("owner")


def test_logins_are_told_to_programs_without_their_passwords(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(connections["owner"].settings_dict, "PASSWORD", "secret-of-a-login")
    described, environment = backups.place()
    assert "secret-of-a-login" not in described
    assert environment["PGPASSWORD"] == "secret-of-a-login"
    assert psycopg.conninfo.conninfo_to_dict(described)["user"]
