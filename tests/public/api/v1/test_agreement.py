"""How much actors agree:
what is counted over which votes, what is left out and why, and what can't be asked.
"""

import csv
from collections import Counter
from io import StringIO
from random import Random
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.factories import ActorFactory
from tests.public.api.client import Reader
from tests.public.api.publishing import merge, publish_whole
from tests.public.api.v1.assembly import ALL, CAST, CODES, DIVIDED, World, rows
from tests.publishing.acts import edited
from tracker.values.agreement import MEASURES, Sums, Undefined

pytestmark = pytest.mark.django_db


def of(codes: list[tuple[int, int]]) -> dict[str, float | None]:
    values = {name: measure(Sums.of(codes)) for name, measure in MEASURES.items()}
    return {name: None if isinstance(value, Undefined) else value for name, value in values.items()}


def test_six_measures_over_what_both_cast(reader: Reader, world: World) -> None:
    words = {"1": "no", "2": "abstain", "3": "yes"}
    for x, y in zip("1112233121", "1122331121", strict=True):
        world.vote(words[x], words[y])
    world.publish()

    [row] = rows(reader, "actors=china,russia")

    assert (row["frame"], row["compared"], row["too_few"], row["bucket"]) == (10, 10, True, None)
    expected = {
        "identical": 0.7,
        "mean": 0.8,
        "s": 0.6,
        "kappa": 0.508197,
        "pi": 0.508197,
        "alpha": 0.532787,
    }
    assert {name: row[name] for name in MEASURES} == pytest.approx(expected, abs=5e-7)
    assert row["undefined"] == {}
    assert row["first_cast"] == dict.fromkeys(row["first_cast"], 0) | {
        "yes": 2,
        "abstain": 3,
        "no": 5,
    }


def test_every_vote_of_the_frame_is_compared_or_left_out_for_one_reason(
    reader: Reader, world: World
) -> None:
    world.vote("yes", "no")
    world.vote("yes", "yes", tally_yes=120, tally_no=0, tally_abstain=0)
    world.vote("yes", "yes", tally_yes=120, tally_no=1, tally_abstain=0)
    world.vote("yes", "abstain", ballots_complete=False)
    world.vote("absent", None, "no", ballots_complete=False)
    world.vote("no", "absent", "yes")
    world.vote(None, "absent", "no", "yes")
    world.vote("not_participating", "yes", "no")
    world.vote(without_vote=True, **dict.fromkeys(DIVIDED))
    world.publish()

    [row] = rows(reader, "actors=china,russia")

    left_out = {
        "unanimous": 1,
        "no_seat": 0,
        "not_evidenced": 1,
        "no_ballot": 1,
        "absent": 1,
        "not_participating": 1,
    }
    left_out["without_vote"] = 1
    assert row["left_out"] == left_out
    assert row["frame"] == 9 == row["compared"] + sum(left_out.values())
    assert row["second_cast"] == {
        "yes": 1,
        "no": 1,
        "abstain": 1,
        "absent": 2,
        "no_seat": 0,
        "no_ballot": 0,
        "not_evidenced": 1,
        "not_participating": 0,
    }
    [kept] = rows(reader, "actors=china,russia&unanimous=keep")
    assert (kept["compared"], kept["left_out"]["unanimous"], kept["left_out"]["without_vote"]) == (
        4,
        0,
        1,
    )


def test_what_never_varies_has_no_value_and_says_why(reader: Reader, world: World) -> None:
    for _ in range(3):
        world.vote("yes", "yes", "no")
    world.publish()

    alike, none = rows(reader, "actors=china,russia,france")[:2]

    assert [alike[name] for name in MEASURES] == [1, 1, 1, None, None, None]
    assert alike["undefined"] == dict.fromkeys(("kappa", "pi", "alpha"), "no_variation")
    assert [none[name] for name in MEASURES] == [None] * 6
    assert none["undefined"] == dict.fromkeys(MEASURES, "nothing_compared")


