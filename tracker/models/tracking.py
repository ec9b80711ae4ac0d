"""Triggers that every record and every part of one carries:
versions, history, and what may never happen.

They follow from what a table is, and its model adds what it alone has (`triggers = …`).
They fire for the ORM, bulk writes, COPY and raw SQL alike:

- an insert, update or delete that changes something writes an event (`tracker_event`) in the
  transaction's change set;
- a version that readers have not seen is noted (`tracker.models.ahead`);
- a change of a record raises its `version` by one and, unless the change is one of state, sends it
  back to editing; a change of a part does the same to the record that it belongs to;
- a `ref` that was public is one record's for ever;
- a record begins at version 1; its `id` is never used again, save by itself: one that was deleted
  may come back as it was at some version, with a version higher than any it had;
- an `id`, or the record a part belongs to, never changes; a TRUNCATE is refused;
- texts are written composed (NFC), before anything else looks at them.

Names sort in the order in which they must fire: the event of a part comes before the one of its
record. A version of a record is what its events up to the one carrying that version amount to, less
parts of other change sets that were waiting for it (`tracker.history.snapshots`).
"""

from collections.abc import Sequence
from functools import cache

from django.db import models

from tracker.models.ahead import is_seen
from tracker.models.append_only import CLOSES_ONCE, append_only, in_the_edition_being_made
from tracker.models.nouns import DOCUMENTS
from tracker.models.tables import TABLES, DeskTable
from tracker.models.triggers import COMPOSES_TEXT, Trigger
from tracker.values.nouns import MERGEABLE, Noun

REFUSES_TRUNCATE = Trigger(
    "refuses_truncate", "BEFORE TRUNCATE", "refuse", ("history would not see it",), each="STATEMENT"
)


@cache
def triggers_of(model: type[models.Model]) -> tuple[Trigger, ...]:
    """Return the triggers of a table: those of what it is, and those that its model declares."""
    own: tuple[Trigger, ...] = getattr(model, "triggers", ())
    slug = [field.name for field in model._meta.concrete_fields if field.name == "slug"]
    for noun in (noun for noun, documents in DOCUMENTS.items() if documents is model):
        return (*document_triggers(noun, *slug), *own)
    for table in (table for table in TABLES if table.model is model):
        return (*tracked(table, *slug), *names_no_merged(table), *own)
    return own


def document_triggers(noun: Noun, *ever: str) -> tuple[Trigger, ...]:
    """Return the triggers of a noun's documents;
    what `ref`, or a column in `ever`, says is one record's for ever.
    """
    return (
        *append_only(but=CLOSES_ONCE),
        in_the_edition_being_made("opened", "INSERT", "opens_now"),
        in_the_edition_being_made("closed", "UPDATE", "closes_now"),
        is_seen(noun),
        Trigger("knows_its_words", "BEFORE INSERT", "know_words", condition="NEW.search IS NULL"),
        *(
            Trigger(
                f"keeps_its_{column}",
                "AFTER INSERT",
                "belong_to_one_record",
                (column, f"{noun}_document_{column}_belongs_to_one_record_ever"),
                each="STATEMENT",
                rows=("new_rows",),
            )
            for column in ("ref", *ever)
        ),
    )


def tracked(table: DeskTable, *slug: str) -> tuple[Trigger, ...]:
    """Return the triggers by which history, versions and keys are kept;
    generated columns change no version.
    """
    written = (table.noun, table.part, table.owner)
    common = (
        COMPOSES_TEXT,
        *_by_statement(
            "event_of_insert", "event_of_update", "event_of_delete", "write_events", written
        ),
        _never_changes("keeps_id", "id", "an id never changes"),
        REFUSES_TRUNCATE,
    )
    if table.part:
        owner = (table.noun, table.owner)
        return (
            *common,
            _never_changes("keeps_owner", table.owner, "a part never moves to another record"),
            *_by_statement(
                "touch_by_insert", "touch_by_update", "touch_by_delete", "touch_record", owner
            ),
        )
    return (
        *common,
        Trigger("begins_at_one", "BEFORE INSERT", "begin_at_one", (table.noun,)),
        Trigger("raises_version", "BEFORE UPDATE", "raise_version", table.generated),
        *_by_statement(
            "is_ahead_by_insert",
            "is_ahead_by_update",
            "is_ahead_no_more",
            "note_ahead",
            (table.noun,),
        ),
        Trigger(
            "public_is_not_deleted", "BEFORE DELETE", "refuse_deletion_of_public", (table.noun,)
        ),
        *public_keys_stay(table.noun, "ref", *slug),
        *(merges(table.noun) if table.noun in MERGEABLE else ()),
    )


