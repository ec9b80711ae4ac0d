"""Change sets in a line: how many records of which kind they touched, and whether they were undone or undid another."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from tracker.admin.site.naming import Named
from tracker.history.changesets import Summary, undoings
from tracker.values.problems import Key


class Marks(NamedTuple):
    """By which change set one was undone last, and wholly or not; and which it undid: none, where it was not."""

    undone_by: UUID | None = None
    is_whole: bool = False
    undoes: UUID | None = None


def in_words(summary: Summary) -> str:
    """Return what a change set touched, as “3 stances changed, 1 source added”, with “+” where not all is counted."""
    return ", ".join(
        f"{count}{'+' if noun in summary.cut else ''} {noun if count == 1 else noun.plural} {happened}"
        for noun, by in summary.counts.items()
        for happened, count in by.items()
        if count
    )


def named_first(known: Mapping[Key, Named], first: Key | None, total: int, *, is_more: bool = False) -> str:
    """Return which records there are, as “Venezuela, and 49 more”, with “+” where not all is counted."""
    if first is None:
        return ""
    more = f", and {total - 1}{'+' if is_more else ''} more" if total > 1 else ""
    return f"{known[first]}{more}"


def undone(changesets: Sequence[UUID]) -> dict[UUID, Marks]:
    """Return the marks of change sets; one query."""
    found = dict.fromkeys(changesets, Marks())
    for one in undoings(changesets):
        if one.undone_id in found:
            found[one.undone_id] = found[one.undone_id]._replace(undone_by=one.by_id, is_whole=one.is_whole)
        if one.by_id in found:
            found[one.by_id] = found[one.by_id]._replace(undoes=one.undone_id)
    return found
