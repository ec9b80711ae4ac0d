"""One record: by which keys, as of when, and what its address answers once it is gone."""

from itertools import product

import pytest

from tests.factories import ActorFactory, IssueFactory, StanceFactory
from tests.public.api.client import Reader
from tests.public.api.publishing import edit, merge, publish, publish_whole, retract
from tracker.models import Actor
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def china(kept_for_the_module: None) -> Actor:
    """An actor that has been public under two slugs, in editions 1 and 2."""
    actor = ActorFactory(slug="middle-kingdom", name="The Middle Kingdom", iso3="CHN")
    publish(actor)
    publish(edit(actor, slug="china", name="China"), note="Its name of today")
    return actor


def test_a_record_says_which_edition_opened_its_version(reader: Reader, china: Actor) -> None:
    publish(ActorFactory())

    response = reader.get("actors/china/")

    assert (response.status_code, response.json()["edition"], response.headers["Edition"]) == (
        200,
        2,
        "3",
    )
    assert response.json()["name"] == "China"
    assert (
        response.headers["Link"] == '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'
    )


@pytest.mark.parametrize(
    ("key", "query", "location"),
    [
        ("middle-kingdom", "", "/api/v1/actors/china/"),
        ("CHN", "", "/api/v1/actors/china/"),
        ("CHN", "?format=json&edition=2", "/api/v1/actors/china/?format=json&edition=2"),
        ("CHN", "?edition=1", "/api/v1/actors/middle-kingdom/?edition=1"),
        ("china", "?edition=1", "/api/v1/actors/middle-kingdom/?edition=1"),
        ("CHN/history", "?page_size=1", "/api/v1/actors/china/history/?page_size=1"),
        ("middle-kingdom/history", "", "/api/v1/actors/china/history/"),
        ("china/history", "?edition=1", "/api/v1/actors/middle-kingdom/history/?edition=1"),
        ("china/history/1", "", "/api/v1/actors/middle-kingdom/history/1/"),
        ("CHN/history/2", "", "/api/v1/actors/china/history/2/"),
    ],
)
def test_another_key_leads_to_the_address_of_then(reader, china, key, query, location):
    response = reader.get(f"actors/{key}/{query}")

    assert (response.status_code, response.headers["Location"]) == (308, location)
    assert response.headers["Cache-Control"] == "no-cache"
    assert reader.get(location).status_code == 200


@pytest.mark.parametrize("key", ["007", "0000000007"])
def test_a_number_has_one_way_to_be_written(reader: Reader, key: str) -> None:
    stance = StanceFactory(id=7)
    publish_whole(stance)

    assert reader.get(f"stances/{key}/").headers["Location"] == "/api/v1/stances/7/"


@pytest.mark.parametrize(
    "key",
    [
        "nobody",
        "0",
        "2147483647",
        "-1",
        "1.5",
        "9" * 40,
        "2147483648",
        "%00",
        "1%00",
        "USA",
        "%ED%A0%80",
        "'",
        "１",
    ],
)
def test_what_was_never_public_is_not_found(reader: Reader, key: str) -> None:
    for noun, tail in product(Noun, ("", "history/", "history/1/")):
        response = reader.get(f"/api/v1/{noun.plural}/{key}/{tail}")
        assert response.status_code == 404
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.json()["status"] == 404


def test_what_is_only_at_the_desk_is_not_found(reader: Reader, china: Actor) -> None:
    draft = StanceFactory(actor=china)
    edit(china, slug="prc")

    assert reader.get(f"stances/{draft.pk}/").status_code == 404
    assert reader.get("actors/prc/").status_code == 404


def test_before_it_was_public_a_record_is_not_found(reader: Reader, china: Actor) -> None:
    """But its key is no mistake: its history is only empty still."""
    issue = IssueFactory(slug="late")
    publish(issue)

    response = reader.get("issues/late/?edition=2")
    assert (response.status_code, response.json()["detail"]) == (
        404,
        "This issue was not public yet in edition 2.",
    )
    assert reader.read("issues/late/history/?edition=2")["results"] == []


