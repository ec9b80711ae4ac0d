"""Cells of an earlier version that the file left as they were:
the desk's stay, and nothing in them is judged.
"""

from datetime import date
from pathlib import Path

import pytest

from tests.desk.admin.lists.test_exporting import export
from tests.desk.imports.importing import STANCE, faults, only_fault, outcomes, run, write
from tests.desk.imports.test_versions import edit
from tests.factories import ActorFactory, IssueFactory, SourceFactory, StanceFactory, VoteFactory
from tracker.desk.imports import Action
from tracker.models import Stance, Vote

pytestmark = pytest.mark.django_db


def actions(*paths: Path) -> set[Action]:
    return {outcome.action for outcome in outcomes(*paths)}


def test_a_tally_of_the_desk_is_held_against_its_ballots_and_not_the_files(tmp_path: Path) -> None:
    vote = VoteFactory(
        title="Before",
        tally_yes=2,
        tally_no=0,
        tally_abstain=0,
        ballots=[{"actor": ActorFactory(), "choice": "yes"} for _ in range(2)],
    )
    yesterday = export(tmp_path)
    vote.ballots.all()[0].delete()
    Vote.objects.update(tally_yes=1)
    edit(yesterday / "votes.csv", "Before", "After")

    run(yesterday / "votes.csv")
    vote.refresh_from_db()
    assert (vote.title, vote.tally_yes, vote.ballots.count()) == ("After", 1, 1)


def test_a_tally_of_the_file_is_held_against_the_ballots_of_the_desk(tmp_path: Path) -> None:
    vote = VoteFactory(ballots=[{"actor": ActorFactory(), "choice": "yes"}])
    before, (china,) = Vote.objects.get().version, vote.ballots.all()
    vote.ballots.create(actor=ActorFactory(), choice="yes")
    tally = {"tally_yes": 1, "tally_no": 0, "tally_abstain": 0}
    ballots = [{"actor": china.actor.slug, "choice": "yes"}]
    write(tmp_path, votes=[{"id": vote.pk, "version": before, **tally, "ballots": ballots}])

    assert only_fault(tmp_path).message.startswith("{cast} members cast")


def test_a_reference_to_what_was_deleted_or_renamed_since_is_none_of_the_files(
    tmp_path: Path,
) -> None:
    gone, renamed, other = ActorFactory(slug="gone"), IssueFactory(slug="before"), ActorFactory()
    source = SourceFactory(ref=None)
    stance = StanceFactory(
        actor=gone, issue=renamed, citations=[{"source": source}], confidence="low"
    )
    yesterday = export(tmp_path)
    Stance.objects.update(actor=other)
    stance.citations.update(source=SourceFactory())
    gone.delete()
    source.delete()
    renamed.slug = "after"
    renamed.save()
    edit(yesterday / "stances.csv", ",low,", ",high,")

    run(yesterday / "stances.csv")
    stance.refresh_from_db()
    assert (stance.actor, stance.issue, stance.confidence) == (other, renamed, "high")
    edit(yesterday / "stances.csv", ",gone,", ",goner,")
    assert faults(yesterday / "stances.csv") == [("stances.csv", 2, "actor")]


def test_an_issue_that_lost_its_question_is_not_taken_anew(tmp_path: Path) -> None:
    before, after = IssueFactory(), IssueFactory()
    StanceFactory(issue=before)
    yesterday = export(tmp_path)
    Stance.objects.update(issue=after)
    before.question = ""
    before.save()

    assert actions(yesterday / "stances.csv") == {Action.SAME}


def test_old_texts_that_stay_may_have_what_none_may_have(tmp_path: Path) -> None:
    stance = StanceFactory(
        summary="a\x0bb", citations=[{"source": SourceFactory(), "locator": "p.\n3"}]
    )
    yesterday = export(tmp_path)
    stance.citations.update(locator="p. 4")
    Stance.objects.update(summary="ab")

    assert actions(yesterday / "stances.csv") == {Action.SAME}


@pytest.mark.parametrize("is_old", [True, False])
def test_a_program_that_ends_lines_otherwise_changes_nothing(tmp_path: Path, is_old: bool) -> None:
    stance = StanceFactory(summary="one\ntwo", confidence="low")
    yesterday = export(tmp_path)
    Stance.objects.update(**({"summary": "typed\nsince"} if is_old else {"confidence": "moderate"}))
    edit(yesterday / "stances.csv", "one\ntwo", "one\r\ntwo")

    assert actions(yesterday / "stances.csv") == {Action.SAME}
    stance.refresh_from_db()
    edit(yesterday / "stances.csv", "one\r\ntwo", "one\r\nthree")
    if is_old:
        assert only_fault(yesterday / "stances.csv").code == "conflict"
    else:
        run(yesterday / "stances.csv")
        assert Stance.objects.get().summary == "one\nthree"


def test_an_issue_that_the_desk_emptied_since_takes_no_stance(tmp_path: Path) -> None:
    """The row of the issue stays as the desk has it, so its question is none to ask."""
    issue, actor = IssueFactory(slug="syria", question="Should it?"), ActorFactory(slug="china")
    SourceFactory(ref="article")
    file = export(tmp_path) / "issues.csv"
    write(tmp_path, stances=[STANCE])
    stances = tmp_path / "stances.csv"
    issue.question = ""
    issue.save()

    assert faults(file, stances) == [("stances.csv", 2, "issue")]

    file = export(tmp_path) / "issues.csv"
    write(tmp_path, stances=[STANCE])
    issue.question = "Should it by now?"
    issue.save()
    run(file, stances)
    assert Stance.objects.get().actor == actor


def test_a_claim_is_confirmed_by_the_day_that_the_desk_has_of_its_source(tmp_path: Path) -> None:
    IssueFactory(slug="syria")
    ActorFactory(slug="china")
    source = SourceFactory(ref="article", issued="2019-06-05", accessed_on=None)
    file = export(tmp_path) / "sources.csv"
    write(tmp_path, stances=[STANCE])
    source.issued = "2020-07-08"
    source.save()

    run(file, tmp_path / "stances.csv")
    assert Stance.objects.get().confirmed_on == date(2020, 7, 8)


def test_an_issue_that_was_moved_since_is_no_ancestor_of_its_parent(tmp_path: Path) -> None:
    upper, lower = IssueFactory(slug="upper", question=""), IssueFactory(slug="lower")
    lower.parent = upper
    lower.save()
    lower.parent = None
    lower.save()
    rows = [
        {"id": lower.pk, "version": 2, "parent": "upper"},
        {"id": upper.pk, "version": 1, "parent": "lower"},
    ]
    write(tmp_path, issues=rows)

    run(tmp_path / "issues.csv")
    upper.refresh_from_db()
    assert upper.parent == lower
