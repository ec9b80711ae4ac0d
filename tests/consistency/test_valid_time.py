"""Both time axes together: what was said at any moment of any day."""

import pytest
from hypothesis import given
from hypothesis.strategies import fixed_dictionaries, just, lists, sampled_from

from tests.consistency.histories import DATED, DAYS, agree, histories, questions, run

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

DAY = {"on": DAYS.map(str)}
STANDING = {"standing": lists(sampled_from(["accepted", "contested", "any"]), min_size=1, max_size=2)}
KIND = {"actor_kind": lists(sampled_from(["state", "bloc"]), min_size=1, max_size=2)}


def on_a_day(**certain):
    day = {**DAY, **certain}
    return questions(
        stance=fixed_dictionaries(day, optional={**STANDING, **KIND}),
        alignment=fixed_dictionaries(day, optional=STANDING),
        meeting=fixed_dictionaries(day),
    )


@run(examples=20)
@given(acts=histories(DATED), asked=on_a_day())
def test_what_was_possible_on_any_day_as_of_any_moment_is_what_the_whole_history_says(desk, acts, asked):
    agree(desk, acts, asked)


@run(examples=20)
@given(acts=histories(DATED), asked=on_a_day(certain=just("true")))
def test_what_was_certain_on_any_day_as_of_any_moment_is_what_the_whole_history_says(desk, acts, asked):
    agree(desk, acts, asked)
