"""Versions: one more for everything that changes a record or its parts, none for what changes nothing."""

import random

import pytest

from tests.factories import ActorFactory, IssueFactory, MeetingFactory, SourceFactory, StanceFactory
from tests.history.ways import CHANGE, UPDATES
from tests.models.rows import DESK, execute, make, row_of
from tracker.history import snapshots
from tracker.models import Event, Meeting, Stance
from tracker.models.nouns import PARTS, RECORDS
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db
each_noun = pytest.mark.parametrize("model", RECORDS.values(), ids=[noun.value for noun in RECORDS])
each_part = pytest.mark.parametrize(
    ("noun", "model"),
    [(noun, model) for noun, parts in PARTS.items() for model in parts.values()],
    ids=lambda value: getattr(value, "__name__", str(value)),
)

CITE = (
    "INSERT INTO tracker_stancecitation (stance_id, source_id, relation, locator_label, locator, quote, "
    "quote_language, credibility) VALUES (%s, %s, 'supports', '', '', '', '', '')"
)


def version_and_state(record) -> tuple[int, str]:
    row = row_of(record)
    return row["version"], row["state"]


@pytest.mark.parametrize("model", DESK, ids=lambda model: model.__name__)
@pytest.mark.parametrize("way", UPDATES, ids=lambda way: way.__name__)
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
            f"UPDATE {table} SET {name} = %s, version = %s WHERE id = %s", *(f"{value} {version}", requested, record.pk)
        )
        assert version_and_state(record) == (version, "editing")


@each_noun
def test_the_version_is_never_lowered(model):
    record = make(model)
    execute(f"UPDATE {model._meta.db_table} SET {CHANGE[model][0]} = 'Other' WHERE id = %s", record.pk)
    events = Event.objects.count()

    execute(f"UPDATE {model._meta.db_table} SET version = 1 WHERE id = %s", record.pk)

    assert version_and_state(record) == (2, "editing")
    assert Event.objects.count() == events


@each_noun
def test_who_saves_a_stale_record_writes_what_he_says_under_the_next_version(model):
    record = make(model)
    stale = model.objects.get(pk=record.pk)
    name, _ = CHANGE[model]
    for text in ("One", "Two"):
        model.objects.filter(pk=record.pk).update(**{name: text})

    stale.save()

    events = Event.objects.filter(noun=model._meta.model_name, record=record.pk, part="").order_by("pk")
    assert [event.after["version"] for event in events] == [1, 2, 3, 4]
    assert row_of(record)[name] == getattr(stale, name) == events[0].after[name]


@each_noun
def test_a_change_of_the_state_alone_raises_the_version_and_keeps_the_state(model):
    record = make(model)

    model.objects.filter(pk=record.pk).update(state="in_review")

    assert version_and_state(record) == (2, "in_review")


@each_noun
def test_a_change_sends_what_is_in_review_back_to_editing(model):
    record = make(model)
    name, value = CHANGE[model]
    model.objects.filter(pk=record.pk).update(state="in_review")

    model.objects.filter(pk=record.pk).update(**{name: value})

    assert version_and_state(record) == (3, "editing")


@each_noun
def test_what_is_changed_and_submitted_at_once_is_in_review(model):
    record = make(model)
    name, value = CHANGE[model]

    model.objects.filter(pk=record.pk).update(state="in_review", **{name: value})

    assert version_and_state(record) == (2, "in_review")


@each_part
@pytest.mark.parametrize("operation", ["insert", "update", "delete"])
def test_a_change_of_parts_raises_the_version_once_a_statement_and_sends_the_record_back(noun, model, operation):
    parts = [make(model)]
    record = getattr(parts[0], noun)
    parts += [make(model, **{noun: record}) for _ in range(2)]
    extra = make(model, **{noun: record})
    type(extra).objects.filter(pk=extra.pk).delete()
    extra.pk, extra._state.adding = None, True
    type(record).objects.filter(pk=record.pk).update(state="in_review")
    version, state = version_and_state(record)
    assert state == "in_review"

    if operation == "insert":
        model.objects.bulk_create([extra])
    elif operation == "update":
        model.objects.filter(**{noun: record}).update(**dict([CHANGE[model]]))
    else:
        execute(f"DELETE FROM {model._meta.db_table} WHERE {noun}_id = %s", record.pk)

    assert version_and_state(record) == (version + 1, "editing")


def test_parts_of_several_records_changed_by_one_statement_raise_each_version_once():
    meetings = [MeetingFactory(citations=[{}, {}]) for _ in range(2)]
    bystander = MeetingFactory()

    execute("UPDATE tracker_meetingcitation SET locator = 'page 9' WHERE meeting_id <> %s", bystander.pk)

    for meeting in meetings:
        assert row_of(meeting)["version"] == meeting.version + 1
    assert row_of(bystander)["version"] == bystander.version


