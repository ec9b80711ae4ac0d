"""The feed's statements: what they look up, and what they needn't read."""

import re

import pytest
from django.db import connections

from tests.factories import ActorFactory, IssueFactory, StanceFactory
from tests.public.api.publishing import edit, publish, publish_whole
from tests.public.read.questions import plan
from tracker.public.read import feed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("filters", [{}, {"under": [1]}, {"operations": ["published"]}])
def test_changes_are_looked_up_one_by_one(acting_as, filters):
    """However many there ever were:
    a page reads no more of them than it has, oldest or newest first.

    PostgreSQL has counted them, else any index would do,
    as it does if it counted when there were none.
    """
    publish_whole(*(StanceFactory() for _ in range(20)))
    with acting_as("NONE"), connections["default"].cursor() as cursor:
        cursor.execute("ANALYZE tracker_change")

    for ask in (
        lambda: feed.page(after=(0, 0), edition=1, filters=filters, size=2),
        lambda: feed.latest(after=(0, 0), before=None, edition=1, filters=filters, size=2),
    ):
        text = plan(ask, "nestloop", "seqscan")
        assert re.search(
            r'on tracker_change c(_\d)?\b.*\n\s+Index Cond: \(\(edition = .*AND \("position" = ',
            text,
        ), text


def test_the_editions_about_a_record_are_told_without_their_changes() -> None:
    """Of one kind of subject;
    of an actor on an issue they are those that changed something about both.
    """
    issue, china, iran = IssueFactory(), ActorFactory(), ActorFactory()
    stances = [StanceFactory(issue=issue, actor=actor) for actor in (china, iran)]
    publish_whole(issue, china, iran, *stances)
    publish(edit(stances[0], summary="At length."))
    publish(edit(stances[1], summary="In short."))
    publish_whole(StanceFactory(actor=iran))

    def editions(**filters: list[int]) -> list[int]:
        return [number for number, _ in feed.editions(edition=3, filters=filters, size=2)]

    assert editions(under=[issue.pk]) == editions(actors=[china.pk, iran.pk]) == [3, 2]
    assert editions(actors=[china.pk]) == editions(actors=[china.pk], under=[issue.pk]) == [2, 1]
    assert "unnest" not in plan(lambda: editions(actors=[china.pk, iran.pk]))
