"""The steps of work on a selection:
assigning, confirming, submitting for review, approving and publishing.

Each is a page that shows the selection and asks what belongs to the step,
and one call of the service.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from tracker.desk.admin.actions.confirmation import SelectionStep, asked_first, counted
from tracker.desk.admin.actions.publish import MOST_FIELDS, ReasonsForm, show_edition
from tracker.desk.admin.actions.selection import draft_sources
from tracker.desk.admin.forms.choices import RecordField, SourceSelect
from tracker.desk.admin.forms.fields import DayFormField, PersonField, ProseFormField, ReviewerField
from tracker.desk.admin.site.labels import address, name_of
from tracker.desk.admin.site.messages import format_error
from tracker.desk.admin.site.pages import RecordPage, missing
from tracker.desk.admin.site.public_status import records_by_key
from tracker.models import Edition, Record, StanceCitation
from tracker.models.nouns import noun_of, records_of
from tracker.publishing import review
from tracker.publishing.publish import Chosen
from tracker.values.problems import Problem, RefusedError

SAVED = "It was saved and is in review."
SUBMIT_TOO = "_submit"
SUBMITTED = (
    "Whoever may approve finds them in the list of what waits for review, with new sources "
    "that they cite. Readers see nothing of it yet."
)
APPROVED = "You approve each as it is now. Readers see nothing of it until somebody publishes it."
PUBLISHED = "You approve each as it is now, and readers see all of them at once, as one edition."
CONFIRMED = (
    "The day of the last check moves on to the one that you give, and nothing else changes. "
    "Readers see it once somebody has reviewed and published it."
)
STILL_SO = (
    "Sets the day of the last check, and adds the source to the claim. Readers see both after "
    "review and publication."
)
TO_COME = "%(value)s is to come: give the day on which you checked, today or an earlier one."
NOTHING = "Nothing was changed: all of it was checked on that day or later."
SUBMIT = "submit"
SOURCE: Any = StanceCitation._meta.get_field("source")
CITES = re.compile(r"citations-(\d+)-source")
CITED = ("source", "locator_label", "locator", "quote")


class Assign(SelectionStep):
    """Whose turn it is, and what is said."""

    action, title = "assign_selected", "Assign"
    needs_reason = False  # it changes no record
    objections = staticmethod(review.objections_to_assigning)

    to = PersonField(label="For")
    text = ProseFormField(
        label="Comment", required=False, rows=3, help_text="Kept with each record and your name."
    )

    def act(self, records: list[Chosen]) -> None:
        to = self.cleaned_data["to"]
        review.assign(records=records, to=to and to.pk, text=self.cleaned_data["text"])

    def show(self, request: HttpRequest, count: str, outcome: None) -> None:
        messages.success(
            request, f"{count} assigned to {name_of(self.cleaned_data['to']) or 'anybody'}."
        )


class Submit(SelectionStep):
    """Who is to review it, and why it should be published."""

    action, title, button, message = (
        "submit_selected",
        "Submit for review",
        "Submit",
        "submitted for review",
    )
    consequence = SUBMITTED
    tells = True
    objections = staticmethod(review.objections_to_submitting)

    to = ReviewerField()
    text = ProseFormField(
        label="Why",
        required=False,
        rows=3,
        help_text="What changed and why; kept with each record and in the history.",
    )

    def act(self, records: list[Chosen]) -> None:
        _submit(records, self.cleaned_data["text"], self.cleaned_data["to"])


class Approve(SelectionStep):
    """What the team finds with each record."""

    action, title, message = "approve_selected", "Approve", "approved"
    consequence = APPROVED
    tells = True
    shows_cards = True
    needs_reason = False  # it changes no record
    objections = staticmethod(review.objections_to_approving)

    text = ProseFormField(
        label="Comment",
        required=False,
        help_text="Kept with each record and your name. Readers never see it.",
    )

    def act(self, records: list[Chosen]) -> Any:
        review.approve(records=records, text=self.cleaned_data["text"])


class ApproveAndPublish(ReasonsForm, Approve):
    """What readers find with the edition, too."""

    action, title = "approve_and_publish_selected", "Approve and publish"
    consequence = PUBLISHED
    objections = staticmethod(review.objections_to_approving_and_publishing)

    def ask_of(self, records: list[Chosen]) -> None:
        """Ask why single records are changed, too."""
        first = records[: MOST_FIELDS + 1]
        self.ask_reasons(
            list(records_by_key((record.noun, record.id) for record in first).values())
        )

    def act(self, records: list[Chosen]) -> tuple[Edition | None, int]:
        texts = {name: self.cleaned_data[name] for name in ("note", "reasons", "text")}
        return review.approve_and_publish(records=records, **texts), len(records)

    def show(self, request: HttpRequest, count: str, outcome: tuple[Edition | None, int]) -> None:
        show_edition(request, "approved and published", *outcome)


class Confirm(SelectionStep):
    """On which day, and on what grounds, claims still held."""

    action, title = "confirm_selected", "Confirm as current"
    consequence = CONFIRMED
    why = "reason"

    reason = ProseFormField(
        label="Why",
        required=False,
        help_text="What you checked; kept in the history with your name. Readers never see it.",
    )
    on = DayFormField(label="Checked on", initial=timezone.localdate)

    @staticmethod
    def objections(*, records: list[Chosen], by: int) -> list[Problem]:
        return review.objections_to_confirming(records=records)

    def clean_on(self) -> date:
        """Return the day, today if it is empty; refuse one that is to come."""
        today = timezone.localdate()
        on: date = self.cleaned_data["on"] or today
        if on > today:
            raise ValidationError(TO_COME, params={"value": date_format(on, "j F Y")})
        return on

    def act(self, records: list[Chosen]) -> tuple[int, int]:
        values = self.cleaned_data
        confirmed = self.confirm(records)
        if confirmed and values.get("then") == SUBMIT:
            _submit(confirmed, values["reason"], values["to"])
        return len(confirmed), len(records)

    def confirm(self, records: list[Chosen]) -> list[Chosen]:
        """Confirm claims; return those that this changed, at the versions that they have now."""
        return review.confirm(records=records, on=self.cleaned_data["on"])

    def show(self, request: HttpRequest, count: str, outcome: tuple[int, int]) -> None:
        confirmed, chosen = outcome
        if not confirmed:
            messages.info(request, NOTHING)
            return
        of = count if confirmed == chosen else f"{confirmed:,} of {count}"
        then = self.cleaned_data.get("then") == SUBMIT
        state = "submitted for review" if then else "waiting to be submitted for review"
        day = date_format(self.cleaned_data["on"], "j F Y")
        messages.success(request, f"{of} confirmed as of {day}, and {state}.")


class ConfirmAndSubmit(Confirm):
    """And whether they are submitted for review in the same press, and to whom."""

    then = forms.ChoiceField(
        label="And then",
        choices=[
            (SUBMIT, "submit them for review"),
            ("", "keep them as unpublished changes, to be submitted later"),
        ],
        initial=SUBMIT,
        required=False,
    )
    to = ReviewerField()


class StillSo(Confirm):
    """And which source says that it still is so, which the claim cites from then on."""

    consequence = STILL_SO

    source = RecordField(
        queryset=SOURCE.related_model._default_manager.all(),
        widget=SourceSelect(SOURCE, admin.site),
        required=False,
        help_text="The claim cites it from now on. Leave it empty to add none.",
    )
    locator_label = StanceCitation._meta.get_field("locator_label").formfield()
    locator = StanceCitation._meta.get_field("locator").formfield()
    quote = ProseFormField(required=False)
    field_order = ("source", "locator_label", "locator", "quote", "on", "reason")

    def ask_of(self, records: list[Chosen]) -> None:
        """Begin with the first source that the form of a new claim cites, if one sent it."""
        rows = (
            match[1]
            for match in map(CITES.fullmatch, self.initial)
            if match and self.initial[match[0]]
        )
        row = next(rows, None)
        for name in CITED:
            self.initial.setdefault(name, self.initial.get(f"citations-{row}-{name}", ""))

    def confirm(self, records: list[Chosen]) -> list[Chosen]:
        confirmed = super().confirm(records)
        if not self.cleaned_data["source"]:
            return confirmed
        cited = {name: self.cleaned_data[name] for name in CITED}
        for record in records:
            claim: Any = records_of(record.noun).get(pk=record.id)
            claim.citations.get_or_create(**cited)
        return [Chosen(record.noun, record.id) for record in records]


class StillSoAndSubmit(StillSo, ConfirmAndSubmit):
    """And whether it is submitted for review in the same press, and to whom."""


def _action(
    step: type[SelectionStep], permission: str, description: str
) -> Callable[..., HttpResponse]:
    """Return the action of a list that takes a step, which Django knows by its name."""

    def act(model_admin: RecordPage, request: HttpRequest, queryset: Any) -> HttpResponse:
        return asked_first(model_admin, request, queryset, step)

    act.__name__ = step.action
    return admin.action(permissions=[permission], description=description)(act)


assign_selected = _action(Assign, "submit", "Assign selected %(verbose_name_plural)s")
submit_selected = _action(Submit, "submit", "Submit selected %(verbose_name_plural)s for review")
approve_and_publish_selected = _action(
    ApproveAndPublish, "approve_and_publish", "Approve and publish selected %(verbose_name_plural)s"
)


@admin.action(
    permissions=["change"], description="Confirm selected %(verbose_name_plural)s as current"
)
def confirm_selected(model_admin: RecordPage, request: HttpRequest, queryset: Any) -> HttpResponse:
    """Confirm claims that readers see as they are, and submit them for review if so wanted,
    after a page that asks.
    """
    step = ConfirmAndSubmit if model_admin.has_submit_permission(request) else Confirm
    return asked_first(model_admin, request, queryset, step)


def still_so_view(model_admin: RecordPage, request: HttpRequest, record: int) -> HttpResponse:
    """Confirm a claim and let it cite a source more, after a page that asks;
    the form of a new claim sends its own.
    """
    claims = model_admin.get_queryset(request).filter(pk=record)
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    if not claims.exists():
        return missing(model_admin, request, str(record))
    step = StillSoAndSubmit if model_admin.has_submit_permission(request) else StillSo
    return asked_first(model_admin, request, claims, step)


def submitted(model_admin: RecordPage, request: HttpRequest, *records: Record) -> HttpResponse:
    """Put records that were just saved up for review, with new sources that they cite;
    lead to the first one's review.

    What can't be submitted is told there.
    """
    if not model_admin.has_submit_permission(request):
        raise PermissionDenied
    try:
        chosen = [Chosen(noun_of(record), record.pk) for record in records]
        sources = _submit(chosen, request.POST.get("reason", ""))
    except RefusedError as refusal:
        for line in format_error(refusal):
            messages.warning(request, format_html("It was saved, and not submitted: {}", line))
    else:
        companions = [*chosen[1:], *sources]
        sentence = f" Submitted with it: {counted(companions)}." if companions else ""
        messages.success(request, SAVED + sentence)
    return redirect(address(model_admin.noun, records[0].pk, "review"))


def _submit(records: list[Chosen], text: str, reviewer: Any = None) -> list[Chosen]:
    """Submit records with the new sources that they cite; return these."""
    sources = draft_sources(records)
    review.submit(records=[*records, *sources], to=reviewer and reviewer.pk, text=text)
    return sources
