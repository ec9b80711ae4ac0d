"""Assigning a selection: a page that asks whom and says what for, and one call of the service."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.http import HttpRequest, HttpResponse

from tracker.admin.actions.confirmation import Step, WhyForm, asked_first
from tracker.admin.forms.fields import ProseField
from tracker.admin.site.labels import name_of
from tracker.admin.site.people import PersonField
from tracker.admin.site.record_page import RecordPage
from tracker.models import Record
from tracker.services.publishing import Chosen
from tracker.services.review import assign, objections_to_assigning


class AssignForm(WhyForm):
    """Whose turn it is, and what is said."""

    needs_reason = False  # it changes no record

    to = PersonField(label="For", empty_label="anybody")
    text = ProseField(
        label="Comment",
        required=False,
        widget=AdminTextareaWidget(attrs={"rows": 3}),
        help_text="Kept with each record and your name.",
    )


@admin.action(permissions=["submit"], description="Assign selected %(verbose_name_plural)s")
def assign_selected(model_admin: RecordPage, request: HttpRequest, queryset: "models.QuerySet[Record]") -> HttpResponse:
    """Give drafts, or what is in review, to somebody to go on with, after a page that asks whom."""
    return asked_first(model_admin, request, queryset, ASSIGN)


def _assign(records: list[Chosen], said: dict[str, Any]) -> None:
    assign(records=records, to=said["to"] and said["to"].pk, text=said["text"])


def _tell(request: HttpRequest, count: str, said: dict[str, Any], done: None) -> None:
    messages.success(request, f"{count} assigned to {name_of(said['to']) or 'anybody'}.")


ASSIGN = Step(
    action="assign_selected",
    title="Assign",
    button="Assign",
    form=AssignForm,
    objections=lambda records, by: objections_to_assigning(records=records, by=by),
    act=_assign,
    tell=_tell,
)
