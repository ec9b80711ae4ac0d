"""Searching: what words find, near spellings, other scripts, order of rank, and what is refused."""

from typing import Any, Literal
from unicodedata import normalize
from urllib.parse import quote

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
)
from tests.public.api.client import Reader
from tests.public.api.publishing import edit, publish, publish_whole
from tracker.public.read import lists, queries, search
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db

XI = {"name": "Xi Jinping", "names": {"zh": "习近平", "ru": "Си Цзиньпин"}, "kind": "person"}
PUTIN = {
    "name": "Vladimir Putin",
    "names": {"zh": "普京", "ru": "Владимир Путин"},
    "kind": "person",
}


@pytest.fixture
def people() -> dict[int, str]:
    """Two people and a state, by number."""
    actors = {
        "xi": ActorFactory(**XI, summary="President of China, since 2013.", aliases=["Пётр"]),
        "putin": ActorFactory(
            **PUTIN, summary="President. Québec–Ankara; China’s “friend”, S-400 and UNSC 2270."
        ),
        "niger": ActorFactory(name="Niger", kind="state", iso3="NER", summary="Nothing of it."),
    }
    publish(*actors.values())
    return {actor.pk: label for label, actor in actors.items()}


FINDS = [
    ("putin", "putin"),
    ("PUTIN", "putin"),
    ("president", "putin xi"),
    ("president china", "putin xi"),
    ("president -friend", "xi"),
    ("xi or putin", "putin xi"),
    ('"president of china"', "xi"),
    ('"china president"', ""),
    ("quebec", "putin"),
    ("ankara", "putin"),
    ("québec ANKARA", "putin"),
    ("Путин", "putin"),
    ("путин владимир", "putin"),
    ("петр", "xi"),
    ("Цзиньпин", "xi"),
    ("习近平", "xi"),
    ("近平", "xi"),
    ("习", "xi"),
    ("平近", ""),
    ('"习近平"', "xi"),
    ("习近平 or 普京", "putin xi"),
    ("president -习近平", "putin"),
    ("习近平主席", ""),
    ("NER", "niger"),
    ("2270", "putin"),
    ("S-400", "putin"),
    ("puttin", "putin"),
    ("Valdimir", "putin"),
    ("jinpin", "xi"),
    ("president puttin", "putin"),
    ("president -puttin", "putin xi"),
    ('"puttin"', ""),
    ("нутин", ""),
    ("Путтин", "putin"),
    ("presidant", ""),
    ("nothing'); drop", ""),
    ("%s %(q)s 100% {d} \\", ""),
    ("person", ""),
    ("a" * 1000, ""),
]


@pytest.mark.parametrize("edition", [{}, {"edition": "1"}])
def test_words_find_what_has_them(
    reader: Reader, people: dict[int, str], edition: dict[str, str]
) -> None:
    found = {query: reader.ids("actors/", {"q": query, **edition}) for query, _ in FINDS}

    assert {
        query: " ".join(sorted(people[number] for number in ids)) for query, ids in found.items()
    } == dict(FINDS)


SYMBOLS = (
    "By A/RES/71/102 and S/2019/186, China/Russia; see usip.org, or desk@example.org. Of 1.5 "
    "per cent in 2016-2021; v1.2.3, 1e5, <Beijing>, R&D; and 10.1093/ia/iiz001."
)


OF_SYMBOLS = [
    ("A/RES/71/102", True),
    ("a/res/71", True),
    ("RES/71/102", True),
    ('"A/RES/71/102"', True),
    ('"By A/RES/71/102 and"', True),
    ("by -A/RES/71/102", False),
    ("by -A/RES/71/103", True),
    ("A/RES/102/71", False),
    ("A/RES/71/103 or S/2019/186", True),
    ("S/2019/186", True),
    ("2019/186", True),
    ("186", True),
    ("China/Russia", True),
    ("russia", True),
    ("Russia/China", False),
    ("usip.org", True),
    ("usip", True),
    ("usip.com", False),
    ("desk@example.org", True),
    ("@example", True),
    ("1.5", True),
    ("1.6", False),
    ("by 1.6", False),
    ("2016-2021", True),
    ("2021", True),
    ("v1.2.3", True),
    ("1e5", True),
    ("beijing", True),
    ("<beijing>", True),
    ("R&D", True),
    ("10.1093/ia/iiz001", True),
    ("10.1093", True),
    ("doi:10.1093/ia/iiz001", False),
    ("https://www.usip.org/", False),
    ("Chna/Rusia", False),
]


