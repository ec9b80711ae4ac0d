"""Change sets over everything:
the latest of some kind, and all that one of them touched, record by record.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from tracker.history.scanning import ScanPage, scan
from tracker.history.timeline import StepKind, TimelineStep, steps_of
from tracker.models import ChangeSet, Event, Undoing
from tracker.models.queries import rows_of
from tracker.models.tables import IN_ORDER
from tracker.values.nouns import Noun
from tracker.values.problems import Key
from tracker.values.vocabularies import Channel

MOST_EVENTS_LISTED = 100  # events of a change set that are counted of each noun in a list
MOST_EVENTS_COUNTED = 10_000  # and where it is named: of 5,000 claims with a citation each
# Noun by noun, so that the index of change sets gives the events in order and none of others are
# read; of a change set that is named, so that PostgreSQL knows whether it is large.
SUMMARY = """
    SELECT %s::uuid, n.noun, count(*), count(DISTINCT record),
           count(DISTINCT record) FILTER (WHERE part = '' AND is_new),
           count(DISTINCT record) FILTER (WHERE part = '' AND is_gone), min(record)
    FROM unnest(%s::text[]) AS n (noun) CROSS JOIN LATERAL (
        SELECT record, part, before IS NULL AS is_new, after IS NULL AS is_gone
        FROM tracker_event WHERE changeset_id = %s AND noun = n.noun ORDER BY record LIMIT %s
    ) e GROUP BY n.noun
"""


@dataclass(frozen=True, slots=True)
class TouchedRecord:
    """A record that a change set touched, and what it did to it and its parts."""

    noun: Noun
    record: int
    steps: tuple[TimelineStep, ...]


@dataclass(frozen=True, slots=True)
class TouchedPage:
    """Some records that a change set touched, by noun and id;
    the next page begins `after` this one, if any.
    """

    records: tuple[TouchedRecord, ...]
    after: Key | None


class Summary(NamedTuple):
    """How many records of each noun a change set added, changed and removed;
    of those in `cut` at least so many.

    `first` is one of each.
    """

    counts: Mapping[Noun, Mapping[StepKind, int]]
    cut: frozenset[Noun]
    first: Mapping[Noun, int]

    @property
    def is_cut(self) -> bool:
        return bool(self.cut)

    @property
    def total(self) -> int:
        """Return how many records were touched, as far as counted."""
        return sum(count for by in self.counts.values() for count in by.values())

    @property
    def foremost(self) -> Key | None:
        """Return the record by which to call the change set: a claim rather than what it names;
        None if it has none.
        """
        noun = next((noun for noun in reversed(IN_ORDER) if noun in self.first), None)
        return (noun, self.first[noun]) if noun else None


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """Which change sets are asked for:
    by whom, through which edge, from when until before when, of what, and why.
    """

    made_by: int | None = None
    channel: Channel | None = None
    since: datetime | None = None
    before: datetime | None = None
    noun: Noun | None = None
    reason: str = ""


def recent(
    criteria: HistoryFilter, *, after: tuple[datetime, UUID | None] | None = None, most: int
) -> ScanPage[ChangeSet]:
    """Return so many change sets, the newest first, those after one, or not after a moment;
    at most two queries.

    Reasons and nouns are looked for in the next 20,000 change sets that fulfil the rest.
    """
    rows = ChangeSet.objects.select_related("made_by").order_by("-made_at", "id")
    exact = {
        "made_by": criteria.made_by,
        "channel": criteria.channel,
        "made_at__gte": criteria.since,
    }
    exact |= {"made_at__lt": criteria.before, "made_at__lte": after and after[0]}
    rows = rows.filter(**{name: value for name, value in exact.items() if value is not None})
    if after and after[1]:
        rows = rows.exclude(made_at=after[0], id__lte=after[1])
    condition = Q(reason__icontains=criteria.reason) if criteria.reason else Q()
    if criteria.noun:
        condition &= Q(Exists(Event.objects.filter(changeset=OuterRef("pk"), noun=criteria.noun)))
    return scan(rows, condition, up_to=_up_to, most=most)


def _up_to(last: ChangeSet) -> Q:
    return Q(made_at__gte=last.made_at) & ~Q(made_at=last.made_at, id__gt=last.pk)


def touched(changeset: UUID, *, after: Key | None = None, most: int) -> TouchedPage:
    """Return so many of the records that a change set touched, those after a record;
    two queries.
    """
    events = Event.objects.filter(changeset=changeset)
    records = events.order_by("noun", "record").values_list("noun", "record").distinct()
    if after:
        records = records.filter(_beyond(after))
    keys = [(Noun(noun), record) for noun, record in records[: most + 1]]
    steps: dict[Key, list[Event]] = {key: [] for key in keys[:most]}
    by_noun: dict[Noun, list[int]] = defaultdict(list)
    for noun, record in steps:
        by_noun[noun].append(record)
    of_these = reduce(
        or_, (Q(noun=noun, record__in=records) for noun, records in by_noun.items()), Q(pk__in=[])
    )
    for event in events.filter(of_these).order_by("id"):
        steps[Noun(event.noun), event.record].append(event)
    records_touched = tuple(
        TouchedRecord(*key, tuple(steps_of(rows))) for key, rows in steps.items()
    )
    return TouchedPage(records_touched, keys[most - 1] if len(keys) > most else None)


def summary(changeset: UUID) -> Summary:
    """Return how many records of each noun a change set added, changed and removed,
    as far as counted; one query.
    """
    return summaries([changeset], up_to=MOST_EVENTS_COUNTED)[changeset]


def summaries(
    changesets: Iterable[UUID], *, up_to: int = MOST_EVENTS_LISTED
) -> dict[UUID, Summary]:
    """Return the same of several change sets, counting so many events of each noun; one query."""
    rows: dict[UUID, dict[Noun, list[int]]] = {changeset: {} for changeset in changesets}
    if not rows:
        return {}
    nouns = [noun.value for noun in Noun]
    bound = [value for changeset in rows for value in (changeset, nouns, changeset, up_to)]
    for changeset, noun, *counts in rows_of(" UNION ALL ".join([SUMMARY] * len(rows)), bound):
        rows[changeset][Noun(noun)] = counts
    return {changeset: _summary(by, up_to) for changeset, by in rows.items()}


def undoings(changesets: Iterable[UUID]) -> list[Undoing]:
    """Return which of these change sets were undone, and which undid others, in the order of that;
    one query.
    """
    wanted = list(changesets)
    return list(Undoing.objects.filter(Q(undone__in=wanted) | Q(by__in=wanted)).order_by("id"))


def _summary(rows: Mapping[Noun, list[int]], up_to: int) -> Summary:
    counted = {noun: _happened(*rows[noun][1:-1]) for noun in Noun if noun in rows}
    cut = frozenset(noun for noun, (events, *_) in rows.items() if events >= up_to)
    return Summary(counted, cut, {noun: rows[noun][-1] for noun in counted})


def _happened(records: int, added: int, removed: int) -> dict[StepKind, int]:
    changed = max(records - added - removed, 0)
    return {StepKind.ADDED: added, StepKind.CHANGED: changed, StepKind.REMOVED: removed}


def _beyond(key: Key) -> Q:
    return Q(noun__gt=key[0]) | Q(noun=key[0], record__gt=key[1])
