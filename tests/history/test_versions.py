"""Versions: one more for everything that changes a record or its parts,
none for what changes nothing.
"""

import pytest

from tests.factories import MeetingFactory, SourceFactory, StanceFactory
from tests.history.test_events import is_single, ways
from tests.history.ways import CHANGE, UPDATES
from tests.models.rows import execute, make, row_of, take_out
from tracker.history import snapshots
from tracker.history.versions import VersionHistory
from tracker.models import Event, Stance
from tracker.models.nouns import PARTS, RECORDS
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db
each_noun = pytest.mark.parametrize("model", RECORDS.values(), ids=[noun.value for noun in RECORDS])
each_part = pytest.mark.parametrize(
    ("noun", "model"),
    [(noun, model) for noun, parts in PARTS.items() for model in parts.values()],
    ids=lambda value: getattr(value, "__name__", str(value)),
)


def test_after_the_newest_version_there_is_none():
    history = VersionHistory({}, ends=(1, 4))

    assert (history.after(1), history.after(4)) == (4, None)
    assert (history.before(4), history.before(1)) == (1, None)


CITE = (
    "INSERT INTO tracker_stancecitation (stance_id, source_id, relation, locator_label, "
    "locator, quote, quote_language, credibility, ends) VALUES (%s, %s, 'supports', '', '', "
    "'', '', '', false)"
)


def version_and_state(record) -> tuple[int, str]:
    row = row_of(record)
    return row["version"], row["state"]


@ways(UPDATES)
def test_what_changes_nothing_writes_no_event_and_raises_no_version(model, way):
    record = make(model)
    way([record])
    record.refresh_from_db()
    row, events = row_of(record), Event.objects.count()

    way([record])
    record.save()
    execute(f"UPDATE {model._meta.db_table} SET id = id")

    assert row_of(record) == row
    assert Event.objects.count() == events


@each_noun
def test_a_change_raises_the_version_by_one_whatever_is_said(model):
    record = make(model)
    name, value = CHANGE[model]
    table = model._meta.db_table

    for version, requested in ((2, 2), (3, 900), (4, 1)):
        execute(
            f"UPDATE {table} SET {name} = %s, version = %s WHERE id = %s",
            *(f"{value} {version}", requested, record.pk),
        )
        assert version_and_state(record) == (version, "editing")
    events = Event.objects.count()
    execute(f"UPDATE {table} SET version = 1 WHERE id = %s", record.pk)
    assert version_and_state(record) == (4, "editing")
    assert Event.objects.count() == events


@each_noun
def test_who_saves_a_stale_record_writes_what_he_says_under_the_next_version(model):
    record = make(model)
    stale = model.objects.get(pk=record.pk)
    name, _ = CHANGE[model]
    for text in ("One", "Two"):
        model.objects.filter(pk=record.pk).update(**{name: text})

    stale.save()

    events = Event.objects.filter(noun=model._meta.model_name, record=record.pk, part="").order_by(
        "pk"
    )
    assert [event.after["version"] for event in events] == [1, 2, 3, 4]
    assert row_of(record)[name] == getattr(stale, name) == events[0].after[name]


@each_noun
def test_a_change_of_the_state_alone_keeps_it_and_any_other_sends_what_is_in_review_back_to_editing(
    model,
):
    record = make(model)
    name, value = CHANGE[model]

    for version, state, change in (
        (2, "in_review", {"state": "in_review"}),
        (3, "editing", {name: value}),
        (4, "in_review", {"state": "in_review", name: f"{value} again"}),
    ):
        model.objects.filter(pk=record.pk).update(**change)
        assert version_and_state(record) == (version, state)


@each_part
def test_a_change_of_parts_raises_the_version_once_a_statement_and_sends_the_record_back(
    noun, model
):
    record = getattr(make(model), noun)
    extra = (
        [record.resolutions.get()]
        if is_single(model)
        else [make(model, **{noun: record}) for _ in range(3)]
    )
    for row in extra:
        take_out(row)
        row.pk, row._state.adding = None, True

    for statement in (
        lambda: model.objects.bulk_create(extra),
        lambda: model.objects.filter(**{noun: record}).update(**dict([CHANGE[model]])),
        lambda: execute(f"DELETE FROM {model._meta.db_table} WHERE {noun}_id = %s", record.pk),
    ):
        type(record).objects.filter(pk=record.pk).update(state="in_review")
        version, _ = version_and_state(record)
        statement()
        assert version_and_state(record) == (version + 1, "editing")


def test_parts_of_several_records_changed_by_one_statement_raise_each_version_once():
    meetings = [MeetingFactory(citations=[{}, {}]) for _ in range(2)]
    bystander = MeetingFactory()

    execute(
        "UPDATE tracker_meetingcitation SET locator = 'page 9' WHERE meeting_id <> %s", bystander.pk
    )

    for meeting in meetings:
        assert row_of(meeting)["version"] == meeting.version + 1
    assert row_of(bystander)["version"] == bystander.version


def test_what_another_adds_meanwhile_is_not_of_the_version_that_it_has_to_wait_for(session):
    """Its event is older than that of the version, but nobody saw its part then."""
    stance, sources = StanceFactory(citations=[]), [SourceFactory() for _ in range(3)]
    one, other = session(), session()

    one.do("BEGIN")
    one.do(CITE, stance.pk, sources[0].pk)
    waiting = other.start(CITE, stance.pk, sources[1].pk)
    assert other.waits(waiting)
    one.do(CITE, stance.pk, sources[2].pk)
    one.do("COMMIT")
    waiting.result(timeout=20)

    def cited(version: int) -> list[int]:
        return sorted(
            part.source_id
            for part in snapshots.at(Noun.STANCE, stance.pk, version).parts["citation"]
        )

    first, second, third = (source.pk for source in sources)
    assert [cited(version) for version in (1, 2, 3, 4)] == [
        [],
        [first],
        [first, third],
        [first, second, third],
    ]


def test_a_record_deleted_before_its_parts_is_told_to_the_end():
    """Raw SQL may delete in any order,
    as foreign keys are looked at when the transaction commits.
    """
    stance = StanceFactory(citations=[{}])

    execute("DELETE FROM tracker_stance WHERE id = %s", stance.pk)
    execute("DELETE FROM tracker_stancecitation WHERE stance_id = %s", stance.pk)
    execute("SET CONSTRAINTS ALL IMMEDIATE")

    deletions = Event.objects.filter(noun="stance", record=stance.pk, after__isnull=True).order_by(
        "pk"
    )
    assert [event.part for event in deletions] == ["", "citation"]
    assert not Stance.objects.filter(pk=stance.pk).exists()