@pytest.mark.parametrize("edition", ["", "&edition=1"])
def test_symbols_are_found_whole_and_in_parts(reader: Reader, edition: str) -> None:
    actor = ActorFactory(name="A committee", kind="organization", summary=SYMBOLS)
    publish(actor)
    publish(edit(actor, name="A council"))

    finds = {
        query: reader.ids(f"actors/?q={quote(query)}{edition}") == [actor.pk]
        for query, _ in OF_SYMBOLS
    }
    assert finds == dict(OF_SYMBOLS)


def test_a_source_is_found_by_its_address(reader: Reader) -> None:
    source = SourceFactory(url="https://doi.org/10.1093/ia/iiz001")
    other = SourceFactory(url="https://www.usip.org/publications/2019/06/how-china")
    publish(source, other)

    for query, expected in (
        ("10.1093/ia/iiz001", source),
        ("usip.org", other),
        ("how-china", other),
    ):
        assert reader.ids(f"sources/?q={quote(query)}") == [expected.pk]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("query", ["Китай", "Québec", "한국"])
def test_composed_and_decomposed_are_alike(
    reader: Reader, form: Literal["NFC", "NFD"], query: str
) -> None:
    texts = [
        ActorFactory(name=f"{number}", summary=normalize(of, query))
        for number, of in enumerate(("NFC", "NFD"))
    ]  # type: ignore[arg-type]
    publish(*texts)

    assert set(reader.ids(f"actors/?q={quote(normalize(form, query))}")) == {
        actor.pk for actor in texts
    }


def test_a_query_that_can_not_be_answered_is_a_kind_400(reader: Reader) -> None:
    """One with no word that must be there, or too long; together with all else that is wrong."""
    queries = [
        "-china",
        "...",
        "/",
        "./.",
        "-1.5",
        '"',
        "-",
        "- -",
        "!",
        "-china -russia",
        "china or -russia",
    ]
    for query in (*queries, "a" * 1001):
        faults = reader.faults("actors/", {"q": query, "ref": "nobody", "page_size": "0"})
        assert sorted(faults) == [("page_size", "invalid"), ("q", "invalid"), ("ref", "unknown")], (
            query
        )


def test_records_are_found_by_the_names_that_they_refer_to(reader: Reader) -> None:
    zanzibar = ActorFactory(name="Zanzibar")
    issue = IssueFactory(title="Cloves", core_interests=[{"actor": zanzibar}])
    source = SourceFactory(title="The Zanzibar Gazette")
    cited = {"citations": [{"source": source, "quote": "so it was told"}]}
    stance = StanceFactory(actor=zanzibar, issue=issue, **cited)
    alignment = AlignmentFactory(issue=issue, counterpart=zanzibar)
    meeting = MeetingFactory(
        participants=[{"actor": zanzibar}], issues=[{"issue": issue, "outcome": "A spice treaty"}]
    )
    publish_whole(stance, alignment, meeting, StanceFactory(), MeetingFactory(), AlignmentFactory())

    records = {Noun.ACTOR: zanzibar, Noun.ISSUE: issue, Noun.SOURCE: source, Noun.STANCE: stance,
               Noun.ALIGNMENT: alignment, Noun.MEETING: meeting}  # fmt: skip
    for noun, record in records.items():
        assert reader.ids(f"{noun.plural}/?q=zanzibar") == [record.pk]
    assert reader.ids("meetings/?q=cloves spice") == [meeting.pk]
    assert reader.ids('stances/?q="was told"') == [stance.pk]


def test_a_renamed_record_is_found_by_the_name_of_then(reader: Reader) -> None:
    """Also in what names it, and near spellings are those of then."""
    actor = ActorFactory(name="Zaire")
    stance = StanceFactory(actor=actor)
    publish_whole(stance)
    publish(edit(actor, name="Congolia"))

    for noun, record in (("actors", actor), ("stances", stance)):
        by_query = {
            (word, edition): reader.ids(f"{noun}/?q={word}&edition={edition}")
            for word in ("zaire", "zairre", "congolia", "congollia") for edition in (0, 1, 2)
        }  # fmt: skip
        assert by_query == {
            (word, edition): [record.pk] * (edition == (1 if word.startswith("z") else 2))
            for word, edition in by_query
        }
        assert reader.ids(f"{noun}/?q=congolia") == [record.pk]
        assert reader.ids(f"{noun}/?q=zaire") == []


