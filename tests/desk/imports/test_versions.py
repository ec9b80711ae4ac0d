"""A file that says at which version it was written overwrites nothing that was typed since."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.desk.admin.lists.test_exporting import export
from tests.desk.imports.importing import faults, only_fault, outcomes, planned, run, write
from tests.desk.imports.uploading import imported, received
from tests.factories import ActorFactory, IssueFactory, SourceFactory, StanceFactory, VoteFactory
from tests.public.api.client import Reader
from tests.public.api.publishing import edit as published_edit
from tests.public.api.publishing import publish, publish_whole
from tracker.desk import imports
from tracker.desk.imports import Action, FieldChange
from tracker.models import Actor, Stance

pytestmark = pytest.mark.django_db


def test_what_was_typed_since_stays_and_what_the_file_changes_is_written(tmp_path: Path) -> None:
    stance = StanceFactory(summary="As it was.", confidence="low")
    yesterday = export(tmp_path)
    Stance.objects.update(summary="Typed since.")
    edit(yesterday / "stances.csv", "low", "high")

    (outcome,) = outcomes(yesterday / "stances.csv")
    run(yesterday)

    assert outcome.changes == (
        FieldChange("confidence", "low", "high"),
        FieldChange("summary", "As it was.", "Typed since.", stays=True),
    )
    stance.refresh_from_db()
    assert (stance.summary, stance.confidence) == ("Typed since.", "high")


def test_an_export_of_yesterday_changes_nothing(tmp_path: Path) -> None:
    stance, other = StanceFactory(summary="As it was."), ActorFactory(slug="other")
    citation = stance.citations.get()
    yesterday = export(tmp_path)
    Stance.objects.update(summary="Typed since.", actor=other, since="2020")
    citation.locator = "typed since"
    citation.save()
    Actor.objects.update(aliases=["typed", "since"])

    assert {outcome.action for outcome in outcomes(yesterday)} == {Action.SAME}
    run(yesterday)
    stance.refresh_from_db()
    assert (stance.summary, stance.actor, stance.since) == ("Typed since.", other, "2020")
    assert stance.citations.get().locator == "typed since"


def test_what_both_changed_is_refused_with_both(tmp_path: Path) -> None:
    stance = StanceFactory(summary="As it was.")
    yesterday = export(tmp_path)
    Stance.objects.update(summary="Typed since.")
    edit(yesterday / "stances.csv", "As it was.", "Of the file.")

    assert str(only_fault(yesterday / "stances.csv")) == (
        "stances.csv, line 2, summary: “Of the file.”: it was changed at the desk since version 2, "
        "from “As it was.” to “Typed since.”; write what is meant, and 3 as its version"
    )
    with pytest.raises(imports.ImportRefusedError):
        run(yesterday)
    edit(yesterday / "stances.csv", f"{stance.pk},2,", f"{stance.pk},3,")
    run(yesterday)
    stance.refresh_from_db()
    assert stance.summary == "Of the file."


def test_what_both_changed_alike_is_no_dispute(tmp_path: Path) -> None:
    StanceFactory(summary="As it was.")
    yesterday = export(tmp_path)
    Stance.objects.update(summary="The same.")
    edit(yesterday / "stances.csv", "As it was.", "The same.")

    assert [outcome.action for outcome in outcomes(yesterday / "stances.csv")] == [Action.SAME]


def test_parts_are_told_with_keys(tmp_path: Path) -> None:
    source = SourceFactory(ref="seen")
    stance = StanceFactory(citations=[{"source": source, "locator": "1"}])
    yesterday = export(tmp_path)
    stance.citations.update(locator="2")
    edit(yesterday / "stances.csv", '""locator"":""1""', '""locator"":""3""')

    fault = only_fault(yesterday / "stances.csv")
    assert fault.column == "citations"
    assert '“[{"source":"seen"' in fault.text
    assert '"locator":"1"' in fault.params["was"]
    assert '"locator":"2"' in fault.params["here"]
    assert '"locator":"3"' in fault.value


def test_lists_references_and_ballots_are_merged_like_texts(tmp_path: Path) -> None:
    russia, china, syria = (
        ActorFactory(slug="russia"),
        ActorFactory(slug="china", aliases=["a"]),
        IssueFactory(slug="syria"),
    )
    stance = StanceFactory(actor=russia, issue=syria)
    vote = VoteFactory(
        tally_yes=2,
        tally_no=1,
        tally_abstain=1,
        ballots=[{"actor": china, "choice": "yes"}, {"actor": russia, "choice": "no"}],
    )
    yesterday = export(tmp_path)
    Stance.objects.update(actor=china)
    vote.ballots.filter(actor=russia).update(choice="abstain")
    Actor.objects.filter(pk=china.pk).update(aliases=["a", "b"])
    edit(yesterday / "stances.csv", ",russia,", ",syria-arab-republic,")
    edit(yesterday / "actors.csv", '"[""a""]"', '"[""c""]"')
    edit(yesterday / "votes.csv", '""choice"":""no""', '""choice"":""yes""')
    ActorFactory(slug="syria-arab-republic")

    disputes = {
        (fault.column, fault.params["was"], fault.params["here"])
        for fault in planned(yesterday).faults
    }
    assert {column for column, _, _ in disputes} == {"actor", "aliases", "ballots"}
    assert ("actor", "russia", "china") in disputes
    assert ("aliases", '["a"]', '["a","b"]') in disputes
    stance.refresh_from_db()
    assert stance.actor == china


def test_a_file_of_today_empties_and_confirms_as_ever(tmp_path: Path) -> None:
    stance = StanceFactory(summary="As it was.", confirmed_on=None)
    yesterday = export(tmp_path)
    stance.citations.update(locator="typed since")
    edit(yesterday / "stances.csv", "As it was.", "")
    run(yesterday)
    stance.refresh_from_db()
    assert (stance.summary, stance.confirmed_on) == ("", None)
    assert stance.citations.get().locator == "typed since"


@pytest.mark.parametrize("version", ["3", "999999", "0", "x", str(2**31), str(10**17)])
def test_a_version_that_the_desk_never_had_is_refused(tmp_path: Path, version: str) -> None:
    stance = StanceFactory()
    write(tmp_path, stances=f"id,version,summary\n{stance.pk},{version},Of the file.\n")
    assert faults(tmp_path) == [("stances.csv", 2, "version")]


def test_a_version_of_a_record_that_is_not_here_is_refused(tmp_path: Path) -> None:
    known = ActorFactory(ref="known")
    assert faults(write(tmp_path, actors="id,version,slug,kind,name\n4711,1,new,state,New\n")) == [
        ("actors.csv", 2, "version")
    ]
    assert faults(write(tmp_path, actors="id,version,ref,name\n4711,1,known,New\n")) == [
        ("actors.csv", 2, "version")
    ]
    run(write(tmp_path, actors="id,version,ref,name\n4711,,known,New\n"))
    known.refresh_from_db()
    assert known.name == "New"


def test_what_the_desk_api_tells_is_imported_with_its_version(tmp_path: Path) -> None:
    StanceFactory(summary="As it was.")
    header = "version,state,public,author,merged_into,id,summary\n"
    Stance.objects.update(summary="Typed since.")
    write(tmp_path, stances=f"{header}2,draft,,anna,,{Stance.objects.get().pk},As it was.\n")
    assert [outcome.action for outcome in outcomes(tmp_path)] == [Action.SAME]


def test_one_statement_more_however_many_rows_are_of_an_earlier_version(tmp_path: Path) -> None:
    def cost(count: int, *, is_old: bool) -> int:
        stances = StanceFactory.create_batch(count)
        rows: list[dict[str, Any]] = [
            {"id": stance.pk, "version": 2, "hedged": "true"} for stance in stances
        ]
        if is_old:
            Stance.objects.update(summary="Typed since.")
        write(tmp_path, stances=rows)
        with CaptureQueriesContext(connection) as queries:
            assert not planned(tmp_path).faults
        return len(queries)

    assert cost(20, is_old=False) + 1 == cost(1, is_old=True) == cost(20, is_old=True)


def edit(file: Path, old: str, new: str) -> None:
    """Write other text into a file."""
    text = file.read_bytes().decode()
    assert old in text
    file.write_bytes(text.replace(old, new).encode())


def test_what_is_typed_between_the_look_and_the_import_is_not_overwritten() -> None:
    stance = StanceFactory(summary="As it was.")
    upload = received(f"id,version,summary\n{stance.pk},2,Of the file.\n", "stances.csv")

    with pytest.raises(
        imports.ImportRefusedError,
        match="it was changed at the desk since version 2, from “As it was",
    ):
        imported(upload, meanwhile=lambda: Stance.objects.update(summary="Typed since."))

    stance.refresh_from_db()
    assert stance.summary == "Typed since."


def test_an_export_of_before_a_new_slug_changes_nothing_nor_does_what_readers_had(
    tmp_path: Path,
) -> None:
    """A slug that was public means its actor for ever, in ballots too."""
    china = ActorFactory(slug="china")
    vote = VoteFactory(ballots=[{"actor": china, "choice": "no", "note": "It said why."}])
    publish_whole(vote)
    before = export(tmp_path)
    publish(published_edit(china, slug="prc"))
    lines = b"".join(Reader().get("votes.csv"))
    assert b"china" in lines

    changed = {outcome.action for outcome in outcomes(before / "votes.csv")}
    (tmp_path / "votes.csv").write_bytes(lines)

    assert (
        changed == {outcome.action for outcome in outcomes(tmp_path / "votes.csv")} == {Action.SAME}
    )
