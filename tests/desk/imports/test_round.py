"""An import as a whole: what it makes, and that the same files again change nothing."""

from pathlib import Path

import pytest

from tests.desk.imports.importing import (
    ALIGNMENT,
    CHINA,
    MEETING,
    RUSSIA,
    STANCE,
    WORLD,
    at,
    events_of,
    outcomes,
    planned,
    run,
    write,
)
from tracker import history
from tracker.desk import imports
from tracker.desk.imports import Action, FieldChange, Publish
from tracker.models import Actor, Alignment, Edition, Event, Issue, Meeting, Source, Stance
from tracker.models.nouns import RECORDS

pytestmark = pytest.mark.django_db


def test_all_six_nouns_are_made_with_their_parts(tmp_path: Path) -> None:
    done = run(write(tmp_path, **WORLD))
    assert done.counts.of(Action.CREATED) == 7
    stance = Stance.objects.get()
    assert (stance.actor.slug, stance.issue.slug, stance.position) == ("china", "syria", "supports")
    assert stance.citations.get().locator == "Syria, paragraph 1"
    assert Alignment.objects.get().counterpart.name == "Russia"
    meeting = Meeting.objects.get()
    assert [(p.actor.slug, p.role) for p in meeting.participants.order_by("pk")] == [
        ("china", "host"),
        ("russia", "participant"),
    ]
    assert meeting.issues.get().outcome == "They agreed."


def test_a_new_record_begins_at_version_1_with_all_its_parts(tmp_path: Path) -> None:
    run(write(tmp_path, **WORLD))
    versions = [
        version
        for model in RECORDS.values()
        for (version,) in model._default_manager.values_list("version")
    ]
    assert versions == [1] * 7


def test_history_tells_each_new_row_once_in_one_change_set_of_the_import(tmp_path: Path) -> None:
    events = events_of(lambda: run(write(tmp_path, **WORLD)))
    assert sorted(events) == sorted(
        [
            (noun, "", "inserted")
            for noun in ["actor", "actor", "issue", "source", "stance", "alignment", "meeting"]
        ]
        + [(noun, "citation", "inserted") for noun in ["stance", "alignment", "meeting"]]
        + [("meeting", part, "inserted") for part in ["participant", "participant", "discussion"]]
    )
    assert {event.changeset.channel for event in Event.objects.select_related("changeset")} == {
        "import"
    }


def test_the_same_files_again_change_nothing(tmp_path: Path) -> None:
    run(write(tmp_path, **WORLD))
    done = None

    def again() -> None:
        nonlocal done
        done = run(tmp_path)

    assert events_of(again) == []
    assert done is not None
    assert (
        done.counts.of(Action.SAME),
        done.counts.of(Action.CREATED),
        done.counts.of(Action.CHANGED),
    ) == (7, 0, 0)
    assert Stance.objects.get().version == 1


@pytest.mark.parametrize(
    ("changed", "events", "version"),
    [
        ({"confidence": "low"}, [("stance", "", "updated")], 2),
        ({"actor": "russia"}, [("stance", "", "updated")], 2),
        (
            {"citations": [{"source": "article", "locator": "Syria, paragraph 2"}]},
            [("stance", "citation", "updated"), ("stance", "", "updated")],
            2,
        ),
    ],
)
def test_one_changed_cell_is_exactly_one_update(
    tmp_path: Path, changed: dict[str, object], events: list[tuple[str, str, str]], version: int
) -> None:
    run(write(tmp_path, **WORLD))
    write(tmp_path, stances=[{**STANCE, **changed}])
    (updated,) = [outcome for outcome in outcomes(tmp_path) if outcome.action is not Action.SAME]
    assert (updated.action, updated.key, [change.field for change in updated.changes]) == (
        Action.CHANGED,
        "stance-1",
        list(changed),
    )
    assert events_of(lambda: run(tmp_path)) == events
    assert Stance.objects.get().version == version


def test_a_plan_tells_old_and_new_with_references_as_keys_and_writes_nothing(
    tmp_path: Path,
) -> None:
    run(write(tmp_path, **WORLD))
    write(
        tmp_path,
        alignments=[{**ALIGNMENT, "counterpart": "iran", "pattern": "parallel"}],
        actors=[CHINA, RUSSIA, {"slug": "iran", "kind": "state", "name": "Iran"}],
    )
    assert events_of(lambda: None) == events_of(lambda: planned(tmp_path)) == []
    changed = [outcome for outcome in outcomes(tmp_path) if outcome.action is Action.CHANGED]
    assert changed[0].changes == (
        FieldChange("counterpart", "russia", "iran"),
        FieldChange("pattern", "coordinated", "parallel"),
    )
    assert [outcome.key for outcome in outcomes(tmp_path) if outcome.action is Action.CREATED] == [
        "iran"
    ]


def test_a_plan_tells_a_changed_part_as_two_lists_with_keys(tmp_path: Path) -> None:
    run(write(tmp_path, **WORLD))
    write(tmp_path, meetings=[{**MEETING, "participants": [{"actor": "russia", "role": "host"}]}])
    (changed,) = [outcome for outcome in outcomes(tmp_path) if outcome.action is Action.CHANGED]
    (change,) = changed.changes
    assert [(item["actor"], item["role"]) for item in change.old] == [
        ("china", "host"),
        ("russia", "participant"),
    ]
    assert [(item["actor"], item["role"]) for item in change.new] == [("russia", "host")]


def test_a_missing_column_is_left_alone_and_an_empty_cell_is_no_value(tmp_path: Path) -> None:
    run(write(tmp_path, **WORLD))
    Stance.objects.update(standing="contested", standing_note="Rivals exist.", hedged=True)
    write(tmp_path, stances="ref,summary,standing,since\nstance-1,,,\n")
    run(tmp_path / "stances.csv")
    stance = Stance.objects.get()
    assert (stance.summary, stance.since, stance.standing, stance.hedged) == (
        "",
        "",
        "accepted",
        True,
    )
    assert stance.standing_note == "Rivals exist."
    assert stance.citations.count() == 1


def test_files_of_one_noun_may_be_several_and_the_order_of_files_does_not_matter(
    tmp_path: Path,
) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
    write(tmp_path / "first", stances=[STANCE], actors=[CHINA])
    write(tmp_path / "second", actors=[RUSSIA], issues=WORLD["issues"], sources=WORLD["sources"])
    run(tmp_path / "first", tmp_path / "second")
    assert (Actor.objects.count(), Stance.objects.count()) == (2, 1)


def test_what_cannot_be_published_is_told_by_line_and_nothing_stays(tmp_path: Path) -> None:
    rival = {**STANCE, "ref": "stance-2", "position": "opposes"}
    uncited = {**STANCE, "ref": "stance-3", "actor": "russia", "citations": []}
    write(tmp_path, **{**WORLD, "stances": [STANCE, rival, uncited]})
    with pytest.raises(imports.ImportRefusedError) as refused:
        run(tmp_path, publish=Publish.ALL_OR_NOTHING)
    places = {at(fault) for fault in refused.value.faults}
    assert ("stances.csv", 4, "citations") in places
    assert places & {("stances.csv", 2, "standing"), ("stances.csv", 3, "standing")}
    assert not Source.objects.exists()
    assert not Edition.objects.exists()


def test_nothing_is_imported_outside_a_change(tmp_path: Path) -> None:
    plan = planned(write(tmp_path, issues=WORLD["issues"]))
    with pytest.raises(history.OutsideChangeSetError):
        imports.apply(plan=plan)
    assert not Issue.objects.exists()