def test_a_retracted_record_answers_410_for_ever(reader: Reader, china: Actor) -> None:
    """Under all its keys; as of an edition in which it was live it answers as then."""
    retract(china, note="By mistake")

    for key in ("china", "CHN", "middle-kingdom"):
        response = reader.get(f"actors/{key}/")
        assert response.status_code == 410
        assert response.headers["Content-Type"] == "application/problem+json"
        assert (response.headers["Cache-Control"], response.headers["Edition"]) == ("no-cache", "3")
    assert reader.read("actors/china/?edition=2")["name"] == "China"
    assert reader.read("actors/middle-kingdom/?edition=1")["name"] == "The Middle Kingdom"
    assert china.pk not in reader.ids("actors/")


def test_the_history_of_a_retracted_record_answers_200(reader: Reader, china: Actor) -> None:
    retract(china, note="By mistake")

    history = reader.read("actors/china/history/")["results"]

    assert [
        (version["edition"], version["operation"], version["note"], version["url"])
        for version in history
    ] == [
        (3, "retracted", "By mistake", None),
        (2, "updated", "Its name of today", "/api/v1/actors/china/history/2/"),
        (1, "published", None, "/api/v1/actors/middle-kingdom/history/1/"),
    ]
    assert history[1]["changed"] == {
        "slug": ["middle-kingdom", "china"],
        "name": ["The Middle Kingdom", "China"],
    }
    assert [reader.read(version["url"])["edition"] for version in history[1:]] == [2, 1]


def test_publishing_a_retracted_record_again_reopens_its_address(
    reader: Reader, china: Actor
) -> None:
    retract(china)
    publish(china)

    assert reader.read("actors/china/")["edition"] == 4
    assert reader.get("actors/china/?edition=3").status_code == 410
    operations = [
        version["operation"] for version in reader.read("actors/china/history/")["results"]
    ]
    assert operations == ["published", "retracted", "updated", "published"]


def test_a_merged_record_leads_to_its_survivor(reader: Reader, china: Actor) -> None:
    """Under all its keys, and by the survivor's key of today; its own history stays."""
    twin = ActorFactory(slug="prc")
    publish(twin)
    merge(twin, into=china)
    publish(edit(china, slug="china-prc"))

    for query in ("", "?edition=4"):
        response = reader.get(f"actors/prc/{query}")
        assert (response.status_code, response.headers["Location"]) == (
            308,
            f"/api/v1/actors/china-prc/{query}",
        )
        assert response.headers["Cache-Control"] == "no-cache"
    assert reader.read("actors/prc/?edition=3")["id"] == twin.pk
    history = reader.read("actors/prc/history/")["results"]
    assert [(version["operation"], version["url"]) for version in history] == [
        ("merged", None),
        ("published", "/api/v1/actors/prc/history/3/"),
    ]


@pytest.mark.parametrize("edition", ["3", "4", "99", "9" * 40])
def test_an_edition_that_did_nothing_to_a_record_has_no_version_of_it(reader, china, edition):
    publish(ActorFactory())
    retract(china)

    assert reader.get(f"actors/china/history/{edition}/").status_code == 404


def test_a_history_comes_in_pages_of_one_snapshot(reader: Reader, china: Actor) -> None:
    whole = reader.read("actors/china/history/")["results"]
    walked = []
    for number, page in enumerate(reader.pages("actors/china/history/?page_size=1")):
        walked += page["results"]
        publish(edit(china, summary=f"Changed {number} times."))

    assert walked == whole


def test_a_name_changes_in_what_names_it(reader: Reader, china: Actor) -> None:
    """As a version of its own, told as renamed; earlier versions keep the earlier name."""
    stance = StanceFactory(actor=china)
    publish_whole(stance)
    publish(edit(china, slug="prc", name="PRC"))

    assert reader.read(f"stances/{stance.pk}/")["actor"] == {
        "url": "/api/v1/actors/prc/", "slug": "prc", "name": "PRC",
    }  # fmt: skip
    assert reader.read(f"stances/{stance.pk}/?edition=3")["actor"]["name"] == "China"
    assert reader.read(f"stances/{stance.pk}/history/")["results"][0]["operation"] == "renamed"
