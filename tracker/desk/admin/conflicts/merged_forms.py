"""Merging a form that was sent with the record as it is now: its fields, and its parts, each whole."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import models
from django.http import HttpRequest, QueryDict
from django.utils.text import capfirst

from tracker.desk.admin.conflicts.conflict import Conflict, Item
from tracker.desk.admin.conflicts.form_data import Values, fields_of, typed, values, write
from tracker.desk.admin.site.pages import RecordPage, number
from tracker.history.snapshots import versions
from tracker.history.three_way import Changed
from tracker.models import Record
from tracker.models.snapshots import Snapshot, load_parts
from tracker.models.tables import table_of

MOST_ROWS = 2000  # as in Django's own formsets


class _Parts(NamedTuple):
    """The parts of one kind, by id, at the three versions: opened, seen, now."""

    formset: Any
    prefix: str
    opened: dict[str, Values]
    seen: dict[str, Values]
    theirs: dict[str, Values]


def conflict_of(model_admin: RecordPage, request: HttpRequest, record: Record) -> Conflict | None:
    """Merge a form that was sent with the record as it is; None if it is up to date, or its version is not known."""
    sent = request.POST
    seen = number(sent.get("seen", ""))
    if seen is None or (seen == record.version and "disputed" not in sent):
        return None
    opened = number(sent.get("opened", "")) or seen
    snapshots = {version.record.version: version for version in versions(model_admin.noun, {record.pk: {opened, seen}})}
    if not {opened, seen} <= set(snapshots):
        return None
    now = Snapshot(record, load_parts(model_admin.noun, [record.pk])[record.pk])
    return _merged(model_admin, request, snapshots[opened], snapshots[seen], now)


def typed_since(model_admin: RecordPage, request: HttpRequest, seen: Snapshot) -> list[Item]:
    """Return what somebody typed into a form of a record that is not there to be changed any more."""
    items = _merged(model_admin, request, seen, seen, seen).items
    return [item for item in items if item.changed is Changed.MINE]


def _merged(model_admin: RecordPage, request: HttpRequest, opened: Snapshot, seen: Snapshot, now: Snapshot) -> Conflict:
    record, versions = now.record, (opened, seen, now)
    conflict = Conflict(record, opened.record.version, seen.record.version, request.POST.copy(), request.POST.copy())
    form_class = model_admin.get_form(request, record, change=True)
    _merge_own(conflict, *(form_class(instance=version.record) for version in versions))
    for formset, _ in model_admin.get_formsets_with_inlines(request, record):
        part = table_of(formset.model).part
        rows = ({str(row.pk): values(_form(formset, row)) for row in version.parts[part]} for version in versions)
        _merge_parts(conflict, _Parts(formset, formset.get_default_prefix(), *rows))
    for copy in (conflict.sent, conflict.saved):
        copy["seen"] = str(record.version)
    return conflict


def _merge_own(conflict: Conflict, opened: Any, seen: Any, now: Any) -> None:
    before, known, theirs = (values(form) for form in (opened, seen, now))
    mine = typed(now, conflict.sent, "", [known, theirs])
    for name in fields_of(now):
        field = str(now.fields[name].label or capfirst(name))
        item = _add(conflict, name, field, now, [{name: version[name]} for version in (before, known, theirs, mine)])
        for copy, is_mine in ((conflict.sent, item.shows_mine), (conflict.saved, item.saves_mine)):
            if not is_mine:
                write(now, copy, "", item.theirs or {})


def _merge_parts(conflict: Conflict, parts: _Parts) -> None:
    """Lay the forms of the parts out anew: those that are there now, then those that are to be added."""
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
    """Write one part into what is shown and what is saved; one that is not there any more is saved as a new one."""
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
    chosen, was_disputed = conflict.sent.get(f"choice-{key}", ""), key in conflict.sent.getlist("disputed")
    how: dict[str, Any] = {"key": key, "name": name, "form": form, "opened": opened}
    item = Item(seen, theirs, mine, chosen=chosen, was_disputed=was_disputed, **how)
    conflict.items.append(item)
    return item


def _rows_sent(parts: _Parts, form: Any, sent: QueryDict) -> Iterator[tuple[str, tuple[str, Values | None]]]:
    """Yield what was sent of each part by its id: under which prefix, and what it says, or None if it is to go."""
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
    return {key[len(prefix) + 1 :]: texts for key, texts in sent.lists() if prefix and key.startswith(f"{prefix}-")}


def _clear(sent: QueryDict, prefix: str) -> None:
    for key in [key for key in sent if re.match(rf"{re.escape(prefix)}-\d+-", key)]:
        del sent[key]
