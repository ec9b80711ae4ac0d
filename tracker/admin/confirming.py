"""“Still so”, of a selection: a page that says what readers see at once and asks why, and one call of the service."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format

from tracker.admin.asking import Step, WhyForm, asked_first
from tracker.admin.fields import ProseField
from tracker.admin.publishing import tell_edition
from tracker.models import Edition, Record
from tracker.services.publishing import Chosen
from tracker.services.reviewing import confirm, objections_to_confirming

if TYPE_CHECKING:
    from tracker.admin.records import RecordAdmin

AT_ONCE = (
    "Readers see it at once, as edition {edition}: “last checked” becomes {today}, and nothing else changes. Nobody "
    "reviews it before."
)


class ConfirmForm(WhyForm):
    """On what grounds claims still hold, for the team; and a note for readers."""

    why = "reason"

    reason = ProseField(
        label="Why",
        required=False,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        help_text="What you checked today; kept in the history with your name.",
    )
    note = ProseField(
        label="Note for readers",
        required=False,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        help_text="Public: readers see it with the edition.",
    )


@admin.action(permissions=["change"], description="Still so: selected %(verbose_name_plural)s were checked today")
def confirm_selected(
    model_admin: "RecordAdmin", request: HttpRequest, queryset: "models.QuerySet[Record]"
) -> HttpResponse:
    """Confirm claims that readers see as they are, and publish the day, after a page that says so."""
    return asked_first(model_admin, request, queryset, CONFIRM)


def _confirm(records: list[Chosen], said: dict[str, Any]) -> tuple[Edition | None, int]:
    return confirm(records=records, note=said["note"]), len(records)


def _tell(request: HttpRequest, count: str, said: dict[str, Any], done: tuple[Edition | None, int]) -> None:
    tell_edition(request, "confirmed", *done)


def _at_once(records: list[Chosen]) -> str:
    last = Edition.objects.aggregate(last=models.Max("number"))["last"] or 0
    return AT_ONCE.format(edition=last + 1, today=date_format(timezone.localdate(), "j F Y"))


CONFIRM = Step(
    action="confirm_selected",
    title="Still so",
    button="Still so: publish",
    form=ConfirmForm,
    objections=lambda records, by: objections_to_confirming(records=records),
    act=_confirm,
    tell=_tell,
    consequence=_at_once,
)
