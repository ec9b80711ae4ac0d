"""Triggers that every record and every part of one carries: versions, history, and what may never happen.

`triggers = tracked(Noun.STANCE)` in a record's Meta, `tracked(Noun.STANCE, part="citation", owner="stance_id")` in a
part's. They fire for the ORM, bulk writes, COPY and raw SQL alike:

- an insert, update or delete that changes something writes an event (`tracker_event`) in the transaction's change set;
- a version that readers have not seen is noted (`tracker.models.ahead`);
- a change of a record raises its `version` by one and, unless the change is one of state, sends it back to editing;
  a change of a part does the same to the record that it belongs to;
- a record begins at version 1; its `id` is never used again, save by itself: one that was deleted may come back as it
  was at some version, with a version higher than any it had;
- an `id`, or the record a part belongs to, never changes; a TRUNCATE is refused;
- texts are written composed (NFC), before anything else looks at them.

Names sort in the order in which they must fire: the event of a part comes before the one of its record. A version of
a record is what its events up to the one carrying that version amount to, less parts of other change sets that were
waiting for it (`tracker.history.past`).
"""

from typing import Any

import pgtrigger

from tracker.models.triggers import Trigger, composes_text, planned_anew
from tracker.values.nouns import Noun

KEPT_APART = {"id", "version", "state"}
DECLARED = [("last", "int"), ("is_itself", "boolean")]


def tracked(noun: Noun, *, part: str = "", owner: str = "id") -> list[Trigger]:
    """Return the triggers of a record's table or, with `part` and the column of its `owner`, of a part's table."""
    common = [
        composes_text(),
        WritesEvents(noun=noun, part=part, owner=owner, operation=pgtrigger.Insert, name="event_of_insert"),
        WritesEvents(noun=noun, part=part, owner=owner, operation=pgtrigger.Update, name="event_of_update"),
        WritesEvents(noun=noun, part=part, owner=owner, operation=pgtrigger.Delete, name="event_of_delete"),
        _refusal("keeps_id", pgtrigger.UpdateOf("id"), "an id never changes", changed="id"),
        Trigger(
            name="refuses_truncate",
            when=pgtrigger.Before,
            level=pgtrigger.Statement,
            operation=pgtrigger.Truncate,
            func="RAISE EXCEPTION 'TRUNCATE of % is refused: history would not see it', TG_TABLE_NAME;",
        ),
    ]
    if not part:
        return [
            *common,
            BeginsAtOne(name="begins_at_one", when=pgtrigger.Before, operation=pgtrigger.Insert, declare=DECLARED),
            RaisesVersion(name="raises_version", when=pgtrigger.Before, operation=pgtrigger.Update),
            NotesAhead(noun=noun, owner=owner, operation=pgtrigger.Insert, name="is_ahead_by_insert"),
            NotesAhead(noun=noun, owner=owner, operation=pgtrigger.Update, name="is_ahead_by_update"),
            NotesAhead(noun=noun, owner=owner, operation=pgtrigger.Delete, name="is_ahead_no_more"),
        ]
    return [
        *common,
        _refusal("keeps_owner", pgtrigger.UpdateOf(owner), "a part never moves to another record", changed=owner),
        TouchesRecord(noun=noun, owner=owner, operation=pgtrigger.Insert, name="touch_by_insert"),
        TouchesRecord(noun=noun, owner=owner, operation=pgtrigger.Update, name="touch_by_update"),
        TouchesRecord(noun=noun, owner=owner, operation=pgtrigger.Delete, name="touch_by_delete"),
    ]


def never_public(noun: Noun) -> Trigger:
    """Return the trigger that refuses to delete a record that was ever public."""
    return Trigger(
        name="public_is_not_deleted",
        when=pgtrigger.Before,
        operation=pgtrigger.Delete,
        func=f"""
            PERFORM public.refuse_old_snapshot();
            IF EXISTS (SELECT FROM public.tracker_change WHERE noun = '{noun}' AND record = OLD.id) THEN
                RAISE EXCEPTION '{noun} % was public: retract it instead of deleting it', OLD.id
                    USING ERRCODE = 'restrict_violation', CONSTRAINT = '{noun}_public_is_not_deleted';
            END IF;
            RETURN OLD;
        """,
    )


