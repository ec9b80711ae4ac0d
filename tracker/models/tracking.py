"""Triggers that every record and every part of one carries: versions, history, and what may never happen.

`triggers = tracked(Noun.STANCE)` in a record, `tracked(Noun.STANCE, part="citation", owner="stance_id")` in a part.
They fire for the ORM, bulk writes, COPY and raw SQL alike:

- an insert, update or delete that changes something writes an event (`tracker_event`) in the transaction's change set;
- a version that readers have not seen is noted (`tracker.models.ahead`);
- a change of a record raises its `version` by one and, unless the change is one of state, sends it back to editing;
  a change of a part does the same to the record that it belongs to;
- a `ref` that was public is one record's for ever;
- a record begins at version 1; its `id` is never used again, save by itself: one that was deleted may come back as it
  was at some version, with a version higher than any it had;
- an `id`, or the record a part belongs to, never changes; a TRUNCATE is refused;
- texts are written composed (NFC), before anything else looks at them.

Names sort in the order in which they must fire: the event of a part comes before the one of its record. A version of
a record is what its events up to the one carrying that version amount to, less parts of other change sets that were
waiting for it (`tracker.history.snapshots`).
"""

from tracker.models.triggers import Trigger
from tracker.values.nouns import Noun

COMPOSES_TEXT = Trigger("composes_text", "BEFORE INSERT OR UPDATE", "compose_text")
REFUSES_TRUNCATE = Trigger(
    "refuses_truncate", "BEFORE TRUNCATE", "refuse", ("history would not see it",), each="STATEMENT"
)


def tracked(noun: Noun, *, part: str = "", owner: str = "id", generated: tuple[str, ...] = ()) -> tuple[Trigger, ...]:
    """Return the triggers of a record's table or, with `part` and the column of its `owner`, of a part's table.

    `generated` are the columns of a record's table that are; they change no version.
    """
    common = (
        COMPOSES_TEXT,
        *_by_statement("event_of_insert", "event_of_update", "event_of_delete", "write_events", (noun, part, owner)),
        _never_changes("keeps_id", "id", "an id never changes"),
        REFUSES_TRUNCATE,
    )
    if not part:
        return (
            *common,
            Trigger("begins_at_one", "BEFORE INSERT", "begin_at_one", (noun,)),
            Trigger("raises_version", "BEFORE UPDATE", "raise_version", generated),
            *_by_statement("is_ahead_by_insert", "is_ahead_by_update", "is_ahead_no_more", "note_ahead", (noun,)),
            *public_keys_stay(noun, "ref"),
        )
    return (
        *common,
        _never_changes("keeps_owner", owner, "a part never moves to another record"),
        *_by_statement("touch_by_insert", "touch_by_update", "touch_by_delete", "touch_record", (noun, owner)),
    )


def never_public(noun: Noun) -> Trigger:
    """Return the trigger that refuses to delete a record that was ever public."""
    return Trigger("public_is_not_deleted", "BEFORE DELETE", "refuse_deletion_of_public", (noun,))


def public_keys_stay(noun: Noun, *columns: str) -> tuple[Trigger, ...]:
    """Return the triggers that refuse keys that were ever public of another record; what a record has, it keeps."""
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
    """Return three triggers, as PostgreSQL shows the rows of a statement to triggers of one event only."""
    return (
        Trigger(insert, "AFTER INSERT", function, arguments, each="STATEMENT", rows=("new_rows",)),
        Trigger(update, "AFTER UPDATE", function, arguments, each="STATEMENT", rows=("old_rows", "new_rows")),
        Trigger(delete, "AFTER DELETE", function, arguments, each="STATEMENT", rows=("old_rows",)),
    )