def test_only_votes_that_a_frame_covers_for_certain_are_counted(
    reader: Reader, world: World
) -> None:
    world.vote("yes", "no", held="1971-09-06")
    world.vote("yes", "no", held="1971-08-31")
    world.vote("yes", "no", held="197X", session=None)
    world.vote("yes", "no", held="", session=None)
    world.vote("yes", "no", kind="procedural")
    world.vote("yes", "no", body=world.council)
    world.vote("yes", "no", kind="paragraph", held="1973-06-01")
    world.vote("yes", "no", kind="paragraph", held="1974-01-01")
    world.publish()

    def counted(query: str) -> list[int]:
        return [row["frame"] for row in rows(reader, f"actors=china,russia&{query}")]

    assert counted("") == [1]
    assert counted("kind=paragraph") == [1]
    assert counted("kind=any") == counted("kind=paragraph,resolution") == [2]
    frames = reader.read("agreement/?actors=china,russia&kind=any&body=assembly")["frames"]
    assert [(frame["body"]["slug"], frame["kinds"], frame["note"]) for frame in frames] == [
        ("assembly", ["resolution"], None),
        ("assembly", ["paragraph"], "Not before."),
    ]


def test_buckets(reader: Reader, world: World) -> None:
    """By the year of the Assembly's session and not the day's;
    who has no issue or theme is in none.
    """
    about = {"issue": world.issues[0], "themes": ["trade", "energy"]}
    world.vote("yes", "no", held="1973-02-01", session=27, **about)
    world.vote("yes", "no", held="1973-02-01", session=None, issue=world.issues[1])
    world.vote("yes", "no", held="1973-10-01", session=28)
    world.publish()

    def buckets(by: str) -> list[tuple[str, int]]:
        return [
            (row["bucket"], row["frame"]) for row in rows(reader, f"actors=china,russia&by={by}")
        ]

    assert buckets("year") == [("1972", 1), ("1973", 2)]
    assert buckets("session") == [("27", 1), ("28", 1)]
    assert buckets("issue") == [("apartheid", 1), ("disarmament", 1)]
    assert buckets("theme") == [("energy", 1), ("trade", 1)]
    assert buckets("theme&theme=trade") == [("trade", 1)]
    assert buckets("none") == [(None, 3)]
    assert buckets("year&from=1973-03-01") == [("1973", 1)]
    assert buckets("year&under=disarmament") == buckets("year&issue=disarmament") == [("1972", 1)]


def test_pairs_are_in_the_order_that_is_asked_for_and_everybody_in_that_of_slugs(
    reader: Reader, world: World
) -> None:
    world.vote("yes", "no", "yes", None, "abstain")
    world.publish()

    def pairs(query: str) -> list[str]:
        return [f"{row['first']['slug']}-{row['second']['slug']}" for row in rows(reader, query)]

    assert pairs("actors=usa,china,russia") == ["usa-china", "usa-russia", "china-russia"]
    assert pairs("actor=usa") == ["usa-china", "usa-france", "usa-russia"]


def test_the_list_of_evidence_reproduces_the_number(reader: Reader, world: World) -> None:
    """Fifty rows at random: as many votes as differ, and their distances are what the mean says."""
    world.some(70)
    world.publish()
    asked = [
        f"by={by}{more}"
        for by in ("year", "session", "issue", "theme", "none")
        for more in (
            "",
            "&kind=any",
            "&kind=paragraph",
            "&unanimous=keep",
            "&from=1972-01-01&to=1973-10-15",
            "&under=apartheid",
            "&theme=trade,energy&body=assembly",
        )
    ]
    answered = [row for query in asked for row in rows(reader, f"actors={ALL}&{query}")]
    assert len(answered) > 300

    for row in Random(1).sample([row for row in answered if row["compared"]], k=50):
        votes = reader.walk(row["evidence"])
        first, second = row["first"]["slug"], row["second"]["slug"]
        codes = [
            {key: CODES[cast] for cast in CODES for key in vote["ballots"][cast]} for vote in votes
        ]
        assert len(votes) == round(row["compared"] * (1 - row["identical"])), row["evidence"]
        distance = sum(abs(code[first] - code[second]) for code in codes)
        assert row["mean"] == pytest.approx(1 - distance / (2 * row["compared"]))


