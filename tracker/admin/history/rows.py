"""The rows of a record's history: a change set each, with how much it changed, and the editions that came after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from tracker.admin.history.steps import Shown, shown
from tracker.admin.site.labels import made_by
from tracker.history.timeline import Entry, Happened, Page, Timeline
from tracker.models import Change

MOST_EDITIONS = 200  # told on one page
MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One change set as the history shows it; `can_be_old` and `can_be_new` say which end of a comparison it can be."""

    entry: Entry
    who: str
    steps: Sequence[Shown]
    editions: Sequence[Change]
    can_be_old: bool
    can_be_new: bool

    @property
    def fields(self) -> int:
        """Return how many fields it changed."""
        return sum(len(one.lines) for one in self.steps)

    @property
    def named(self) -> str:
        """Return what it changed in a few words: fields of the record, fields of parts, parts that came or went."""
        words = list(dict.fromkeys(map(_words, self.steps)))
        more = len(words) - MOST_NAMED
        return "; ".join(words[:MOST_NAMED]) + (f"; and {more} more" if more > 0 else "")


def rows(timeline: Timeline, page: Page, before: int | None) -> list[HistoryRow]:
    """Return the rows of a page of a record's history; the pairs that can be compared are of versions of the page."""
    by_event = {one.step.id: one for one in shown(step for entry in page.entries for step in entry.steps)}
    editions = _editions(timeline, page, before)
    versions = [entry.version for entry in page.entries if entry.version]
    return [
        HistoryRow(
            entry,
            made_by(entry.changeset),
            [by_event[step.id] for step in entry.steps],
            editions[entry.changeset.pk],
            can_be_old=entry.version in versions[1:],
            can_be_new=entry.version in versions[:-1],
        )
        for entry in page.entries
    ]


def newest_pair(found: Sequence[HistoryRow]) -> tuple[int | None, int | None]:
    """Return the two versions that are chosen to begin with, the older one first; none where there is no pair."""
    new = next((row.entry.version for row in found if row.can_be_new), None)
    return next((row.entry.version for row in found if row.can_be_old), None), new


def _words(one: Shown) -> str:
    if one.step.happened is not Happened.CHANGED:
        return f"{one.what} {one.step.happened}"
    return ", ".join(line.field for line in one.lines) + (f" of a {one.what}" if one.step.part else "")


def _editions(timeline: Timeline, page: Page, before: int | None) -> dict[UUID, list[Change]]:
    """Return by change set the changes that editions made to the record between it and the next change set."""
    changes = Change.objects.filter(noun=timeline.noun, record=timeline.record).select_related("edition")
    newer = timeline.events.filter(pk=before).select_related("changeset").first() if before else None
    if newer:
        changes = changes.filter(edition__published_at__lt=newer.changeset.made_at)
    found: dict[UUID, list[Change]] = {entry.changeset.pk: [] for entry in page.entries}
    if page.older:
        changes = changes.filter(edition__published_at__gte=page.entries[-1].changeset.made_at)
    for change in changes.order_by("-edition")[:MOST_EDITIONS]:
        at = change.edition.published_at
        entry = next((one for one in page.entries if one.changeset.made_at <= at), page.entries[-1])
        found[entry.changeset.pk].append(change)
    return found
