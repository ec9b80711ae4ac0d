"""What is merged into another stays as it was and is named by no other,
whoever writes what at once.
"""

import json

import pytest

from tests.factories import (
    ActorFactory,
    CoreInterestFactory,
    IssueFactory,
    MembershipFactory,
    SourceFactory,
    StanceFactory,
)
from tests.models.publishing import publication_of
from tests.models.rows import COLUMNS, DESK, execute, make, make_writable, refused, write
from tracker.models import Actor
from tracker.models.nouns import RECORDS
from tracker.models.tables import TABLES
from tracker.values.nouns import MERGEABLE

pytestmark = pytest.mark.django_db
MERGE = "UPDATE tracker_{0} SET merged_into_id = %s WHERE id = %s"
NAMES = {str(table.model._meta.model_name): table.references for table in TABLES}
naming = pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table, columns in NAMES.items() for column in columns]
)
each_noun = pytest.mark.parametrize("noun", MERGEABLE)
MODELS = {model._meta.model_name: model for model in DESK}


def merged(noun):
    loser, survivor = make(RECORDS[noun]), make(RECORDS[noun])
    execute(MERGE.format(noun), survivor.pk, loser.pk)
    return loser, survivor


def test_what_can_be_merged_says_into_what():
    assert {noun for noun, model in RECORDS.items() if hasattr(model, "merged_into")} == {
        *MERGEABLE
    }


@naming
def test_nothing_names_what_was_merged(by, table, column):
    loser, _ = merged(NAMES[table][column])
    row = make_writable(MODELS[table])

    with refused(f"{table}_names_what_stands"):
        write(by, row, **{column: loser.pk})


def test_each_record_that_many_rows_name_is_asked_about_once(acting_as):
    stance = StanceFactory()
    again = (
        f"INSERT INTO tracker_stance (actor_id, issue_id, {COLUMNS}) SELECT actor_id, issue_id, "
        f"{COLUMNS} FROM "
    )
    with acting_as("NONE"):
        execute("SET LOCAL track_functions = 'all'")

    execute(f"{again} tracker_stance CROSS JOIN generate_series(1, 9)")

    assert execute(
        "SELECT calls FROM pg_stat_xact_user_functions WHERE funcname = 'is_merged'"
    ) == [(2,)]
    execute(MERGE.format("actor"), ActorFactory().pk, (loser := ActorFactory()).pk)
    with refused("stance_names_what_stands"):
        execute(
            f"{again} (TABLE tracker_stance UNION SELECT (jsonb_populate_record(s, %s)).* "
            f"FROM tracker_stance s "
            "WHERE id = %s) s",
            json.dumps({"actor_id": loser.pk}),
            stance.pk,
        )


@naming
def test_what_something_names_is_not_merged(table, column):
    noun = NAMES[table][column]
    loser, survivor = make(RECORDS[noun]), make(RECORDS[noun])
    row = make_writable(MODELS[table])
    write("update", row, **{column: loser.pk})

    with refused(f"{noun}_is_named_no_more"):
        execute(MERGE.format(noun), survivor.pk, loser.pk)


@each_noun
def test_nothing_is_merged_into_itself_or_into_what_was_merged(noun):
    loser, survivor = merged(noun)

    for record, into in [(survivor, survivor), (survivor, loser)]:
        with refused(f"{noun}_merges_into_what_stands"):
            execute(MERGE.format(noun), into.pk, record.pk)


@each_noun
def test_what_was_merged_stays_as_it_was(noun):
    loser, survivor = merged(noun)

    with refused(f"{noun}_stays_merged"):
        execute(f"UPDATE tracker_{noun} SET state = 'in_review' WHERE id = %s", loser.pk)
    with refused(f"{noun}_stays_merged"):
        execute(MERGE.format(noun), make(RECORDS[noun]).pk, loser.pk)
    execute(f"UPDATE tracker_{noun} SET merged_into_id = NULL WHERE id = %s", loser.pk)
    execute(MERGE.format(noun), loser.pk, survivor.pk)


def test_the_parts_of_what_was_merged_stay_as_they_were():
    membership = MembershipFactory()
    execute(MERGE.format("actor"), ActorFactory().pk, membership.actor_id)

    with refused("actor_stays_merged"):
        execute("UPDATE tracker_membership SET role = 'other' WHERE id = %s", membership.pk)


def test_what_was_merged_keeps_no_other_from_being_merged():
    interest, membership = CoreInterestFactory(), MembershipFactory()
    execute(MERGE.format("issue"), IssueFactory().pk, interest.issue_id)
    execute(MERGE.format("actor"), ActorFactory().pk, membership.actor_id)

    execute(MERGE.format("actor"), ActorFactory().pk, interest.actor_id)
    execute(MERGE.format("actor"), ActorFactory().pk, membership.organization_id)


def test_what_was_merged_leaves_its_code_and_its_address_to_others():
    code = {"kind": "state", "iso3": "CHN"}
    address = {"url": "https://example.org/a", "issued": "2019"}
    first, source = ActorFactory(**code), SourceFactory(**address)
    execute(MERGE.format("actor"), ActorFactory().pk, first.pk)
    execute(MERGE.format("source"), SourceFactory().pk, source.pk)

    ActorFactory(**code)
    SourceFactory(**address)

    with refused("actor_iso3_is_of_one"):
        execute("UPDATE tracker_actor SET merged_into_id = NULL WHERE id = %s", first.pk)


def test_what_was_merged_is_not_published():
    issue, _ = merged("issue")

    with refused("change_is_of_a_record"):
        for statement, *parameters in publication_of(issue):
            execute(statement, *parameters)


@pytest.mark.parametrize("first", ["the merge", "the naming"])
def test_who_names_and_who_merges_at_the_same_moment_wait_for_each_other(session, first):
    actor, survivor, alias = ActorFactory(), ActorFactory(), ActorFactory()
    interest = CoreInterestFactory(actor=alias)
    merging, naming = session(), session()
    merge = (MERGE.format("actor"), survivor.pk, actor.pk)
    name = ("UPDATE tracker_coreinterest SET actor_id = %s WHERE id = %s", actor.pk, interest.pk)
    (one, begins), (two, follows) = (
        ((merging, merge), (naming, name))
        if first == "the merge"
        else ((naming, name), (merging, merge))
    )
    one.do("BEGIN")
    one.do(*begins)

    waiting = two.start(*follows)

    assert two.waits(waiting)
    one.do("COMMIT")
    rule = "coreinterest_names_what_stands" if first == "the merge" else "actor_is_named_no_more"
    assert waiting.exception().diag.constraint_name == rule


def test_two_are_not_merged_into_each_other_at_the_same_moment(session):
    one, two = ActorFactory(), ActorFactory()
    first, second = session(), session()
    first.do("BEGIN")
    first.do(MERGE.format("actor"), two.pk, one.pk)

    waiting = second.start(MERGE.format("actor"), one.pk, two.pk)

    assert second.waits(waiting)
    first.do("COMMIT")
    assert waiting.exception().diag.constraint_name == "actor_merges_into_what_stands"
    assert Actor.objects.filter(merged_into__isnull=False).count() == 1
