"""Confirming that selected claims are current: a page that shows them and asks why, and one change at the desk."""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format

from tracker.admin.actions.confirmation import Step, WhyForm, asked_first
from tracker.admin.forms.fields import ProseField
from tracker.admin.lists.paged_lists import DayField
from tracker.admin.site.people import PersonField
from tracker.admin.site.record_page import RecordPage
from tracker.models import Record
from tracker.services.publishing import Chosen
from tracker.services.review import confirm, objections_to_confirming, submit

CONSEQUENCE = (
    "The day of the last check moves on to the one that you give, and nothing else changes. Readers see it once "
    "somebody has reviewed and published it."
)
TO_COME = "%(value)s is to come: give the day on which you checked, today or an earlier one."
NOTHING = "Nothing was changed: all of it was checked on that day or later."
SUBMIT = "submit"


class ConfirmForm(WhyForm):
    """On which day, and on what grounds, claims still held."""

    why = "reason"

    reason = ProseField(
        label="Why",
        required=False,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        help_text="What you checked; kept in the history with your name. Readers never see it.",
    )
    on = DayField(label="Checked on", initial=timezone.localdate)

    def clean_on(self) -> date:
        """Return the day, today if it is empty; refuse one that is to come."""
        today = timezone.localdate()
        on: date = self.cleaned_data["on"] or today
        if on > today:
            raise ValidationError(TO_COME, params={"value": date_format(on, "j F Y")})
        return on


class ConfirmAndSubmitForm(ConfirmForm):
    """And whether they are submitted for review in the same press, and to whom."""

    then = forms.ChoiceField(
        label="And then",
        choices=[(SUBMIT, "submit them for review"), ("", "keep them as unpublished changes, to be submitted later")],
        initial=SUBMIT,
        required=False,
    )
    to = PersonField(label="To be reviewed by", empty_label="anybody")


@admin.action(permissions=["change"], description="Confirm selected %(verbose_name_plural)s as current")
def confirm_selected(
    model_admin: RecordPage, request: HttpRequest, queryset: "models.QuerySet[Record]"
) -> HttpResponse:
    """Confirm claims that readers see as they are, and submit them for review if so wanted, after a page that asks."""
    step = CONFIRM_AND_SUBMIT if model_admin.has_submit_permission(request) else CONFIRM
    return asked_first(model_admin, request, queryset, step)


def _confirm(records: list[Chosen], said: dict[str, Any]) -> tuple[int, int]:
    confirmed = confirm(records=records, on=said["on"])
    if confirmed and said.get("then") == SUBMIT:
        submit(records=confirmed, to=said["to"] and said["to"].pk, text=said["reason"])
    return len(confirmed), len(records)


def _tell(request: HttpRequest, count: str, said: dict[str, Any], done: tuple[int, int]) -> None:
    confirmed, asked = done
    if not confirmed:
        messages.info(request, NOTHING)
        return
    of = count if confirmed == asked else f"{confirmed} of {count}"
    then = "submitted for review" if said.get("then") == SUBMIT else "waiting to be submitted for review"
    messages.success(request, f"{of} confirmed as of {date_format(said['on'], 'j F Y')}, and {then}.")


CONFIRM = Step(
    action="confirm_selected",
    title="Confirm as current",
    button="Confirm as current",
    form=ConfirmForm,
    objections=lambda records, by: objections_to_confirming(records=records),
    act=_confirm,
    tell=_tell,
    consequence=lambda records: CONSEQUENCE,
)
CONFIRM_AND_SUBMIT = replace(CONFIRM, form=ConfirmAndSubmitForm)
