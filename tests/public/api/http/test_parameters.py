"""Query strings: recorded time, the size of pages, and what is refused, all at once."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import QueryDict

from tests.factories import ActorFactory
from tests.public.api.client import Reader
from tests.public.api.publishing import edit, publish, retract
from tracker.desk.api.records import DeskList
from tracker.public.api.views import RecordList
from tracker.public.http.parameters import MOST_VALUES, Query
from tracker.schema.filters import Flag
from tracker.schema.records import FILTERS
from tracker.schema.responses import Fault
from tracker.values.nouns import BY_PLURAL, Noun

pytestmark = pytest.mark.django_db

LISTS = [*BY_PLURAL, "editions", "changes"]
BAD = [
    ("as_of=2026-11-25", "invalid"),
    ("as_of=2026-11-25T00:00:00", "invalid"),
    ("as_of=2026-11-25T00:00:00+01:00", "invalid"),
    ("as_of=20261125T000000Z", "invalid"),
    ("as_of=now", "invalid"),
    ("as_of=2026-11-25T00:00:00%2B19:01", "invalid"),
    ("as_of=9999-12-31T23:59:59-14:00", "future"),
    ("edition=2", "unknown"),
    ("edition=2147483647", "unknown"),
    ("edition=2147483648", "invalid"),
    ("edition=-1", "invalid"),
    ("edition=first", "invalid"),
    ("edition=1&edition=1", "invalid"),
    ("page_size=0", "invalid"),
    ("page_size=501", "invalid"),
    ("page_size=ten", "invalid"),
    ("page_size=", "invalid"),
    ("page_size=1&page_size=2", "invalid"),
    ("count=1", "invalid"),
    ("format=xml", "invalid"),
    ("colour=red", "unknown_parameter"),
    ("PAGE_SIZE=1", "unknown_parameter"),
    ("%00=1", "unknown_parameter"),
    ("page_size=1%00", "invalid"),
]


@pytest.fixture
def renamed() -> list[str]:
    """One actor that two editions published under two names; return the moments of the editions."""
    actor = ActorFactory(slug="kingdom", name="The Kingdom")
    publish(actor)
    publish(edit(actor, slug="republic", name="The Republic"))
    return [edition["published_at"] for edition in reversed(Reader().read("editions/")["results"])]


@pytest.mark.parametrize(("number", "faults"), [(MOST_VALUES, []), (MOST_VALUES + 1, ["invalid"])])
def test_a_parameter_has_a_thousand_values_at_most(number: int, faults: list[str]) -> None:
    query = Query(FILTERS[Noun.STANCE], QueryDict(f"id={','.join(map(str, range(1, number + 1)))}"))

    assert [problem.code for problem in query.problems] == faults


@pytest.mark.parametrize("address", ["actors", "editions", "changes", "actors/republic/history"])
def test_what_cannot_be_used_is_refused_by_name(reader: Reader, address: str) -> None:
    publish(ActorFactory(slug="republic"))

    faults = {query: reader.faults(f"{address}/?{query}") for query, _ in BAD}
    assert faults == {
        query: [(query.partition("=")[0].replace("%00", "\x00"), code)] for query, code in BAD
    }


def test_all_that_is_wrong_is_said_at_once(reader: Reader) -> None:
    response = reader.get(
        "stances/?actor=nobody,noone&on=2019&certain=x&nonsense=1&page_size=0&as_of=2019-01-01"
    )

    faults = {
        (fault["parameter"], fault["code"]): fault["detail"] for fault in response.json()["errors"]
    }
    assert response.json()["status"] == 400
    assert len(response.json()["errors"]) == 7
    assert faults.keys() == {
        ("actor", "unknown"),
        ("on", "invalid"),
        ("certain", "invalid"),
        ("nonsense", "unknown_parameter"),
        ("page_size", "invalid"),
        ("as_of", "invalid"),
    }
    assert "e.g. 2019-02-28" in faults["on", "invalid"]
    assert "is a day, not a moment" in faults["as_of", "invalid"]
    assert "from 1 to 500" in faults["page_size", "invalid"]
    assert "position" in faults["nonsense", "unknown_parameter"]
    assert "did you mean" not in faults["nonsense", "unknown_parameter"]


def test_a_parameter_that_there_is_not_is_answered_with_the_nearest(client):
    [fault] = client.get("/api/v1/stances/?editon=1").json()["errors"]

    assert fault["detail"].startswith(
        "there is no parameter “editon” here; did you mean edition? there are: actor, "
    )


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("actors/?on=2019-02-28", "“on” is the day of a membership in “member_of”; give both"),
        ("stances/?certain=true", "“certain” says how to read “on”; give both"),
        ("stances/?with_settled=true", "“with_settled” adds to what is told of “on”; give both"),
        ("stances/?cursor=WyIyMDE5LTAyLTAxIiw0MV0", "“cursor” is a place in “edition”; give both"),
    ],
)
def test_what_needs_another_parameter_says_why(reader: Reader, query: str, says: str) -> None:
    assert [fault["detail"] for fault in reader.get(query).json()["errors"]] == [says]


def test_an_edition_answers_with_what_it_was(reader: Reader, renamed: list[str]) -> None:
    """Whether it is asked for by number, by a moment, or as the latest."""
    moments = [datetime.fromisoformat(moment) for moment in renamed]
    just_before = (moments[1] - timedelta(microseconds=1)).isoformat()

    def name(**query: object) -> str:
        page = reader.get("actors/", query)
        assert page.headers["Edition"] == str(page.json()["edition"])
        return f"{page.headers['Edition']}: {page.json()['results'][0]['name']}"

    assert name() == name(edition=2) == name(as_of=renamed[1]) == "2: The Republic"
    assert name(edition=1) == name(as_of=renamed[0]) == name(as_of=just_before) == "1: The Kingdom"
    assert name(as_of=moments[1].astimezone().isoformat()) == "2: The Republic"


@pytest.mark.parametrize(
    "query", ["edition=0", "as_of=2019-06-01T00:00:00Z", "as_of=0001-01-01T00:00:00%2B14:00"]
)
def test_before_the_first_edition_every_list_is_empty(
    reader: Reader, renamed: list[str], query: str
) -> None:
    there = "http://testserver/api/v1/changes/?count=true&after=0-0&edition=0"
    for plural in LISTS:
        page = reader.read(f"{plural}/?count=true&{query}")
        assert (page["edition"], page["count"], page["results"]) == (0, 0, [])
        assert page["next"] == (there if plural == "changes" else None)


def test_a_database_without_an_edition_answers_empty_lists(reader: Reader) -> None:
    assert [reader.read(f"{plural}/?count=true")["count"] for plural in LISTS] == [0] * len(LISTS)


def test_a_moment_still_to_come_is_refused(reader: Reader, renamed: list[str]) -> None:
    soon = datetime.now(UTC) + timedelta(minutes=1)

    assert reader.faults("actors/", {"as_of": soon.isoformat()}) == [("as_of", "future")]
    assert reader.faults("actors/republic/", {"as_of": soon.isoformat()}) == [("as_of", "future")]


def test_only_one_way_to_say_when_it_was_recorded(reader: Reader, renamed: list[str]) -> None:
    assert reader.faults("actors/", {"as_of": renamed[0], "edition": 1}) == [("as_of", "conflict")]


@pytest.mark.parametrize("noun", Noun)
def test_a_range_that_holds_nothing_is_refused(noun: Noun) -> None:
    """By the name of its lower end; a range of one value holds something."""
    names = {by.name for by in FILTERS[noun]}
    ends = [(name, other) for name in names if (other := upper_end(name)) in names - {name}]
    for low, high in ends:
        few, many = ("1", "2") if low.startswith("min_") else ("2019-01-31", "2019-02-01")
        assert [fault.code for fault in faults(noun, {low: many, high: few})] == ["conflict"], low
        assert faults(noun, {low: many, high: many}) == faults(noun, {low: few, high: many}) == []
    assert ends or noun in (Noun.ISSUE, Noun.ACTOR)


def upper_end(name: str) -> str:
    """Return what the upper end of a range is called whose lower end is called so;
    else the same.
    """
    return re.sub(r"^min_", "max_", re.sub(r"(^|_)from$", r"\1to", name))


def faults(noun: Noun, values: dict[str, str]) -> list[Fault]:
    return Query(FILTERS[noun], QueryDict(urlencode(values))).problems


def test_every_list_counts_on_request(reader: Reader, renamed: list[str]) -> None:
    """All results, whatever the size of a page; and only on request."""
    for plural in LISTS:
        whole = reader.walk(f"{plural}/")
        assert reader.read(f"{plural}/?count=true&page_size=1")["count"] == len(whole)
        assert "count" not in reader.read(f"{plural}/?count=false")
        assert "count" not in reader.read(f"{plural}/")


def test_a_history_counts_on_request(reader: Reader, renamed: list[str]) -> None:
    assert reader.read("actors/republic/history/?count=true&page_size=1")["count"] == 2
    assert reader.read("actors/kingdom/history/?count=true&edition=1")["count"] == 1


def test_a_page_has_up_to_500_results_and_usually_50(reader: Reader) -> None:
    publish(*ActorFactory.create_batch(51))

    assert [len(page["results"]) for page in reader.pages("actors/")] == [50, 1]
    assert [len(page["results"]) for page in reader.pages("actors/?page_size=17")] == [17, 17, 17]
    assert [len(page["results"]) for page in reader.pages("actors/?page_size=500")] == [51]


def test_a_code_means_whom_it_meant_in_the_edition_asked_for(reader: Reader) -> None:
    """Codes pass from one state to another;
    a state that has none any more is found by its last one.
    """
    empire, republic = ActorFactory(slug="empire", iso3="SUN"), ActorFactory(slug="republic")
    before = publish(empire, republic)
    publish(edit(empire, iso3=None), note="dissolved")
    between = publish(edit(republic, iso3="RUS"))
    publish(edit(republic, iso3="SUN"))

    assert reader.get("actors/SUN/").headers["Location"] == "/api/v1/actors/republic/"
    assert (
        reader.get("actors/SUN/", {"edition": before}).headers["Location"]
        == "/api/v1/actors/empire/?edition=1"
    )
    assert (
        reader.get("actors/SUN/", {"edition": between}).headers["Location"]
        == "/api/v1/actors/republic/?edition=3"
    )
    assert reader.ids("stances/?actor=SUN") == []


def test_what_is_not_public_in_an_edition_is_found_by_no_filter(reader: Reader) -> None:
    """It is no error to ask for it, as its key once was public."""
    actor, other = ActorFactory(slug="gone"), ActorFactory(slug="here")
    publish(other)
    publish(actor)
    retract(actor)

    assert reader.ids("actors/", {"id": f"{actor.pk},{other.pk}"}) == [other.pk]
    assert reader.ids("actors/", {"id": actor.pk, "edition": 1}) == []
    assert reader.ids("actors/", {"id": actor.pk, "edition": 2}) == [actor.pk]
    assert reader.ids("meetings/", {"participant": "gone"}) == []


def test_of_many_unknown_parameters_a_few_are_explained(reader: Reader) -> None:
    """A line of 8 KB had an answer of half a megabyte."""
    names = [f"confidenc{number}" for number in range(900)]
    answer = reader.get(f"stances/?{'=1&'.join(names)}=1&page_size=0")
    assert answer.status_code == 400
    errors = answer.json()["errors"]
    assert [(error["parameter"], error["code"]) for error in errors] == [
        *((name, "unknown_parameter") for name in names[:10]),
        ("page_size", "invalid"),
        (names[10], "unknown_parameter"),
    ]
    assert "did you mean confidence?" in errors[0]["detail"]
    assert errors[11]["detail"] == "there is none of this name, nor of 889 more names"
    assert len(answer.content) < 20_000


@pytest.mark.parametrize(
    ("view", "name"),
    [
        *(
            (RecordList, name)
            for name in ("format", "page_size", "fields", "ordering", "edition", "q", "kind")
        ),
        *((DeskList, name) for name in ("state", "author", "page_size", "ordering", "q", "kind")),
    ],
)
def test_a_filter_whose_name_is_taken_is_refused_at_start(
    monkeypatch: Any, view: Any, name: str
) -> None:
    """As addresses are put together, which every command does first:
    no request would ever reach one of the two.
    """
    monkeypatch.setitem(FILTERS, Noun.VOTE, [*FILTERS[Noun.VOTE], Flag(name, "What is so.")])
    named = type("VoteList", (view,), {"noun": Noun.VOTE})

    with pytest.raises(ImproperlyConfigured, match=f"VoteList has two parameters “{name}”"):
        named.as_view()


def test_a_filter_with_a_name_of_its_own_is_taken(monkeypatch: Any) -> None:
    monkeypatch.setitem(FILTERS, Noun.VOTE, [*FILTERS[Noun.VOTE], Flag("its_own", "What is so.")])

    assert type("VoteList", (RecordList,), {"noun": Noun.VOTE}).as_view()
