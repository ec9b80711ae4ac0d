"""The rules of the publication in their file, and which of them the database says to hold."""

import re

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from tests.factories import ActorFactory
from tests.models.rows import execute
from tests.publishing.acts import published
from tracker.models.rule import digest_of, relations_in
from tracker.models.rules import BY_CODE, RULES
from tracker.models.triggers import source

pytestmark = pytest.mark.django_db
CODES = [rule.code for rule in RULES]


def test_the_database_says_of_each_rule_that_it_holds_in_the_text_of_the_file():
    held = dict(execute("SELECT rule, text_digest FROM tracker_rulechange ORDER BY id"))
    wanted = {code: digest_of(BY_CODE[code].text) for code in CODES}
    missing = {code: digest[:12] for code, digest in wanted.items() if held.get(code) != digest}

    assert missing == {}, "a migration lets these hold: Rules(…)"
    assert held.keys() == wanted.keys()


def test_rules_that_held_already_bind_from_the_first_edition():
    assert execute("SELECT DISTINCT edition, link FROM tracker_rulechange") == [(1, None)]


@pytest.mark.parametrize("code", CODES)
def test_a_rule_tells_of_a_field_and_begins_with_what_an_edition_opens(code):
    rule = BY_CODE[code]
    first = re.search(r"FROM \{(\w+)\}", rule.text)

    assert first is not None
    assert first[1].startswith(("opened_", "changed_"))
    assert {noun for _, noun in relations_in(rule.text)} >= rule.asked_of >= {rule.noun}
    assert "{0}" not in rule.message + rule.remedy or rule.concerned


@pytest.mark.parametrize(
    "statement", ["UPDATE tracker_rulechange SET edition = 2", "DELETE FROM tracker_rulechange"]
)
@pytest.mark.parametrize("role", [settings.OWNER, "NONE"])
def test_nobody_changes_from_when_on_a_rule_binds(acting_as, role, statement):
    with acting_as(role), pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        execute(statement)


def test_the_application_adds_no_rule():
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        execute("INSERT INTO tracker_rulechange (rule, text_digest, edition) VALUES ('a', '', 1)")


def test_editions_are_made_before_there_is_a_table_of_rules_and_when_it_is_taken_back(acting_as):
    with acting_as(settings.OWNER):
        execute("DROP TABLE tracker_rulechange")

    assert published(ActorFactory()).number == 1


def test_triggers_of_the_desk_refuse_the_same_thing_by_the_same_code():
    codes = set(re.findall(r"CONSTRAINT = '(\w+)'", source("issues")))

    assert codes <= BY_CODE.keys()
    assert len(codes) == 2
