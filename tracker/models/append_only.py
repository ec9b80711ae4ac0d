"""Triggers of tables in which nothing is ever changed or taken away:
they hold for the owner and a superuser too.
"""

from typing import Any, Literal

from tracker.models.triggers import Trigger

WHY = ("it is append-only",)
# A foreign key that `in_the_edition_being_made` holds for all rows at once,
# and not PostgreSQL for each.
SEEN_TO_BY_TRIGGER: dict[str, Any] = {"db_constraint": False, "db_index": False}


def append_only(*, but: Trigger | None = None) -> tuple[Trigger, ...]:
    """Return the triggers that refuse DELETE, TRUNCATE and UPDATE;
    `but` says what an UPDATE may fill in, once.
    """
    refused = "BEFORE DELETE" if but else "BEFORE DELETE OR UPDATE"
    return (
        Trigger("is_append_only", refused, "refuse", WHY),
        Trigger("refuses_truncate", "BEFORE TRUNCATE", "refuse", WHY, each="STATEMENT"),
        *([but] if but else []),
    )


def in_the_edition_being_made(
    column: str, event: Literal["INSERT", "UPDATE"], name: str
) -> Trigger:
    """Return the trigger that refuses rows of all editions but
    the one that this transaction makes.
    """
    return Trigger(
        name, f"AFTER {event}", "write_edition", (column,), each="STATEMENT", rows=("new_rows",)
    )


CLOSES_ONCE = Trigger(
    "closes_once",
    "BEFORE UPDATE",
    "fill_in_once",
    ("a document is closed once", "closed", "gone", "digest"),
)
IS_LINKED_ONCE = Trigger(
    "is_linked_once",
    "BEFORE UPDATE",
    "fill_in_once",
    ("one link of the chain covers it", "link", "digest"),
)


def linked() -> tuple[Trigger, ...]:
    """Return the triggers of what the next edition's link of the chain covers;
    nothing else of it ever changes.
    """
    return (
        *append_only(but=IS_LINKED_ONCE),
        in_the_edition_being_made("link", "UPDATE", "is_linked_now"),
    )
