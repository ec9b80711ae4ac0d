"""Submitting a selection for review: a page that shows it and asks why and to whom, and one call of the service."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html

from tracker.admin.actions.assign import AssignForm
from tracker.admin.actions.confirmation import Step, asked_first
from tracker.admin.site.labels import address
from tracker.admin.site.messages import format_error
from tracker.admin.site.record_page import RecordPage
from tracker.models import Record
from tracker.services.publishing import Chosen
from tracker.services.review import objections_to_submitting, submit
from tracker.values.problems import Refused

SUBMIT_TOO = "_submit"
WHAT_HAPPENS = "Whoever may approve finds them in the list of what waits for review. Readers see nothing of it yet."


class SubmitForm(AssignForm):
    """Who is to review it, and why it should be published."""

    needs_reason = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].label = "To be reviewed by"
        self.fields["text"].label = "Why"
        self.fields["text"].help_text = "What changed and why; kept with each record and in the history."


@admin.action(permissions=["submit"], description="Submit selected %(verbose_name_plural)s for review")
def submit_selected(model_admin: RecordPage, request: HttpRequest, queryset: "models.QuerySet[Record]") -> HttpResponse:
    """Put drafts up for review, all or none of them, after a page that shows them and asks why."""
    return asked_first(model_admin, request, queryset, SUBMIT)


def submitted(model_admin: RecordPage, request: HttpRequest, record: Record) -> HttpResponse:
    """Put a record that was just saved up for review, and lead to its review, which says why not if it is not."""
    if not model_admin.has_submit_permission(request):
        raise PermissionDenied
    try:
        submit(records=[Chosen(model_admin.noun, record.pk)], text=request.POST.get("reason", ""))
    except Refused as refusal:
        for line in format_error(refusal):
            messages.warning(request, format_html("It was saved, and not submitted: {}", line))
    else:
        messages.success(request, "It was saved and is in review.")
    return redirect(address(model_admin.noun, record.pk, "review"))


def _submit(records: list[Chosen], said: dict[str, Any]) -> None:
    submit(records=records, to=said["to"] and said["to"].pk, text=said["text"])


def _tell(request: HttpRequest, count: str, said: dict[str, Any], done: None) -> None:
    messages.success(request, f"{count} submitted for review.")


SUBMIT = Step(
    action="submit_selected",
    title="Submit for review",
    button="Submit",
    form=SubmitForm,
    objections=lambda records, by: objections_to_submitting(records=records, by=by),
    act=_submit,
    tell=_tell,
    consequence=lambda records: WHAT_HAPPENS,
)