def public_keys_stay(noun: Noun, *columns: str) -> tuple[Trigger, ...]:
    """Return the triggers that refuse keys that were ever public of another record;
    what a record has, it keeps.
    """
    return tuple(
        trigger
        for column in columns
        for trigger in (
            Trigger(
                f"takes_no_public_{column}",
                "AFTER INSERT",
                "take_no_public_key",
                (noun, column),
                each="STATEMENT",
                rows=("new_rows",),
            ),
            Trigger(
                f"takes_no_public_{column}_now",
                f"AFTER UPDATE OF {column}",
                "take_no_public_key",
                (noun, column),
                condition=f"NEW.{column} IS DISTINCT FROM OLD.{column}",
            ),
        )
    )


def merges(noun: Noun, tables: Sequence[DeskTable] = TABLES) -> tuple[Trigger, ...]:
    """Return the triggers of a noun whose records can be merged,
    which may be named in these tables.
    """
    named_by = [
        name
        for table in tables
        for column, named in table.references.items()
        if named is noun
        for name in (
            str(table.model._meta.model_name),
            column,
            *((table.owner, table.noun) if table.part and table.noun in MERGEABLE else ("", "")),
        )
    ]
    return (
        Trigger(
            "merges_into_what_stands",
            "BEFORE INSERT OR UPDATE OF merged_into_id",
            "merge_into_what_stands",
            (noun, *named_by),
            condition="NEW.merged_into_id IS NOT NULL",
        ),
        Trigger(
            "stays_merged",
            "BEFORE UPDATE",
            "stay_merged",
            (noun,),
            condition="OLD.merged_into_id IS NOT NULL AND NEW.merged_into_id IS NOT NULL",
        ),
    )


def names_no_merged(table: DeskTable) -> tuple[Trigger, ...]:
    """Return the triggers by which a row names no record that is merged into another."""
    names = {column: noun for column, noun in table.references.items() if noun in MERGEABLE}
    if not names:
        return ()
    named = (name for column_and_noun in names.items() for name in column_and_noun)
    arguments = (str(table.model._meta.model_name), *named)
    return (
        Trigger(
            "names_what_stands",
            "AFTER INSERT",
            "name_what_stands",
            arguments,
            each="STATEMENT",
            rows=("new_rows",),
        ),
        Trigger(
            "names_what_stands_now",
            f"BEFORE UPDATE OF {', '.join(names)}",
            "name_what_stands",
            arguments,
        ),
    )


def _never_changes(name: str, column: str, why: str) -> Trigger:
    return Trigger(
        name,
        f"BEFORE UPDATE OF {column}",
        "refuse_change",
        (column, why),
        condition=f"NEW.{column} IS DISTINCT FROM OLD.{column}",
    )


def _by_statement(
    insert: str, update: str, delete: str, function: str, arguments: tuple[str, ...]
) -> tuple[Trigger, ...]:
    """Return three triggers,
    as PostgreSQL shows the rows of a statement to triggers of one event only.
    """
    return (
        Trigger(insert, "AFTER INSERT", function, arguments, each="STATEMENT", rows=("new_rows",)),
        Trigger(
            update,
            "AFTER UPDATE",
            function,
            arguments,
            each="STATEMENT",
            rows=("old_rows", "new_rows"),
        ),
        Trigger(delete, "AFTER DELETE", function, arguments, each="STATEMENT", rows=("old_rows",)),
    )
