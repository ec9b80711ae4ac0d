"""A conflict as it is shown:
each item in its three versions, terms by their labels, references by name.

A record may also have been deleted or merged while somebody had its form open, which is kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.desk.admin.conflicts.conflict import Conflict, Item, Values, typed_since
from tracker.desk.admin.site.labels import Named, address, name_of, names, terms_of
from tracker.desk.admin.site.pages import RecordPage, render_page
from tracker.history.snapshots import at
from tracker.history.three_way import Changed
from tracker.history.timeline import Timeline, TimelineEntry
from tracker.models import Record
from tracker.models.nouns import noun_of
from tracker.public.cards import wording
from tracker.values.nouns import Noun
from tracker.values.numbers import number
from tracker.values.problems import Key
from tracker.values.text_diff import Edit, edited_words

EMPTY, ABSENT = "—", "not there"
OUTCOMES = {
    Changed.THEIRS: "theirs, taken over",
    Changed.MINE: "yours",
    Changed.ALIKE: "the same on both sides",
}

OUTDATED = "This form is out of date."
MOST_SHOWN = 5


def why_refused(conflict: Conflict) -> str:
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
        '<a href="{}" target="_blank">what changed</a> and at <a href="{}" '
        'target="_blank">the record now</a>, '
        "and enter there what of yours should stay.",
        OUTDATED,
        address(noun, record.pk, "history"),
        address(noun, record.pk),
    )


def shown_conflict(conflict: Conflict) -> dict[str, Any]:
    return {
        "conflict": conflict,
        "lines": lines(conflict.shown),
        "changes": changes_since(conflict.record, conflict.opened),
    }


def changes_since(record: Record, seen: int) -> list[tuple[TimelineEntry, str]]:
    """Return the latest changes of a record after a version, the newest first,
    each with who made it.
    """
    entries = Timeline(noun_of(record), record.pk, after_version=seen)[:MOST_SHOWN]
    return [(entry, name_of(entry.changeset.made_by)) for entry in entries]


def _who(conflict: Conflict) -> str:
    (entry, who), *_ = changes_since(conflict.record, conflict.seen)
    changeset = entry.changeset
    why = f" (“{changeset.reason}”)" if changeset.reason else ""
    return (
        f"{who or 'Somebody'} ({changeset.get_channel_display()}) changed this record at "
        f"{changeset.made_at:%H:%M} UTC{why}, after you had opened it"
    )


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """One item: how it was, and what of it goes and comes in theirs and in mine."""

    item: Item
    opened: str
    theirs: Sequence[Edit]
    mine: Sequence[Edit]

    @property
    def outcome(self) -> str:
        """Return what comes of it, where nobody has to choose."""
        return "" if self.item.is_disputed else OUTCOMES.get(self.item.changed, "")


def lines(items: list[Item]) -> list[ConflictLine]:
    """Return items as they are shown; a query or two per noun that they name."""
    versions = (
        (item.form, kept) for item in items for kept in (item.opened, item.theirs, item.mine)
    )
    named = names({key for form, kept in versions for key in _references(form, kept)})
    return [_line(item, named) for item in items]


def _text_of(item: Item, values: Values | None, names: Mapping[Key, Named]) -> str:
    """Return what an item says at a version:
    the value of a field, or a line for each field of a part that has any.
    """
    if values is None:
        return ABSENT
    spoken = {name: _spoken(item.form, name, value, names) for name, value in values.items()}
    if not item.is_part:
        return "".join(spoken.values()) or EMPTY
    return "\n".join(
        f"{item.form.fields[name].label}: {text}" for name, text in spoken.items() if text
    )


def _references(form: "forms.ModelForm[Any]", values: Values | None) -> Iterator[Key]:
    for name, value in (values or {}).items():
        if (noun := _noun(form.fields[name])) and (key := number(str(value or ""))):
            yield noun, key


def _line(item: Item, names: Mapping[Key, Named]) -> ConflictLine:
    opened, theirs, mine = (
        _text_of(item, values, names) for values in (item.opened, item.theirs, item.mine)
    )
    return ConflictLine(item, opened, _edits(opened, theirs), _edits(opened, mine))


def _edits(old: str, new: str) -> list[Edit]:
    """Return how one text became the other; only the other, if they have nothing in common."""
    edits = edited_words(old, new)
    has_much = any(edit.text.strip() for edit in edits if not edit.mark)
    return edits if has_much else [Edit(new, "ins")]


def _spoken(form: "forms.ModelForm[Any]", name: str, value: Any, names: Mapping[Key, Named]) -> str:
    field = form.fields[name]
    if value in wording.NOTHING:
        return ""
    if noun := _noun(field):
        return str(names.get((noun, number(str(value)) or 0), value))
    if isinstance(field, forms.BooleanField):
        return wording.value(bool(value))
    terms = terms_of(form._meta.model._meta.get_field(name))
    return wording.value(value, terms) if terms else str(field.prepare_value(value))


def _noun(field: forms.Field) -> Noun | None:
    model: Any = getattr(getattr(field, "queryset", None), "model", None)
    return noun_of(model) if model is not None and issubclass(model, Record) else None


def deleted_page(
    model_admin: RecordPage, request: HttpRequest, object_id: str, record: Record | None
) -> HttpResponse | None:
    """Show what was typed into the form of a record that was deleted, or, if given, merged;
    None if it never was.
    """
    key, seen = number(unquote(object_id)), number(request.POST.get("seen", ""))
    snapshot = at(model_admin.noun, key, seen) if key is not None and seen is not None else None
    if snapshot is None or not model_admin.has_view_or_change_permission(request):
        return None
    survivor: Any = getattr(record, "merged_into", None)
    into = (model_admin.noun, survivor.pk) if survivor else None
    named = names({(model_admin.noun, snapshot.record.pk), *([into] if into else [])})
    sent = [
        (name, text)
        for name, texts in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for text in texts
    ]
    context = {
        "title": "It was merged meanwhile" if into else "It was deleted meanwhile",
        "subtitle": str(named[model_admin.noun, snapshot.record.pk]),
        "named": named[model_admin.noun, snapshot.record.pk],
        "survivor": named[into] if into else None,
        "restore": address(model_admin.noun, snapshot.record.pk, "restore"),
        "lines": lines(typed_since(model_admin, request, snapshot)),
        "sent": sent,
    }
    return render_page(model_admin, request, "admin/conflicts/deleted_record.html", context)
