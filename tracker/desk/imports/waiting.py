"""What an import that publishes makes public: what it made or changed itself, at the version that this made.

A record that waits at the desk for another reason (a draft, somebody's edit, a retraction) does not become public with
it, whether the file changes it or not: whoever let it wait has not decided that.
"""

from collections.abc import Sequence
from enum import StrEnum

from tracker.desk.imports.faults import Faults
from tracker.desk.records.comparing import Action, Compared
from tracker.publishing.status import Status, statuses
from tracker.values.problems import Problem

WAITS = "it has edits that wait to be published: readers see version {public}, the desk has {version}"
REMEDY = "publish or undo that first, or leave out what waits (--leave-out-waiting)"


class Publish(StrEnum):
    """What an import publishes of the records of its files; by default it is refused if one of them waits."""

    NOTHING = "nothing"
    ALL_OR_NOTHING = "all or nothing"
    WHAT_DOES_NOT_WAIT = "what does not wait"


def to_publish(publish: Publish, rows: Sequence[Compared], faults: Faults, left_out: Faults) -> list[int]:
    """Return the records that are to be published of some rows of one noun, compared and not yet written.

    Those that wait are told to `faults` or, if they are only to be left out, to `left_out`.
    """
    if publish is Publish.NOTHING or not rows:
        return []
    waiting, remedy = (faults, REMEDY) if publish is Publish.ALL_OR_NOTHING else (left_out, "")
    known = statuses(rows[0].parsed.layout.noun, [row.record.pk for row in rows if not row.is_new])
    records = []
    for row in rows:
        if not row.is_new and (why := _why_it_waits(row, known[row.record.pk])):
            versions = {"public": known[row.record.pk].version, "version": row.record.version}
            waiting.add(row.parsed.placed(Problem("waiting", why, params=versions, remedy=remedy)))
        elif row.action is not Action.SAME:
            records.append(row.record.pk)
    return records


def _why_it_waits(row: Compared, status: Status) -> str:
    """Return why a record waits at the desk whatever the import does; empty if it doesn't."""
    version = row.record.version
    if status.version == version or getattr(row.record, "merged_into_id", None):
        return ""
    if status.operation is None:
        return "it is a draft, which waits to be published"
    if status.version is not None:
        return WAITS
    return "it was withdrawn" if row.action is Action.CHANGED or version > status.last else ""
