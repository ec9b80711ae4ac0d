"""The copy: one SQLite file, which holds an edition whole or, if the follower was killed meanwhile,
the one before.
"""

import hashlib
import json
import sqlite3
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

DIGEST_SIZE = hashlib.sha256().digest_size
NAME, LOCK = "publication.sqlite3", "follower.lock"
TABLES = """
CREATE TABLE IF NOT EXISTS origin (url TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS edition (
    number INTEGER PRIMARY KEY, published_at TEXT NOT NULL, chain TEXT
);
CREATE TABLE IF NOT EXISTS record (
    resource TEXT NOT NULL, id INTEGER NOT NULL, body TEXT NOT NULL, digest BLOB NOT NULL,
    PRIMARY KEY (resource, id)
) WITHOUT ROWID;
"""


class HeldEdition(NamedTuple):
    """An edition that is held:
    its number, its moment, and the head of the chain that the origin gave it.
    """

    number: int
    published_at: str
    chain: str | None


class InUseError(Exception):
    """Another follower works in this directory, or what is there is no copy;
    the message says which.
    """


class Replica:
    """The copy in a directory, which is made if there is none."""

    def __init__(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self._lock = sqlite3.connect(directory / LOCK, timeout=0, isolation_level=None)
        self._database = sqlite3.connect(directory / NAME, isolation_level=None)
        try:
            # Held until the process ends, however it ends; others may read the copy meanwhile.
            self._lock.execute("BEGIN EXCLUSIVE")
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute("PRAGMA synchronous = NORMAL")
            self._database.executescript(TABLES)
            if not self._row("SELECT 1 FROM pragma_table_info('edition') WHERE name = 'chain'"):
                self._database.execute("ALTER TABLE edition ADD COLUMN chain TEXT")
        except sqlite3.DatabaseError as error:
            self.close()
            raise InUseError(
                f"{directory / NAME}: {error}; is it a copy, and does no other follower work there?"
            ) from error
        self.digests = Digests(
            self._database.execute("SELECT resource, id, digest FROM record ORDER BY resource, id")
        )

    def close(self) -> None:
        self._database.close()
        self._lock.close()

    @property
    def origin(self) -> str | None:
        """Return whose copy it is; None if it holds nothing yet."""
        row = self._row("SELECT url FROM origin")
        return None if row is None else str(row[0])

    @property
    def latest(self) -> HeldEdition | None:
        """Return the edition that it holds."""
        row = self._row(
            "SELECT number, published_at, chain FROM edition ORDER BY number DESC LIMIT 1"
        )
        return None if row is None else HeldEdition._make(row)

    @contextmanager
    def edition(self) -> Iterator[None]:
        """Make all that is done inside be one step:
        it is there whole, or if anything fails, not at all.
        """
        self._database.execute("BEGIN")
        try:
            yield
            self._database.execute("COMMIT")
        except BaseException:
            self._database.execute("ROLLBACK")
            raise

    def put(self, resource: str, body: bytes) -> int:
        """Keep a record, new or changed; return its number."""
        number, digest = int(json.loads(body)["id"]), hashlib.sha256(body).digest()
        self._database.execute(
            "REPLACE INTO record VALUES (?, ?, ?, ?)", [resource, number, body.decode(), digest]
        )
        self.digests.put(resource, number, digest)
        return number

    def take_out(self, resource: str, number: int) -> None:
        self._database.execute(
            "DELETE FROM record WHERE resource = ? AND id = ?", [resource, number]
        )
        self.digests.take_out(resource, number)

    def clear(self) -> None:
        """Take out all records."""
        self._database.execute("DELETE FROM record")
        self.digests = Digests()

    def note(self, url: str, number: int, published_at: str) -> None:
        if self.origin is None:
            self._database.execute("INSERT INTO origin VALUES (?)", [url])
        self._database.execute(
            "INSERT INTO edition (number, published_at) VALUES (?, ?)", [number, published_at]
        )

    def note_chain(self, number: int, chain: str) -> None:
        self._database.execute("UPDATE edition SET chain = ? WHERE number = ?", [chain, number])

    def _row(self, sql: str) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = self._database.execute(sql).fetchone()
        return row


class Digests:
    """The SHA-256 of every record that is held,
    in the order in which the digest of an edition takes them.
    """

    def __init__(self, held: Iterable[tuple[str, int, bytes]] = ()) -> None:
        self._ids: dict[str, list[int]] = defaultdict(list)
        self._digests: dict[str, bytearray] = defaultdict(bytearray)
        for resource, number, digest in held:
            self.put(resource, number, digest)

    def put(self, resource: str, number: int, digest: bytes) -> None:
        """Take in a record, new or changed."""
        ids, digests = self._ids[resource], self._digests[resource]
        place = bisect_left(ids, number)
        is_here = ids[place : place + 1] == [number]
        if not is_here:
            ids.insert(place, number)
        digests[place * DIGEST_SIZE : (place + is_here) * DIGEST_SIZE] = digest

    def take_out(self, resource: str, number: int) -> None:
        ids, digests = self._ids[resource], self._digests[resource]
        place = bisect_left(ids, number)
        if ids[place : place + 1] == [number]:
            del ids[place]
            del digests[place * DIGEST_SIZE : (place + 1) * DIGEST_SIZE]

    def whole(self, resources: Iterable[str]) -> str:
        """Return the digest of all of these, in hexadecimal."""
        whole = hashlib.sha256()
        for resource in resources:
            whole.update(self._digests[resource])
        return whole.hexdigest()

    def __len__(self) -> int:
        return sum(map(len, self._ids.values()))
