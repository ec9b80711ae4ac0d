"""What is said to somebody whose form was opened before somebody else's change."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.admin.conflicts.conflict import Conflict
from tracker.admin.conflicts.lines import lines
from tracker.admin.site.labels import address, made_by
from tracker.history.timeline import Entry, Timeline
from tracker.models import Record
from tracker.models.nouns import noun_of

OUTDATED = "This form is out of date."
MOST_SHOWN = 5


def refused(conflict: Conflict) -> str:
    """Return why a form that was merged can't be saved yet; nothing if it can."""
    names = ", ".join(item.name for item in conflict.undecided)
    choose = f"Choose theirs or yours for: {names}." if names else ""
    if not conflict.is_stale:
        return choose
    before = f"{_who(conflict)}. Nothing was saved; what you typed is still here."
    return f"{before} {choose or 'Look at what was changed, then save.'}"


def unknown(record: Record) -> SafeString:
    """Return what to tell somebody whose form doesn't say which version it shows."""
    noun = noun_of(record)
    return format_html(
        "{} Nothing was saved; what you typed is still here. Look at "
        '<a href="{}" target="_blank">what changed</a> and at <a href="{}" target="_blank">the record now</a>, '
        "and enter there what of yours should stay.",
        OUTDATED,
        address(noun, record.pk, "history"),
        address(noun, record.pk),
    )


def shown_conflict(conflict: Conflict) -> dict[str, Any]:
    """Return what a form shows of a conflict."""
    return {
        "conflict": conflict,
        "lines": lines(conflict.shown),
        "changes": changes_since(conflict.record, conflict.opened),
    }


def changes_since(record: Record, seen: int) -> list[tuple[Entry, str]]:
    """Return the latest changes of a record after a version, the newest first, each with who made it."""
    entries = Timeline(noun_of(record), record.pk, after_version=seen)[:MOST_SHOWN]
    return [(entry, made_by(entry.changeset)) for entry in entries]


def _who(conflict: Conflict) -> str:
    (entry, who), *_ = changes_since(conflict.record, conflict.seen)
    made = entry.changeset
    why = f" (“{made.reason}”)" if made.reason else ""
    return (
        f"{who or 'Somebody'} ({made.get_channel_display()}) changed this record at {made.made_at:%H:%M} UTC{why}, "
        "after you had opened it"
    )