def test_every_row_is_what_its_votes_say(reader: Reader, world: World) -> None:
    """Against the ballots as the list of votes has them, pair by pair and year by year."""
    world.some(60)
    world.publish()
    votes = reader.walk("votes/?in_frame=true&kind=resolution&unanimous=false")

    def year(vote: dict[str, Any]) -> str:
        held = int(vote["held"]["edtf"][:4])
        return str(held - (1945 + (vote["session"] or 0) == held - 1))

    def choice(vote: dict[str, Any], actor: str) -> str:
        return next((word for word in CAST if word and actor in vote["ballots"][word]), "")

    for row in rows(reader, f"actors={ALL}&by=year"):
        pair = row["first"]["slug"], row["second"]["slug"]
        cast = [
            [choice(vote, actor) for actor in pair] for vote in votes if year(vote) == row["bucket"]
        ]
        both = [(CODES[x], CODES[y]) for x, y in cast if x in CODES and y in CODES]
        assert row["compared"] == len(both)
        assert {name: row[name] for name in MEASURES} == pytest.approx(of(both), abs=1e-12)
        counts = Counter(x for x, y in cast if x in CODES and y in CODES)
        assert {word: row["first_cast"][word] for word in CODES} == {
            word: counts[word] for word in CODES
        }


def test_the_table_says_the_same(reader: Reader, world: World) -> None:
    world.some(20)
    edited(world.actors["china"], iso3="CHN")
    world.publish()

    response = reader.get("agreement/?actors=china,russia&by=year&interval=true&format=csv")
    table = list(csv.DictReader(StringIO(response.content.decode())))

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    for cells, row in zip(
        table, rows(reader, "actors=china,russia&by=year&interval=true"), strict=True
    ):
        assert (cells["first"], cells["bucket"], cells["evidence"]) == (
            "china",
            row["bucket"],
            row["evidence"],
        )
        assert [float(cells[name]) if cells[name] else None for name in MEASURES] == [
            row[name] for name in MEASURES
        ]
        assert (cells["first_iso3"], cells["second"], cells["second_iso3"]) == ("CHN", "russia", "")
        assert cells["left_out_absent"] == str(row["left_out"]["absent"])
        assert cells["s_undefined"] == (row["intervals"]["s"]["undefined"] or "")
    assert (
        reader.get("agreement.csv?actors=china,russia&by=year&interval=true").content
        == response.content
    )


def test_as_of_any_edition(reader: Reader, world: World) -> None:
    world.vote("yes", "no")
    before = world.publish()
    world.vote("yes", "yes", "no")
    world.publish()

    assert [row["frame"] for row in rows(reader, "actors=china,russia")] == [2]
    body = reader.read(f"agreement/?actors=china,russia&edition={before}")
    assert (body["edition"], [row["frame"] for row in body["results"]]) == (before, [1])


def test_a_merged_actor_means_its_survivor(reader: Reader, world: World) -> None:
    double = ActorFactory(slug="prc")
    world.vote("yes", "no")
    publish_whole(*world.votes, double)
    merge(double, world.actors["china"])

    assert [row["first"]["slug"] for row in rows(reader, "actors=prc,russia")] == ["china"]
    assert reader.faults("agreement/?actors=prc,china") == [("actors", "invalid")]


REFUSED = [
    ("by=month", [("by", "invalid")]),
    ("actors=china", [("actors", "invalid")]),
    ("actors=" + ",".join(f"a{n}" for n in range(21)), [("actors", "invalid")]),
    ("actors=china,china", [("actors", "invalid")]),
    ("actors=china,russia&actor=usa", [("actors", "conflict")]),
    ("actor=china,russia", [("actor", "invalid")]),
    ("actors=china,disarmament", [("actors", "unknown")]),
    ("actors=china,russia&by=month", [("by", "invalid")]),
    ("actors=china,russia&unanimous=no", [("unanimous", "invalid")]),
    ("actors=china,russia&from=1973-01-01&to=1972-01-01", [("from", "conflict")]),
    ("actors=china,russia&body=council", [("body", "no_frame")]),
    ("actors=china,russia&kind=procedural", [("kind", "no_frame")]),
    ("actors=china,russia&kind=motion", [("kind", "invalid")]),
    ("actors=china,russia&edition=9", [("edition", "unknown")]),
    (
        "actors=china,nobody&body=council&by=month&from=2019-13-01&issue=nowhere",
        [
            ("by", "invalid"),
            ("from", "invalid"),
            ("actors", "unknown"),
            ("issue", "unknown"),
            ("body", "no_frame"),
        ],
    ),
]


