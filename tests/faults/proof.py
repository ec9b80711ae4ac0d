"""The same proof for each fault:
what was acknowledged is there, once, and all who can tell of it agree.

A writer makes and publishes sources over the API while the fault is made, as docs/desk-api.md has
it: what wasn't answered it asks for again, under the same Idempotency-Key; at each third request it
hangs up before the answer comes, so that a server that ignores keys is found. Afterwards desk,
lists, feed, `verify` and a follower are asked. `make faults` makes each fault FAULTS times.
"""

import json
import os
import re
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from threading import Event
from typing import Any, NamedTuple

from config.postgres import embedded
from tests.config.postgres.processes import OwnServer
from tests.consuming import checks
from tests.faults.installation import LOGIN, run
from tests.public.api.servers import Server
from tests.waiting import eventually

TIMES = int(os.environ.get("FAULTS") or 2)
DESK, FEED, LIST = (
    "/api/v1/desk/",
    "/api/v1/changes/?page_size=200",
    "/api/v1/sources/?format=ndjson",
)
# Lost on the way, or refused for a while; all else is a bug.
IS_NO_ANSWER, UNAVAILABLE = 0, 503
PATIENCE = 120  # seconds, of a writer whose fault is over, on a busy machine
IN_STEP = re.compile(r"In step with .*: edition (\d+), \d+ records, digest ([0-9a-f]{64})\.")


class Counts(NamedTuple):
    """How many sources were acknowledged as published,
    and how many of them are missing or there twice.
    """

    acknowledged: int
    lost: int
    twice: int


class Edition(NamedTuple):
    """An acknowledged edition: its number, and the number of the source that it published."""

    number: int
    source: int


class RefusedError(AssertionError):
    """What a writer asked for was refused for good: status, answer."""


@dataclass
class Writer:
    """Who writes, under titles with its prefix; another server may take the place of a dead one.

    `editions` are those that were acknowledged, by title;
    each status by which it was refused for a while is counted.
    """

    server: Server
    token: str
    headers: dict[str, str] = field(default_factory=dict)
    prefix: str = "Written amid faults"
    hangs_up: bool = True
    editions: dict[str, Edition] = field(default_factory=dict)
    refusals: Counter[int] = field(default_factory=Counter)
    requests: int = 0

    def write(self, title: str = "") -> None:
        """Make a source and publish it: the next one, or that of a title again."""
        title = title or f"{self.prefix} {len(self.editions) + 1}"
        source = self._post("sources/", {"title": title, "type": "report"}, f"make {title}")
        chosen = {"resource": "sources", "id": source["id"], "version": source["version"]}
        edition = self._post("publish/", {"records": [chosen], "note": title}, f"publish {title}")
        self.editions[title] = Edition(edition["edition"], source["id"])

    def goes_on(self, more: int = 1) -> bool:
        """Wait until so many more are acknowledged, and tell whether they are."""
        before = len(self.editions)
        return eventually(lambda: len(self.editions) >= before + more, PATIENCE)

    def is_refused(self) -> bool:
        """Wait until it is refused, or not answered, once more; tell whether it is."""
        before = self.refusals.total()
        return eventually(lambda: self.refusals.total() > before, PATIENCE)

    def _post(self, address: str, body: dict[str, Any], key: str) -> Any:
        named = {
            "Authorization": f"Bearer {self.token}",
            "Content_Type": "application/json",
            "Idempotency_Key": key,
        }
        sent = json.dumps(body).encode()
        if self.hangs_up and self.requests % 3 == 0:
            self.server.hang_up(DESK + address, sent, **named, **self.headers)
        self.requests += 1
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                status, _, answer = self.server.ask(
                    "POST", DESK + address, sent, **named, **self.headers
                )
            except (OSError, HTTPException):
                status, answer = IS_NO_ANSWER, b""
            if status in (200, 201):
                return json.loads(answer)
            if status not in (IS_NO_ANSWER, UNAVAILABLE):
                raise RefusedError(status, answer)
            self.refusals[status] += 1
            time.sleep(0.05)
        raise AssertionError(f"{address} wasn't answered in {PATIENCE} s: {dict(self.refusals)}")


@contextmanager
def writing(writer: Writer) -> Iterator[None]:
    """Write for as long as the context lasts, and until what was begun is acknowledged."""
    is_over = Event()

    def go_on() -> None:
        while not is_over.is_set():
            writer.write()

    with ThreadPoolExecutor(1) as pool:
        task = pool.submit(go_on)
        try:
            yield
        finally:
            is_over.set()
            task.result()  # what ended it is why it doesn't go on


def counts(writer: Writer, database: OwnServer, copy: Path) -> Counts:
    """Return what became of what was acknowledged;
    fail where the tracker, `verify` and a follower disagree.

    `copy` is where the follower's is, or is to be.
    """
    ids = {edition.source for edition in writer.editions.values()}
    changes = feed(writer.server)
    latest = max((change["edition"] for change in changes), default=0)
    at_desk = f"SELECT title FROM tracker_source WHERE title LIKE '{writer.prefix} %'"
    places = [
        database.execute(f"SELECT array_agg(title) FROM ({at_desk}) t", database=embedded.DATABASE)[
            0
        ]
        or [],
        live_titles(writer.server),
        follow(writer.server, database, copy, latest),
    ]
    titles = [
        Counter(title for title in place if title.startswith(writer.prefix)) for place in places
    ]
    entries = Counter(
        (change["edition"], change["id"])
        for change in changes
        if change["resource"] == "sources" and change["id"] in ids
    )

    assert [*checks.of_feed(changes)] == []
    assert {change["edition"] for change in changes} == {*range(1, latest + 1)}
    verified = run(database.url(LOGIN, embedded.DATABASE), "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    lost = {
        title
        for title, edition in writer.editions.items()
        if not entries[edition] or not all(each[title] for each in titles)
    }
    twice = {
        title
        for each in titles
        for title in each
        if each[title] > 1 or title not in writer.editions
    }
    again = [
        edition
        for edition in entries
        if entries[edition] > 1 or edition not in writer.editions.values()
    ]
    return Counts(len(writer.editions), len(lost), len(twice) + len(again))


def live_titles(server: Server) -> list[str]:
    """Return the titles of all sources that readers see."""
    return [json.loads(line)["title"] for line in server.ask("GET", LIST)[2].splitlines()]


def feed(server: Server) -> list[dict[str, Any]]:
    address, changes = FEED, list[dict[str, Any]]()
    while True:
        status, _, body = server.ask("GET", address)
        assert status == 200, body
        page = json.loads(body)
        changes += page["results"]
        if not page["results"] or not page.get("next"):
            return changes
        address = page["next"].partition(f":{server.port}")[2]


def follow(server: Server, database: OwnServer, copy: Path, latest: int) -> list[str]:
    """Bring a follower's copy in step, which proves each edition by its digest;
    return the titles that it has then.
    """
    url = database.url(LOGIN, embedded.DATABASE)
    done = run(url, "follow", f"http://127.0.0.1:{server.port}", "--into", str(copy))
    assert done.returncode == 0, done.stderr
    match = IN_STEP.search(done.stdout)
    edition = json.loads(server.ask("GET", f"/api/v1/editions/{latest}/")[2])
    assert match
    assert (int(match[1]), match[2]) == (latest, edition["digest"])
    with closing(sqlite3.connect(copy / "publication.sqlite3")) as held:
        return [
            title
            for (title,) in held.execute(
                "SELECT body ->> 'title' FROM record WHERE resource = 'sources'"
            )
        ]
