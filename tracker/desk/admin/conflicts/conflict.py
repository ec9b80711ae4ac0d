"""Nobody overwrites anybody:
a form that was opened before somebody else's change is merged with it before it is saved.

What is chosen whole is an item: a field of the record, or a part. What one side alone changed is
taken over; where both changed an item otherwise, whoever saves chooses, and what was typed stays in
the form meanwhile. The form carries the version it was merged with last (`seen`), the one it was
opened with (`opened`), what is in dispute, the choices.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django import forms
from django.db import models
from django.http import HttpRequest, QueryDict
from django.utils.text import capfirst

from tracker.desk.admin.site.pages import RecordPage
from tracker.history.snapshots import versions
from tracker.history.three_way import Changed, ThreeWay
from tracker.models import Record
from tracker.models.snapshots import Snapshot, load_parts
from tracker.models.tables import table_of
from tracker.values.numbers import number

# by field: as the table keeps it, or, where nothing of the kind is known, as it was typed
Values = dict[str, Any]
MOST_ROWS = 2000  # as in Django's own formsets
ABOUT_PARTS = {"id", forms.formsets.DELETION_FIELD_NAME}


def fields_of(form: "forms.ModelForm[Any]") -> list[str]:
    """Return the names of a form's fields that stand for fields of its table."""
    columns = {field.name for field in form._meta.model._meta.concrete_fields}
    return [name for name in form.fields if name in columns - ABOUT_PARTS]


def values(form: "forms.ModelForm[Any]") -> Values:
    return {name: form.get_initial_for_field(form.fields[name], name) for name in fields_of(form)}


def typed(
    form: "forms.ModelForm[Any]", sent: QueryDict, prefix: str, known: Iterable[Values | None]
) -> Values:
    """Return what was sent of a form; what is the same as in a known version, as it is there."""
    versions = [version for version in known if version is not None]
    return {
        name: _typed(form.fields[name], sent, _key(prefix, name), name, versions)
        for name in fields_of(form)
    }


def write(form: "forms.ModelForm[Any]", sent: QueryDict, prefix: str, values: Values) -> None:
    """Write values into what is sent of a form, as a browser that shows them would send them."""
    for name, value in values.items():
        texts = _texts(form.fields[name], value)
        sent.setlist(_key(prefix, name), texts)
        if not texts:
            del sent[_key(prefix, name)]


def _key(prefix: str, name: str) -> str:
    return f"{prefix}-{name}" if prefix else name


def _typed(
    field: forms.Field, sent: QueryDict, key: str, name: str, versions: Iterable[Values]
) -> Any:
    value = field.widget.value_from_datadict(sent, {}, key)
    return next(
        (version[name] for version in versions if not field.has_changed(version[name], value)),
        value,
    )


