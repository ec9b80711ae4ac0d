"""The feed: every change exactly once, in order, and enough to keep a copy by."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    SourceFactory,
    StanceFactory,
)
from tests.public.api.client import Reader
from tests.public.api.publishing import edit, merge, publish, publish_whole, retract
from tracker.schema.records import CLAIMS
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db


def as_lines(changes: list[dict[str, Any]]) -> list[str]:
    return [
        f"{change['edition']} {change['operation']} {change['resource']} {change['key']}"
        for change in changes
    ]


def test_it_tells_what_each_edition_did_to_each_record(reader: Reader) -> None:
    actor, issue = ActorFactory(slug="kingdom", name="Kingdom"), IssueFactory(slug="matter")
    stance = StanceFactory(id=7, actor=actor, issue=issue)
    publish_whole(stance)
    publish(edit(actor, slug="republic", name="Republic"), note="Renamed")
    publish(edit(stance, position="opposes"))
    retract(stance, note="By mistake")

    changes = reader.walk("changes/?resource=actors,stances,issues")

    assert as_lines(changes) == [
        "1 published issues matter",
        "1 published actors kingdom",
        "1 published stances 7",
        "2 updated actors republic",
        "2 renamed stances 7",
        "3 updated stances 7",
        "4 retracted stances 7",
    ]
    assert changes[3]["changed"] == {
        "slug": ["kingdom", "republic"],
        "name": ["Kingdom", "Republic"],
    }
    assert [name["name"] for name in changes[4]["changed"]["actor"]] == ["Kingdom", "Republic"]
    assert changes[5]["changed"] == {"position": ["supports", "opposes"], "score": [1, -1]}
    assert [change["note"] for change in changes] == [
        None,
        None,
        None,
        "Renamed",
        "Renamed",
        None,
        "By mistake",
    ]
    assert (changes[3]["url"], changes[3]["id"]) == ("/api/v1/actors/republic/", actor.pk)


def test_a_merge_is_told_with_the_survivors_address_of_then(reader: Reader) -> None:
    twin, survivor = ActorFactory(slug="prc"), ActorFactory(slug="china")
    publish(twin, survivor)
    merge(twin, into=survivor)
    before = reader.walk("changes/")
    publish(edit(survivor, slug="china-prc"))

    assert reader.walk("changes/")[: len(before)] == before
    told_of_twin = next(
        change for change in before if change["id"] == twin.pk and change["edition"] == 2
    )
    assert (told_of_twin["operation"], told_of_twin["into"]) == ("merged", "/api/v1/actors/china/")


@pytest.mark.parametrize("size", [1, 2, 3, 500])
def test_each_change_comes_exactly_once_whatever_is_published_meanwhile(
    reader: Reader, size: int
) -> None:
    """Also when a page ends inside an edition; and `next` is never null."""
    actors = ActorFactory.create_batch(5)
    publish(*actors)
    meanwhile: list[Callable[[], int]] = [
        lambda: publish(edit(actors[0], name="Other")),
        lambda: retract(actors[1]),
        lambda: publish(*ActorFactory.create_batch(2)),
    ]

    followed, page = [], reader.read(f"changes/?after=0&page_size={size}")
    for _ in range(15):
        followed += page["results"]
        if meanwhile:
            meanwhile.pop(0)()
        page = reader.read(page["next"])

    assert followed == reader.walk("changes/?page_size=500")
    assert len(followed) == 5 + 1 + 1 + 2
    assert reader.read(page["next"])["results"] == []
    assert reader.read(page["next"])["next"] == page["next"]


def test_it_goes_on_after_an_edition(reader: Reader) -> None:
    """Or from the start, as usual; `count` says how many changes there are after that."""
    for _ in range(3):
        publish(ActorFactory())

    assert [change["edition"] for change in reader.walk("changes/?after=1")] == [2, 3]
    assert reader.read("changes/?after=1&count=true&page_size=1")["count"] == 2
    assert (
        reader.read("changes/?after=0&count=true")["count"]
        == reader.read("changes/?count=true")["count"]
        == 3
    )
    assert reader.read("changes/?after=3")["next"] == "http://testserver/api/v1/changes/?after=3"
    assert reader.read("changes/?after=3-1")["results"] == []
    assert reader.read("changes/?after=3&edition=1")["results"] == []


@pytest.mark.parametrize(
    "after", ["4", "4-1", "4.1", "2147483647", "4&edition=2", "4&resource=actors"]
)
@pytest.mark.parametrize("form", ["json", "atom"])
def test_who_has_seen_more_than_is_published_is_told_the_latest(
    reader: Reader, after: str, form: str
) -> None:
    """As after an older state was restored:
    an empty page would pass for being in step, and skip what comes next.
    """
    for _ in range(3):
        publish(ActorFactory())

    answer = reader.get(f"changes/?after={after}&format={form}")

    assert (answer.status_code, answer.headers["Content-Type"]) == (409, "application/problem+json")
    number = re.match("[0-9]+", after)[0]  # type: ignore[index]
    assert answer.json()["detail"].startswith(
        f"“after” is in edition {number}, and the latest here is 3:"
    )


def test_before_anything_is_published_one_is_in_step_at_the_start(reader: Reader) -> None:
    assert reader.read("changes/?after=0")["results"] == []
    assert reader.get("changes/?after=1").status_code == 409


@pytest.mark.parametrize("pinned", ["edition=2", "as_of"])
def test_it_can_end_at_an_edition(reader: Reader, pinned: str) -> None:
    for _ in range(3):
        publish(ActorFactory())
    if pinned == "as_of":
        pinned = f"as_of={reader.read('editions/2/')['published_at']}"

    assert [change["edition"] for change in reader.walk(f"changes/?page_size=1&{pinned}")] == [1, 2]
    page = reader.read(f"changes/?{pinned}&count=true&page_size=1")
    assert (page["count"], page["next"]) == (
        2,
        "http://testserver/api/v1/changes/?count=true&page_size=1&after=1-1&edition=2",
    )


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("after=", ("after", "invalid")),
        ("after=-1", ("after", "invalid")),
        ("after=1.2.3", ("after", "invalid")),
        ("after=1.", ("after", "invalid")),
        ("after=2147483648", ("after", "invalid")),
        ("after=1.99999999999", ("after", "invalid")),
        ("after=1&after=2", ("after", "invalid")),
        ("resource=actor", ("resource", "invalid")),
        ("resource=actors,editions", ("resource", "invalid")),
        ("actor=nobody", ("actor", "unknown")),
        ("under=nothing", ("under", "unknown")),
        ("under=", ("under", "invalid")),
        ("issue=nothing", ("issue", "unknown")),
        ("cursor=WzEsMV0&edition=0", ("cursor", "conflict")),
        ("cursor=WzEsMV0&ordering=edition&edition=0", ("cursor", "conflict")),
        ("ordering=-id", ("ordering", "invalid")),
        ("ordering=edition&format=atom", ("ordering", "conflict")),
    ],
)
def test_a_value_that_does_not_fit_is_refused(
    reader: Reader, query: str, fault: tuple[str, str]
) -> None:
    assert reader.faults(f"changes/?{query}") == [fault]


def test_it_tells_of_some_nouns_only(reader: Reader) -> None:
    publish_whole(StanceFactory())

    assert {change["resource"] for change in reader.walk("changes/?resource=actors")} == {"actors"}
    assert {
        change["resource"]
        for change in reader.walk("changes/?resource=actors&resource=issues&page_size=1")
    } == {
        "actors",
        "issues",
    }
    assert reader.read("changes/?resource=meetings&count=true")["count"] == 0


def test_it_tells_of_what_is_about_an_actor(reader: Reader) -> None:
    """The actor itself, and what named it before or after; also by a code."""
    russia, china = ActorFactory(slug="russia", iso3="RUS"), ActorFactory(slug="china")
    stance, other = StanceFactory(id=7, actor=russia), StanceFactory(id=8, actor=china)
    publish_whole(stance, other)
    publish(edit(stance, actor=china))
    publish(edit(stance, position="opposes"))
    publish(edit(china, name="PRC"))
    retract(stance)

    of_russia = ["1 published actors russia", "1 published stances 7", "2 updated stances 7"]
    assert sorted(as_lines(reader.walk("changes/?actor=russia&page_size=1"))) == of_russia
    assert sorted(as_lines(reader.walk("changes/?actor=RUS"))) == of_russia
    assert sorted(as_lines(reader.walk("changes/?actor=china&after=1"))) == [
        "2 updated stances 7",
        "3 updated stances 7",
        "4 renamed stances 7",
        "4 renamed stances 8",
        "4 updated actors china",
        "5 retracted stances 7",
    ]
    assert reader.read("changes/?actor=russia,china&resource=actors&count=true")["count"] == 3


def test_it_tells_of_what_is_under_an_issue(reader: Reader) -> None:
    """As the tree was before and in the edition, so that what moves is told on both sides."""
    europe, asia = IssueFactory(slug="europe"), IssueFactory(slug="asia")
    matter = IssueFactory(slug="matter", parent=europe)
    stance, source = StanceFactory(id=7, issue=matter), SourceFactory()
    publish_whole(stance, asia)
    publish(source)
    publish(edit(matter, parent=asia))
    publish(edit(stance, position="opposes"))
    retract(stance)

    before = [
        "1 published issues europe",
        "1 published issues matter",
        "1 published stances 7",
        "3 updated issues matter",
    ]
    assert sorted(as_lines(reader.walk("changes/?under=europe&page_size=2"))) == before
    assert sorted(as_lines(reader.walk("changes/?under=asia&page_size=2"))) == [
        "1 published issues asia",
        "3 updated issues matter",
        "4 updated stances 7",
        "5 retracted stances 7",
    ]
    assert reader.read("changes/?under=asia&count=true&after=3")["count"] == 2
    assert reader.read("changes/?under=asia,europe&resource=sources&count=true")["count"] == 0


def test_it_tells_of_what_is_of_an_issue_and_not_of_what_is_below(reader: Reader) -> None:
    """As lists do by `issue`: the issue, and what named it before or after."""
    europe, asia = IssueFactory(slug="europe"), IssueFactory(slug="asia")
    matter = IssueFactory(slug="matter", parent=europe)
    below, own = StanceFactory(id=7, issue=matter), StanceFactory(id=8, issue=europe)
    publish_whole(below, own, asia)
    publish(edit(below, position="opposes"))
    publish(edit(own, issue=asia))
    retract(own)

    def narrowed(query: str) -> list[str]:
        count = reader.read(f"changes/?{query}&count=true")["count"]
        lines = as_lines(reader.walk(f"changes/?{query}&page_size=2"))
        assert len(lines) == count
        return sorted(lines)

    of_europe = [
        "1 published issues europe",
        "1 published issues matter",  # which names what is above it
        "1 published stances 8",
        "3 updated stances 8",
    ]
    assert narrowed("issue=europe") == of_europe
    assert narrowed("issue=matter") == [
        "1 published issues matter",
        "1 published stances 7",
        "2 updated stances 7",
    ]
    assert narrowed("issue=europe,asia&after=2") == ["3 updated stances 8", "4 retracted stances 8"]
    assert narrowed("issue=matter&under=europe&resource=stances") == [
        "1 published stances 7",
        "2 updated stances 7",
    ]
    assert narrowed("issue=europe&under=asia") == ["3 updated stances 8"]
    assert len(reader.get("changes.atom?issue=europe").content.split(b"<entry>")) - 1 == len(
        of_europe
    )


def test_a_later_move_inserts_no_earlier_change(reader: Reader) -> None:
    """What a filter told once it tells for ever, and in that order."""
    europe, asia = IssueFactory(slug="europe"), IssueFactory(slug="asia")
    stance = StanceFactory(issue__slug="matter", issue__parent=europe)
    publish_whole(stance, asia)
    before = reader.walk("changes/?under=asia")

    publish(edit(stance.issue, parent=asia))

    assert reader.walk("changes/?under=asia")[: len(before)] == before
    assert as_lines(reader.walk("changes/?under=asia")[len(before) :]) == [
        "2 updated issues matter"
    ]


def test_the_key_of_a_merged_record_still_means_that_record(reader: Reader) -> None:
    """Else following the twin would, from one answer to the next,
    insert all that ever happened to the survivor.
    """
    twin, survivor = ActorFactory(slug="prc"), ActorFactory(slug="china")
    publish(twin, survivor)
    merge(twin, into=survivor)
    publish(edit(survivor, name="China"))

    assert as_lines(reader.walk("changes/?actor=prc")) == [
        "1 published actors prc",
        "2 merged actors prc",
    ]
    assert as_lines(reader.walk("changes/?actor=china")) == [
        "1 published actors china",
        "2 updated actors china",  # it has the name of the other among its own
        "3 updated actors china",
    ]


def test_a_filter_costs_the_same_for_one_change_and_for_twenty(reader, django_assert_num_queries):
    """Four statements: the edition, the keys of each filter, and the page."""
    stance = StanceFactory(issue__slug="matter", actor__slug="kingdom")
    publish_whole(stance)
    for _ in range(20):
        publish(edit(stance, confidence="low" if stance.confidence == "high" else "high"))

    moment = reader.read("editions/1/")["published_at"]
    for size in (1, 20):
        with django_assert_num_queries(4, using="publication"):
            reader.read(f"changes/?under=matter&actor=kingdom&page_size={size}")
        # the edition of the moment, the latest, and the page
        with django_assert_num_queries(3, using="publication"):
            page = reader.read(
                f"changes/?since={moment}&field=confidence&operation=updated&page_size={size}"
            )
        assert len(page["results"]) == size


def test_two_issues_that_change_places_are_told_on_all_sides(reader: Reader) -> None:
    """Though before and in the edition each was above the other."""
    top, other, first = (
        IssueFactory(slug="top"),
        IssueFactory(slug="other"),
        IssueFactory(slug="first"),
    )
    second = IssueFactory(slug="second", parent=first)
    stance = StanceFactory(id=7, issue=second)
    edit(first, parent=top)
    publish_whole(stance, other)
    edit(first, parent=None)
    edit(second, parent=other)
    publish(edit(first, parent=second), second)

    moved = ["2 updated issues first", "2 updated issues second"]
    for slug in ("top", "other", "first", "second"):
        assert [
            line
            for line in as_lines(reader.walk(f"changes/?under={slug}&after=1"))
            if "updated" in line
        ] == moved


def test_a_change_of_several_of_those_asked_for_comes_once(reader: Reader) -> None:
    """In its order, and it is counted once; both filters together tell what is of both."""
    issue = IssueFactory(slug="matter", parent=IssueFactory(slug="top"))
    russia, china = ActorFactory(slug="russia"), ActorFactory(slug="china")
    publish_whole(
        AlignmentFactory(id=5, actor=russia, counterpart=china, issue=issue),
        StanceFactory(id=7, actor=china),
    )
    publish(edit(china, name="PRC"))

    of_both = reader.walk("changes/?actor=russia,china&page_size=1")
    places = [(change["edition"], change["resource"], change["id"]) for change in of_both]
    assert (
        len(places)
        == len(set(places))
        == reader.read("changes/?actor=russia,china&count=true")["count"]
        == 7
    )
    assert [change["edition"] for change in of_both] == [1, 1, 1, 1, 2, 2, 2]
    assert as_lines(reader.walk("changes/?actor=china&under=matter,top&page_size=1")) == [
        "1 published alignments 5",
        "2 renamed alignments 5",
    ]
    assert (
        reader.read("changes/?actor=china&under=top&resource=alignments&count=true&after=1")[
            "count"
        ]
        == 1
    )


@pytest.mark.parametrize(
    "query",
    [
        "actor=kingdom",
        "under=matter,top",
        "issue=matter",
        "issue=matter,top",
        "actor=kingdom&under=matter",
    ],
)
@pytest.mark.parametrize("form", ["", "&format=atom"])
def test_what_is_about_a_record_is_looked_up(reader: Reader, query: str, form: str) -> None:
    """By an index, a page as well as its count, however long the feed is."""
    publish_whole(
        StanceFactory(issue__slug="matter", actor__slug="kingdom"), IssueFactory(slug="top")
    )

    with CaptureQueriesContext(connections["publication"]) as asked:
        reader.get(f"changes/?{query}{form or '&count=true'}")
    asked_of_subjects = [
        captured["sql"] for captured in asked if "tracker_changesubject" in captured["sql"]
    ]
    assert len(asked_of_subjects) == (1 if form else 2)
    with connections["publication"].cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for sql in asked_of_subjects:
            cursor.execute(f"EXPLAIN {sql}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
            conditions = re.findall(r"on tracker_changesubject.*\n\s+Index Cond: (.*)", plan)
            assert len(conditions) == len(query.split("&")), plan
            assert all(
                re.search(r"noun.*record.*edition", condition) for condition in conditions
            ), plan


def test_a_copy_kept_by_it_equals_the_lists_of_the_same_edition(reader: Reader) -> None:
    """After every page, whatever happened:
    published, changed, renamed, retracted, published again.
    """
    issue, actor = IssueFactory(slug="matter"), ActorFactory(slug="kingdom")
    stances = [
        StanceFactory(issue=issue, actor=actor, since=f"{year}", until=f"{year}")
        for year in (2001, 2002)
    ]
    copy: dict[tuple[str, int], Any] = {}
    page: dict[str, Any] = {"next": "/api/v1/changes/?after=0"}
    for step in (
        lambda: publish_whole(*stances),
        lambda: publish(edit(actor, slug="republic", name="Republic")),
        lambda: retract(stances[0]),
        lambda: publish_whole(
            StanceFactory(issue=issue, standing="contested", standing_note="A paper.")
        ),
        lambda: publish(edit(stances[1], summary="Otherwise."), stances[0]),
    ):
        step()
        page = reader.read(page["next"])
        for change in page["results"]:
            name = (change["resource"], change["id"])
            if change["operation"] == "retracted":
                del copy[name]
            else:
                copy[name] = reader.read(change["url"], {"edition": page["edition"]})
        assert copy == public_at(reader, page["edition"])


def public_at(reader: Reader, edition: int) -> dict[tuple[str, int], Any]:
    records = {}
    for noun in Noun:
        query = {"edition": edition} | ({"standing": "any"} if noun in CLAIMS else {})
        records.update(
            {
                (noun.plural, record["id"]): record
                for record in reader.walk(f"{noun.plural}/", query)
            }
        )
    return records


def test_it_begins_after_a_moment_and_goes_on_from_there(reader: Reader) -> None:
    for _ in range(3):
        publish(ActorFactory())
    first, second = (reader.read(f"editions/{number}/")["published_at"] for number in (1, 2))

    assert [
        change["edition"] for change in reader.walk("changes/", {"since": first, "page_size": 1})
    ] == [2, 3]
    assert reader.read("changes/", {"since": second, "count": "true"})["count"] == 1
    assert [
        change["edition"] for change in reader.walk(f"changes/?since={second}&ordering=-edition")
    ] == [3]
    assert len(reader.walk("changes/?since=2000-01-01T00:00:00Z")) == 3
    assert reader.faults("changes/?since=2999-01-01T00:00:00Z") == [("since", "future")]
    assert reader.faults("changes/?since=2000-01-01T00:00:00Z&after=1") == [("since", "conflict")]
    # without time, offset, or both
    for value in ("2000-01-01", "2000-01-01T00:00:00", "2000", "1", ""):
        assert reader.faults(f"changes/?since={value}") == [("since", "invalid")]
    assert reader.get(f"changes.atom?since={first}").content.count(b"<entry>") == 2


def test_a_name_of_elsewhere_leads_to_the_parameter_that_is_meant(reader: Reader) -> None:
    for query, meant in (
        ("changes/?from=2026-11-25", "since or after"),
        ("changes/?to=2026-11-25", "as_of"),
        ("changes/?changed_since=5", "since or after"),
        ("stances/?since=2019", "from or changed_since"),
        ("sources/?from=2019", "issued_from"),
        ("stances/?limit=5", "page_size"),
    ):
        [fault] = reader.get(query).json()["errors"]
        assert f"here; did you mean {meant}? there are: " in fault["detail"], query
    [fault] = reader.get("editions/?from=5").json()["errors"]
    assert "did you mean" not in fault["detail"]  # format is only spelled so


def test_it_is_narrowed_to_operations_and_to_fields_that_changed(reader: Reader) -> None:
    actor, issue = ActorFactory(slug="kingdom", name="Kingdom"), IssueFactory()
    stance = StanceFactory(id=7, actor=actor, issue=issue)
    publish_whole(stance)
    publish(edit(actor, name="Republic"))
    publish(edit(stance, position="opposes"))
    retract(stance)

    def narrowed(query: str) -> list[str]:
        return as_lines(reader.walk(f"changes/?{query}"))

    assert narrowed("operation=retracted") == ["4 retracted stances 7"]
    assert narrowed("operation=renamed,retracted") == [
        "2 renamed stances 7",
        "4 retracted stances 7",
    ]
    assert (
        narrowed("field=position") == narrowed("field=position,standing") == ["3 updated stances 7"]
    )
    assert narrowed("field=name&operation=updated") == ["2 updated actors kingdom"]
    assert narrowed(f"field=position&actor=kingdom&issue={issue.slug}") == ["3 updated stances 7"]
    assert narrowed("field=actor&ordering=-edition") == ["2 renamed stances 7"]
    assert reader.read("changes/?field=position&count=true")["count"] == 1
    assert reader.faults("changes/?field=positions") == [("field", "invalid")]
    assert reader.faults("changes/?operation=gone") == [("operation", "invalid")]


@pytest.mark.parametrize("withheld", [2, 1])
def test_which_field_a_withheld_edition_changed_is_not_found_out(
    reader: Reader, settings: Any, withheld: int
) -> None:
    """Nor which one the edition after it did."""
    actor = ActorFactory(slug="kingdom")
    publish(actor)
    publish(edit(actor, name="Republic"))
    publish(edit(actor, summary="A summary."))
    settings.WITHHELD = ((withheld, withheld),)

    assert as_lines(reader.walk("changes/?field=name")) == []
    assert len(reader.walk("changes/?operation=updated")) == 2
