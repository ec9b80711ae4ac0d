"""W1: stances made at the desk, by whom and of what; and the desk left as it was found."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from tools.bench.load import Address
from tools.bench.place import number_on
from tools.bench.serving import OURS
from tools.bench.work import Connection, Work

BODIES = 50
TABLES = ("tracker_stancecitation", "tracker_stance", "tracker_event", "tracker_token", "auth_user")


@contextmanager
def written(connection: Connection) -> Iterator[Work]:
    """Give the work, with the token of an analyst; take away what it made when it is done."""
    newest = {}
    for table in TABLES:
        row = connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()
        newest[table] = row[0] if row else 0
    number_on()
    token = _token()
    bodies = [_body(number) for number in range(1, BODIES + 1)]
    addresses = [Address("/api/v1/desk/stances/", body=body, token=token) for body in bodies]
    try:
        yield Work("W1", {OURS: addresses}, own="R1")
    finally:
        _take_away(connection, newest)


def _token() -> str:
    from django.contrib.auth.models import Group, User

    from tracker.desk.access import tokens

    analyst = User.objects.create(username="bench", is_staff=True)
    analyst.groups.add(Group.objects.get(name="analysts"))
    return tokens.make(user=analyst.pk, name="benchmark").text


def _body(number: int) -> str:
    """Return a contested stance, which no list of accepted ones has, with two citations."""
    cited = {"relation": "supports", "locator": "2", "quote": "“So.”"}
    return json.dumps(
        {
            "actor": f"actor-{number}",
            "issue": f"issue-{30 + number % 5}",
            "position": "supports",
            "since": "2018-12",
            "until": "2019",
            "basis": "statement",
            "confidence": "moderate",
            "standing": "contested",
            "standing_note": "Another source says otherwise.",
            "summary": "Repeated its call for talks without preconditions.",
            "confirmed_on": "2024-05-01",
            "citations": [
                {"source": f"source-{number}", **cited},
                {"source": f"source-{number + BODIES}", **cited},
            ],
        }
    )


def _take_away(connection: Connection, newest: dict[str, object]) -> None:
    """Take away what was written, its history too, which nobody else could."""
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute(
            "DELETE FROM tracker_changeset WHERE id IN "
            "(SELECT changeset_id FROM tracker_event WHERE id > %s)",
            [newest["tracker_event"]],
        )
        user, stance = newest["auth_user"], newest["tracker_stance"]
        connection.execute("DELETE FROM auth_user_groups WHERE user_id > %s", [user])
        connection.execute("DELETE FROM tracker_ahead WHERE record > %s", [stance])
        for table, number in newest.items():
            connection.execute(f"DELETE FROM {table} WHERE id > %s", [number])
