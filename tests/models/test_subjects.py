"""What changes are about, as the database notes it when an edition has proved itself."""

import re

import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories import StanceFactory
from tests.models.rows import execute
from tests.models.test_append_only import publish_everything
from tracker.models import ChangeSubject
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db
EXPLAINED = (
    "LOAD 'auto_explain'",
    "SET LOCAL auto_explain.log_min_duration = 0",
    "SET LOCAL auto_explain.log_nested_statements = on",
    "SET LOCAL client_min_messages = log",
)
LOOKED_UP = {
    *(f"tracker_{noun}document" for noun in Noun),
    *("tracker_change", "tracker_mention"),
}


def test_an_edition_notes_each_subject_once_with_its_changes_in_order():
    stance = StanceFactory()
    other = StanceFactory(issue=stance.issue)

    edition = publish_everything()

    noted = {
        (subject.noun, subject.record): subject.positions
        for subject in ChangeSubject.objects.filter(edition=edition.pk)
    }
    changes = execute(
        "SELECT noun, record, position FROM tracker_change WHERE noun IN ('issue', 'actor', "
        "'stance')"
    )
    place = {(noun, record): position for noun, record, position in changes}
    of_issue = [
        place["issue", stance.issue_id],
        place["stance", stance.pk],
        place["stance", other.pk],
    ]
    assert noted == {
        ("issue", stance.issue_id): of_issue,
        ("actor", stance.actor_id): [place["actor", stance.actor_id], place["stance", stance.pk]],
        ("actor", other.actor_id): [place["actor", other.actor_id], place["stance", other.pk]],
    }


def test_nobody_notes_anything_of_another_edition(as_owner):
    StanceFactory()
    publish_everything()

    with pytest.raises(DatabaseError, match="not the edition being made"), transaction.atomic():
        execute(
            "INSERT INTO tracker_changesubject (noun, record, edition, positions) VALUES "
            "('actor', 1, 1, '{1}')"
        )


def test_it_is_looked_up_by_indexes_also_in_tables_of_which_nothing_is_known(acting_as):
    """As in those that the first editions fill:
    the plan is kept, and one for few rows would take hours for many.
    """
    plans: list[str] = []
    with acting_as("NONE"):
        for statement in EXPLAINED:
            execute(statement)
        connection.connection.add_notice_handler(
            lambda notice: plans.append(notice.message_primary)
        )
        execute("SELECT public.note_subjects(0)")
        execute("SET LOCAL client_min_messages = notice")

    plan = next(plan for plan in plans if "Insert on tracker_changesubject" in plan)
    scans = re.findall(
        r"(\w+ Scan)(?: using \w+)? on (tracker_[a-z]+)\b.*\n\s+(?:Index|Recheck) Cond: (.*)", plan
    )
    assert {table for _, table, _ in scans} == LOOKED_UP, plan
    for scan, table, condition in scans:
        assert scan in ("Index Scan", "Only Scan", "Heap Scan"), plan
        assert {"tracker_change": "edition", "tracker_mention": "document"}.get(
            table, "record"
        ) in condition, plan
