"""What lies under an issue, while issues move, and claims move from issue to issue."""

import pytest
from hypothesis import given
from hypothesis.strategies import fixed_dictionaries, just, lists, sampled_from, tuples

from tests.consistency.cast import ISSUES, called
from tests.consistency.histories import MOVED, NUMBERS, RENAMED, agree, histories, questions, run

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SLUG = tuples(sampled_from(ISSUES), NUMBERS).map(lambda drawn: called(*drawn)["slug"])
SLUGS = lists(SLUG, min_size=1, max_size=2)
UNDER = fixed_dictionaries({"under": SLUGS})
ANY = fixed_dictionaries({"under": SLUGS, "standing": just(["any"])})


@run(examples=20)
@given(
    acts=histories(MOVED | RENAMED),
    asked=questions(
        issue=UNDER | fixed_dictionaries({"parent": SLUGS}), stance=UNDER | ANY, alignment=UNDER | ANY, meeting=UNDER
    ),
)
def test_what_is_under_an_issue_at_any_moment_is_what_the_whole_history_says(desk, acts, asked):
    agree(desk, acts, asked)
