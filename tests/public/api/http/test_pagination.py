"""Cursors: pages that are one snapshot, and nothing that anybody made up."""

from base64 import urlsafe_b64encode
from datetime import date

import pytest

from tests.factories import ActorFactory, IssueFactory, StanceFactory
from tests.public.api.client import Reader
from tests.public.api.publishing import edit, publish, publish_whole, retract
from tracker.public.http.pagination import decode, encode
from tracker.schema.filters import BadValueError


@pytest.mark.parametrize(
    "place",
    [("China", 7), ("中国 “x”", 2_147_483_647), (date(2019, 2, 28), 1), (date.min, 1), (3,)],
)
def test_a_cursor_stands_for_its_place(place: tuple[object, ...]) -> None:
    assert decode(encode(place), *map(type, place)) == place


@pytest.mark.parametrize(
    "decoded",
    [
        b"",
        b"x",
        b"[]",
        b"{}",
        b"null",
        b'["a"]',
        b'["a",1,1]',
        b'["a","1"]',
        b'["a",1.5]',
        b'["a",true]',
        b'["a",null]',
        b"[1,1]",
        b'"a1"',
        b'["a", 1]',
        b'["a\\u0000",1]',
        b'["\\ud800",1]',
        b'["a",1]\n',
        b"\xff",
        b"[" * 5000,
        b'["\\u0061",1]',
    ],
)
def test_what_next_never_said_is_no_cursor(decoded: bytes) -> None:
    with pytest.raises(BadValueError, match="is no cursor"):
        decode(urlsafe_b64encode(decoded).decode().rstrip("="), str, int)


@pytest.mark.parametrize("text", ["é", "a", "====", "WyJhIiwxXQ==", "WyJhI iwxXQ", "WyJhIiwxXQ%"])
def test_what_is_not_even_encoded_is_no_cursor(text: str) -> None:
    assert decode("WyJhIiwxXQ", str, int) == ("a", 1)
    with pytest.raises(BadValueError):
        decode(text, str, int)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "cursor", ["WzFd!", "x", encode(("2019-02-30", 1, 1)), encode(("\x00", 1)), encode(([1], 1))]
)
def test_a_cursor_that_was_tampered_with_is_refused(reader: Reader, cursor: str) -> None:
    publish(ActorFactory(slug="china"))

    for address in ("stances", "actors", "editions", "actors/china/history"):
        assert reader.faults(f"{address}/", {"cursor": cursor, "edition": 1}) == [
            ("cursor", "invalid")
        ]


@pytest.mark.django_db
@pytest.mark.parametrize("number", [-1, 0, 10**30])
def test_a_place_far_outside_is_only_an_empty_or_a_first_page(reader: Reader, number: int) -> None:
    publish(ActorFactory(name="China"))

    after = encode(("china", number))
    assert len(reader.ids("actors/", {"cursor": after, "edition": 1})) == (number < 1)
    page = reader.read("editions/", {"cursor": encode((number,)), "edition": 1})
    assert len(page["results"]) == (number > 1)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["actors", "editions", "actors/china/history"])
def test_a_cursor_goes_with_its_edition(reader: Reader, address: str) -> None:
    publish(ActorFactory(slug="china"))

    assert ("cursor", "needs") in reader.faults(f"{address}/", {"cursor": encode(("china", 1))})


@pytest.mark.django_db
def test_next_is_the_same_query_of_the_same_edition(reader: Reader) -> None:
    """Absolute, with `edition` in place of `as_of`; the header `Link` repeats it."""
    publish(*ActorFactory.create_batch(3, kind="bloc"))
    moment = reader.read("editions/1/")["published_at"]

    response = reader.get(
        "actors/", {"kind": ["bloc", "state"], "page_size": 2, "count": "true", "as_of": moment}
    )
    following = response.json()["next"]

    assert following.startswith(
        "http://testserver/api/v1/actors/?kind=bloc&kind=state&page_size=2&count=true&edition=1&cursor="
    )
    assert f'<{following}>; rel="next"' in response.headers["Link"]
    last = reader.get(following)
    assert (last.json()["next"], last.json()["count"], len(last.json()["results"])) == (None, 3, 1)
    assert "next" not in last.headers["Link"]


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "as_of", "edition"])
def test_a_walk_through_all_pages_is_one_snapshot_while_others_publish(
    reader: Reader, query: str
) -> None:
    """New records before and behind, gone ones, ones that move in the order,
    and renamed ones change nothing.
    """
    issue, stances = IssueFactory(slug="matter"), []
    for year in range(2001, 2011):
        stances.append(
            StanceFactory(issue=issue, since=str(year), standing="contested", standing_note="x")
        )
    publish_whole(*stances)
    asked = {
        "as_of": {"as_of": reader.read("editions/1/")["published_at"]},
        "edition": {"edition": 1},
    }.get(query, {})
    whole = reader.read("stances/", {"standing": "any", **asked})["results"]
    meanwhile = [
        lambda: publish_whole(
            StanceFactory(issue=issue, since="2020"), StanceFactory(issue=issue, since="1990")
        ),
        lambda: retract(stances[0], stances[9]),
        lambda: publish(
            edit(stances[1], since="2015"), edit(stances[8], since="1995", summary="Changed.")
        ),
        lambda: publish(edit(issue, slug="affair", title="The affair")),
    ]

    walked = []
    for page in reader.pages(
        "stances/", {"standing": "any", "page_size": 2, "count": "true", **asked}
    ):
        assert (page["edition"], page["count"]) == (1, 10)
        walked += page["results"]
        if meanwhile:
            meanwhile.pop(0)()

    assert walked == whole
    assert len(walked) == 10
    assert reader.read("stances/?standing=any&count=true")["count"] == 10 + 2 - 2


@pytest.mark.django_db
def test_records_that_sort_alike_come_once_each(reader: Reader) -> None:
    actors = ActorFactory.create_batch(5, name="Alike", kind="bloc")
    stances = [StanceFactory(actor=actor, since="2019") for actor in actors]
    publish_whole(*stances)

    walked = [record["id"] for record in reader.walk("actors/?page_size=2&kind=bloc")]
    assert walked == [actor.pk for actor in actors]
    walked = [record["id"] for record in reader.walk("stances/?page_size=2")]
    assert walked == [stance.pk for stance in reversed(stances)]
