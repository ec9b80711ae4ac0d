"""Events: whatever writes a row, in whichever way, what happened is written down,
exactly and once.
"""

import pytest
from django.conf import settings

from tests.factories import ActorFactory, StanceFactory
from tests.history.ways import CHANGE, DELETES, INSERTS, ONE_BY_ONE, UPDATES
from tests.models.rows import DESK, execute, make, row_of
from tracker.models import Event, Stance, StanceCitation
from tracker.models.nouns import PARTS, RECORDS
from tracker.models.tables import table_of

pytestmark = pytest.mark.django_db
NAMES = {
    **{model: (noun.value, "", "id") for noun, model in RECORDS.items()},
    **{
        part: (noun.value, name, f"{noun}_id")
        for noun, parts in PARTS.items()
        for name, part in parts.items()
    },
}
# of an actor
COLUMNS = "slug, kind, name, short_name, names, aliases, summary, since, until, wikidata_id, state"


def ways(ways_to_write):
    """Return a parameter for each table, written in one way,
    and for a record and a part in all others.
    """
    last = ways_to_write[-1]
    grid = [(model, last) for model in DESK]
    grid += [
        (model, way)
        for model in (Stance, StanceCitation)
        for way in ways_to_write
        if way is not last
    ]
    return pytest.mark.parametrize(("model", "way"), grid, ids=lambda value: value.__name__)


def two(model) -> list:
    """Make two records, or two parts of one record; of two, where each has one part at most."""
    first = make(model)
    noun, part, _ = NAMES[model]
    return [
        first,
        make(model, **{noun: getattr(first, noun)} if part and not is_single(model) else {}),
    ]


def is_single(model) -> bool:
    """Tell whether a record has at most one of a part."""
    return table_of(model).key == (NAMES[model][2],)


def new(model) -> list:
    """Return two records, or parts of one record, that are not in the database."""
    records = two(model)
    for record in records:
        type(record).objects.filter(pk=record.pk).delete()
        record.pk, record._state.adding = None, True
    return records


def owner_of(record) -> int:
    return getattr(record, NAMES[type(record)][2])


def latest() -> int:
    return Event.objects.latest("id").pk


def events_since(event: int, *, of_parts: bool) -> list[tuple]:
    """Return noun, record, part, row, before and after of each event since, in order;
    of parts or of records only.
    """
    events = Event.objects.filter(pk__gt=event).order_by("pk")
    return [
        (e.noun, e.record, e.part, e.row, e.before, e.after)
        for e in events
        if bool(e.part) == of_parts
    ]


def versions_since(event: int) -> list[tuple[int, int]]:
    """Return the version before and after in each event of a record."""
    return [
        (before["version"], after["version"])
        for *_, before, after in events_since(event, of_parts=False)
    ]


@ways(INSERTS)
def test_an_insert_writes_an_event_for_each_row(model, way):
    records = new(model)
    noun, part, _ = NAMES[model]
    before, known = latest(), set(model.objects.values_list("pk", flat=True))

    way(records)

    inserted = list(model.objects.exclude(pk__in=known).order_by("pk"))
    assert len(inserted) == 2
    assert events_since(before, of_parts=bool(part)) == [
        (noun, owner_of(row), part, row.pk, None, row_of(row)) for row in inserted
    ]
    if part:
        assert len(versions_since(before)) == (2 if way in ONE_BY_ONE or is_single(model) else 1)


@ways(UPDATES)
def test_an_update_writes_an_event_for_each_row(model, way):
    records = two(model)
    noun, part, _ = NAMES[model]
    for record in records:
        record.refresh_from_db()
    rows, before = [row_of(record) for record in records], latest()

    way(records)

    name, value = CHANGE[model]
    assert events_since(before, of_parts=bool(part)) == [
        (noun, owner_of(record), part, record.pk, row, row_of(record))
        for record, row in zip(records, rows, strict=True)
    ]
    for record, row in zip(records, rows, strict=True):
        raised = {} if part else {"version": row["version"] + 1}
        now = row_of(record)
        computed = {
            field.column: now[field.column]
            for field in model._meta.concrete_fields
            if field.generated
        }
        assert now == {**row, name: value, **raised, **computed}
    if part:
        assert len(versions_since(before)) == (2 if way in ONE_BY_ONE or is_single(model) else 1)


@ways(DELETES)
def test_a_delete_writes_an_event_for_each_row(model, way):
    records = two(model)
    noun, part, _ = NAMES[model]
    gone, before = [(record.pk, owner_of(record), row_of(record)) for record in records], latest()

    way(records)

    assert not model.objects.filter(pk__in=[pk for pk, *_ in gone]).exists()
    assert events_since(before, of_parts=bool(part)) == [
        (noun, owner, part, pk, row, None) for pk, owner, row in gone
    ]
    if part:
        assert len(versions_since(before)) == (2 if way in ONE_BY_ONE or is_single(model) else 1)


