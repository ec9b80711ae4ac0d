"""Whatever is edited, published, merged, imported and undone in whatever order,
everything agrees.
"""

from random import Random
from uuid import UUID

import pytest

from tests.consistency.api import check_copy, check_list, check_record
from tests.consistency.cast import cast
from tests.consistency.oracle import Oracle
from tests.consistency.questions import asked_list, asked_record
from tests.consistency.walker import DRAFTING, PUBLISHING, Walker
from tests.consistency.walking import Walk
from tests.desk.undo.acts import desk, undone
from tests.publishing.acts import everything_left
from tracker.verify import verify

pytestmark = pytest.mark.django_db
BRIEFLY = [pytest.param(0, 15)]
LONG = [
    pytest.param(seed, 50, marks=[pytest.mark.slow, pytest.mark.gate])
    for seed in (1, 2, 3, 4, 5, 6)
]
PREDICTED = {**PUBLISHING, **DRAFTING, "publish_all": 1, "undo": 1, "import_names": 1, "be_late": 1}


@pytest.mark.parametrize(("seed", "turns"), BRIEFLY + LONG)
def test_what_is_refused_changes_nothing_and_all_else_can_be_undone(seed, turns):
    cast()
    walker = Walker(Random(seed))
    walker.do("publish_all")
    for _ in range(turns):
        before, left = desk(), everything_left()
        is_done = walker.turn()
        assert is_done or (desk(), everything_left()) == (before, left)
        if desk() != before and walker.chance.random() < 0.3:
            check_undone(walker, walker.changes[-1], before)
        if walker.chance.random() < 0.1:
            before = desk()
            check_undone(walker, walker.several(25), before)
    feed = Walk("/api/v1/changes/", {"page_size": 100})
    while feed.turn():
        pass
    check_copy(feed.results, feed.editions[-1][0])
    assert list(verify()) == []


def check_undone(walker: Walker, change: UUID, before: object) -> None:
    """Undo what was done last; do it again; and, or not, undo it at last."""
    after = desk()
    first = undone(change)
    assert desk() == before
    second = undone(first)
    assert desk() == after
    if walker.chance.random() < 0.5:
        undone(second)
        assert desk() == before


@pytest.mark.parametrize(("seed", "turns"), BRIEFLY + LONG)
def test_every_answer_of_any_moment_is_what_the_whole_history_says(seed, turns):
    cast()
    oracle = Oracle()
    walker = Walker(Random(seed), PREDICTED, oracle)
    walker.do("publish_all")
    for _ in range(turns):
        walker.turn()
    for _ in range(2 * turns):
        check_list(oracle, *asked_list(walker.chance, oracle))
    for _ in range(turns):
        check_record(oracle, *asked_record(walker.chance, oracle))
