"""Triggers of tables in which nothing is ever changed or taken away: they hold for the owner and a superuser too."""

import pgtrigger


def append_only(*, closes: bool = False) -> list[pgtrigger.Trigger]:
    """Return the triggers that refuse DELETE, TRUNCATE and UPDATE; with `closes`, `closed` may be filled in, once."""
    refused = pgtrigger.Delete if closes else pgtrigger.Update | pgtrigger.Delete
    return [
        _refusal("is_append_only", pgtrigger.Row, refused),
        _refusal("refuses_truncate", pgtrigger.Statement, pgtrigger.Truncate),
        *([CLOSES_ONCE] if closes else []),
    ]


def _refusal(name: str, level: pgtrigger.Level, operation: pgtrigger.Operation) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        level=level,
        operation=operation,
        func="""
            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME
                USING ERRCODE = 'restrict_violation';
        """,
    )


CLOSES_ONCE = pgtrigger.Trigger(
    name="closes_once",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
        IF OLD.closed IS NOT NULL OR NEW.closed IS NULL
           OR to_jsonb(NEW) - 'closed' - 'gone' IS DISTINCT FROM to_jsonb(OLD) - 'closed' - 'gone' THEN
            RAISE EXCEPTION '% is append-only: a document is closed once, and nothing else of it changes', TG_TABLE_NAME
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    """,
)