def test_deleting_a_record_tells_of_its_parts_too():
    stance = StanceFactory(citations=[{}, {}])
    before = latest()

    stance.delete()

    events = Event.objects.filter(pk__gt=before).order_by("pk")
    written = [(event.part, event.before is None, event.after is None) for event in events]
    assert written == [("citation", False, True)] * 2 + [("", False, False), ("", False, True)]


def test_a_merge_statement_writes_what_it_inserted_and_what_it_changed():
    actor = ActorFactory(slug="china")
    before = latest()

    execute(
        "MERGE INTO tracker_actor t USING (VALUES ('china'), ('russia')) AS s (slug) ON "
        "t.slug = s.slug "
        "WHEN MATCHED THEN UPDATE SET name = 'China' "
        f"WHEN NOT MATCHED THEN INSERT ({COLUMNS}) "
        "VALUES (s.slug, 'state', 'Russia', '', '{}', '{}', '', '', '', '', 'editing')"
    )

    names = {
        (e.before and e.before["name"], e.after["name"])
        for e in Event.objects.filter(pk__gt=before)
    }
    assert names == {(actor.name, "China"), (None, "Russia")}
    assert Event.objects.filter(pk__gt=before).count() == 2


def test_an_upsert_writes_what_it_came_to():
    actor = ActorFactory(slug="china")
    before = latest()

    for _ in range(2):
        execute(
            f"INSERT INTO tracker_actor ({COLUMNS}) "
            "VALUES ('china', 'state', 'China', '', '{}', '{}', '', '', '', '', 'editing') "
            "ON CONFLICT (slug) DO UPDATE SET name = excluded.name"
        )

    assert events_since(before, of_parts=False)[0][3:] == (
        actor.pk,
        {**row_of(actor), "name": actor.name, "version": 1},
        row_of(actor),
    )
    assert Event.objects.filter(pk__gt=before).count() == 1


def test_one_statement_over_a_record_and_its_parts_tells_everything_and_the_parts_first():
    stance = StanceFactory(citations=[{}])
    before = latest()

    execute(
        "WITH cited AS (UPDATE tracker_stancecitation SET locator = 'page 9' WHERE stance_id = %s) "
        "UPDATE tracker_stance SET summary = 'Another.' WHERE id = %s",
        *(stance.pk, stance.pk),
    )

    assert [e.part for e in Event.objects.filter(pk__gt=before).order_by("pk")][-2:] == [
        "citation",
        "",
    ]
    last = Event.objects.latest("id").after
    assert (last["summary"], last["version"]) == ("Another.", row_of(stance)["version"])


def test_a_large_statement_is_not_carried_out_like_a_small_one_before_it():
    """What a session has planned for one row would take half a minute for 5,000."""
    actor = ActorFactory()
    execute(
        f"INSERT INTO tracker_actor ({COLUMNS}) "
        "SELECT 'a-' || n, 'state', 'A', '', '{}', '{}', '', '', '', '', 'editing' FROM "
        "generate_series(1, 5000) n"
    )
    execute("UPDATE tracker_actor SET name = 'B' WHERE id = %s", actor.pk)
    before = latest()

    execute("SET LOCAL statement_timeout = '5s'")
    execute("UPDATE tracker_actor SET name = 'C'")

    assert Event.objects.filter(pk__gt=before).count() == 5001


def test_ids_of_events_only_ever_rise_over_all_tables():
    seen = [0]
    for model in DESK:
        make(model)
        fresh = list(
            Event.objects.filter(pk__gt=seen[-1])
            .order_by("happened_at", "pk")
            .values_list("pk", flat=True)
        )
        assert fresh
        seen += fresh

    assert seen == sorted(set(seen))


def test_a_field_that_is_removed_later_stays_in_the_events(acting_as):
    stance = StanceFactory(citations=[{"quote_language": "zh"}])
    citation = stance.citations.get()
    execute("SET CONSTRAINTS ALL IMMEDIATE")

    with acting_as(settings.OWNER):
        execute("ALTER TABLE tracker_stancecitation DROP COLUMN quote_language")
        execute("ALTER TABLE tracker_stancecitation ADD COLUMN mood text NOT NULL DEFAULT ''")
    execute("UPDATE tracker_stancecitation SET mood = 'calm' WHERE id = %s", citation.pk)

    first, last = Event.objects.filter(part="citation", row=citation.pk).order_by("pk")
    assert first.after["quote_language"] == "zh"
    assert "quote_language" not in last.before
    assert (last.before["mood"], last.after["mood"]) == ("", "calm")
    assert StanceCitation._meta.get_field("quote_language")
