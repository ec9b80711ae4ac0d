"""Triggers of tables in which nothing is ever changed or taken away: they hold for the owner and a superuser too."""

import pgtrigger

from tracker.models.triggers import Trigger


def append_only(*, but: Trigger | None = None) -> list[Trigger]:
    """Return the triggers that refuse DELETE, TRUNCATE and UPDATE; `but` says what an UPDATE may fill in, once."""
    refused = pgtrigger.Delete if but else pgtrigger.Update | pgtrigger.Delete
    return [
        _refusal("is_append_only", pgtrigger.Row, refused),
        _refusal("refuses_truncate", pgtrigger.Statement, pgtrigger.Truncate),
        *([but] if but else []),
    ]


def _refusal(name: str, level: pgtrigger.Level, operation: pgtrigger.Operation) -> Trigger:
    return Trigger(
        name=name,
        when=pgtrigger.Before,
        level=level,
        operation=operation,
        func="""
            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME
                USING ERRCODE = 'restrict_violation';
        """,
    )


def in_the_edition_being_made(column: str, operation: pgtrigger.Operation, name: str) -> Trigger:
    """Return the trigger that lets rows be written only for the edition that this transaction makes."""
    return Trigger(
        name=name,
        when=pgtrigger.After,
        level=pgtrigger.Statement,
        operation=operation,
        referencing=pgtrigger.Referencing(new="new_rows"),
        func=f"""
            IF EXISTS (SELECT FROM new_rows WHERE {column} IS DISTINCT FROM (SELECT public.edition_being_made())) THEN
                RAISE EXCEPTION '%.{column}: not the edition being made in this transaction', TG_TABLE_NAME
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NULL;
        """,
    )


CLOSES_ONCE = Trigger(
    name="closes_once",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
        IF OLD.closed IS NOT NULL OR NEW.closed IS NULL
           OR to_jsonb(NEW) - ARRAY['closed', 'gone', 'digest'] IS DISTINCT FROM
              to_jsonb(OLD) - ARRAY['closed', 'gone', 'digest'] THEN
            RAISE EXCEPTION '% is append-only: a document is closed once, and nothing else of it changes', TG_TABLE_NAME
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    """,
)
IS_LINKED_ONCE = Trigger(
    name="is_linked_once",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
        IF OLD.link IS NOT NULL OR NEW.link IS NULL
           OR to_jsonb(NEW) - ARRAY['link', 'digest'] IS DISTINCT FROM to_jsonb(OLD) - ARRAY['link', 'digest'] THEN
            RAISE EXCEPTION '% is append-only: one link of the chain covers it, and nothing else of it changes',
                TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    """,
)


def linked() -> list[Trigger]:
    """Return the triggers of what the next edition's link of the chain covers; nothing else of it ever changes."""
    return [*append_only(but=IS_LINKED_ONCE), in_the_edition_being_made("link", pgtrigger.Update, "is_linked_now")]
