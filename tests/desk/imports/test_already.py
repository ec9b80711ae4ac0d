"""Claims, meetings and votes that are there already, or twice in a file,
are found before they are imported.
"""

import csv
import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import tracker
from tests.desk.imports.uploading import imported, outcomes, received
from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
    VoteFactory,
)
from tracker.desk import imports
from tracker.desk.records.duplicates import saved_duplicates
from tracker.models import Meeting, Stance, Vote
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(db):
    ActorFactory(slug="china", name="China"), ActorFactory(slug="russia", name="Russia")
    IssueFactory(slug="ports", question="Open?"), IssueFactory(slug="dams", question="Built?")
    SourceFactory(ref="s")


def named(slug):
    return {"issue__slug": slug}


def stances(*rows):
    """Return the text of a file of stances: actor, issue, since, until, standing of each."""
    lines = (f"{','.join(row)},supports,action,low,s,why" for row in rows)
    return (
        "actor,issue,since,until,standing,position,basis,confidence,citations,standing_note\n"
        + "\n".join(lines)
    )


def preview(text, name):
    """Return what would become of the rows of a file, and what the duplicates are like."""
    upload = received(text, name)
    return list(outcomes(upload).values()), [row.duplicates for row in upload.rows.order_by("line")]


def here(**about):
    return StanceFactory(actor=_actor("china"), issue=_issue("ports"), **about)


def _actor(slug):
    return ActorFactory._meta.model.objects.get(slug=slug)


def _issue(slug):
    return IssueFactory._meta.model.objects.get(slug=slug)


@pytest.mark.parametrize(
    ("since", "until", "is_like"),
    [
        ("", "", True),
        ("2018", "", True),
        ("2018", "2018-06", False),
        ("2018", "2019-02", True),
        ("2019-06", "2020", True),
        ("2021", "", False),
        ("", "2018", False),
        ("2019-12-31", "", True),
    ],
)
def test_a_stance_of_the_same_actor_on_the_same_issue_at_the_same_time_is_there(
    since, until, is_like
):
    stance = here(since="2019", until="2020")

    outcome, alike = preview(stances(("China", "ports", since, until, "accepted")), "stances.csv")

    assert outcome == (["duplicate"] if is_like else ["created"])
    assert alike == [
        [[stance.pk, None, "the same actor and issue, at the same time"]] if is_like else []
    ]


