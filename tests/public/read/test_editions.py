"""Which edition answers: by its number, and to the microsecond by a moment."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories import ActorFactory
from tests.public.api.publishing import publish
from tracker.public.read import editions
from tracker.public.read.editions import NOW, AnsweringEdition, AsOf

pytestmark = pytest.mark.django_db


def test_before_the_first_there_is_number_0() -> None:
    none = AnsweringEdition(latest=0, number=0, stamp=None)
    assert editions.answering(NOW) == editions.answering(AsOf(edition=0)) == none
    assert editions.answering(AsOf(moment=datetime.now(UTC) - timedelta(hours=1))) == none
    assert editions.page(edition=0, before=None, size=3).results == []
    assert editions.by_number(0) is None


def test_an_edition_is_current_from_its_own_moment_until_the_next() -> None:
    numbers = [publish(ActorFactory()) for _ in range(3)]
    moments = [
        edition.published_at
        for edition in reversed(editions.page(edition=3, before=None, size=3).results)
    ]
    instant = timedelta(microseconds=1)

    assert editions.answering(NOW) == AnsweringEdition(
        3, 3, round(moments[-1].timestamp() * 1_000_000)
    )
    assert numbers == [1, 2, 3]
    assert [number_at(moment) for moment in moments] == [1, 2, 3]
    assert [number_at(moment - instant) for moment in moments] == [0, 1, 2]
    stamps = [round(moment.timestamp() * 1_000_000) for moment in moments]
    assert [editions.answering(AsOf(number)).stamp for number in numbers] == stamps


def number_at(moment: datetime) -> int | None:
    return editions.answering(AsOf(moment=moment)).number


def test_in_the_future_none_is_current() -> None:
    publish(ActorFactory())

    assert number_at(datetime.now(UTC) + timedelta(minutes=1)) is None


def test_a_page_goes_down_from_an_edition_and_says_where_the_next_begins() -> None:
    for _ in range(5):
        publish(ActorFactory())

    first = editions.page(edition=4, before=None, size=3)
    second = editions.page(edition=4, before=2, size=3)

    assert ([edition.number for edition in first.results], first.after) == ([4, 3, 2], (2,))
    assert ([edition.number for edition in second.results], second.after) == ([1], None)
    assert first.edition == second.edition == 4
    assert editions.page(edition=4, before=9, size=1).results[0].number == 4
