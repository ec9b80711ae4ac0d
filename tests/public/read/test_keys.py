"""Keys: a slug that a record ever had, a code of then, a number, or a stable text key;
a merged one is its survivor.
"""

import pytest

from tests.factories import ActorFactory, IssueFactory, SourceFactory, StanceFactory
from tests.public.api.publishing import edit, merge, publish, publish_whole, retract
from tests.public.read.questions import listed
from tracker.models import Actor
from tracker.public.read.keys import slugs_ever
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db


def meant(by: str, key: str, edition: int | None = None) -> int | None:
    """Return the record that a key means as a value of a filter of stances,
    None if no record ever had it.
    """
    selection = listed(
        Noun.STANCE, {by: [key, "no-such-key" if by != "source" else "2147483647"]}, edition=edition
    )
    records = selection.unknown[by]
    assert records[1] is None
    return records[0]


def test_each_sort_of_key_means_its_record() -> None:
    """And those that no record of the noun ever had none."""
    actor = ActorFactory(slug="kingdom", iso3="CHN", ref="actor-china")
    issue, source = IssueFactory(slug="matter"), SourceFactory()
    publish_whole(actor, issue, source)
    publish(edit(actor, slug="republic"))

    assert {
        key: meant("actor", key)
        for key in ("kingdom", "republic", "CHN", "chn", "matter", "actor-china")
    } == {
        "kingdom": actor.pk,
        "republic": actor.pk,
        "CHN": actor.pk,
        "chn": None,
        "matter": None,
        "actor-china": None,
    }
    assert [meant("issue", key) for key in ("matter", "CHN")] == [issue.pk, None]
    assert [meant("source", key) for key in (str(source.pk), "2147483646")] == [source.pk, None]


def test_the_slugs_that_a_record_ever_had_are_those_up_to_the_edition() -> None:
    actor = ActorFactory(slug="kingdom")
    publish(actor)
    publish(edit(actor, slug="republic"))

    assert slugs_ever(Noun.ACTOR, ["kingdom"], edition=1) == {"kingdom": ["kingdom"]}
    assert sorted(slugs_ever(Noun.ACTOR, ["kingdom"], edition=2)["kingdom"]) == [
        "kingdom",
        "republic",
    ]


def test_without_an_unknown_key_nothing_is_said_of_keys() -> None:
    publish(ActorFactory(slug="republic"))

    assert listed(Noun.STANCE, {"actor": ["republic"]}).unknown == {}
    assert listed(Noun.STANCE).unknown == {}


def test_a_code_is_that_of_the_edition_else_the_last_one_who_had_it() -> None:
    empire, republic = ActorFactory(slug="empire", iso3="SUN"), ActorFactory(slug="republic")
    publish(empire, republic)
    publish(edit(empire, iso3=None))
    publish(edit(republic, iso3="SUN"))
    retract(republic)

    holders = [meant("actor", "SUN", edition) for edition in (0, 1, 2, 3, 4, None)]

    assert holders == [republic.pk, empire.pk, republic.pk, republic.pk, republic.pk, republic.pk]


def test_the_key_of_a_merged_record_means_the_last_survivor_from_that_edition_on() -> None:
    first, second, third = (ActorFactory(slug=slug) for slug in ("first", "second", "third"))
    publish_whole(first, second, StanceFactory(actor=third))
    merge(first, into=second)
    merge(second, into=third)

    assert [meant("actor", "first", edition) for edition in (1, 2, 3, None)] == [
        first.pk,
        second.pk,
        third.pk,
        third.pk,
    ]
    assert len(listed(Noun.STANCE, {"actor": ["first"]}).page.results) == 1
    assert len(listed(Noun.STANCE, {"actor": ["first"]}, edition=2).page.results) == 0
    assert Actor.objects.filter(slug="first").exists()