def test_one_letter_makes_another_of_a_short_name(reader: Reader) -> None:
    """Who looks for what isn't here isn't told of something else."""
    publish(
        ActorFactory(name="Iran"),
        nato := ActorFactory(name="North Atlantic Treaty Organization", slug="nato"),
    )

    assert reader.ids("actors/?q=iraq") == []
    assert reader.ids("actors/?q=atlantick") == [nato.pk]
    for key in ("iraq", "atlantis"):
        assert lists.near(Noun.ACTOR, key, edition=1, size=5) == []
    assert [
        name in str(lists.near(Noun.ACTOR, "nort-atlantic", edition=1, size=5))
        for name in ("Iran", "nato")
    ] == [
        False,
        True,
    ]


@pytest.mark.parametrize("edition", ["", "&edition=1"])
def test_what_is_of_a_country_finds_the_country(reader: Reader, edition: str) -> None:
    countries = {name: ActorFactory(name=name) for name in ("Iran", "Ukraine", "Japan", "Poland")}
    publish(*countries.values())

    finds = {"iranian": "Iran", "ukrainian": "Ukraine", "japanese": "Japan"}
    assert {word: reader.ids(f"actors/?q={word}{edition}") for word in finds} == {
        word: [countries[name].pk] for word, name in finds.items()
    }


@pytest.mark.parametrize("edition", ["", "&edition=1"])
def test_a_name_that_only_begins_alike_is_not_near(reader: Reader, edition: str) -> None:
    """Whether or not the word is anywhere; what has a letter more is."""
    road = IssueFactory(title="Polar Silk Road", question="Yes?")
    publish(
        road,
        source := SourceFactory(title="A visit to Poland"),
        SourceFactory(title="The polar night"),
    )

    near, other = ("pollar", "polars"), ("poland", "police", "polish")
    ids = {word: reader.ids(f"issues/?q={word}{edition}") for word in (*near, *other)}
    assert ids == {**{word: [road.pk] for word in near}, **{word: [] for word in other}}
    assert reader.ids(f"sources/?q=poland{edition}") == [source.pk]


def test_the_best_come_first(reader: Reader) -> None:
    """A record's own name, then the names it refers to, then texts; near spellings last."""
    gulf = ActorFactory(name="Gulf")
    named = ActorFactory(name="A member", memberships=[{"organization": gulf}])
    described = ActorFactory(name="Another", summary="Far from the gulf.")
    publish_whole(described, named)
    near = ActorFactory(name="Gulfe")
    publish(near)

    assert reader.ids("actors/?q=gulf") == [gulf.pk, named.pk, described.pk]
    assert reader.ids("actors/?q=gulf&ordering=name") == [named.pk, described.pk, gulf.pk]
    assert reader.ids("actors/?q=gulfz") == [gulf.pk, near.pk, named.pk] or set(
        reader.ids("actors/?q=gulfz")
    ) == {
        gulf.pk,
        near.pk,
        named.pk,
        described.pk,
    }


