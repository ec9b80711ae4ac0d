"""`changed_since`: what was published or changed after an edition or a moment, renames apart,
at any edition.
"""

import pytest

from tests.factories import ActorFactory, StanceFactory
from tests.public.api.client import Reader
from tests.public.api.publishing import edit, publish, publish_whole, retract

pytestmark = pytest.mark.django_db


def changed(reader: Reader, since: object, **query: object) -> set[int]:
    return set(reader.ids("stances/", {"changed_since": since, **query}))


def test_a_rename_is_no_change_and_hides_none(reader: Reader) -> None:
    """A record that changed and whose names changed afterwards did change;
    also as of an edition.
    """
    china = ActorFactory(slug="kingdom")
    first, second = StanceFactory(actor=china), StanceFactory(actor=china)
    publish_whole(first, second)
    publish(edit(first, summary="More."))
    publish(edit(china, slug="republic"))

    everything = reader.read("stances/")["results"]
    assert {record["edition"] for record in everything} == {3}
    assert {since: changed(reader, since) for since in range(4)} == {
        0: {first.pk, second.pk},
        1: {first.pk},
        2: set(),
        3: set(),
    }
    assert changed(reader, 0, edition=1) == {first.pk, second.pk}
    assert changed(reader, 1, edition=1) == set()
    assert changed(reader, 1, edition=2) == {first.pk}


def test_a_moment_is_the_edition_that_was_current_then(reader: Reader) -> None:
    """Up to the microsecond; what was retracted since is not in the list."""
    first, second, third = StanceFactory(), StanceFactory(), StanceFactory()
    for stance in (first, second, third):
        publish_whole(stance)
    retract(second)
    moments = [edition["published_at"] for edition in reversed(reader.read("editions/")["results"])]

    assert changed(reader, moments[0]) == {third.pk}
    assert changed(reader, moments[0], edition=3) == {second.pk, third.pk}
    assert changed(reader, "2019-01-01T00:00:00Z") == {first.pk, third.pk}
    assert changed(reader, moments[3]) == set()


def test_it_is_paged_and_counted_as_any_filter(reader: Reader) -> None:
    stances = StanceFactory.create_batch(3)
    publish_whole(*stances)
    publish(*(edit(stance, summary="More.") for stance in stances))

    assert len(reader.walk("stances/?changed_since=1&page_size=2")) == 3
    assert reader.read("stances/?changed_since=1&count=true")["count"] == 3