def _refusal(name: str, operation: Any, says: str, *, changed: str) -> Trigger:
    return Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=operation,
        func=f"""
            IF NEW.{changed} IS DISTINCT FROM OLD.{changed} THEN
                RAISE EXCEPTION '%.{changed}: {says}', TG_TABLE_NAME USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


class _StatementTrigger(Trigger):
    """A trigger that sees all rows of a statement at once: as `old_rows` and `new_rows`."""

    def __init__(self, *, noun: Noun, owner: str, operation: pgtrigger.Operation, name: str, part: str = "") -> None:
        self.noun, self.part, self.owner = noun, part, owner
        has_old, has_new = operation != pgtrigger.Insert, operation != pgtrigger.Delete
        super().__init__(
            name=name,
            when=pgtrigger.After,
            level=pgtrigger.Statement,
            operation=operation,
            referencing=pgtrigger.Referencing(old="old_rows" if has_old else None, new="new_rows" if has_new else None),
        )
        self.changed_rows = {
            pgtrigger.Insert: "new_rows n",
            pgtrigger.Update: "old_rows o JOIN new_rows n USING (id) WHERE o.* IS DISTINCT FROM n.*",
            pgtrigger.Delete: "old_rows o",
        }[operation]
        self.row = "n" if has_new else "o"
        self.before, self.after = "to_jsonb(o)" if has_old else "NULL", "to_jsonb(n)" if has_new else "NULL"

    def run(self, statement: str) -> str:
        """Return the PL/pgSQL that runs a statement over the changed rows; only those of an update take a join."""
        return planned_anew(statement) if self.operation == pgtrigger.Update else statement


class WritesEvents(_StatementTrigger):
    """Write one event for each row that a statement inserted, changed or deleted."""

    def get_func(self, model: Any) -> str:
        """Return the body of the trigger function; without rows it makes no change set."""
        insert = f"""
            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)
            SELECT (SELECT public.current_changeset()), '{self.noun}', {self.row}.{self.owner}, '{self.part}',
                   {self.row}.id, {self.before}, {self.after}
            FROM {self.changed_rows}
            ORDER BY {self.row}.id
        """
        return f"{self.run(insert)}; RETURN NULL;"


class TouchesRecord(_StatementTrigger):
    """Raise the version of the records whose parts a statement changed."""

    def get_func(self, model: Any) -> str:
        """Return the body of the trigger function; parts of new records come before these, and so have none."""
        update = f"""
            UPDATE public.tracker_{self.noun} SET version = version + 1
            WHERE id IN (SELECT {self.row}.{self.owner} FROM {self.changed_rows})
        """
        touch = f"{planned_anew(update)};"
        if self.operation == pgtrigger.Insert:
            is_there = f"SELECT true FROM public.tracker_{self.noun} WHERE id = n.{self.owner}"
            touch = f"IF EXISTS (SELECT FROM new_rows n WHERE ({is_there})) THEN {touch} END IF;"
        return f"{touch} RETURN NULL;"


class NotesAhead(_StatementTrigger):
    """Note the versions to which a statement raised records; take the notes on records that it deleted away."""

    def get_func(self, model: Any) -> str:
        """Return the body of the trigger function."""
        note = f"""
            INSERT INTO public.tracker_ahead (noun, record, version)
            SELECT '{self.noun}', n.id, n.version FROM {self.changed_rows} ORDER BY n.id
            ON CONFLICT (noun, record) DO UPDATE SET version = EXCLUDED.version
        """
        forget = f"DELETE FROM public.tracker_ahead a USING old_rows o WHERE a.noun = '{self.noun}' AND a.record = o.id"
        return f"{self.run(note) if self.row == 'n' else planned_anew(forget)}; RETURN NULL;"


class BeginsAtOne(Trigger):
    """Let a record's history begin, at version 1; or go on, if what comes back is a row that the record once was."""

    def get_func(self, model: Any) -> str:
        """Return the body of the trigger function; it compares what is written and was there at the time."""
        noun = model._meta.model_name
        columns = ",".join(sorted(KEPT_APART | {field.column for field in model._meta.fields if field.generated}))
        return f"""
            NEW.version := 1;
            PERFORM FROM public.tracker_{noun} WHERE id = NEW.id FOR KEY SHARE;
            IF FOUND THEN
                RETURN NEW;
            END IF;
            SELECT max((e.after ->> 'version')::int), bool_or(NOT EXISTS (
                SELECT FROM jsonb_each(to_jsonb(NEW)) AS now
                WHERE now.key <> ALL ('{{{columns}}}') AND e.after ? now.key
                  AND e.after -> now.key IS DISTINCT FROM now.value
            )) INTO last, is_itself
            FROM public.tracker_event e
            WHERE e.noun = '{noun}' AND e.record = NEW.id AND e.part = '' AND e.after IS NOT NULL;
            IF NOT is_itself THEN
                RAISE EXCEPTION '{noun} % was another record: an id is never used again', NEW.id
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{noun}_id_is_never_used_again';
            ELSIF is_itself THEN
                NEW.version := last + 1;
                NEW.state := 'editing';
            END IF;
            RETURN NEW;
        """


class RaisesVersion(Trigger):
    """Raise a record's version by one when something in it changed; an editor's save that changes nothing does not."""

    def get_func(self, model: Any) -> str:
        """Return the body of the trigger function; generated columns are not computed yet and are left out."""
        columns = [
            field.column
            for field in model._meta.concrete_fields
            if field.column not in KEPT_APART and not field.generated
        ]
        new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("NEW", "OLD"))
        return f"""
            IF NEW.version > OLD.version OR ({new}) IS DISTINCT FROM ({old}) THEN
                NEW.version := OLD.version + 1;
                IF NEW.state = OLD.state THEN
                    NEW.state := 'editing';
                END IF;
            ELSIF NEW.state <> OLD.state THEN
                NEW.version := OLD.version + 1;
            ELSE
                NEW.version := OLD.version;
            END IF;
            RETURN NEW;
        """