def _texts(field: forms.Field, value: Any) -> list[str]:
    value = field.prepare_value(value)
    widget: Any = getattr(field.widget, "widget", field.widget)
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if value else []
    shown = widget.format_value(value)
    return (
        [str(text) for text in shown]
        if isinstance(shown, list)
        else ["" if shown is None else str(shown)]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(ThreeWay[Values]):
    """A field of the record, or a part; also as it was when the form was opened."""

    key: str
    name: str
    form: "forms.ModelForm[Any]"  # knows the fields
    opened: Values | None

    @property
    def is_part(self) -> bool:
        """Tell whether it is a part, else a field of the record."""
        return ":" in self.key

    @property
    def anchor(self) -> str:
        return f"{self.key.partition(':')[0]}-group" if self.is_part else f"id_{self.key}"


@dataclass(slots=True)
class Conflict:
    """A form that can't be saved as it was sent:
    what it shows, `sent`, and what is to be checked and saved of it.
    """

    record: Record
    opened: int
    seen: int
    sent: QueryDict
    saved: QueryDict
    items: list[Item] = field(default_factory=list)

    @property
    def is_stale(self) -> bool:
        """Tell whether somebody changed the record since this form was sent last."""
        return self.seen != self.record.version

    @property
    def disputed(self) -> list[Item]:
        return [item for item in self.items if item.is_disputed]

    @property
    def undecided(self) -> list[Item]:
        """Return what nobody has chosen yet."""
        return [item for item in self.disputed if not item.choice]

    @property
    def shown(self) -> list[Item]:
        """Return what is shown: all that either side changed, or, once that was seen,
        what has to be chosen.
        """
        if not self.is_stale:
            return self.disputed
        return [
            item for item in self.items if item.is_disputed or item.changed is not Changed.NOBODY
        ]


class _Parts(NamedTuple):
    """The parts of one kind, by id, at the three versions: opened, seen, now."""

    formset: Any
    prefix: str
    opened: dict[str, Values]
    seen: dict[str, Values]
    theirs: dict[str, Values]


def conflict_of(model_admin: RecordPage, request: HttpRequest, record: Record) -> Conflict | None:
    """Merge a form that was sent with the record as it is;
    None if it is up to date, or its version is not known.
    """
    sent = request.POST
    seen = number(sent.get("seen", ""))
    if seen is None or (seen == record.version and "disputed" not in sent):
        return None
    opened = number(sent.get("opened", "")) or seen
    snapshots = {
        version.record.version: version
        for version in versions(model_admin.noun, {record.pk: {opened, seen}})
    }
    if not {opened, seen} <= set(snapshots):
        return None
    now = Snapshot(record, load_parts(model_admin.noun, [record.pk])[record.pk])
    return _merged(model_admin, request, snapshots[opened], snapshots[seen], now)


def typed_since(model_admin: RecordPage, request: HttpRequest, seen: Snapshot) -> list[Item]:
    """Return what somebody typed into a form of a record that
    is not there to be changed any more.
    """
    items = _merged(model_admin, request, seen, seen, seen).items
    return [item for item in items if item.changed is Changed.MINE]


def _merged(
    model_admin: RecordPage, request: HttpRequest, opened: Snapshot, seen: Snapshot, now: Snapshot
) -> Conflict:
    record, versions = now.record, (opened, seen, now)
    conflict = Conflict(
        record, opened.record.version, seen.record.version, request.POST.copy(), request.POST.copy()
    )
    form_class = model_admin.get_form(request, record, change=True)
    _merge_own(conflict, *(form_class(instance=version.record) for version in versions))
    for formset, _ in model_admin.get_formsets_with_inlines(request, record):
        part = table_of(formset.model).part
        rows = (
            {str(row.pk): values(_form(formset, row)) for row in version.parts[part]}
            for version in versions
        )
        _merge_parts(conflict, _Parts(formset, formset.get_default_prefix(), *rows))
    for copy in (conflict.sent, conflict.saved):
        copy["seen"] = str(record.version)
    return conflict


def _merge_own(conflict: Conflict, opened: Any, seen: Any, now: Any) -> None:
    before, known, theirs = (values(form) for form in (opened, seen, now))
    mine = typed(now, conflict.sent, "", [known, theirs])
    for name in fields_of(now):
        field = str(now.fields[name].label or capfirst(name))
        item = _add(
            conflict,
            name,
            field,
            now,
            [{name: version[name]} for version in (before, known, theirs, mine)],
        )
        for copy, is_mine in ((conflict.sent, item.shows_mine), (conflict.saved, item.saves_mine)):
            if not is_mine:
                write(now, copy, "", item.theirs or {})


def _merge_parts(conflict: Conflict, parts: _Parts) -> None:
    """Lay the forms of the parts out anew:
    those that are there now, then those that are to be added.
    """
    form, posted, total = _form(parts.formset), conflict.sent.copy(), 0
    rows = dict(_rows_sent(parts, form, posted))
    for copy in (conflict.sent, conflict.saved):
        _clear(copy, parts.prefix)
    for key in {**parts.theirs, **parts.seen, **rows}:
        prefix, mine = rows.get(key, ("", parts.seen.get(key)))
        kept = [version.get(key) for version in (parts.opened, parts.seen, parts.theirs)]
        name = capfirst(f"{parts.formset.model._meta.verbose_name} {total + 1}")
        item = _add(conflict, f"{parts.prefix}:{key}", name, form, [*kept, mine])
        if item.theirs is not None or item.shows_mine:
            _lay(conflict, item, f"{parts.prefix}-{total}", _row(posted, prefix))
            total += 1
    for copy in (conflict.sent, conflict.saved):
        copy[f"{parts.prefix}-INITIAL_FORMS"] = str(len(parts.theirs))
        copy[f"{parts.prefix}-TOTAL_FORMS"] = str(total)


def _lay(conflict: Conflict, item: Item, prefix: str, row: dict[str, list[str]]) -> None:
    """Write one part into what is shown and what is saved;
    one that is not there any more is saved as a new one.
    """
    key = item.key.partition(":")[2]
    for copy, is_mine in ((conflict.sent, item.shows_mine), (conflict.saved, item.saves_mine)):
        if is_mine or item.theirs is None:
            for name, texts in row.items():
                copy.setlist(f"{prefix}-{name}", texts)
        else:
            write(item.form, copy, prefix, item.theirs)
        copy[f"{prefix}-id"] = key if key.isdecimal() else ""
    if item.theirs is None:
        conflict.saved[f"{prefix}-id"] = ""
        if not item.saves_mine:
            conflict.saved[f"{prefix}-DELETE"] = "on"


def _add(conflict: Conflict, key: str, name: str, form: Any, versions: list[Values | None]) -> Item:
    opened, seen, theirs, mine = versions
    chosen, was_disputed = (
        conflict.sent.get(f"choice-{key}", ""),
        key in conflict.sent.getlist("disputed"),
    )
    how: dict[str, Any] = {"key": key, "name": name, "form": form, "opened": opened}
    item = Item(seen, theirs, mine, chosen=chosen, was_disputed=was_disputed, **how)
    conflict.items.append(item)
    return item


def _rows_sent(
    parts: _Parts, form: Any, sent: QueryDict
) -> Iterator[tuple[str, tuple[str, Values | None]]]:
    """Yield what was sent of each part by its id:
    under which prefix, and what it says, or None if it is to go.
    """
    blank = values(form)
    for place in range(min(number(sent.get(f"{parts.prefix}-TOTAL_FORMS", "")) or 0, MOST_ROWS)):
        prefix = f"{parts.prefix}-{place}"
        key, is_to_go = sent.get(f"{prefix}-id", ""), f"{prefix}-DELETE" in sent
        known = [parts.seen.get(key), parts.theirs.get(key)] if key else [blank]
        mine = typed(form, sent, prefix, known)
        if key or not (is_to_go or mine == blank):
            yield key or f"new-{place}", (prefix, None if is_to_go else mine)


def _form(formset: Any, row: models.Model | None = None) -> Any:
    form = formset.form(instance=row)
    form.fields.pop(formset.fk.name, None)
    return form


def _row(sent: QueryDict, prefix: str) -> dict[str, list[str]]:
    return {
        key[len(prefix) + 1 :]: texts
        for key, texts in sent.lists()
        if prefix and key.startswith(f"{prefix}-")
    }


def _clear(sent: QueryDict, prefix: str) -> None:
    for key in [key for key in sent if re.match(rf"{re.escape(prefix)}-\d+-", key)]:
        del sent[key]
