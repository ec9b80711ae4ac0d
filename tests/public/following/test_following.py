"""The follower: it keeps a copy in step with a real server, proves it,
and goes on wherever it was killed.
"""

import ast
import csv
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

import tracker.public.following as following
from tests.factories import (
    ActFactory,
    ActorFactory,
    AlignmentFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
)
from tests.public.api.publishing import edit, merge, publish, publish_whole, retract
from tests.publishing.releases.acts import contents, released
from tests.verify.world import complaints, damage, run
from tracker.public.following.origin import Origin, UnreachableError
from tracker.public.following.replica import NAME, Digests, Replica
from tracker.values.nouns import BY_PLURAL

ROOT = Path(__file__).parents[3]
FOLLOWING = Path(following.__file__).parent
KILLED = -9
PARTS = ("", "-participants", "-issues", "-citations")
# Kills itself at a statement of its copy: at any of them, when it is told which.
VICTIM = """
import os, sys
from pathlib import Path
from tracker.public.following import Follower, Origin
from tracker.public.following.replica import Replica
url, directory, left = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
replica = Replica(directory)
def tell(statement):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), 9)
replica._database.set_trace_callback(tell)
for step in Follower(Origin(url), replica).catch_up():
    pass
"""


def follow(origin: Any, into: Path, **options: Any) -> list[str]:
    """Follow until in step, and return the lines that are said."""
    output = StringIO()
    call_command("follow", str(origin), into=into, stdout=output, no_color=True, **options)
    return output.getvalue().splitlines()


def held(into: Path) -> dict[str, list[str]]:
    with sqlite3.connect(into / NAME) as database:
        rows = database.execute(
            "SELECT resource, body FROM record ORDER BY resource, id"
        ).fetchall()
    database.close()
    return {name: [body for resource, body in rows if resource == name] for name in BY_PLURAL}


def public(edition: int | None = None) -> dict[str, list[str]]:
    return {name: _lines(name, edition) for name in BY_PLURAL}


def _lines(name: str, edition: int | None) -> list[str]:
    query = "format=ndjson&ordering=id" + (
        "&standing=any" if name in ("stances", "alignments") else ""
    )
    answer: Any = Client().get(
        f"/api/v1/{name}/?{query}{f'&edition={edition}' if edition is not None else ''}"
    )
    # of bytes: only “\n” ends a line
    return [line.decode() for line in b"".join(answer).splitlines()]


def publish_much() -> None:
    """Publish editions of every sort of change:
    records, names, contested claims, retractions, merges.
    """
    actor, other = ActorFactory(name="Zaire", names={"zh": "扎伊尔\u2028"}), ActorFactory()
    stance = StanceFactory(actor=actor, summary="“One”\u2028\r\ntwo \\u0041")
    rival = StanceFactory(actor=actor, standing="contested", standing_note="A paper.")
    meeting = MeetingFactory(participants=[{"actor": actor}])
    act = ActFactory(participants=[{"actor": other}, {}], text=SourceFactory(), issues=[{}])
    withdrawn = ActFactory(participants=[{"actor": actor}, {"actor": other}])
    publish_whole(stance, rival, AlignmentFactory(actor=other), meeting, act, withdrawn)
    publish(edit(actor, name="Congo", slug="congo"))
    publish(
        edit(stance, summary="Another"),
        edit(act, title="“Vostok”\u2028", status="cancelled"),
        ActorFactory(),
    )
    retract(meeting, withdrawn)
    merge(other, into=actor)
    publish(meeting)


@pytest.mark.django_db(transaction=True)
def test_a_copy_is_kept_in_step_and_each_edition_proved(live_server: Any, tmp_path: Path) -> None:
    """From nothing, then on; what is in step asks for nothing more."""
    assert follow(live_server, tmp_path / "new") == [
        f"In step with {live_server}: nothing is published."
    ]
    publish_much()

    lines = follow(live_server, tmp_path / "new")
    assert [line.partition(":")[0] for line in lines[:-1]] == [
        f"Edition {number}" for number in range(1, 7)
    ]
    assert all(line.endswith(" records, proved.") for line in lines[:-1])
    assert lines[-1] == in_step(live_server, 6)
    assert held(tmp_path / "new") == public()

    publish(ActorFactory())
    assert len(follow(live_server, tmp_path / "new")) == 2
    assert follow(live_server, tmp_path / "new") == [in_step(live_server, 7)]
    assert held(tmp_path / "new") == public()


