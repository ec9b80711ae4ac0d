"""A backup is put back as a whole, and whatever is wrong with one is said in a line, with nothing touched."""

import io
import json
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client

from config.postgres import backups, embedded, roles
from config.postgres.trouble import Trouble
from tests.factories import SourceFactory
from tests.publishing.acts import edited, published
from tests.publishing.releases.acts import released
from tracker.management.backups import contents
from tracker.models import CheckedBackup, Edition

pytestmark = pytest.mark.django_db(transaction=True)
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
    """Return a copy of a backup whose manifest says something else."""
    copy = file.with_name("copy.tar")
    with tarfile.open(file) as archive, tarfile.open(copy, "w") as other:
        for member in archive:
            content: Any = archive.extractfile(member)
            written = content.read()
            if member.name == backups.MANIFEST:
                written = json.dumps({**json.loads(written), **changed}).encode()
                member.size = len(written)
            other.addfile(member, io.BytesIO(written))
    return copy


def refusal(file: Path, folder: Path, **how: Any) -> str:
    """Return why a backup isn't restored."""
    dump = folder / backups.DUMP
    try:
        backups.restore(dump, backups.unpack(file, dump), **{"replace": True, **how})
    except Trouble as trouble:
        return str(trouble)
    raise AssertionError("it was restored")


def test_a_backup_is_put_back_whole_or_not_at_all(
    backup: Path, tmp_path: Path, elsewhere: Callable[[str], list[Any]]
) -> None:
    """Into an empty database, and in place of what is there, which stays as it was if anything goes wrong."""
    dump = tmp_path / backups.DUMP
    manifest = backups.unpack(backup, dump)
    backups.restore(dump, manifest, replace=False)

    assert elsewhere(HELD) == [(1, "The first"), (2, "The second")]
    assert manifest.publication == json.loads(json.dumps(contents(2)))
    assert len(manifest.publication["releases"]) > 5
    assert "add --replace" in refusal(backup, tmp_path, replace=False)

    half = dump.read_bytes()[: dump.stat().st_size // 2]
    dump.write_bytes(half)
    with pytest.raises(Trouble, match="nothing was changed"):
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
        "a byte": whole[: begin + 5000] + bytes([whole[begin + 5000] ^ 1]) + whole[begin + 5001 :],
        "no backup": b"PGDMP" * 1000,
        "nothing": b"",
    }.items():
        spoilt.write_bytes(content)
        refusals[kind] = refusal(spoilt, tmp_path)

    assert "isn't whole" in refusals["cut short"]
    assert "another SHA-256" in refusals["a byte"]
    assert "is no backup" in refusals["no backup"]
    assert "is no backup" in refusals["nothing"]
    assert "There is no file" in refusal(tmp_path / "none.tar", tmp_path)
    assert "can't be read" in refusal(tmp_path, tmp_path)
    assert Edition.objects.count() == 2


def test_a_backup_that_this_version_or_this_tracker_can_not_take_is_refused(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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
    with pytest.raises(CommandError, match="holds other editions than it says"):
        call_command("backup", str(rewritten(backup, publication=publication)), check=True)
    assert CheckedBackup.objects.count() == 1


def test_logins_are_told_to_programs_without_their_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever lists processes sees how they were started."""
    monkeypatch.setitem(connections["owner"].settings_dict, "PASSWORD", "secret-of-a-login")
    described, environment = backups.place()
    assert "secret-of-a-login" not in described
    assert environment["PGPASSWORD"] == "secret-of-a-login"
    assert psycopg.conninfo.conninfo_to_dict(described)["user"]
