"""Publishing with an import:
what it made and changed, and nothing that waits at the desk for another reason.
"""

from pathlib import Path

import pytest

from tests.desk.imports.importing import (
    ALIGNMENT,
    ARTICLE,
    CHINA,
    CITATION,
    MEETING,
    STANCE,
    SYRIA,
    WORLD,
    at,
    planned,
    run,
    write,
)
from tests.desk.merge.acts import merged
from tests.factories import ActorFactory
from tests.publishing.acts import (
    body,
    changes,
    changeset,
    chosen,
    edited,
    everything_stored,
    published,
    retracted,
)
from tracker import history
from tracker.desk import imports
from tracker.desk.imports import Publish
from tracker.models import Actor, Alignment, Edition, Issue, Meeting, Record, Source, Stance
from tracker.publishing.publish import publish
from tracker.values.vocabularies import Channel

pytestmark = pytest.mark.django_db
SECRET = "nobodymayreadthis"
WAITS = "it has edits that wait to be published: readers see version 1, the desk has 2"
CASES: list[tuple[type[Record], str, dict[str, object]]] = [
    (Issue, "issues", {**SYRIA, "summary": SECRET}),
    (Actor, "actors", {**CHINA, "summary": SECRET}),
    (Source, "sources", {**ARTICLE, "publisher": SECRET}),
    (Stance, "stances", {**STANCE, "summary": SECRET}),
    (Alignment, "alignments", {**ALIGNMENT, "summary": SECRET}),
    (Meeting, "meetings", {**MEETING, "summary": SECRET}),
]


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """Return a directory with files, of which one record each was published."""
    run(write(tmp_path, **WORLD), publish=Publish.ALL_OR_NOTHING)
    return tmp_path


def refused(directory: Path) -> list[tuple[str, int, str]]:
    """Return what is refused, by the plan as by the import: file, line and problem;
    nothing is published.
    """
    editions = Edition.objects.count()
    plan = planned(directory, publish=Publish.ALL_OR_NOTHING)
    with pytest.raises(imports.ImportRefusedError) as refusal:
        run(directory, publish=Publish.ALL_OR_NOTHING)
    assert list(refusal.value.faults) == list(plan.faults)
    assert Edition.objects.count() == editions
    return [(*at(fault)[:2], fault.filled(fault.message)) for fault in plan.faults]


@pytest.mark.parametrize(("model", "name", "row"), CASES, ids=[name for _, name, _ in CASES])
def test_somebodys_edit_of_a_row_that_is_the_same_is_named_and_refused(
    world: Path, model: type[Record], name: str, row: dict[str, object]
) -> None:
    record = model._default_manager.order_by("pk").first()
    edited(record, **{field: SECRET for field, value in row.items() if value == SECRET})

    assert refused(write(world, **{name: [row]})) == [(f"{name}.csv", 2, WAITS)]
    assert SECRET not in everything_stored()


def test_somebodys_part_of_a_record_that_the_file_changes_is_named_and_refused(world: Path) -> None:
    Stance.objects.get().citations.create(source=Source.objects.get(), quote=SECRET)
    write(world, stances=[{"ref": "stance-1", "confidence": "low"}])

    assert refused(world) == [("stances.csv", 2, WAITS)]


def test_a_draft_is_named_and_refused_whether_the_file_changes_it_or_not(world: Path) -> None:
    for slug in ("draft", "other"):
        ActorFactory(slug=slug, kind="state", name=slug)
    write(
        world,
        actors=[CHINA, {**CHINA, "slug": "draft", "name": "draft"}, {**CHINA, "slug": "other"}],
    )

    draft = "it is a draft, which waits to be published"
    assert refused(world) == [("actors.csv", 3, draft), ("actors.csv", 4, draft)]


def test_what_was_retracted_is_not_published_again_by_the_way(world: Path) -> None:
    meeting = Meeting.objects.get()
    retracted(meeting)

    assert run(world, publish=Publish.ALL_OR_NOTHING).edition is None
    assert refused(write(world, meetings=[{**MEETING, "place": "Moscow"}])) == [
        ("meetings.csv", 2, "it was withdrawn"),
    ]


def test_an_edit_that_was_made_after_the_plan_is_refused_by_the_import(world: Path) -> None:
    plan = planned(world, publish=Publish.ALL_OR_NOTHING)
    edited(Stance.objects.get(), summary=SECRET)

    with (
        pytest.raises(imports.ImportRefusedError) as refusal,
        history.changeset(made_by=None, reason="", channel=Channel.IMPORT),
    ):
        imports.apply(plan=plan)

    assert "stances.csv, line 2: it has edits" in str(refusal.value)


def test_what_waits_can_be_left_out(world: Path) -> None:
    stance, meeting = Stance.objects.get(), Meeting.objects.get()
    edited(stance, summary=SECRET)
    edited(meeting, summary=SECRET)
    stances, meetings = (
        [{"ref": "stance-1", "confidence": "low"}],
        [{"ref": "meeting-1", "place": "Moscow"}],
    )
    write(world, stances=stances, meetings=meetings, actors=[{**CHINA, "name": "PRC"}])
    edited(meeting, place="Moscow")

    done = run(world, publish=Publish.WHAT_DOES_NOT_WAIT)

    assert [at(fault)[:2] for fault in done.left_out] == [("meetings.csv", 2), ("stances.csv", 2)]
    stance.refresh_from_db()
    assert stance.confidence == "low"  # at the desk, where it waits with the rest
    assert body(stance)["confidence"] == "moderate"
    assert body(Actor.objects.get(slug="china"))["name"] == "PRC"
    assert SECRET not in everything_stored()


def test_only_what_the_import_made_and_changed_is_published(world: Path) -> None:
    citation = {**CITATION, "locator": "Syria, paragraph 2"}
    write(
        world,
        stances=[{**STANCE, "citations": [citation]}],
        actors=[CHINA, {**CHINA, "slug": "other"}],
    )

    done = run(world, publish=Publish.ALL_OR_NOTHING)

    assert changes(Edition.objects.get(number=done.edition)) == {
        ("stance", Stance.objects.get().pk): "updated",
        ("actor", Actor.objects.get(slug="other").pk): "published",
    }


def test_what_was_edited_and_edited_back_does_not_wait_once_that_is_noted(world: Path) -> None:
    stance = Stance.objects.get()
    edited(stance, summary=SECRET)
    edited(stance, summary=STANCE["summary"])
    assert refused(world) == [("stances.csv", 2, WAITS.replace("2", "3"))]
    with changeset():
        publish(records=chosen(stance))

    assert (
        run(
            write(world, stances=[{**STANCE, "confidence": "low"}]), publish=Publish.ALL_OR_NOTHING
        ).edition
        == 2
    )


def test_what_was_merged_stays_as_it_was_and_waits_for_nothing(world: Path) -> None:
    survivor = ActorFactory(kind="state")
    published(survivor)
    merged(Actor.objects.get(slug="china"), into=survivor)
    write(world, actors=[CHINA], stances=[{**STANCE, "confidence": "low"}])

    assert (
        run(world / "actors.csv", world / "stances.csv", publish=Publish.ALL_OR_NOTHING).edition
        == 4
    )
