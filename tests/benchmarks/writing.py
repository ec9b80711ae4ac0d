"""W1: who writes, what, whether the contestants make the same of it;
and the desk left as it was found.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import msgspec
import psycopg

from tests.benchmarks import place
from tests.benchmarks.contestants import LIMIT, OURS, PLAIN, Contestant
from tests.benchmarks.load import Address, asked
from tests.benchmarks.responses import DifferentError
from tests.benchmarks.serving import Server, got
from tests.benchmarks.work import Work

WRITING: dict[Contestant, str] = {OURS: "/api/v1/desk/stances/", PLAIN: "/writing/"}
BODIES = 50
TABLES = ("tracker_stancecitation", "tracker_stance", "tracker_event", "tracker_token", "auth_user")
Connection = psycopg.Connection[tuple[object, ...]]


@contextmanager
def written(connection: Connection) -> Iterator[Work]:
    """Give the work, with the token of an analyst;
    when it is done, all that it made is taken away again.
    """
    before = {table: _newest(connection, table) for table in TABLES}
    place.number_on()
    try:
        yield _work(connection, _token())
    finally:
        _take_away(connection, before)


def compare(work: Work, servers: Sequence[Server], connection: Connection) -> int:
    """Let each make the same stance, and compare what it is then, with its history;
    raises DifferentError.
    """
    ports = {server.contestant: server.port for server in servers}
    compared = 0
    for addresses in list(zip(*work.addresses.values(), strict=True))[:5]:
        made = [
            _made(contestant, ports, address, connection)
            for contestant, address in zip(work.addresses, addresses, strict=True)
        ]
        if any(body != made[0] for body in made):
            raise DifferentError(
                f"{work.name}: what is made of {addresses[0].body} is not the same"
            )
        compared += len(made)
    return compared


def _made(
    contestant: Contestant, ports: dict[Contestant, int], address: Address, connection: Connection
) -> object:
    """Return the stance as the limit reads it, and which rows its history tells of,
    by whom and through what.

    The plain contestant saves row by row, so each citation raises the version once more:
    that isn't compared.
    """
    status, _, body = asked(ports[contestant], address)
    if status != 201:
        raise DifferentError(
            f"{contestant.name} answers {address.body} with {status}: {body[:500]!r}"
        )
    number = msgspec.json.decode(body)["id"]
    record = msgspec.json.decode(got(ports[LIMIT], f"/stances/{number}/")[2])
    record["citations"].sort(key=lambda citation: citation["source"]["id"])
    events = connection.execute(
        "SELECT e.part, c.channel, c.made_by_id FROM tracker_event e JOIN tracker_changeset "
        "c ON c.id = e.changeset_id WHERE e.noun = 'stance' AND e.record = %s AND e.before "
        "IS NULL ORDER BY e.part, e.id",
        [number],
    ).fetchall()
    return {name: value for name, value in record.items() if name != "id"}, events


def _token() -> str:
    from django.contrib.auth.models import Group, User

    from tracker.desk.access import tokens

    analyst = User.objects.create(username="bench", is_staff=True)
    analyst.groups.add(Group.objects.get(name="analysts"))
    return tokens.make(user=analyst.pk, name="benchmark").text


def _work(connection: Connection, token: str) -> Work:
    """Return contested stances, which no list of accepted ones has, each with two citations."""
    actors, issues, sources = (
        [str(key) for (key,) in connection.execute(sql).fetchall()]
        for sql in (
            "SELECT slug FROM tracker_actor ORDER BY id",
            "SELECT slug FROM tracker_issue WHERE question <> '' ORDER BY id",
            "SELECT ref FROM tracker_source ORDER BY id",
        )
    )
    bodies = [
        _body(actors[number], issues[number % len(issues)], sources[2 * number : 2 * number + 2])
        for number in range(BODIES)
    ]
    addresses = {
        contestant: [Address(path, body=body, token=token) for body in bodies]
        for contestant, path in WRITING.items()
    }
    return Work("W1", "a stance made, with two citations", addresses, writes=True)


def _body(actor: str, issue: str, sources: list[str]) -> str:
    payload = {
        "actor": actor,
        "issue": issue,
        "position": "supports",
        "since": "2018-12",
        "until": "2019",
        "basis": "statement",
        "hedged": True,
        "instruments": ["diplomatic"],
        "confidence": "moderate",
        "standing": "contested",
        "standing_note": "Another source says otherwise.",
        "summary": "Repeated its call for talks without preconditions.",
        "confirmed_on": "2024-05-01",
        "citations": [
            {
                "source": source,
                "relation": "supports",
                "locator_label": "paragraph",
                "locator": "2",
                "quote": "“So.”",
            }
            for source in sources
        ],
    }
    return json.dumps(payload)


def _newest(connection: Connection, table: str) -> int:
    row = connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()
    return int(str(row[0])) if row else 0


def _take_away(connection: Connection, before: dict[str, int]) -> None:
    """Take away what was written, its history too, which nobody else could."""
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute(
            "DELETE FROM tracker_changeset WHERE id IN (SELECT changeset_id FROM "
            "tracker_event WHERE id > %s)",
            [before["tracker_event"]],
        )
        connection.execute("DELETE FROM auth_user_groups WHERE user_id > %s", [before["auth_user"]])
        connection.execute(
            "DELETE FROM tracker_ahead WHERE noun = 'stance' AND record > %s",
            [before["tracker_stance"]],
        )
        for table, newest in before.items():
            connection.execute(f"DELETE FROM {table} WHERE id > %s", [newest])
