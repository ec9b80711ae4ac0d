"""A form that was opened before somebody else's change does not silently overwrite it."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.admin.labels import address, made_by
from tracker.history.timeline import Timeline
from tracker.models import Record
from tracker.models.nouns import noun_of
from tracker.values.nouns import Noun

OUTDATED = "This form is out of date."


def changed_since(record: Record, seen: str) -> SafeString | str:
    """Return what to tell somebody whose form shows version `seen` of a record; nothing if that is its version."""
    if seen == str(record.version):
        return ""
    noun = noun_of(record)
    return format_html(
        "{} Nothing was saved; what you typed is still here. Look at "
        '<a href="{}" target="_blank">what changed</a> and at <a href="{}" target="_blank">the record now</a>, '
        "and enter there what of yours should stay.",
        _who(noun, record.pk, int(seen)) if seen.isdecimal() else OUTDATED,
        address(noun, record.pk, "history"),
        address(noun, record.pk),
    )


def _who(noun: Noun, record: int, seen: int) -> str:
    latest = Timeline(noun, record, after_version=seen)[:1]
    if not latest:
        return OUTDATED
    changeset = latest[0].changeset
    why = f" (“{changeset.reason}”)" if changeset.reason else ""
    who = made_by(changeset) or f"Somebody ({changeset.channel})"
    return f"{who} changed this record at {changeset.made_at:%H:%M} UTC{why}, after you had opened it."
