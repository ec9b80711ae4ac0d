"""The history of the desk, for reading: terms by their labels, references by name, field by field."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst

from tracker.admin.labels import label, made_by
from tracker.history.timeline import Entry, Step, Timeline, field_of, model_of
from tracker.models import Record

PER_PAGE = 20
NOTHING = "—"
Named = dict[tuple[type[models.Model], int], str]


@dataclass(frozen=True, slots=True)
class Line:
    """One field of a step as it is shown."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One step as it is shown: what was touched, and its fields before and after."""

    step: Step
    what: str
    lines: tuple[Line, ...]
    record: str = ""  # a link to the record, where the page tells of several


def record_history(
    model_admin: Any, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None
) -> HttpResponse:
    """Show every change of a record and of its parts, newest first."""
    record = model_admin.get_object(request, unquote(object_id))
    if record is None:
        missing: HttpResponse = model_admin._get_obj_does_not_exist_redirect(request, model_admin.opts, object_id)
        return missing
    if not model_admin.has_view_or_change_permission(request, record):
        raise PermissionDenied
    page = page_of(request, Timeline(model_admin.noun, record.pk), PER_PAGE)
    entries: list[Entry] = list(page.object_list)
    shown = readable(step for entry in entries for step in entry.steps)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "History",
        "subtitle": label(record),
        "entries": [
            (entry.changeset, made_by(entry.changeset), [shown[step.id] for step in entry.steps]) for entry in entries
        ],
        "page": page,
        "object": record,
        "opts": model_admin.opts,
        "module_name": capfirst(model_admin.opts.verbose_name_plural),
        **(extra_context or {}),
    }
    request.current_app = model_admin.admin_site.name
    return TemplateResponse(request, "admin/record_history.html", context)


def page_of(request: HttpRequest, items: Any, size: int) -> "Page[Any]":
    """Return the page of `items` that the address asks for."""
    return Paginator(items, size).get_page(request.GET.get("p", 1))


def readable(steps: Iterable[Step]) -> dict[int, Shown]:
    """Return steps as they are shown, by the id of their event; one query per noun that their values refer to."""
    found = list(steps)
    named = _names(found)
    return {
        step.id: Shown(
            step,
            step.part.replace("_", " ") or step.noun.value,
            tuple(_line(model_of(step.noun, step.part), difference, named) for difference in step.differences),
        )
        for step in found
    }


def _line(model: type[models.Model] | None, difference: Any, named: Named) -> Line:
    field = field_of(model, difference.field)
    name = str(field.verbose_name) if field else difference.field
    return Line(capfirst(name), _value(field, difference.old, named), _value(field, difference.new, named))


def _value(field: "models.Field[Any, Any] | None", value: Any, named: Named) -> str:
    if value is None or value == "" or value == [] or value == {}:
        return NOTHING
    if isinstance(field, models.ForeignKey):
        return named.get((field.related_model, value), f"{field.related_model._meta.verbose_name} {value}")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(_term(getattr(field, "base_field", None), one) for one in value)
    return _term(field, value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _term(field: "models.Field[Any, Any] | None", value: str) -> str:
    return str(dict(field.flatchoices).get(value, value)) if field else value


def _names(steps: Sequence[Step]) -> Named:
    asked: dict[type[models.Model], set[int]] = defaultdict(set)
    for step in steps:
        for difference in step.differences:
            field = field_of(model_of(step.noun, step.part), difference.field)
            if isinstance(field, models.ForeignKey):
                asked[field.related_model] |= {value for value in (difference.old, difference.new) if value is not None}
    return {
        (model, record.pk): label(record)
        for model, ids in asked.items()
        if issubclass(model, Record)
        for record in model._default_manager.filter(pk__in=ids)
    }
