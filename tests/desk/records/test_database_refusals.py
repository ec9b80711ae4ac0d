"""What the database refuses names its field: by the constraint, never by the words of a message."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from tests.factories import ActorFactory, IssueFactory, MeetingFactory, SourceFactory, StanceFactory
from tracker.desk.records.database_errors import problem_of
from tracker.models import Participant
from tracker.models.nouns import PARTS, RECORDS
from tracker.models.triggers import FOLDER

pytestmark = pytest.mark.django_db
MODELS = [*RECORDS.values(), *(part for parts in PARTS.values() for part in parts.values())]


def refused(record: Any, **values: Any) -> tuple[str, str, str]:
    """Return how the database refuses values of a record: code, field and words."""
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        type(record)._default_manager.filter(pk=record.pk).update(**values)
    problem = problem_of(error.value)
    assert problem is not None
    return problem.code, problem.field, problem.text


def test_a_rule_names_its_field():
    says = "it begins after it ends; correct “since” or “until”."
    assert refused(StanceFactory(since="2010", until="2012"), since="2013") == (
        "refused",
        "since",
        says,
    )


def test_a_rule_of_a_trigger_names_its_field():
    says = (
        "a grouping issue has no question to take a position on; choose one below it, or give it "
        "a question"
    )
    assert refused(StanceFactory(), issue=IssueFactory(question="")) == ("refused", "issue", says)


def test_what_was_merged_is_refused_at_the_field_that_names_it():
    loser, survivor, stance = ActorFactory(), ActorFactory(), StanceFactory()
    type(loser).objects.filter(pk=loser.pk).update(merged_into=survivor)

    says = f"actor {loser.pk} was merged into another; name that one"
    assert refused(stance, defers_to=loser) == ("refused", "defers_to", says)
    says = f"actor {loser.pk} was merged itself; name its survivor"
    assert refused(survivor, merged_into=loser) == ("refused", "merged_into", says)


def test_a_null_is_told_in_the_words_of_the_database():
    code, field, says = refused(StanceFactory(), summary=None)
    assert (code, field) == ("refused", "")
    assert "summary" in says


def test_a_key_that_is_taken_names_its_field():
    ActorFactory(slug="china", ref="cn")
    says = "it is taken; choose another"
    assert refused(ActorFactory(), slug="china") == ("refused", "slug", says)
    assert refused(ActorFactory(), ref="cn") == ("refused", "ref", says)


def test_a_part_that_is_there_twice_is_told():
    meeting = MeetingFactory()
    one, other = (
        Participant.objects.create(meeting=meeting, actor=ActorFactory()) for _ in range(2)
    )
    says = "there is one with the same meeting and actor already; keep one of the two"
    assert refused(one, actor=other.actor) == ("refused", "", says)


def test_what_the_database_alone_refuses_is_told_in_its_words():
    code, field, says = refused(SourceFactory(), state="lost")
    assert (code, field) == ("refused", "")
    assert "source_state_is_known" in says


@pytest.mark.parametrize("title", ["", " ", "\u200b"])
def test_a_title_that_is_not_seen_is_told_by_its_field(title):
    assert refused(SourceFactory(), title=title) == (
        "refused",
        "title",
        "write one, of letters that are seen.",
    )


def test_every_unique_index_of_the_desk_is_known_by_its_name():
    known = {rule.name for model in MODELS for rule in model._meta.constraints}
    for model in MODELS:
        fields = [
            field for field in model._meta.concrete_fields if field.unique and not field.primary_key
        ]
        known |= {f"{model._meta.db_table}_{field.column}_key" for field in fields}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
            "WHERE i.indisunique AND NOT i.indisprimary AND i.indrelid::regclass::text = ANY(%s)",
            [[model._meta.db_table for model in MODELS]],
        )
        assert {name for (name,) in cursor.fetchall()} <= known


def test_no_rule_says_its_field_in_words():
    """A message that begins with “since: ” would be read back;
    a constraint's code and a trigger's column say it.
    """
    for model in MODELS:
        names = {field.name for field in model._meta.get_fields()}
        for rule in model._meta.constraints:
            assert str(rule.violation_error_message).split(": ")[0] not in names, rule.name
            is_ours = rule.violation_error_message != rule.default_violation_error_message
            assert not is_ours or rule.violation_error_code in names, rule.name
    fields = {
        field.name
        for model in apps.get_app_config("tracker").get_models()
        for field in model._meta.get_fields()
    }
    files = "\n".join(path.read_text() for path in FOLDER.glob("*.sql"))
    raised = re.findall(r"RAISE EXCEPTION '(.+?)'", files)
    assert len(raised) > 20
    assert fields.isdisjoint(says.split(": ")[0] for says in raised)
