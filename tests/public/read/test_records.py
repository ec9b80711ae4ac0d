"""One record by its key: one statement, whatever became of it."""

import json

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.factories import ActorFactory, VoteFactory
from tests.public.api.publishing import edit, merge, publish, publish_whole, retract
from tracker.models import Actor
from tracker.public.read.editions import NOW, AsOf
from tracker.public.read.records import live, named, record, versions
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db


@pytest.fixture
def actors() -> dict[str, Actor]:
    """An actor that is live under a second slug, one that was retracted,
    one that was merged into the first.
    """
    by_slug = {slug: ActorFactory(slug=slug) for slug in ("stands", "retracted", "merged")}
    publish(*by_slug.values())
    publish(edit(by_slug["stands"], slug="stands-anew"))
    retract(by_slug["retracted"])
    merge(by_slug["merged"], into=by_slug["stands"])
    return by_slug


@pytest.mark.parametrize(
    ("key", "edition", "expected"),
    [
        ("stands-anew", None, ("stands-anew", 4, None, None)),
        ("stands", None, ("stands-anew", 4, None, None)),
        ("stands-anew", 1, ("stands", 1, None, None)),
        ("stands", 0, ("stands-anew", None, None, None)),
        ("retracted", None, ("retracted", None, "retracted", None)),
        ("retracted", 3, ("retracted", None, "retracted", None)),
        ("retracted", 2, ("retracted", 1, None, None)),
        ("merged", None, ("merged", None, "merged", "stands-anew")),
        ("merged", 3, ("merged", 1, None, None)),
    ],
)
def test_an_edition_says_what_became_of_a_record(actors, key, edition, expected):
    """Its key of then, the edition that opened its version, what ended it, and its survivor."""
    with CaptureQueriesContext(connections["publication"]) as queries:
        selected = record(Noun.ACTOR, key, AsOf(edition))

    assert len(queries) == 1
    assert selected.record is not None
    assert (selected.key, selected.opened, selected.operation, selected.into) == expected
    assert (selected.body is None) == (selected.opened is None)
    assert (selected.opened_stamp is None) == (selected.opened is None)
    assert (selected.answering.latest, selected.answering.number) == (
        4,
        4 if edition is None else edition,
    )


def test_what_no_record_ever_had_is_no_key(actors: dict[str, Actor]) -> None:
    ActorFactory(slug="draft")

    assert record(Noun.ACTOR, "draft", NOW).record is None
    assert record(Noun.STANCE, "1", NOW).record is None


@pytest.mark.parametrize(
    ("edition", "expected"),
    [
        (0, set()),
        (1, {"stands", "retracted", "merged"}),
        (3, {"stands-anew", "merged"}),
        (4, {"stands-anew"}),
    ],
)
def test_of_records_those_are_given_that_are_live(
    actors: dict[str, Actor], edition: int, expected: set[str]
) -> None:
    """Each as the edition has it; of one that was merged into another, not that other."""
    bodies = live(Noun.ACTOR, [actor.pk for actor in actors.values()], edition=edition)

    assert {json.loads(body)["slug"] for body in bodies} == expected
    assert live(Noun.ACTOR, [actors["merged"].pk], edition=4) == []


@pytest.mark.parametrize(
    ("edition", "before", "expected"),
    [(4, None, [4, 2, 1]), (4, 4, [2, 1]), (1, 3, [1]), (0, 3, [])],
)
def test_versions_are_those_up_to_an_edition_and_before_another(
    actors: dict[str, Actor], edition: int, before: int | None, expected: list[int]
) -> None:
    page = versions(Noun.ACTOR, actors["stands"].pk, edition=edition, before=before, size=9)

    assert [version.edition for version in page.results] == expected


def test_what_a_record_names_is_as_the_edition_has_it() -> None:
    """Each once, under its name of then, and none that it doesn't name."""
    china, other = ActorFactory(name="China"), ActorFactory(name="Elsewhere")
    vote = VoteFactory(ballots=[{"actor": china}, {"actor": ActorFactory(name="Russia")}])
    publish_whole(vote, other)
    publish(edit(china, name="Cathay"))

    def names(edition: int) -> set[str]:
        with CaptureQueriesContext(connections["publication"]) as queries:
            actors = [
                json.loads(body)["name"]
                for body in named(Noun.VOTE, vote.pk, Noun.ACTOR, edition=edition)
            ]
        assert len(queries) == 1
        assert len(actors) == len(set(actors))
        return {*actors} - {vote.body.name}

    assert [names(edition) for edition in (0, 1, 2)] == [
        set(),
        {"China", "Russia"},
        {"Cathay", "Russia"},
    ]
