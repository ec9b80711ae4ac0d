"""Assigning a selection: a page that asks whom and says what for, and one call of the service."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import DatabaseError, models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from tracker.admin.changing import changing
from tracker.admin.fields import ProseField
from tracker.admin.labels import name_of
from tracker.admin.people import PersonField
from tracker.admin.publishing import told
from tracker.admin.selection import pinned, unpinned
from tracker.models import Record
from tracker.services.publishing import Chosen, Refused
from tracker.services.reviewing import assign

if TYPE_CHECKING:
    from tracker.admin.records import RecordAdmin


class AssignForm(forms.Form):
    """Whose turn it is, and what is said."""

    to = PersonField(label="For", empty_label="anybody")
    text = ProseField(label="Comment", required=False, widget=AdminTextareaWidget(attrs={"rows": 3}))


@admin.action(permissions=["submit"], description="Assign selected %(verbose_name_plural)s")
def assign_selected(
    model_admin: "RecordAdmin", request: HttpRequest, queryset: "models.QuerySet[Record]"
) -> HttpResponse | None:
    """Give drafts, or what is in review, to somebody to go on with, after a page that asks whom."""
    if "records" not in request.POST:
        records = [Chosen(model_admin.noun, *row) for row in queryset.order_by("pk").values_list("pk", "version")]
        return _page(model_admin, request, records, AssignForm(), [])
    records, form = unpinned(model_admin.noun, request.POST["records"]), AssignForm(request.POST)
    if not form.is_valid():
        return _page(model_admin, request, records, form, [])
    to = form.cleaned_data["to"]
    try:
        with changing(request, why="text"):
            assign(records=records, to=to and to.pk, text=form.cleaned_data["text"])
    except (Refused, DatabaseError) as error:
        return _page(model_admin, request, records, form, told(error))
    noun = model_admin.noun if len(records) == 1 else model_admin.noun.plural
    messages.success(request, f"{len(records)} {noun} assigned to {name_of(to) or 'anybody'}.")
    return redirect(request.get_full_path())


def _page(
    model_admin: "RecordAdmin", request: HttpRequest, records: list[Chosen], form: AssignForm, problems: list[Any]
) -> HttpResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "Assign",
        "opts": model_admin.opts,
        "form": form,
        "problems": problems,
        "records": pinned(records),
        "count": len(records),
        "of": model_admin.noun if len(records) == 1 else model_admin.noun.plural,
        "checkbox_name": ACTION_CHECKBOX_NAME,
        "checkbox_value": records[0].id if records else "",
        "media": model_admin.media,
    }
    request.current_app = model_admin.admin_site.name
    return TemplateResponse(request, "admin/assign_selected.html", context)