@pytest.mark.parametrize("edition", ["", "&edition=1"])
def test_actors_and_issues_come_by_name_first(
    reader: Reader, edition: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Called just so, beginning so, with the words in any name;
    then all others, of which the latest are ranked.
    """
    monkeypatch.setattr(queries, "MOST_RANKED", 5)
    queries.page.cache_clear()
    for factory, name, noun in (
        (ActorFactory, "name", "actors"),
        (IssueFactory, "title", "issues"),
    ):
        just_so = factory(**{name: "Gülf"})
        begins = factory(**{name: "Gulf Council"})
        has = factory(**{name: "The Gulf and the Gulf of gulfs"})
        tell = [factory(**{name: f"Record {number}"}, summary="gulf " * 50) for number in range(6)]
        publish(just_so, begins, has, *tell)

        ids = reader.ids(f"{noun}/?q=gulf{edition if noun == 'actors' else ''}")
        assert ids == [just_so.pk, begins.pk, has.pk, tell[5].pk, tell[4].pk]
        walked = reader.walk(f"{noun}/?q=gulf&page_size=2")
        assert [record["id"] for record in walked] == ids
        assert reader.ids(f"{noun}/?q=gulf council") == [begins.pk]
    queries.page.cache_clear()


def test_pages_in_order_of_rank_are_one_walk(reader: Reader) -> None:
    """Without a gap and without repeating, of the edition of the first page."""
    actors = [
        ActorFactory(name=f"Gulf {number}", summary="gulf " * (number % 3)) for number in range(11)
    ]
    publish(*actors)
    whole = reader.ids("actors/?q=gulf")
    page = reader.read("actors/?q=gulf&page_size=4&count=true")
    publish(ActorFactory(name="Gulf Gulf"))

    walked = [*page["results"], *reader.walk(page["next"])]
    assert [record["id"] for record in walked] == whole
    assert sorted(whole) == sorted(actor.pk for actor in actors)
    assert page["count"] == 11


def test_of_common_words_the_latest_are_ranked_and_counted(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The count says so. In an order that is asked for, all come."""
    actors = [ActorFactory(name=f"Gulf {number}") for number in range(9)]
    publish(*actors[:5])
    publish(*actors[5:])
    monkeypatch.setattr(queries, "MOST_RANKED", 4)
    queries.page.cache_clear()

    page = reader.read("actors/?q=gulf&count=true&page_size=3")
    assert (page["count"], page["count_is_capped"]) == (4, True)
    assert [record["id"] for record in reader.walk("actors/?q=gulf&page_size=3")] == [
        actor.pk for actor in reversed(actors[5:])
    ]
    ordered = reader.read("actors/?q=gulf&count=true&ordering=id")
    assert (ordered["count"], len(ordered["results"]), "count_is_capped" in ordered) == (
        9,
        9,
        False,
    )
    few = reader.read('actors/?q="gulf 3"&count=true')
    assert (few["count"], "count_is_capped" in few) == (1, False)
    queries.page.cache_clear()


def test_a_search_is_narrowed_by_all_other_filters(reader: Reader) -> None:
    issue = IssueFactory(title="Gulf")
    stances = [
        StanceFactory(issue=issue, since=since, until="2019", position=position)
        for since, position in (("2018", "supports"), ("2019", "supports"), ("2018", "opposes"))
    ]
    publish_whole(*stances, StanceFactory(since="2018"))

    assert set(reader.ids(f"stances/?q=gulf&under={issue.slug}&on=2018-06-01")) == {
        stances[0].pk,
        stances[2].pk,
    }
    assert reader.ids("stances/?q=gulf&position=supports&on=2018-06-01&edition=1") == [
        stances[0].pk
    ]
    assert reader.ids(f"stances/?q=gulf&id={stances[1].pk}") == [stances[1].pk]
    written = b"".join(reader.get("stances/?q=gulf&position=opposes&format=csv&fields=id"))
    assert written.decode().split() == ["id", str(stances[2].pk)]


@pytest.mark.parametrize(
    "query", ["q=gulf", "q=gulf&count=true", "q=gulff&edition=1", "q=gulf&ordering=-id"]
)
def test_a_search_costs_two_statements_whatever_it_finds(reader: Reader, query: str) -> None:
    publish(ActorFactory(name="Gulf"))

    def cost() -> int:
        with CaptureQueriesContext(connections["publication"]) as asked:
            assert reader.ids(f"actors/?{query}")
        return len(asked)

    once = cost()
    publish(*(ActorFactory(name=f"Gulf {number}") for number in range(19)))
    assert (once, cost()) == (2, 2)


def test_an_edition_between_the_two_statements_is_not_mixed_in(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What answers is the edition for which the query was understood."""
    actor = ActorFactory(name="Gulf")
    publish(actor)
    understood = search.understood

    def slowly(*asked: Any) -> Any:
        query = understood(*asked)
        publish(edit(actor, name="Bay"))
        return query

    monkeypatch.setattr(lists, "understood", slowly)
    response = reader.get("actors/?q=gulf")
    assert (response.headers["Edition"], len(response.json()["results"])) == ("1", 1)


def test_a_very_long_text_is_published_and_found_by_its_names(reader: Reader) -> None:
    words = " ".join(f"word{number}" for number in range(120_000))
    publish(ActorFactory(name="Loquacious", summary=words))

    assert len(reader.ids("actors/?q=loquacious")) == 1
    assert reader.ids("actors/?q=word7") == []


def test_nobody_can_give_a_document_other_words() -> None:
    publish(ActorFactory(name="Gulf", summary="Water"))
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT search::text, search = document_words(body) FROM tracker_actordocument"
        )
        assert cursor.fetchone() == ("'gulf':1A 'water':2C", True)
