"""Backups: all of a tracker's database in one file, made while it runs,
and put back as a whole or not at all.

A file is a tar of `tracker.dump`, PostgreSQL's own dump in its custom format, of `manifest.json`,
which says of which PostgreSQL and which migrations it is, and what was published by then, and of
the SHA-256 of both, as `sha256sum` reads it. The secret that signs sessions and the logins of the
database are kept apart: who finds a file can act as nobody by it.
"""

import hashlib
import io
import json
import shutil
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import connections
from psycopg import pq, sql
from psycopg.conninfo import make_conninfo

from config.postgres import binaries, embedded, own_server
from config.postgres.cluster import environment, reason
from config.postgres.trouble import SET_DATA_DIR, TroubleError, of_output

Connection = psycopg.Connection[tuple[Any, ...]]
FORMAT = 1
MANIFEST, DUMP, SUMS = "manifest.json", "tracker.dump", "SHA256SUMS"
ROOM = 2  # a restored database with what is written ahead, in times of its size
ATTEMPTS = 10
NOTHING = "There is no tracker to back up: set TRACKER_DATA_DIR or DATABASE_URL to that of one."
DEADLOCK = "deadlock detected"
MOMENT = """
    SELECT pg_export_snapshot(), pg_database_size(current_database()),
           to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
           (SELECT coalesce(max(number), 0) FROM tracker_edition)
"""
# Somebody's own, in the same database.
OTHER_SCHEMAS = """
    SELECT format('"%s"', replace(nspname, '"', '""')) FROM pg_namespace
    WHERE nspname NOT IN ('public', 'information_schema') AND nspname NOT LIKE 'pg\\_%'
"""
# Tables are locked first: whoever works with them has ended, before anything is done.
EMPTY = """
SET client_min_messages = error;
SET ROLE {};
DO $$
DECLARE
    found record;
BEGIN
    FOR found IN
        SELECT oid::regclass AS name FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY oid
    LOOP
        EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', found.name);
    END LOOP;
    FOR found IN
        SELECT CASE relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE'
            END AS kind, oid, 'pg_class'::regclass AS catalog,
               oid::regclass::text AS name
        FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v')
        UNION ALL
        SELECT 'FUNCTION', oid, 'pg_proc'::regclass, oid::regprocedure::text
        FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        UNION ALL
        SELECT 'TEXT SEARCH CONFIGURATION', oid, 'pg_ts_config'::regclass, oid::regconfig::text
        FROM pg_ts_config WHERE cfgnamespace = 'public'::regnamespace
        ORDER BY kind DESC  -- so that all have their names before the first is gone
    LOOP
        IF NOT EXISTS (
            SELECT FROM pg_depend WHERE classid = found.catalog AND objid = found.oid
                AND deptype = 'e'
        ) THEN
            EXECUTE format('DROP %s IF EXISTS %s CASCADE', found.kind, found.name);
        END IF;
    END LOOP;
    -- What tables are granted as they are made, a dump takes for granted to be nothing,
    -- and says in its end.
    FOR found IN
        SELECT CASE defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' ELSE 'FUNCTIONS'
            END AS kind,
               grantee::regrole AS name
        FROM pg_default_acl CROSS JOIN LATERAL aclexplode(defaclacl)
        WHERE defaclnamespace = 'public'::regnamespace AND defaclrole = current_user::regrole
          AND grantee <> defaclrole AND grantee <> 0
        ORDER BY kind
    LOOP
        EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON %s FROM %s',
            found.kind, found.name);
    END LOOP;
    -- What sets a parameter of an extension that is there may do so once its library is loaded.
    IF to_regproc('public.show_trgm') IS NOT NULL THEN
        EXECUTE 'SELECT public.show_trgm('''')';
    END IF;
END $$;
"""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: `publication` as `tracker.management.backups` tells it,
    `database_size` in bytes.
    """

    made_at: str
    postgres: int
    migrations: list[list[str]]
    database_size: int
    publication: dict[str, Any]
    secret_key: str  # its digest, by which one sees whether it is the same
    format: int = FORMAT

    @property
    def edition(self) -> int:
        return len(self.publication["editions"])


@contextmanager
def log_in() -> Iterator[Connection]:
    """Connect as the owner's login, working as the owner, to a database that has the roles;
    raises TroubleError.
    """
    if own_server.has_own_server():
        own_server.make_ready()
    else:
        embedded.server()
    with connections["owner"].wrap_database_errors, own_server.log_in("owner") as connection:
        connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(settings.OWNER)))
        connection.commit()
        yield connection


def dump(path: Path, contents: Callable[[int, str], dict[str, Any]]) -> Manifest:
    """Write a dump, as of one moment, to a file, and return its manifest; raises TroubleError.

    `contents` is given an edition, and the snapshot of the database to read it in.
    """
    if not (own_server.has_own_server() or embedded.cluster().exists):
        raise TroubleError(NOTHING)
    with log_in() as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        major = connection.info.server_version // 10_000
        refuse_newer(major, "the server")
        [[table]] = connection.execute("SELECT to_regclass('public.tracker_edition')").fetchall()
        if not table:
            raise TroubleError(NOTHING)
        [[snapshot, size, made_at, edition]] = connection.execute(MOMENT).fetchall()
        migrations = connection.execute(
            "SELECT app, name FROM django_migrations ORDER BY id"
        ).fetchall()
        described, secret = place()
        others = [
            f"--exclude-schema={name}" for (name,) in connection.execute(OTHER_SCHEMAS).fetchall()
        ]
        options = (
            f"--role={settings.OWNER}",
            f"--snapshot={snapshot}",
            "--format=custom",
            f"--file={path}",
            *others,
        )
        command = [binaries.find().program("pg_dump"), *options, f"--dbname={described}"]
        done = subprocess.run(command, capture_output=True, text=True, env=secret)
        if done.returncode:
            why = f"PostgreSQL's pg_dump failed: {reason(done.stderr)}"
            raise of_output(done.stderr, path.parent, why, "name")
        publication = contents(edition, snapshot)
    return Manifest(
        made_at=made_at,
        postgres=major,
        migrations=[list(migration) for migration in migrations],
        database_size=size,
        publication=publication,
        secret_key=digest_of_secret(),
    )


def write(manifest: Manifest, path: Path, file: IO[bytes]) -> None:
    """Write the backup of a dump."""
    described = io.BytesIO(json.dumps(asdict(manifest), indent=1).encode())
    with path.open("rb") as dump, tarfile.open(fileobj=file, mode="w|") as archive:
        sums = io.BytesIO(sum_of(MANIFEST, described) + sum_of(DUMP, dump))
        for name, content in {SUMS: sums, MANIFEST: described, DUMP: dump}.items():
            member = tarfile.TarInfo(name)
            member.size = content.seek(0, io.SEEK_END)
            content.seek(0)
            archive.addfile(member, content)


def sum_of(name: str, content: IO[bytes]) -> bytes:
    """Return the SHA-256 of a file in a backup, in a line as `sha256sum` writes it."""
    return f"{hashlib.file_digest(content, 'sha256').hexdigest()}  {name}\n".encode()  # type: ignore[arg-type]


def unpack(file: Path, path: Path | None = None) -> Manifest:
    """Return the manifest of a backup, its dump copied to a file if one is named.

    Raise TroubleError with what is wrong.
    """
    try:
        with tarfile.open(file, "r:") as archive:
            sums, described = (
                (archive.extractfile(name) or io.BytesIO()).read() for name in (SUMS, MANIFEST)
            )
            fields, seen = json.loads(described), sum_of(MANIFEST, io.BytesIO(described))
            if (written := fields["format"]) != FORMAT:
                what = f"{file} is a backup of form {written}, this version reads {FORMAT}"
                raise TroubleError(f"{what}: restore it with its own version.")
            manifest = Manifest(**fields)
            if path:
                with path.open("w+b") as copy:
                    shutil.copyfileobj(archive.extractfile(DUMP) or io.BytesIO(), copy, 1 << 20)
                    copy.seek(0)
                    seen += sum_of(DUMP, copy)
    except FileNotFoundError as error:
        raise TroubleError(f"There is no file {file}: name that of a backup.") from error
    except OSError as error:
        why = (
            f"{file} can't be read ({error.strerror or error}): name the file of a backup that "
            f"you may read."
        )
        raise of_output(str(error), (path or file).parent, why, "set TMPDIR to") from error
    except (tarfile.TarError, EOFError, KeyError, TypeError, ValueError) as error:
        raise TroubleError(
            f"{file} is no backup, or isn't whole ({error}): take another one."
        ) from error
    if not sums.startswith(seen):
        raise TroubleError(
            f"{file} isn't as it was made, what is in it has another SHA-256: take another backup."
        )
    return manifest


def restore(path: Path, manifest: Manifest, *, replace: bool) -> None:
    """Put a dump in place of what the database holds;
    raises TroubleError, and then nothing was done.
    """
    refuse_newer(manifest.postgres, "the server of the backup")
    refuse_unknown_migrations(manifest)
    with log_in() as connection:
        refuse_other_tracker(connection, manifest)
        if not replace and (tables := count_tables(connection)):
            raise TroubleError(
                f"The database has {tables} tables: add --replace to put the backup of "
                f"{manifest.made_at} in place of"
                " all of them, or restore into an empty database."
            )
    if not own_server.has_own_server():
        refuse_without_room(manifest, settings.DATA_DIR)
    for _ in range(ATTEMPTS):
        error = load(path)
        if DEADLOCK not in error:
            break
    if error:
        why = (
            f"PostgreSQL refused the backup, nothing was changed: {reason(error)}. Mend that, or "
            f"take another one."
        )
        raise (
            TroubleError(why)
            if own_server.has_own_server()
            else of_output(error, settings.DATA_DIR, why)
        )


def load(path: Path) -> str:
    """Empty the database and run a dump in it, in one transaction;
    return what was said against it, or nothing.

    It is committed once all of the dump was read:
    where that ends early psql does, and all of it is undone.
    """
    described, secret = place()
    begin = "BEGIN;" + sql.SQL(EMPTY).format(sql.Identifier(settings.OWNER)).as_string()
    options = ("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null", "--file=-")
    command = [binaries.find().program("psql"), *options, f"--dbname={described}"]
    with TemporaryFile() as errors:
        psql = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=errors, env=secret)
        assert psql.stdin is not None
        try:
            psql.stdin.write(begin.encode())
            psql.stdin.flush()
            reader = [
                binaries.find().program("pg_restore"),
                "--no-owner",
                "--no-comments",
                "--file=-",
                str(path),
            ]
            is_read = not subprocess.run(
                reader, stdout=psql.stdin, stderr=errors, env=secret
            ).returncode
            if is_read:
                psql.stdin.write(b"COMMIT;\n")
            psql.stdin.close()
        except BrokenPipeError:
            is_read = False
        is_done = not psql.wait() and is_read
        errors.seek(0)
        return "" if is_done else errors.read().decode(errors="replace") or "it said nothing"


def refuse_newer(major: int, server: str) -> None:
    """Raise TroubleError if the programs are older than a server."""
    if binaries.find().major < major:
        raise TroubleError(
            f"PostgreSQL's programs here are of {binaries.find().major}, and {server} is "
            f"{major}: set TRACKER_POSTGRES_BIN to the directory of those of {major}."
        )


def refuse_unknown_migrations(manifest: Manifest) -> None:
    """Raise TroubleError if an app says that no way leads from the backup's version to this one."""
    applied = {(app, name) for app, name in manifest.migrations}
    for app in apps.get_app_configs():
        if hasattr(app, "why_not_write") and (why := app.why_not_write(applied)):
            raise TroubleError(f"The backup is of another version. {why}")


