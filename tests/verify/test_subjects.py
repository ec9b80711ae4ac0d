"""What changes are noted as about, and are not."""

import re

import pytest
from django.db import connection

from tests.verify.world import World, complaints, damage, run
from tracker.models import ChangeSubject
from tracker.values.nouns import Noun
from tracker.verify.subjects import NOTED


def changes(noun: str, record: int, edition: int) -> list[int]:
    return ChangeSubject.objects.get(noun=noun, record=record, edition=edition).positions


@pytest.mark.parametrize(
    ("statement", "subjects"),
    [
        (
            "DELETE FROM tracker_changesubject WHERE noun = 'actor' AND edition = 3",
            "noted as [], but are [1]",
        ),
        (
            "UPDATE tracker_changesubject SET positions = '{1,7}' WHERE noun = 'actor' AND "
            "edition = 3",
            "noted as [1, 7], but are [1]",
        ),
        (
            "INSERT INTO tracker_changesubject SELECT noun, record, 9, positions FROM "
            "tracker_changesubject WHERE noun = 'actor' AND edition = 3",
            "noted as [1], but are []",
        ),
    ],
)
def test_a_change_that_is_not_noted_or_not_about_it(
    world: World, statement: str, subjects: str
) -> None:
    assert changes("actor", world.actor.pk, 3) == [1]
    edition = 9 if "INSERT" in statement else 3

    with damage():
        assert run(statement) == 1

    assert complaints() == [
        f"edition {edition}: its changes about actor {world.actor.pk} are {subjects}"
    ]


def test_a_change_that_an_issue_above_is_not_told_of(world: World) -> None:
    with damage():
        assert run(
            f"DELETE FROM tracker_changesubject WHERE record = {world.above.pk} AND edition "
            f"= 3 AND noun = 'issue'"
        )

    assert complaints() == [
        f"edition 3: its changes about issue {world.above.pk} are noted as [], but are [1]"
    ]


def test_a_mention_that_is_gone_is_told_by_subjects_too(world: World) -> None:
    """As what is noted can't be had from documents any more."""
    with damage():
        run(
            "DELETE FROM tracker_mention m USING tracker_stancedocument d "
            "WHERE m.noun = 'stance' AND m.document = d.id AND d.record = "
            f"{world.stance.pk} AND m.named_noun = 'actor'"
        )

    assert (
        f"edition 3: its changes about actor {world.actor.pk} are noted as [1], but are []"
        in complaints()
    )


def test_no_change_is_put_beside_each_mention_of_its_noun(world: World) -> None:
    """However few PostgreSQL believes there to be of one:
    it did once, and wasn't done in a minute.
    """
    believed = "UPDATE pg_class SET relpages = 1, reltuples = {} WHERE relname = 'tracker_{}'"
    few = {f"{noun}document": 100 for noun in Noun} | {
        "votedocument": 6000,
        "stancedocument": 1,
        "sourcedocument": 1,
    }
    with damage(), connection.cursor() as cursor:
        for table, rows in {**few, "change": 600_000, "mention": 1}.items():
            cursor.execute(believed.format(rows, table))
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute(f"EXPLAIN {NOTED.sql}")
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "tracker_mention" in plan
    assert not re.search(r"Cond: \(\(\w\.noun\)::text = \(\w\.noun\)::text\)\n", plan)
