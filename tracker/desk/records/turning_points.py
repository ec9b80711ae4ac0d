"""Turning points: from a day on a claim is so no longer, and another one is; both are one change.

The earlier one ends the day before, or as vaguely as the day is, and cites what the later one cites
as what tells that it was so no longer.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tracker.desk.records.duplicates import DUPLICATE_KEYS
from tracker.desk.records.fields import layout
from tracker.models import Record
from tracker.models.nouns import noun_of
from tracker.models.tables import tables_of
from tracker.publishing.status import Status
from tracker.values.dates import bounds
from tracker.values.problems import Problem
from tracker.values.vocabularies import Operation, Relation, Standing

# What the later claim says anew; all else it has of the earlier one, unless it is said.
OWN = {"ref", "since", "until", "summary", "standing", "standing_note", "confirmed_on"}


def last_day(since: str) -> str:
    """Return until when, as a vague date, it was otherwise that is so since one;
    "" if no day is before it.
    """
    days = bounds(since)
    if days.earliest != days.latest:
        return since
    if days.earliest == date.min:
        return ""
    return f"{days.earliest - timedelta(days=1)}{since[-1] if since[-1] in '~?%' else ''}"


def carried(claim: Record) -> dict[str, Any]:
    """Return what a later claim has of an earlier one, by field, as rows keep it."""
    return {
        name: getattr(claim, field.attname)
        for name, field in layout(noun_of(claim)).fields.items()
        if name not in OWN
    }


def defining(claim: Any) -> dict[str, int]:
    """Return of whom a claim is and on which issue, by field:
    what a later one has in common with it.
    """
    key = DUPLICATE_KEYS[noun_of(claim)]
    actors = key.actors if key else ()
    return {name: getattr(claim, f"{name}_id") for name in (*actors, "issue")}


def objections(claim: Any, status: Status, since: str | None) -> Iterator[Problem]:
    """Yield why a claim can't be so no longer since a vague date, None if that isn't known;
    {0} is the claim.

    `status` is what the publication says of it.

    Problems of code `refused` hold whatever the day is.
    """
    about: dict[str, Any] = {"others": ((noun_of(claim), claim.pk),)}
    if claim.standing == Standing.CONTESTED:
        remedy = "accept it first, or code the other claim by itself"
        yield Problem(
            "refused", "{0} is contested, so nobody holds that it was so", remedy=remedy, **about
        )
    if status.operation is Operation.RETRACTED:
        yield Problem(
            "refused", "{0} was withdrawn", remedy="code the other claim by itself", **about
        )
    if since is None:
        return
    about |= {"path": ("since",), "value": since}
    if not since:
        yield Problem(
            "required",
            "it is missing, and {0} ends where this begins",
            remedy="give the day",
            **about,
        )
        return
    begins, ends = bounds(since), last_day(since)
    if not ends:
        yield Problem(
            "invalid",
            "no day is before it, until when {0} could be so",
            remedy="give a later day",
            **about,
        )
    elif claim.since and begins.earliest <= bounds(claim.since).earliest:
        says, params = "{0} begins on {began}, not before that", {"began": claim.since}
        yield Problem(
            "invalid", says, params=params, remedy="give a later day, or change that one", **about
        )
    if claim.until and (claim.until == ends or begins.earliest > bounds(claim.until).latest):
        says, params = "{0} has ended already ({ended})", {"ended": claim.until}
        yield Problem("invalid", says, params=params, remedy="code this one by itself", **about)


def of_another(earlier: Any, later: Any) -> Iterator[Problem]:
    """Yield which fields say that a later claim is of other actors than the one that ends;
    in whichever order.
    """
    about = ((noun_of(earlier), earlier.pk),)
    sides = [name for name in ("actor", "counterpart") if hasattr(earlier, name)]
    has_others = {getattr(earlier, f"{name}_id") for name in sides} != {
        getattr(later, f"{name}_id") for name in sides
    }
    names = [
        name
        for name in sides
        if has_others and getattr(earlier, f"{name}_id") != getattr(later, f"{name}_id")
    ]
    for name in names:
        says, remedy = (
            "it is not that of {0}, which ends here",
            "choose the same, or code this one by itself",
        )
        yield Problem("invalid", says, (name,), others=about, remedy=remedy)


def end(claim: Any, later: Any) -> None:
    """Let a claim that is locked end where another begins, which is written,
    citing what that cites.
    """
    claim.until = last_day(later.since)
    claim.save(update_fields=["until"])
    table = tables_of(noun_of(claim))["citation"]
    for cited in later.citations.filter(relation=Relation.SUPPORTS).order_by("pk"):
        place = {
            column: getattr(cited, column)
            for column in ("source_id", "locator_label", "locator", "relation")
        }
        if not claim.citations.filter(**place).update(ends=True):
            row = {column: getattr(cited, column) for column in table.own}
            claim.citations.create(**row | {"ends": True})
