"""Which edition answers: by its number, and to the microsecond by a moment."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.api.publishing import publish
from tests.factories import ActorFactory
from tracker.publication.read import editions

pytestmark = pytest.mark.django_db


def test_before_the_first_there_is_number_0() -> None:
    """As the latest, and as of any moment gone by."""
    assert editions.latest() == 0
    assert editions.as_of(datetime.now(UTC) - timedelta(hours=1)) == 0
    assert editions.page(edition=None, before=None, size=3).results == []
    assert editions.one(0) is None


def test_an_edition_is_current_from_its_own_moment_until_the_next() -> None:
    """Both to the microsecond."""
    numbers = [publish(ActorFactory()) for _ in range(3)]
    moments = [edition.published_at for edition in reversed(editions.page(edition=None, before=None, size=3).results)]
    instant = timedelta(microseconds=1)

    assert editions.latest() == numbers[-1] == 3
    assert [editions.as_of(moment) for moment in moments] == [1, 2, 3]
    assert [editions.as_of(moment - instant) for moment in moments] == [0, 1, 2]


def test_in_the_future_none_is_current() -> None:
    """Since one may still be published before."""
    publish(ActorFactory())

    assert editions.as_of(datetime.now(UTC) + timedelta(minutes=1)) is None


def test_a_page_goes_down_from_an_edition_and_says_where_the_next_begins() -> None:
    """And ends at the first."""
    for _ in range(5):
        publish(ActorFactory())

    first = editions.page(edition=4, before=None, size=3)
    second = editions.page(edition=4, before=2, size=3)

    assert ([found.number for found in first.results], first.after) == ([4, 3, 2], (2,))
    assert ([found.number for found in second.results], second.after) == ([1], None)
    assert first.edition == second.edition == 4