def refuse_other_tracker(connection: Connection, manifest: Manifest) -> None:
    """Raise TroubleError if the database holds another tracker than the backup:
    one with another first edition.
    """
    [[table]] = connection.execute("SELECT to_regclass('public.tracker_link')").fetchall()
    first = "SELECT edition, encode(digest, 'hex') FROM tracker_link ORDER BY edition LIMIT 1"
    held = {each["number"]: each["chain"] for each in manifest.publication["editions"]}
    for edition, head in connection.execute(first).fetchall() if table else ():
        if held.get(edition, head) != head:
            raise TroubleError(
                f"The backup is another tracker's, whose edition {edition} isn't the one "
                f"here: restore it into an empty"
                " database, or name a backup of this one."
            )


def count_tables(connection: Connection) -> int:
    """Return how many tables the database has."""
    tables = (
        "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = "
        "'r'"
    )
    return int(connection.execute(tables).fetchall()[0][0])


def refuse_without_room(manifest: Manifest, directory: Path, choose: str = SET_DATA_DIR) -> None:
    """Raise TroubleError if the disk of an embedded server's directory
    has no room for what is to be restored.
    """
    free, size = shutil.disk_usage(directory).free, manifest.database_size * ROOM
    if free < size:
        raise TroubleError(
            f"The disk that holds {directory} has {free >> 20:,} MB free, and a restore takes up to"
            f" {size >> 20:,} MB: free some space on it, or {choose} a directory on another disk."
        )


def digest_of_secret() -> str:
    return hashlib.sha256(f"of a backup\n{settings.SECRET_KEY}".encode()).hexdigest()[:16]


def place() -> tuple[str, dict[str, str]]:
    """Return how PostgreSQL's programs log in as the owner's login:
    what anybody may see, and their environment.
    """
    keywords = {default.keyword.decode() for default in pq.Conninfo.get_defaults()}
    params = {
        name: value
        for name, value in connections["owner"].get_connection_params().items()
        if name in keywords
    }
    password = params.pop("password", None)
    return make_conninfo(**params), {
        **environment(),
        **({"PGPASSWORD": password} if password else {}),
    }