@pytest.mark.django_db(transaction=True)
def test_a_copy_and_a_release_have_acts_as_they_are_after_all_that_was_done_with_them(
    live_server: Any, tmp_path: Path
) -> None:
    """Corrected, withdrawn, and of a participant that was merged;
    and `verify` proves both sides.
    """
    publish_much()
    follow(live_server, tmp_path)

    (act,) = map(json.loads, held(tmp_path)["acts"])
    assert held(tmp_path)["acts"] == public()["acts"]
    assert (act["title"], act["status"], act["participants"][0]["actor"]["slug"]) == (
        *("“Vostok”\u2028", "cancelled", "congo"),
    )
    files = contents(released("2026.1"))
    tables = {
        name: [*csv.DictReader(StringIO(files[f"acts{name}.csv"].decode(), newline=""))]
        for name in PARTS
    }
    assert [len(tables[name]) for name in PARTS] == [1, 2, 1, 1]
    assert (
        {row["act"] for name in PARTS[1:] for row in tables[name]}
        == {tables[""][0]["id"]}
        == {str(act["id"])}
    )
    assert tables[""][0]["title"] == act["title"]
    assert complaints() == []


def in_step(origin: Any, edition: int) -> str:
    """Return what is said at the end: the digest is the one that the origin computes."""
    digest = Client().get(f"/api/v1/editions/{edition}/").json()["digest"]
    return (
        f"In step with {origin}: edition {edition}, {sum(map(len, public().values()))} records, "
        f"digest {digest}."
    )


@pytest.mark.django_db(transaction=True)
def test_to_catch_up_sooner_the_last_edition_is_proved(live_server: Any, tmp_path: Path) -> None:
    publish_much()
    lines = follow(live_server, tmp_path, prove="latest")
    assert lines[-1] == in_step(live_server, 6)
    assert not any("proved" in line for line in lines)

    with sqlite3.connect(tmp_path / NAME) as database:
        database.execute("DELETE FROM record WHERE resource = 'stances'")
    database.close()
    with pytest.raises(CommandError, match=r"edition 6 of .* is not the one that is held"):
        follow(live_server, tmp_path, prove="latest")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("prove", ["each", "latest"])
def test_a_copy_begins_anew_past_what_its_origin_must_not_show(
    live_server, tmp_path, settings, prove
):
    """From nothing, and from the edition before; what comes of it is proved."""
    publish_much()
    follow(live_server, tmp_path / "old", prove=prove)
    publish(ActorFactory())
    publish(ActorFactory())
    settings.WITHHELD = ((2, 4), (7, 7))

    lines = follow(live_server, tmp_path / "new", prove=prove)
    assert [line.partition(":")[0] for line in lines[:-1]] == [
        f"Edition {number}" for number in (1, 5, 6, 8)
    ]
    for name in ("new", "old"):
        assert follow(live_server, tmp_path / name, prove=prove)[-1] == in_step(live_server, 8)
        assert held(tmp_path / name) == public()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("prove", ["each", "latest"])
def test_an_origin_with_another_past_than_it_had_is_told_by_the_head_of_its_chain(
    live_server, tmp_path, prove
):
    publish_much()
    follow(live_server, tmp_path, prove=prove)
    chain = Client().get("/api/v1/editions/6/").json()["chain"]
    with closing(Replica(tmp_path)) as replica:
        assert replica.latest is not None
        assert (replica.latest.number, replica.latest.chain) == (6, chain)

    with damage():
        run("UPDATE tracker_link SET digest = sha256('another') WHERE edition = 6")

    with pytest.raises(
        CommandError,
        match=f"edition 6 of .* has another past: the head of its chain was {chain} and",
    ):
        follow(live_server, tmp_path, prove=prove)