@pytest.mark.parametrize(("query", "faults"), REFUSED)
def test_what_cannot_be_asked_is_told_all_at_once(reader, world, query, faults):
    world.vote("yes", "no")
    world.vote("yes", "no", body=world.council, issue=world.issues[0])
    world.publish()

    assert sorted(reader.faults(f"agreement/?{query}")) == sorted(faults)


def test_the_nearest_name_is_offered(reader: Reader, world: World) -> None:
    """Of an actor or issue that never was, if one is called much like it."""
    edited(world.actors["russia"], name="Russia")
    edited(world.issues[0], title="Disarmament")
    world.vote("yes", "no", issue=world.issues[0])
    world.publish()

    faults = reader.get("agreement/?actors=rusia,zzz&issue=disarmement").json()["errors"]

    offered = [fault["detail"].partition("”")[2] for fault in faults]
    assert offered == ["; did you mean “russia”?", "", "; did you mean “disarmament”?"]


def test_without_actors_it_says_over_which_votes_it_can_be_counted(
    reader: Reader, world: World
) -> None:
    world.vote("yes", "no")
    world.publish()

    body = reader.read("agreement/")

    assert ([frame["kinds"] for frame in body["frames"]], body["results"]) == ([["resolution"]], [])


def test_where_there_is_no_frame_the_list_is_named(reader: Reader, world: World) -> None:
    world.vote("yes", "no", body=world.council)
    world.publish()

    [fault] = reader.get("agreement/?actors=china,russia&body=council").json()["errors"]

    assert "/api/v1/votes/?body=council" in fault["detail"]
    assert len(reader.ids("votes/?body=council")) == 1


def test_intervals_of_too_many_rows_are_refused(reader: Reader, world: World) -> None:
    for n in range(21):
        world.vote(
            "yes",
            "no",
            "abstain",
            "yes",
            "no",
            session=None,
            held=f"19{71 + n % 4}-10-{n % 28 + 1:02}",
        )
    for n in range(16):
        slug = f"member-{n}"
        world.actors[slug] = ActorFactory(slug=slug)
    world.publish()
    asked = f"agreement/?actors={','.join(list(world.actors)[:20])}&by=year"

    assert len(reader.read(asked)["results"]) == 190 * 4
    assert reader.faults(f"{asked}&interval=true") == [("interval", "too_many")]
    narrowed = reader.read(f"{asked}&interval=true&min_compared=1")["results"]
    assert all(row["compared"] for row in narrowed)
    assert len(narrowed) < 200


def test_rows_in_which_too_little_is_compared_are_left_out_if_asked(
    reader: Reader, world: World
) -> None:
    """And neither counted nor drawn for: intervals are refused by the rows that come."""
    world.vote("yes", "no", "absent")
    world.vote("yes", "yes", "no")
    world.publish()

    def pairs(query: str) -> list[tuple[str, str, int]]:
        return [
            (row["first"]["slug"], row["second"]["slug"], row["compared"])
            for row in rows(reader, query)
        ]

    everything = pairs("actor=china")
    assert [compared for _, _, compared in everything][:2] == [2, 1]
    assert pairs("actor=china&min_compared=0") == everything
    for least in (1, 2, 3):
        assert pairs(f"actor=china&min_compared={least}") == [
            row for row in everything if row[2] >= least
        ]
    assert reader.faults("agreement/?actor=china&min_compared=-1") == [("min_compared", "invalid")]
    assert reader.faults("agreement/?actor=china&min_compared=many") == [
        ("min_compared", "invalid")
    ]


def test_as_many_statements_for_twenty_as_for_two(reader: Reader, world: World) -> None:
    for n in range(16):
        slug = f"member-{n}"
        world.actors[slug] = ActorFactory(slug=slug)
    world.vote(*("yes", "no") * 10)
    world.publish()

    def statements(query: str) -> int:
        with CaptureQueriesContext(connections["publication"]) as asked:
            reader.read(f"agreement/?{query}&by=year&interval=true")
        return len(asked)

    twenty, two = ",".join(list(world.actors)[:20]), "china,russia"
    assert statements(f"actors={twenty}") == statements(f"actors={two}") == 5
    assert statements("actor=china") == 7
