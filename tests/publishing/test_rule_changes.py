"""A rule is added, changed and given up, on a tracker with ten editions:
each of them is proved by what bound it.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.state import ProjectState

from tests.factories import ActorFactory, SourceFactory, StanceFactory
from tests.publishing.acts import all_of, changeset, edited, published
from tests.publishing.test_rules import publish_past_the_rules, refusal
from tests.verify.world import complaints, damage, run
from tracker.models import Edition, RuleChange, rules
from tracker.models.rule import Rule
from tracker.models.rules import BY_CODE, Rules
from tracker.publishing.publish import Chosen, blockers, publish
from tracker.values.nouns import Noun
from tracker.values.problems import RefusedError

pytestmark = pytest.mark.django_db
CITED = "stance_cites_a_source"
ONLY_QUOTED = """
    SELECT record, NULL::int, NULL FROM {changed_stance} d
    WHERE NOT jsonb_path_exists(body::jsonb, '$.citations[*] ? (@.quote != null)')
"""
SHORT = Rule(
    "actor_name_is_short",
    Noun.ACTOR,
    "name",
    "it is called “{name}”, which is too long",
    "SELECT record, NULL::int, jsonb_build_object('name', body::json ->> 'name') FROM "
    "{changed_actor} d WHERE length(body::json ->> 'name') > 30",
)
Change = Callable[..., None]


@pytest.fixture
def change(monkeypatch: pytest.MonkeyPatch, acting_as) -> Iterator[Change]:
    """Let a rule be in the file as given, and bind:
    what a migration does, as the owner of the tables.
    """

    def bind(rule: Rule) -> None:
        monkeypatch.setitem(BY_CODE, rule.code, rule)
        monkeypatch.setattr(rules, "RULES", tuple(BY_CODE.values()))
        monkeypatch.setattr("tracker.publishing.rules.RULES", tuple(BY_CODE.values()))
        operation = Rules(**{rule.code: rules.digest_of(rule.text)[:12]})
        with acting_as(settings.OWNER), connection.schema_editor(atomic=False) as editor:
            operation.database_forwards("tracker", editor, ProjectState(), ProjectState())

    return bind


@pytest.fixture
def stance():
    """A stance that cites a page and no words, public from the second of ten editions on."""
    stance = StanceFactory(citations=[{"source": SourceFactory(), "locator": "p. 7"}])
    published(*all_of(stance)[1:])
    published(stance)
    for _ in range(8):
        published(ActorFactory())
    assert Edition.objects.count() == 10
    return stance


def refusals(record) -> list[tuple[str, str, str]]:
    noun = Noun(record._meta.model_name)
    with changeset(), pytest.raises(RefusedError) as error:
        publish(records=[Chosen(noun, record.pk)])
    record.refresh_from_db()
    asked = blockers(records=[Chosen(noun, record.pk)], by=None)
    assert [problem.text for problem in asked] == [problem.text for problem in error.value.problems]
    return [(problem.code, problem.field, problem.text) for problem in error.value.problems]


def tightened() -> Rule:
    rule = BY_CODE[CITED]
    return replace(
        rule, text=ONLY_QUOTED, message="a position cites words", superseded=(rule.text,)
    )


def test_a_rule_that_is_tightened_binds_from_the_next_edition_on(stance, change):
    change(tightened())

    assert complaints() == []
    edited(stance, summary="In other words.")
    assert refusals(stance) == [("refused", "citations", "a position cites words")]
    other = StanceFactory(citations=[{"source": SourceFactory(), "locator": "p. 7"}])
    published(*all_of(other)[1:])
    with refusal(CITED):
        publish_past_the_rules(other)
        run("SET CONSTRAINTS ALL IMMEDIATE")

    published(ActorFactory())
    stance.citations.update(quote="Words.")
    published(stance)
    assert complaints() == []
    assert list(
        RuleChange.objects.filter(rule=CITED).order_by("pk").values_list("edition", "link")
    ) == [
        (1, 1),
        (11, 11),
    ]


def test_a_record_that_only_calls_others_by_new_names_is_not_asked_again(stance, change):
    change(tightened())
    edited(stance.actor, name="Another name")

    published(stance.actor)

    assert complaints() == []


def test_a_rule_that_is_added_binds_from_the_next_edition_on(stance, change):
    long = ActorFactory(name="The Former Yugoslav Republic of Somewhere Far Away")
    published(long)
    change(SHORT)

    assert complaints() == []
    edited(long, summary="In other words.")
    assert refusals(long) == [("refused", "name", f"it is called “{long.name}”, which is too long")]
    edited(long, name="Somewhere")
    published(long)
    assert complaints() == []


def test_a_rule_that_is_given_up_binds_what_was_published_before(stance, change):
    rule = BY_CODE[CITED]
    change(replace(rule, text="", superseded=(rule.text,)))
    uncited = StanceFactory(citations=[])

    edition = published(*all_of(uncited))

    assert edition.number == 11
    assert complaints() == []
    with damage():
        run("UPDATE tracker_rulechange SET edition = 12 WHERE text_digest = ''")
    assert f"edition 11: stance {uncited.pk}: {rule.message}" in complaints()


def test_a_text_that_the_files_have_no_more_is_told_of(stance, change):
    before = rules.digest_of(BY_CODE[CITED].text)
    change(replace(tightened(), superseded=()))

    assert complaints() == [
        f"rule {CITED}: tracker/models/rules.py lacks the text that binds from edition 1 on, "
        f"{before}"
    ]


def test_a_rule_that_bound_from_the_first_edition_on_does_not_begin_later(stance):
    with damage():
        run(f"UPDATE tracker_rulechange SET edition = 11, link = NULL WHERE rule = '{CITED}'")

    assert (
        f"rule {CITED}: it binds from edition 11 on by the database, and from the first in fact"
        in complaints()
    )


def test_a_damaged_body_keeps_verify_from_nothing_else(stance):
    with damage():
        run(
            "UPDATE tracker_stancedocument SET body = '{'",
            "UPDATE tracker_edition SET note = 'x' WHERE number = 2",
        )

    found = complaints()
    assert f"rule {CITED}: it can’t be asked of editions from 1 on, as a body is damaged" in found
    assert any("edition 2: the chain tells" in line for line in found)


@pytest.mark.parametrize(
    ("statement", "complaint"),
    [
        (
            "UPDATE tracker_rulechange SET edition = 12 WHERE edition = 11",
            "which was not the next one",
        ),
        (
            "UPDATE tracker_rulechange SET text_digest = 'a' WHERE edition = 11",
            "is not the one that the database says",
        ),
        (
            "UPDATE tracker_rulechange SET text_digest = 'a' WHERE edition = 11",
            "lacks the text that binds",
        ),
        (
            "DELETE FROM tracker_rulechange WHERE edition = 11",
            "is not the one that the database says",
        ),
        ("DELETE FROM tracker_rulechange WHERE edition = 11", "edition 11: the chain tells"),
        (
            "UPDATE tracker_rulechange SET made_at = now() WHERE edition = 11",
            "edition 11: the chain tells",
        ),
        (
            "UPDATE tracker_rulechange SET link = NULL WHERE edition = 11",
            "which was not the next one",
        ),
        ("UPDATE tracker_rulechange SET link = 12 WHERE edition = 11", "does not exist"),
        (
            "INSERT INTO tracker_rulechange (rule, text_digest, edition) VALUES "
            "('stance_cites_a_source', '', 1)",
            "it is said to bind from edition 1 on",
        ),
        (
            "INSERT INTO tracker_rulechange (rule, text_digest, edition) VALUES ('a', 'b', 1)",
            "rule a: its text",
        ),
    ],
)
def test_a_table_of_rules_that_was_tampered_with_is_found(stance, change, statement, complaint):
    change(SHORT)
    published(ActorFactory())
    assert complaints() == []

    with damage():
        run(statement)

    assert any(complaint in line for line in complaints())