@pytest.mark.django_db(transaction=True)
def test_a_copy_of_before_there_was_a_chain_takes_its_head_up(
    live_server: Any, tmp_path: Path
) -> None:
    publish_much()
    follow(live_server, tmp_path)
    with sqlite3.connect(tmp_path / NAME) as database:
        database.execute("ALTER TABLE edition DROP COLUMN chain")
    database.close()

    assert follow(live_server, tmp_path) == [in_step(live_server, 6)]

    with closing(Replica(tmp_path)) as replica:
        assert replica.latest is not None
        assert replica.latest.chain == Client().get("/api/v1/editions/6/").json()["chain"]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killed_at_any_point_it_goes_on_where_it_was(live_server: Any, tmp_path: Path) -> None:
    """At each statement of its copy; what is there meanwhile is always a whole edition."""
    publish_much()
    kills, code = 0, KILLED
    while code == KILLED:
        kills += 1
        command = [sys.executable, "-c", VICTIM, str(live_server), str(tmp_path), str(kills)]
        victim = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        code = victim.returncode
        assert code in (0, KILLED), victim.stderr
        replica = Replica(tmp_path)
        edition = replica.latest[0] if replica.latest else 0
        replica.close()
        assert held(tmp_path) == public(edition)

    assert kills > 10
    assert (edition, held(tmp_path)) == (6, public())


@pytest.mark.django_db(transaction=True)
def test_a_copy_that_was_damaged_is_found_out(live_server: Any, tmp_path: Path) -> None:
    publish_much()
    follow(live_server, tmp_path)
    with sqlite3.connect(tmp_path / NAME) as database:
        database.execute("DELETE FROM record WHERE resource = 'stances'")
    database.close()
    publish(ActorFactory())

    with pytest.raises(CommandError, match=r"edition 6 of .* is not the one that is held"):
        follow(live_server, tmp_path)
    assert len(held(tmp_path)["actors"]) == len(public(6)["actors"])


@pytest.mark.django_db(transaction=True)
def test_an_edition_that_does_not_come_out_right_is_not_kept(live_server, tmp_path, monkeypatch):
    publish(ActorFactory())
    publish(ActorFactory(name="Zaire"))
    records = Origin.records
    changed = lambda *asked: (body.replace(b"Zaire", b"Congo") for body in records(*asked))  # noqa: E731
    monkeypatch.setattr(Origin, "records", changed)
    with pytest.raises(CommandError, match=r"edition 2 of .* is not the one"):
        follow(live_server, tmp_path)
    monkeypatch.undo()
    assert held(tmp_path) == public(1)

    assert follow(live_server, tmp_path)[-1] == in_step(live_server, 2)


@pytest.mark.django_db(transaction=True)
def test_an_origin_with_another_history_is_refused(live_server: Any, tmp_path: Path) -> None:
    """As after an older dump was restored; and so is another origin."""
    publish(ActorFactory())
    follow(live_server, tmp_path)
    with sqlite3.connect(tmp_path / NAME) as database:
        database.execute("UPDATE edition SET published_at = '2019-06-01T00:00:00Z'")
    database.close()
    with pytest.raises(CommandError, match=r"edition 1 of .* is not the one that is held"):
        follow(live_server, tmp_path)

    with pytest.raises(CommandError, match=f"this is a copy of {live_server}; give"):
        follow(str(live_server).replace("localhost", "127.0.0.1"), tmp_path)


@pytest.mark.django_db(transaction=True)
def test_a_directory_has_one_follower(live_server: Any, tmp_path: Path) -> None:
    replica = Replica(tmp_path)
    with pytest.raises(CommandError, match="does no other follower work there"):
        follow(live_server, tmp_path)
    replica.close()

    (tmp_path / "other").mkdir()
    (tmp_path / "other" / NAME).write_text(
        "Somebody’s notes, which are long enough to be looked at. " * 20
    )
    with pytest.raises(CommandError, match="is it a copy"):
        follow(live_server, tmp_path / "other")


@pytest.mark.parametrize(
    "url", ["tracker.example", "ftp://tracker.example", "http://", "http://x/api/v1/", ""]
)
def test_what_is_no_root_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is not the root of a tracker; write "):
        call_command("follow", url, into=tmp_path)


