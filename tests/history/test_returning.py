"""A deleted record comes back as itself, and its history goes on;
nothing else comes under its id.
"""

from contextlib import closing

import pytest
from django.conf import settings

from tests.factories import IssueFactory, SourceFactory, StanceFactory
from tests.history.test_snapshots import values
from tests.history.ways import CHANGE
from tests.models.rows import execute, make, put_in, refused, row_of, take_out
from tests.models.sessions import Session
from tests.publishing.acts import changeset
from tracker.history.snapshots import at
from tracker.models import Issue, Stance, StanceCitation
from tracker.models.nouns import RECORDS, noun_of
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db
each_noun = pytest.mark.parametrize("model", RECORDS.values(), ids=[noun.value for noun in RECORDS])


@each_noun
def test_a_record_comes_back_as_it_was_under_a_version_that_it_never_had(model):
    record = make(model)
    first = row_of(record)
    name, value = CHANGE[model]
    execute(
        f"UPDATE {model._meta.db_table} SET {name} = %s, state = 'in_review' WHERE id = %s",
        value,
        record.pk,
    )
    last = take_out(record)

    put_in(model, first)
    back = row_of(record)
    take_out(record)
    put_in(model, {**last, "version": 1})

    assert back == {**first, "version": 3, "state": "editing"}
    assert row_of(record) == {**last, "version": 4, "state": "editing"}


@each_noun
@pytest.mark.parametrize("role", [settings.APPLICATION, settings.OWNER, "NONE"])
def test_an_id_is_never_used_again_by_what_the_record_never_was(acting_as, model, role):
    row = take_out(make(model))
    name, value = CHANGE[model]

    with acting_as(role), refused(f"{noun_of(model)}_id_is_never_used_again"):
        put_in(model, {**row, name: value})
    put_in(model, {**row, name: value, "id": row["id"] + 1000})

    assert execute(f"SELECT id, version FROM {model._meta.db_table} WHERE id >= %s", row["id"]) == [
        (row["id"] + 1000, 1)
    ]


def test_a_column_that_a_row_of_the_past_did_not_have_is_no_difference(acting_as):
    row = take_out(StanceFactory(citations=[]))
    with acting_as("NONE"):
        execute("SET session_replication_role = replica")
        execute(
            "UPDATE tracker_event SET after = after - 'hedged' || '{\"removed\": 1}' WHERE "
            "noun = 'stance'"
        )
        execute("SET session_replication_role = origin")

    with refused("stance_id_is_never_used_again"):
        put_in(Stance, {**row, "hedged": True, "position": "opposes"})
    put_in(Stance, {**row, "hedged": True})

    assert Stance.objects.get(pk=row["id"]).version == 2


def test_a_new_record_is_not_compared_with_events_of_its_parts(acting_as):
    """They are written before it here, as imports write them."""
    compared = "SELECT pg_stat_get_xact_function_calls('columns_apart'::regproc)"
    stance = StanceFactory()
    row, part = row_of(stance), row_of(stance.citations.get())
    row["id"] += 1000
    part |= {"id": part["id"] + 1000, "stance_id": row["id"]}
    with acting_as("NONE"):
        execute("SET LOCAL track_functions = 'pl'")

    put_in(StanceCitation, part)
    put_in(Stance, row)
    assert execute(compared) == [(None,)]

    execute("DELETE FROM tracker_stance WHERE id = %s", row["id"])
    put_in(Stance, row)
    assert execute(compared) == [(1,)]


@pytest.mark.django_db(transaction=True)
def test_an_id_is_not_taken_by_another_while_its_record_is_being_deleted():
    issue = IssueFactory()
    names = ", ".join(field.column for field in Issue._meta.concrete_fields if not field.generated)
    another = names.replace("title", "'Another'")

    with closing(Session()) as deleting, closing(Session()) as taking:
        taking.do(f"CREATE TEMPORARY TABLE other AS SELECT {another} FROM tracker_issue")
        deleting.do("BEGIN")
        deleting.do("DELETE FROM tracker_issue WHERE id = %s", issue.pk)
        insert = taking.start(f"INSERT INTO tracker_issue ({names}) SELECT * FROM other")
        assert taking.waits(insert)
        deleting.do("COMMIT")

        with pytest.raises(Exception, match="an id is never used again"):
            insert.result(timeout=10)
    assert not Issue.objects.exists()


@pytest.mark.parametrize("first", ["record", "parts"])
def test_the_past_of_a_record_that_came_back_has_the_parts_of_each_version(first):
    with changeset():
        stance = StanceFactory(citations=[{"locator": "old"}])
    version, row, citation = stance.version, row_of(stance), row_of(stance.citations.get())
    tables = ["tracker_stance WHERE id", "tracker_stancecitation WHERE stance_id"]
    with changeset():
        for table in tables if first == "record" else tables[::-1]:
            execute(f"DELETE FROM {table} = %s", stance.pk)
    with changeset():
        put_in(Stance, row)
    with changeset():
        stance.citations.create(source=SourceFactory(), locator="new")
    with changeset():
        put_in(StanceCitation, citation)
    now = Stance.objects.get(pk=stance.pk).version

    locators = {
        number: [part.locator for part in snapshot.parts["citation"]]
        for number in range(version, now + 1)
        if (snapshot := at(Noun.STANCE, stance.pk, number))
    }

    gone = {} if first == "record" else {version + 1: []}
    assert locators == {
        version: ["old"],
        **gone,
        now - 2: [],
        now - 1: ["new"],
        now: ["old", "new"],
    }
    assert values(at(Noun.STANCE, stance.pk, now).record) == values(
        Stance.objects.get(pk=stance.pk)
    )


def test_two_do_not_bring_back_the_same_record():
    row = take_out(IssueFactory())
    put_in(Issue, row)

    with refused("tracker_issue_pkey"):
        put_in(Issue, row)