def test_two_who_add_parts_at_the_same_moment_raise_the_version_twice(session):
    stance, sources = StanceFactory(citations=[]), [SourceFactory(), SourceFactory()]
    one, other = session(), session()

    one.do("BEGIN")
    one.do(CITE, stance.pk, sources[0].pk)
    waiting = other.start(CITE, stance.pk, sources[1].pk)
    assert other.waits(waiting)
    one.do("COMMIT")
    waiting.result(timeout=20)

    assert row_of(stance)["version"] == 3
    assert_versions_are_what_they_were(Noun.STANCE, stance, {3: (row_of(stance), parts_of(Noun.STANCE, stance))})


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
        return sorted(part.source_id for part in snapshots.at(Noun.STANCE, stance.pk, version).parts["citation"])

    first, second, third = (source.pk for source in sources)
    assert [cited(version) for version in (1, 2, 3, 4)] == [[], [first], [first, third], [first, second, third]]


# A version is what the events up to it amount to ---------------------------------------------------------------------


def parts_of(noun, record) -> dict[str, list[dict]]:
    """Return the rows of each part, as they are."""
    return {
        name: [row_of(part) for part in model.objects.filter(**{noun: record}).order_by("pk")]
        for name, model in PARTS[noun].items()
    }


def assert_versions_are_what_they_were(noun, record, remembered) -> None:
    for version, (row, parts) in remembered.items():
        assert folded(noun, record.pk, version) == (row, parts)
        at = snapshots.at(noun, record.pk, version)
        assert at is not None
        assert (at.record.pk, at.record.version) == (record.pk, version)
        assert {name: [part.pk for part in rows] for name, rows in at.parts.items()} == {
            name: [part["id"] for part in rows] for name, rows in parts.items()
        }


def folded(noun, record, version) -> tuple[dict, dict[str, list[dict]]]:
    """Put a record together from its events up to the one of itself that carries the version."""
    own = Event.objects.get(noun=noun, record=record, part="", after__version=version)
    rows: dict[str, dict[int, dict]] = {name: {} for name in PARTS[noun]}
    for event in Event.objects.filter(noun=noun, record=record, pk__lt=own.pk).exclude(part="").order_by("pk"):
        if event.after is None:
            del rows[event.part][event.row]
        else:
            rows[event.part][event.row] = event.after
    return own.after, {name: [rows_by_id[pk] for pk in sorted(rows_by_id)] for name, rows_by_id in rows.items()}


@pytest.mark.parametrize("seed", range(4))
def test_a_version_is_what_its_events_amount_to(seed):
    """A meeting is changed at random, and remembered after every statement."""
    chance = random.Random(seed)
    actors, issues = [ActorFactory() for _ in range(4)], [IssueFactory() for _ in range(4)]
    sources = [SourceFactory() for _ in range(4)]
    meeting = MeetingFactory(citations=[])
    remembered = {}

    for step in range(40):
        match chance.randrange(6):
            case 0:
                Meeting.objects.filter(pk=meeting.pk).update(summary=f"Step {step}.")
            case 1:
                Meeting.objects.filter(pk=meeting.pk).update(state=chance.choice(["editing", "in_review"]))
            case 2:
                meeting.participants.get_or_create(actor=chance.choice(actors))
            case 3:
                meeting.issues.get_or_create(issue=chance.choice(issues))
            case 4:
                meeting.citations.update_or_create(source=chance.choice(sources), defaults={"locator": f"p. {step}"})
            case 5:
                chance.choice([meeting.participants, meeting.issues, meeting.citations]).all().delete()
        row = row_of(meeting)
        remembered[row["version"]] = (row, parts_of(Noun.MEETING, meeting))

    assert sorted(remembered) == list(range(min(remembered), max(remembered) + 1))
    assert_versions_are_what_they_were(Noun.MEETING, meeting, remembered)


def test_a_record_deleted_before_its_parts_is_told_to_the_end():
    """Raw SQL may delete in any order, as foreign keys are looked at when the transaction commits."""
    stance = StanceFactory(citations=[{}])

    execute("DELETE FROM tracker_stance WHERE id = %s", stance.pk)
    execute("DELETE FROM tracker_stancecitation WHERE stance_id = %s", stance.pk)
    execute("SET CONSTRAINTS ALL IMMEDIATE")

    deletions = Event.objects.filter(noun="stance", record=stance.pk, after__isnull=True).order_by("pk")
    assert [event.part for event in deletions] == ["", "citation"]
    assert not Stance.objects.filter(pk=stance.pk).exists()
