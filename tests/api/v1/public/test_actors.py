"""What each filter of actors finds, what it doesn't, and which values it refuses."""

import pytest

from tests.api import cases
from tests.api.client import Reader
from tests.api.publishing import publish_whole
from tests.factories import ActorFactory
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db

FINDS: cases.Finds = [
    ("", "china un xi"),
    ("id={un}", "un"),
    ("ref=actor-china", "china"),
    ("kind=state", "china"),
    ("kind=person,organization", "xi un"),
    ("kind=bloc", ""),
]
REFUSES: cases.Refuses = [
    ("id=china", "invalid"),
    ("ref=actor-nobody", "unknown"),
    ("kind=people", "invalid"),
]


@pytest.fixture(scope="module")
def labelled(kept_for_the_module: None) -> cases.Labelled:
    """A state, an organization that it is a member of, and a person."""
    un = ActorFactory(name="united nations", kind="organization")
    china = ActorFactory(ref="actor-china", name="China", memberships=[{"organization": un, "role": "member"}])
    xi = ActorFactory(name="Xi Jinping", kind="person")
    publish_whole(china, xi)
    return cases.Labelled(Noun.ACTOR, {"china": china, "un": un, "xi": xi}, {})


@pytest.mark.parametrize(("query", "found"), FINDS)
def test_a_filter_finds_what_matches_and_nothing_else(
    reader: Reader, labelled: cases.Labelled, query: str, found: str
) -> None:
    """Each filter alone."""
    assert sorted(labelled.found(reader, query)) == sorted(found.split())


@pytest.mark.parametrize(("query", "code"), REFUSES)
def test_a_value_that_does_not_fit_is_refused(reader: Reader, labelled: cases.Labelled, query: str, code: str) -> None:
    """By the name of its parameter."""
    assert reader.faults(f"actors/?{query}") == [(query.partition("=")[0], code)]


@pytest.mark.parametrize("tried", [FINDS, REFUSES])
def test_every_filter_is_tried(tried: list[tuple[str, str]]) -> None:
    """With values that fit and with values that don't."""
    assert cases.filters(Noun.ACTOR) <= cases.names(tried)


def test_they_come_by_name_whatever_its_case(reader: Reader, labelled: cases.Labelled) -> None:
    """The name is what readers look for."""
    assert labelled.found(reader, "") == ["china", "un", "xi"]
