"""Reading the desk's history:
who changed what, when and why, field by field, with the parts of a record.

Nothing here writes, and nothing guesses: values are those of the rows as the events keep them
(JSON), references are ids. A column or a part that no longer exists is told under the name it had.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import models

from tracker.models import ChangeSet, Event, Review
from tracker.models.tables import tables_of
from tracker.values.nouns import Noun


class StepKind(StrEnum):
    """What happened to a row."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field, before and after; None where the row was not there, or the field was null."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """One row that a change set touched: a record (`part` is "") or a part of one;
    `whole` is all of it, last.
    """

    id: int
    happened_at: datetime
    noun: Noun
    record: int
    part: str
    row: int
    happened: StepKind
    differences: tuple[Difference, ...]
    whole: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One change set, with those of its steps that were asked for,
    in the order in which they happened.
    """

    changeset: ChangeSet
    steps: tuple[TimelineStep, ...]
    # what the record came to; None if it was deleted, or if its own row is not among the steps
    version: int | None


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """Some entries, newest first;
    `older` is where the next page begins, None if this is the last.
    """

    entries: tuple[TimelineEntry, ...]
    older: int | None


def reasons_after(noun: Noun, versions: Mapping[int, int]) -> dict[int, list[str]]:
    """Return the reasons that the desk gave for what was changed in records after these versions;
    one query.
    """
    changed = Event.objects.filter(
        noun=noun, record__in=versions, part="", after__version__gt=min(versions.values())
    )
    rows = changed.exclude(changeset__reason="").order_by("id")
    reasons: dict[int, list[str]] = {}
    for record, version, reason in rows.values_list(
        "record", "after__version", "changeset__reason"
    ):
        if version > versions[record] and reason not in reasons.setdefault(record, []):
            reasons[record].append(reason)
    return reasons


class Timeline:
    """The change sets of one record and its parts, newest first:
    counted, sliced and paged, in two queries.
    """

    def __init__(self, noun: Noun, record: int, *, after_version: int = 0) -> None:
        """Tell the history of a record;
        with `after_version`, only what was changed after that version.
        """
        self.noun, self.record = noun, record
        self.events = Event.objects.filter(noun=noun, record=record)
        self.touching = self.events
        if after_version:
            self.touching = self.events.filter(part="", after__version__gt=after_version)

    def count(self) -> int:
        return (
            self.touching.aggregate(number=models.Count("changeset", distinct=True))["number"] or 0
        )

    __len__ = count

    def __getitem__(self, part: slice) -> list[TimelineEntry]:
        """Return the entries of a slice, the newest being number 0."""
        return _entries([row["changeset_id"] for row in self._newest()[part]], self.events)

    def page(self, *, before: int | None = None, most: int) -> TimelinePage:
        """Return so many entries, those before an event: what was added meanwhile moves nothing."""
        newest = self._newest()
        rows = list((newest.filter(last__lt=before) if before else newest)[: most + 1])
        entries = _entries([row["changeset_id"] for row in rows[:most]], self.events)
        return TimelinePage(tuple(entries), rows[most - 1]["last"] if len(rows) > most else None)

    def _newest(self) -> "models.QuerySet[Any, Any]":
        return (
            self.touching.order_by()
            .values("changeset_id")
            .annotate(last=models.Max("id"))
            .order_by("-last")
        )


def steps_of(events: Iterable[Event]) -> Iterator[TimelineStep]:
    """Yield what happened, leaving out rows in which only a version was raised."""
    for event in events:
        step = TimelineStep(
            id=event.pk,
            happened_at=event.happened_at,
            noun=Noun(event.noun),
            record=event.record,
            part=event.part,
            row=event.row,
            happened=_happened(event),
            differences=tuple(differences(event)),
            whole=event.after or event.before or {},
        )
        if step.differences or step.happened is not StepKind.CHANGED:
            yield step


def differences(event: Event) -> Iterator[Difference]:
    """Yield the fields that differ, in their order;
    those that one of the two hasn't at all, if they say something.
    """
    table = tables_of(Noun(event.noun)).get(event.part)
    columns = table.fields if table else {}
    before, after = event.before or {}, event.after or {}
    # ids, the version, and what the database computes from other columns
    left_out = {
        "id",
        "version",
        f"{event.noun}_id" if event.part else "id",
        *(table.generated if table else ()),
    }
    for column in {**columns, **before, **after}:
        old, new = before.get(column), after.get(column)
        # a row added or removed, a column that came since
        is_of_one = column not in before or column not in after
        if (
            column in left_out
            or old == new
            or (is_of_one and (column == "state" or not (old or new)))
        ):
            continue
        yield Difference(columns[column].name if column in columns else column, old, new)


def field_of(noun: Noun, part: str, name: str) -> "models.Field[Any, Any] | None":
    """Return the field of a record, or of a part of one, by its name;
    None if there is none (any more).
    """
    table = tables_of(noun).get(part)
    return (
        next((field for field in table.fields.values() if field.name == name), None)
        if table
        else None
    )


def _happened(event: Event) -> StepKind:
    if event.before is None:
        return StepKind.ADDED
    return StepKind.REMOVED if event.after is None else StepKind.CHANGED


def _entries(changesets: list[UUID], events: "models.QuerySet[Event]") -> list[TimelineEntry]:
    events_of: dict[UUID, list[Event]] = {changeset: [] for changeset in changesets}
    rows = (
        events.filter(changeset__in=changesets).select_related("changeset__made_by").order_by("id")
    )
    for event in rows:
        events_of[event.changeset_id].append(event)
    return [
        TimelineEntry(rows[0].changeset, tuple(steps_of(rows)), _version(rows))
        for rows in events_of.values()
    ]


def _version(events: list[Event]) -> int | None:
    last = next((event.after for event in reversed(events) if not event.part), None)
    return last.get("version") if last else None


def steps_between(
    noun: str, record: int, since: datetime | None, before: datetime | None, most: int
) -> list[Review]:
    """Return the last steps of a record's review between two moments, the newest first;
    one query.
    """
    exact = {"made_at__gte": since, "made_at__lt": before}
    steps = (
        Review.objects.filter(noun=noun, record=record)
        .select_related("made_by", "to")
        .order_by("-id")
    )
    return list(
        steps.filter(**{name: value for name, value in exact.items() if value is not None})[:most]
    )