class Moody(BaseHTTPRequestHandler):
    """Answers what is in `statuses`, one after another: a status, or None to hang up."""

    protocol_version = "HTTP/1.1"
    USUAL: ClassVar[dict[str, Any]] = {"published_at": "now", "digest": "d"}
    statuses: ClassVar[list[int | None]] = []
    asked: ClassVar[list[str]] = []
    payload: ClassVar[dict[str, Any]] = USUAL

    def do_GET(self) -> None:
        status = self.statuses.pop(0)
        self.asked.append(self.path)
        if status is None:
            self.close_connection = True
            return
        body = (
            json.dumps(self.payload).encode()
            if status == 200 or "detail" in self.payload
            else b"no"
        )
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Retry-After", "0")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def moody() -> Iterator[str]:
    """A server that answers as Moody does."""
    with HTTPServer(("127.0.0.1", 0), Moody) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    "statuses",
    [[200], [503, 200], [429, 502, 200], [None, 200], [None, 504, None, 200], [404] * 6 + [200]],
)
def test_what_may_pass_is_tried_again(moody: str, statuses: list[int | None]) -> None:
    """A lost connection, a server that is starting, too many requests."""
    Moody.statuses = list(statuses)

    with closing(Origin(moody, pause=0)) as origin:
        assert origin.edition(1) == ("now", "d", None)
    assert Moody.statuses == []


@pytest.mark.parametrize(
    ("statuses", "says"),
    [
        ([404] * 7, "404 Not Found; was an older state restored there"),
        ([403], "403 Forbidden"),
        ([503] * 5, "503 Service"),
        ([None] * 5, ""),
    ],
)
def test_what_does_not_pass_is_told(moody: str, statuses: list[int | None], says: str) -> None:
    Moody.statuses = list(statuses)

    says = f"{moody}/api/v1/editions/1/: .*{says}"
    with closing(Origin(moody, pause=0)) as origin, pytest.raises(UnreachableError, match=says):
        origin.edition(1)
    assert Moody.statuses == []


@pytest.mark.parametrize(
    ("following", "asked"),
    [
        ("{moody}/api/v1/changes/?after=7", "/api/v1/changes/?after=7"),
        ("/api/v1/changes/?after=7", "/api/v1/changes/?after=7"),
        ("http://elsewhere.example/api/v1/changes/?after=7", None),
        ("https://127.0.0.1/api/v1/changes/?after=7", None),
        ("//elsewhere.example/api/v1/changes/?after=7", None),
        ("file:///etc/passwd", None),
    ],
)
def test_it_goes_on_at_its_origin_and_nowhere_else(
    moody: str, following: str, asked: str | None
) -> None:
    Moody.statuses, Moody.asked = [200, 200], []
    Moody.payload = {"results": [{}], "next": following.format(moody=moody)}

    with closing(Origin(moody, pause=0)) as origin:
        changes = origin.changes(3)
        assert next(changes) == {}
        if asked:
            assert next(changes) == {}
        else:
            with pytest.raises(
                UnreachableError,
                match=f"{moody} goes on at .*; if that is its name, follow it by that",
            ):
                next(changes)
    Moody.payload = Moody.USUAL
    assert Moody.asked[1:] == ([asked] if asked else [])


def test_it_shares_no_code_with_the_server() -> None:
    for path in FOLLOWING.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.partition(".")[0] in sys.stdlib_module_names or name.startswith(
                    following.__name__
                ), path


def test_the_order_in_which_records_come_makes_no_difference() -> None:
    rows = [
        (resource, number, bytes([number]) * 32) for resource in BY_PLURAL for number in (1, 2, 9)
    ]
    one, other = Digests(rows), Digests(reversed(rows))
    other.put("stances", 5, b"x" * 32)
    other.put("stances", 9, b"y" * 32)
    assert other.whole(BY_PLURAL) != one.whole(BY_PLURAL)
    other.put("stances", 9, bytes([9]) * 32)
    other.take_out("stances", 5)
    other.take_out("stances", 4)

    assert other.whole(BY_PLURAL) == one.whole(BY_PLURAL)
    assert len(one) == len(other) == len(rows)
