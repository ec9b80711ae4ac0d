"""Changing one field of a selection:
it is chosen, then shown what becomes of whom, then done as one change.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import DatabaseError, models
from django.db.models import CheckConstraint, Count, Q, Value
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.text import capfirst

from tracker.desk.admin.actions.selection import pinned, unpinned
from tracker.desk.admin.forms.forms import ReasonForm, check_written
from tracker.desk.admin.history.comparison import named_by, value_text
from tracker.desk.admin.site.labels import label, link, names, with_named
from tracker.desk.admin.site.messages import Says, format_error
from tracker.desk.admin.site.pages import RecordPage, changing, render_page
from tracker.desk.records.writing import objections, set_fields
from tracker.models import Record
from tracker.models.fields import VagueDateField
from tracker.models.nouns import noun_of
from tracker.publishing.publish import Chosen
from tracker.values.problems import RefusedError

MOST_RECORDS = 20
LOOK_AGAIN = "The value is another than the one you looked at. This is what changes now."


@dataclass(frozen=True, slots=True)
class Becomes:
    """What becomes of one value: how many records have it, and what they have then."""

    old: str
    new: str
    count: int


class ValueForm(ReasonForm):
    """The value of a field, with what belongs to it, and why."""

    def __init__(
        self, sent: QueryDict | None, model_admin: RecordPage, request: HttpRequest, field: str
    ) -> None:
        super().__init__(sent)
        self.sent = sent or QueryDict()
        self.model, self.names = model_admin.model, _together(model_admin)[field]
        for name in self.names:
            self.fields[name] = _form_field(model_admin, request, name)
        self.order_fields(self.names)

    def clean(self) -> dict[str, Any]:
        """Refuse what no record may have:
        characters that no text may have, and values that contradict each other.
        """
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in [name for name in self.names if name in cleaned]:
            check_written(self, name)
        fields: Any = {
            name: self.model._meta.get_field(name) for name in self.names if name in cleaned
        }
        values = {name: Value(cleaned[name], field) for name, field in fields.items()}
        for rule in self.model._meta.constraints:
            if _forbids(rule, values):
                field = rule.violation_error_code
                self.add_error(
                    field if field in self.fields else None,
                    capfirst(str(rule.violation_error_message)),
                )
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.names}

    @property
    def typed(self) -> str:
        """Return what was typed, but for the reason, in one line."""
        return urlencode(
            [(name, value) for name in self.names for value in self.sent.getlist(name)]
        )


@admin.action(
    permissions=["change"], description="Change one field of selected %(verbose_name_plural)s"
)
def change_selected(
    model_admin: RecordPage, request: HttpRequest, queryset: "models.QuerySet[Record]"
) -> HttpResponse | None:
    step, field = request.POST.get("step", ""), request.POST.get("field", "")
    if "records" not in request.POST:
        records = [
            Chosen(model_admin.noun, *row)
            for row in queryset.order_by("pk").values_list("pk", "version")
        ]
        return _page(model_admin, request, records, {})
    records = unpinned(model_admin.noun, request.POST["records"])
    if field not in _together(model_admin):
        return _page(model_admin, request, records, {"missing": "Choose a field."})
    form = ValueForm(
        request.POST if step in ("look", "change") else None, model_admin, request, field
    )
    if not form.is_bound or not form.is_valid():
        return _page(model_admin, request, records, {"form": form, "field": field})
    if step == "change" and request.POST.get("looked") != form.typed:
        messages.warning(request, LOOK_AGAIN)
    elif step == "change":
        problems = _done(model_admin, request, records, form)
        if not problems:
            return redirect(request.get_full_path())
        return _looked(model_admin, request, records, form, problems)
    with changing(request):
        problems = format_error(RefusedError(objections(records=records, values=form.values)))
    return _looked(model_admin, request, records, form, problems)


def _done(
    model_admin: RecordPage, request: HttpRequest, records: list[Chosen], form: ValueForm
) -> list[Says]:
    """Change the records; return what blocks it."""
    try:
        with changing(request):
            count = set_fields(records=records, values=form.values)
    except (RefusedError, DatabaseError) as error:
        return format_error(error)
    messages.success(request, f"{model_admin.noun.counted(count)} changed, in one change set.")
    return []


def _looked(
    model_admin: RecordPage,
    request: HttpRequest,
    records: list[Chosen],
    form: ValueForm,
    problems: list[Says],
) -> HttpResponse:
    """Show what becomes of which values, the first records with theirs, and what blocks it."""
    field, ids = form.names[0], [record.id for record in records]
    rows = model_admin.model._default_manager.filter(pk__in=ids).order_by()
    counted = rows.values_list(field).annotate(count=Count("pk")).order_by("-count", field)
    tell = _teller(
        model_admin.model._meta.get_field(field), [old for old, _ in counted], form.values[field]
    )
    first = with_named(model_admin.noun, ids[:MOST_RECORDS])
    attname = model_admin.model._meta.get_field(field).attname
    about = {
        "form": form,
        "field": field,
        "problems": problems,
        "looked": form.typed,
        "becomes": [Becomes(tell(old), tell(form.values[field]), count) for old, count in counted],
        "first": [
            (link(model_admin.noun, record.pk, label(record)), tell(getattr(record, attname)))
            for record in first
        ],
        "more": len(ids) - len(first),
    }
    return _page(model_admin, request, records, about)


def _teller(field: Any, values: list[Any], new: Any) -> Any:
    named = named_by(field)
    keys = {value for value in [*values, new and new.pk] if value is not None} if named else set()
    named_by_key = names((noun_of(named), key) for key in keys) if named else {}
    return lambda value: value_text(
        field, value.pk if isinstance(value, models.Model) else value, named_by_key
    )


def _together(model_admin: RecordPage) -> dict[str, tuple[str, ...]]:
    """Return by field that can be changed what is asked for: it, and perhaps another."""
    together = (
        names if isinstance(names, tuple) else (names,) for names in model_admin.changed_together
    )
    return {names[0]: names for names in together}


def _form_field(model_admin: RecordPage, request: HttpRequest, name: str) -> forms.Field:
    of = model_admin.model._meta.get_field(name)
    alone = {"may_be_interval": False} if isinstance(of, VagueDateField) else {}
    field = model_admin.formfield_for_dbfield(of, request, **alone)
    assert field is not None
    if isinstance(field.widget, RelatedFieldWidgetWrapper):
        field.widget = field.widget.widget
    if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
        records: Any = field.queryset
        field.queryset = records.unmerged()
    return field


def _forbids(rule: models.BaseConstraint, values: dict[str, Any]) -> bool:
    """Tell whether a rule that is about these values alone forbids them."""
    if not isinstance(rule, CheckConstraint) or not isinstance(rule.condition, Q):
        return False
    fields = rule.condition.referenced_base_fields
    return bool(fields) and fields <= values.keys() and not rule.condition.check(values)


def _page(
    model_admin: RecordPage, request: HttpRequest, records: list[Chosen], about: dict[str, Any]
) -> HttpResponse:
    fields: Any = [model_admin.model._meta.get_field(name) for name in _together(model_admin)]
    context = {
        "title": "Change one field",
        "records": pinned(records),
        "counted": model_admin.noun.counted(len(records)),
        "fields": [(field.name, capfirst(field.verbose_name)) for field in fields],
        "checkbox_name": ACTION_CHECKBOX_NAME,
        "checkbox_value": records[0].id if records else "",
        "media": model_admin.media,
        **about,
    }
    return render_page(model_admin, request, "admin/actions/bulk_change.html", context)
