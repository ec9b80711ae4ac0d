"""Approving what somebody else made and publishing it in one press: a page that shows the selection, and one call."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.http import HttpRequest, HttpResponse

from tracker.admin.actions.confirmation import Step, WhyForm, asked_first
from tracker.admin.actions.publish import show_edition
from tracker.admin.forms.fields import ProseField
from tracker.admin.site.record_page import RecordPage
from tracker.models import Edition, Record
from tracker.services.publishing import Chosen
from tracker.services.review import approve_and_publish, objections_to_approving_and_publishing

WHAT_HAPPENS = "You approve each as it is now, and readers see all of them at once, as one edition."


class ApproveForm(WhyForm):
    """What readers are told of the edition, and what the team is told of each record."""

    needs_reason = False  # it changes no record

    note = ProseField(
        label="Note for readers",
        required=False,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        help_text="What the edition is about. Public.",
    )
    text = ProseField(
        label="Comment",
        required=False,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        help_text="Kept with each record and your name. Readers never see it.",
    )


@admin.action(permissions=["approve_and_publish"], description="Approve and publish selected %(verbose_name_plural)s")
def approve_and_publish_selected(
    model_admin: RecordPage, request: HttpRequest, queryset: "models.QuerySet[Record]"
) -> HttpResponse:
    """Approve what is in review and publish it as one edition, all or none, after a page that shows it."""
    return asked_first(model_admin, request, queryset, APPROVE_AND_PUBLISH)


def _act(records: list[Chosen], said: dict[str, Any]) -> tuple[Edition | None, int]:
    return approve_and_publish(records=records, note=said["note"], text=said["text"]), len(records)


def _tell(request: HttpRequest, count: str, said: dict[str, Any], done: tuple[Edition | None, int]) -> None:
    show_edition(request, "approved and published", *done)


APPROVE_AND_PUBLISH = Step(
    action="approve_and_publish_selected",
    title="Approve and publish",
    button="Approve and publish",
    form=ApproveForm,
    objections=lambda records, by: objections_to_approving_and_publishing(records=records, by=by),
    act=_act,
    tell=_tell,
    consequence=lambda records: WHAT_HAPPENS,
)
