"""Claims and meetings that are there already, or twice in a file, are found before they are imported."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
    VoteFactory,
)
from tests.services.uploads.uploading import imported, outcomes, received
from tracker.models import Meeting, Stance
from tracker.services import uploads

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
    return "actor,issue,since,until,standing,position,basis,confidence,citations,standing_note\n" + "\n".join(lines)


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
        ("", "", True), ("2018", "", True), ("2018", "2018-06", False), ("2018", "2019", True),
        ("2019-06", "2020", True), ("2021", "", False), ("", "2018", False), ("2020-12-31", "", True),
    ],
)  # fmt: skip
def test_a_stance_of_the_same_actor_on_the_same_issue_at_the_same_time_is_there(since, until, is_like):
    stance = here(since="2019", until="2020")

    outcome, alike = preview(stances(("China", "ports", since, until, "accepted")), "stances.csv")

    assert outcome == (["duplicate"] if is_like else ["created"])
    assert alike == [[[stance.pk, None, "the same actor and issue, at the same time"]] if is_like else []]


def test_another_actor_another_issue_and_a_contested_one_are_not():
    here()

    rows = ("russia", "ports", "", "", ""), ("china", "dams", "", "", ""), ("china", "ports", "", "", "contested")
    assert preview(stances(*rows), "stances.csv")[0] == ["created"] * 3


def test_two_of_a_file_are_alike_and_the_one_used_is_imported_once():
    upload = received(stances(("china", "ports", "2019", "", ""), ("CHINA", "ports", "2020", "", "")), "stances.csv")
    assert outcomes(upload) == {2: "created", 3: "duplicate"}

    uploads.choose_all(upload=upload, what=uploads.Bulk.USE_EXISTING)
    imported(upload)

    assert Stance.objects.get().since == "2019"


def test_one_made_since_it_was_shown_is_noticed():
    upload = received(stances(("china", "ports", "", "", "")), "stances.csv")
    assert outcomes(upload) == {2: "created"}

    with pytest.raises(uploads.MovedOn):
        imported(upload, meanwhile=here)


@pytest.mark.parametrize(("first", "other"), [("china", "russia"), ("russia", "china")])
def test_an_alignment_is_there_whichever_way_the_pair_is_named(first, other):
    alignment = AlignmentFactory(actor=_actor("china"), counterpart=_actor("russia"), issue=_issue("ports"))
    head = "actor,counterpart,issue,pattern,basis,confidence,citations\n"

    outcome, alike = preview(f"{head}{first},{other},ports,coordinated,action,low,s\n", "alignments.csv")

    assert (outcome, alike[0][0][0]) == (["duplicate"], alignment.pk)
    assert preview(f"{head}{first},{other},dams,coordinated,action,low,s\n", "alignments.csv")[0] == ["created"]


@pytest.mark.parametrize(
    ("participants", "since", "is_like"),
    [
        ("China; Russia", "2019-06-05", True), ("russia (host); china", "2019-06", True),
        ("China", "2019-06-05", False), ("China; Russia", "2019-06-06", False), ("", "2019-06-05", False),
    ],
)  # fmt: skip
def test_a_meeting_of_the_same_participants_on_the_same_day_is_there(participants, since, is_like):
    MeetingFactory(since="2019-06-05", participants=[{"actor": _actor("china")}, {"actor": _actor("russia")}])
    MeetingFactory(since="2019-06-05", participants=[{"actor": _actor("china")}, {}])
    row = f"Talks,summit,held,{since},{participants},s\n"

    outcome, _ = preview(f"title,kind,status,since,participants,citations\n{row}", "meetings.csv")

    assert outcome == (["duplicate"] if is_like else ["created"])
    assert Meeting.objects.count() == 2


def test_looking_costs_as_much_for_twenty_rows_as_for_one():
    here()

    def cost(count):
        with CaptureQueriesContext(connection) as queries:
            preview(stances(*[("china", "ports", f"20{n:02}", "", "") for n in range(count)]), "stances.csv")
        return len(queries)

    assert cost(20) == cost(1)


def test_a_vote_of_the_same_body_day_symbol_and_tally_is_told_before_it_is_imported():
    council = ActorFactory(slug="council", kind="organization")
    vote = VoteFactory(body=council, symbol="S/1", held="2019-06-05", tally_yes=9, tally_no=1, tally_abstain=0)
    head = "ref,body,symbol,held,kind,outcome,tally_yes,tally_no,tally_abstain"
    rows = ["council,S/1,2019-06-05,draft,adopted,9,1,0", "council,S/1,2019-06-05,draft,adopted,9,0,1"]

    outcomes, duplicates = preview("\n".join([head, f"a,{rows[0]}", f"b,{rows[1]}", f"c,{rows[1]}"]), "votes.csv")

    assert outcomes == ["duplicate", "created", "duplicate"]
    assert [record for record, *_ in duplicates[0]] == [vote.pk]
    assert [line for _, line, *_ in duplicates[2]] == [3]