@pytest.mark.parametrize(
    ("period", "other", "is_like"),
    [
        (("", "2020"), ("2020", ""), False), (("2018", "2020"), ("2020-06-05", "2020-07"), False),
        (("", "2020-05"), ("2020", ""), True), (("", "2020-05-31"), ("2020-05", ""), True),
        (("2020", "2020"), ("2020", ""), True), (("2020", "2020"), ("2020-06", "2020-07"), True),
        (("2020-06-05", "2020"), ("2020-07", ""), True), (("2020", "2020"), ("2021", ""), False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("is_turned", [False, True])
def test_a_claim_that_begins_in_the_period_in_which_another_ends_follows_it(
    period, other, is_like, is_turned
):
    """At the desk as in a file, whichever of the two comes first."""
    first, second = (other, period) if is_turned else (period, other)
    rows = (("china", "dams", *ends, "accepted") for ends in (first, second))
    stance = here(since=first[0], until=first[1])
    became = "duplicate" if is_like else "created"

    assert preview(stances(*rows), "stances.csv")[0] == ["created", became]
    assert preview(stances(("china", "ports", *second, "accepted")), "stances.csv")[0] == [became]
    later = here(since=second[0], until=second[1])
    assert saved_duplicates(Noun.STANCE, [later]) == ({later.pk: [stance.pk]} if is_like else {})


def test_another_actor_another_issue_and_a_contested_one_are_not():
    here()

    rows = (
        ("russia", "ports", "", "", ""),
        ("china", "dams", "", "", ""),
        ("china", "ports", "", "", "contested"),
    )
    assert preview(stances(*rows), "stances.csv")[0] == ["created"] * 3


def test_one_made_since_it_was_shown_is_noticed():
    upload = received(stances(("china", "ports", "", "", "")), "stances.csv")
    assert outcomes(upload) == {2: "created"}

    with pytest.raises(imports.MovedOn):
        imported(upload, meanwhile=here)


@pytest.mark.parametrize(("first", "other"), [("china", "russia"), ("russia", "china")])
def test_an_alignment_is_there_whichever_way_the_pair_is_named(first, other):
    alignment = AlignmentFactory(
        actor=_actor("china"), counterpart=_actor("russia"), issue=_issue("ports")
    )
    head = "actor,counterpart,issue,pattern,basis,confidence,citations\n"

    outcome, alike = preview(
        f"{head}{first},{other},ports,coordinated,action,low,s\n", "alignments.csv"
    )

    assert outcome == ["duplicate"]
    assert alike == [[[alignment.pk, None, "the same pair and issue, at the same time"]]]
    assert preview(f"{head}{first},{other},dams,coordinated,action,low,s\n", "alignments.csv")[
        0
    ] == ["created"]


@pytest.mark.parametrize(
    ("participants", "since", "is_like"),
    [
        ("China; Russia", "2019-06-05", True),
        ("russia (host); china", "2019-06", True),
        ("China", "2019-06-05", False),
        ("China; Russia", "2019-06-06", False),
        ("", "2019-06-05", False),
    ],
)
def test_a_meeting_of_the_same_participants_on_the_same_day_is_there(participants, since, is_like):
    MeetingFactory(
        since="2019-06-05", participants=[{"actor": _actor("china")}, {"actor": _actor("russia")}]
    )
    MeetingFactory(since="2019-06-05", participants=[{"actor": _actor("china")}, {}])
    row = f"Talks,summit,held,{since},{participants},s\n"

    outcome, alike = preview(
        f"title,kind,status,since,participants,citations\n{row}", "meetings.csv"
    )

    assert outcome == (["duplicate"] if is_like else ["created"])
    assert [why for *_, why in alike[0]] == (
        ["the same participants, on the same day"] if is_like else []
    )
    assert Meeting.objects.count() == 2


VOTE_COLUMNS = "ref,body,symbol,held,kind,outcome,tally_yes,tally_no,tally_abstain"
VETOES = Path(tracker.__file__).parent / "dataset/security-council/votes.csv"


@pytest.fixture
def council(world):
    return ActorFactory(slug="council", kind="organization")


def votes(*rows):
    """Return the text of a file of votes: symbol, day, and the three of the tally of each."""
    written = (row.split(",") for row in rows)
    lines = (
        f"v{n},council,{row[0]},{row[1]},draft,adopted,{','.join(row[2:])}"
        for n, row in enumerate(written)
    )
    return "\n".join([VOTE_COLUMNS, *lines])


def test_a_vote_of_the_same_body_day_symbol_and_tally_is_told_before_it_is_imported(council):
    vote = VoteFactory(
        body=council, symbol="S/1", held="2019-06-05", tally_yes=9, tally_no=1, tally_abstain=0
    )

    text = votes("S/1,2019-06-05,9,1,0", "S/1,2019-06-05,9,0,1", "S/1,2019-06-05,9,0,1")
    outcomes, duplicates = preview(text, "votes.csv")

    assert outcomes == ["duplicate", "created", "duplicate"]
    assert [record for record, *_ in duplicates[0]] == [vote.pk]
    assert [line for _, line, *_ in duplicates[2]] == [3]


@pytest.mark.parametrize(
    "here", [("S/1", 9, 1, 0), ("S/1", None, None, None), ("", 9, 1, 0)], ids=str
)
@pytest.mark.parametrize(
    ("row", "is_like"),
    [
        ("S/1,2019-06-05,,,", True),
        (",2019-06-05,9,1,0", True),
        (",2019-06,,,", True),
        ("s/ 1,2019-06-05,,,", True),
        ("S/1,2019-06-06,,,", False),
        ("S/2,2019-06-05,9,0,1", False),
        (",2018,9,1,0", False),
    ],
)
def test_what_a_vote_does_not_say_contradicts_nothing(council, here, row, is_like):
    symbol, *tally = here
    counted = dict(zip(("tally_yes", "tally_no", "tally_abstain"), tally, strict=True))
    VoteFactory(body=council, symbol=symbol, held="2019-06-05", **counted)

    assert preview(votes(row), "votes.csv")[0] == (["duplicate"] if is_like else ["created"])


def test_another_symbol_or_another_tally_is_another_vote(council):
    VoteFactory(
        body=council, symbol="S/1", held="2019-06-05", tally_yes=9, tally_no=1, tally_abstain=0
    )

    assert preview(votes("S/2,2019-06-05,,,", "S/1,2019-06-05,8,2,0"), "votes.csv")[0] == [
        "created",
        "created",
    ]


def test_every_veto_of_the_dataset_is_known_without_its_tally(council):
    with VETOES.open(encoding="utf-8") as file:
        vetoes = [row for row in csv.DictReader(file) if row["tally_yes"]]
    for row in vetoes:
        tally = {name: row[name] for name in VOTE_COLUMNS.split(",")[-3:]}
        VoteFactory(body=council, symbol=row["symbol"], held=row["held"], **tally)

    outcomes, _ = preview(
        votes(*(f"{row['symbol']},{row['held']},,," for row in vetoes)), "votes.csv"
    )

    assert outcomes == ["duplicate"] * 40


def test_looking_costs_as_much_for_twenty_rows_as_for_one(council):
    def cost(count):
        here()
        with CaptureQueriesContext(connection) as queries:
            preview(votes(*(f"S/{n},2019-06-05,,," for n in range(count))), "votes.csv")
            preview(
                stances(*(("china", "ports", f"20{n:02}", "", "") for n in range(count))),
                "stances.csv",
            )
        return len(queries)

    assert cost(20) == cost(1)


def test_two_votes_that_say_so_row_by_row_are_two(council):
    head, *rows = votes(*[",2024-01-10,4,2,9"] * 3).splitlines()
    upload = received(
        "\n".join([f"{head},create_anyway", f"{rows[0]},", f"{rows[1]},TRUE", f"{rows[2]},"]),
        "votes.csv",
    )
    assert outcomes(upload) == {2: "created", 3: "created", 4: "duplicate"}

    imports.choose(upload=upload, choices={4: "leave_out"})
    imported(upload)

    assert Vote.objects.count() == 2


def test_a_row_says_of_any_noun_that_it_is_another():
    text = (
        "slug,kind,name,create_anyway\n"
        "cn,state,China,true\n"
        "ru,state,Russia,false\n"
        "de,state,Germany,so\n"
    )
    upload = received(text, "actors.csv")

    assert list(outcomes(upload).values()) == ["created", "duplicate", "error"]
    assert upload.rows.get(line=4).faults[0][2] == "it is neither true nor false"


@pytest.mark.parametrize("closing_first", [True, False])
def test_a_file_closes_one_claim_and_opens_the_next(closing_first):
    open_end = here(since="2019", ref="a", position="opposes")
    head, closing, opening = stances(
        ("china", "ports", "2019", "2021", ""), ("china", "ports", "2022", "", "")
    ).split("\n")
    rows = [f"a,{closing}", f"b,{opening}"]

    upload = received(
        "\n".join([f"ref,{head}", *(rows if closing_first else rows[::-1])]), "stances.csv"
    )
    assert sorted(outcomes(upload).values()) == ["changed", "created"]
    imported(upload)

    assert list(Stance.objects.order_by("since").values_list("pk", "until")[:1]) == [
        (open_end.pk, "2021")
    ]


def test_what_a_file_changes_is_there_as_it_will_be():
    here(since="2019", until="2020", ref="a", position="opposes")
    head, longer, new = stances(
        ("china", "ports", "2019", "2023", ""), ("china", "ports", "2022", "", "")
    ).split("\n")

    outcome, _ = preview(f"ref,{head}\na,{longer}\nb,{new}\n", "stances.csv")

    assert outcome == ["changed", "duplicate"]


def test_a_meeting_that_a_file_puts_off_keeps_its_participants():
    meeting = MeetingFactory(since="2019-06-05", ref="a", participants=[{"actor": _actor("china")}])
    head = "ref,title,kind,status,since,participants,citations"
    rows = ("b,Talks,summit,held,2019-06-05,China,s", "c,Talks,summit,held,2019-06-07,China,s")

    assert preview("\n".join([head, *rows]), "meetings.csv")[0] == ["duplicate", "created"]
    assert preview("ref,since\na,2019-06-07", "meetings.csv")[0] == ["changed"]
    moved = '{"ref":"a","since":"2019-06-07"}'
    items = [dict(zip(head.split(","), row.split(","), strict=True)) for row in rows]
    outcome, alike = preview(
        "\n".join([moved, *(json.dumps(item) for item in items)]), "meetings.ndjson"
    )
    assert (outcome, alike[2][0][0]) == (["changed", "created", "duplicate"], meeting.pk)
