"""What records are called, and by what they are asked for, while actors, issues and sources are renamed."""

import pytest
from hypothesis import given
from hypothesis.strategies import fixed_dictionaries, just, lists, one_of, sampled_from, tuples

from tests.consistency.api import check_record
from tests.consistency.cast import ACTORS, CAST, ISSUES, called
from tests.consistency.histories import DATED, MOMENTS, NUMBERS, RENAMED, agree, histories, questions, recorded, run

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ACTOR = tuples(sampled_from(ACTORS), NUMBERS).map(lambda drawn: called(*drawn)["slug"])
ISSUE = tuples(sampled_from(ISSUES), NUMBERS).map(lambda drawn: called(*drawn)["slug"])
ANY = just("any")


def by(**keys):
    kinds = [fixed_dictionaries({name: lists(key, min_size=1, max_size=2)}) for name, key in keys.items()]
    return one_of(just({}), *kinds)


@run(examples=20)
@given(
    acts=histories(RENAMED),
    asked=questions(
        stance=by(actor=ACTOR, defers_to=ACTOR, issue=ISSUE, standing=ANY),
        alignment=by(actor=ACTOR, issue=ISSUE),
        meeting=by(participant=ACTOR, issue=ISSUE),
        issue=by(parent=ISSUE),
        actor=by(),
    ),
)
def test_names_and_slugs_at_any_moment_are_what_the_whole_history_says(desk, acts, asked):
    agree(desk, acts, asked)


@run(examples=15)
@given(
    acts=histories(RENAMED | DATED),
    asked=lists(tuples(MOMENTS, sampled_from(CAST), NUMBERS), min_size=20, max_size=40),
)
def test_a_record_at_any_moment_is_its_entry_in_the_list_or_its_address_says_why_not(desk, acts, asked):
    with desk.for_a_while():
        desk.do(acts)
        for moment, record, number in asked:
            key = called(record, number).get("slug", str(desk.fields[record]["id"]))
            check_record(desk.oracle, record.noun, key, recorded(desk.oracle, moment))
