"""The forms of records and of their parts:
all of a form's errors at once, and nothing typed is lost.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import connection
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from tracker.desk.admin.forms.choices import RecordSelect
from tracker.desk.admin.forms.fields import CountryFormField, ProseFormField
from tracker.desk.admin.site import public_status
from tracker.desk.admin.site.labels import label, link, with_named
from tracker.desk.admin.site.messages import format_own_problems
from tracker.desk.records.actor_names import Doubt
from tracker.desk.records.duplicates import DUPLICATE_KEYS, MOST_TOLD, unsaved_duplicates
from tracker.desk.records.fields import layout
from tracker.desk.records.keys import public_keys
from tracker.desk.records.rules import announced_too_late, too_few_take_part
from tracker.desk.records.turning_points import last_day, objections, of_another
from tracker.models.desk_rules import FIELDS, broken_at_desk, records_becoming, rows_becoming
from tracker.models.kinds import written
from tracker.models.nouns import noun_of
from tracker.values import dates
from tracker.values.nouns import Noun
from tracker.values.numbers import number
from tracker.values.problems import InvalidError, Problem

OTHER_END = {"since": "until", "until": "since"}
PART = {"since": "first", "until": "second"}
TWO_ENDS = "“{}” is an interval: leave “{}” empty, or write its {} part only."
SPLIT = "“{}” is an interval and was split into “since” and “until”. Look at both, and save again."

THERE = "Already here, with {}: {}."
UNSAVED = "{} Nothing is saved yet. Change that one, or save again if this is another."
DOUBTFUL = "{}. Nothing is saved yet. Correct it, or save again if it is right."
OFFER = (
    '<label class="offer"><input type="checkbox" name="earlier" value="{}"> It changed: end '
    "“{}” on {}, "
    "by the sources that are cited here.</label>"
)
UNCHANGED = Doubt("unchanged", "it says the same as the claim that ends")
TAKES_PART = re.compile(r"participants-(\d+)-actor")


def check_written(form: forms.BaseForm, name: str) -> None:
    """Complain of a new value that no record may have."""
    field: Any = form.fields[name]
    value = form.cleaned_data[name]
    try:
        if hasattr(field, "kind"):
            field.kind.written(value)
        else:
            written(value, may_have_lines=isinstance(field, ProseFormField))
    except InvalidError as error:
        form.add_error(name, [replace(wrong, value=str(value)).text for wrong in error.problems])


class DeskForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form of one record or of one part of one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        opts: Any = self.instance._meta
        for name, field in self.fields.items():
            select = getattr(field.widget, "widget", field.widget)
            if isinstance(select, RecordSelect) and opts.get_field(name).is_cached(self.instance):
                select.known = getattr(self.instance, name)
            if isinstance(field, CountryFormField):
                field.keep(self.initial.get(name) or "")

    def clean(self) -> dict[str, Any]:
        """Show a pasted interval split, and keep what did not change exactly as it was."""
        super().clean()
        cleaned: dict[str, Any] = self.cleaned_data
        for name, field in self.fields.items():
            kept = hasattr(self.instance, name) and not isinstance(field, forms.ModelChoiceField)
            if (
                kept
                and name in cleaned
                and name not in self.changed_data
                and not self.instance._state.adding
            ):
                cleaned[name] = getattr(self.instance, name)
            elif name in cleaned:
                check_written(self, name)
        for name in OTHER_END:
            if "/" in (cleaned.get(name) or ""):
                self._split_interval(name, cleaned[name])
        return cleaned

    def _split_interval(self, name: str, interval: str) -> None:
        """Write the two ends of an interval into their fields,
        and have both looked at before anything is saved.
        """
        ends = dates.split_interval(interval) or ("", "")
        if self.data.get(self.add_prefix(OTHER_END[name])):
            self.add_error(name, TWO_ENDS.format(interval, OTHER_END[name], PART[name]))
            return
        try:
            for text in filter(None, ends):
                self.fields[name].read(text, text)  # type: ignore[attr-defined]
        except ValidationError as error:
            self.add_error(name, error)
            return
        self.write(dict(zip(OTHER_END, ends, strict=True)))
        for end in OTHER_END:
            self.add_error(end, ValidationError(SPLIT.format(interval), code="split"))

    def write(self, values: Mapping[str, str]) -> None:
        """Show other values than were sent."""
        sent: Any = self.data
        self.data = sent.copy()
        for name, value in values.items():
            self.data[self.add_prefix(name)] = value  # type: ignore[index]

    def add_error(self, field: str | None, error: Any) -> None:
        """Add errors; one whose code is a field, as that of a rule of the database is,
        is shown beside that field.
        """
        if field is not None:
            super().add_error(field, error)
            return
        whole = error if isinstance(error, ValidationError) else ValidationError(error)
        by_field = (
            whole.error_dict
            if hasattr(whole, "error_dict")
            else {NON_FIELD_ERRORS: whole.error_list}
        )
        for name, errors in by_field.items():
            for problem in errors:
                super().add_error(
                    *self._placed(None if name == NON_FIELD_ERRORS else name, problem)
                )

    def _placed(
        self, name: str | None, error: ValidationError
    ) -> tuple[str | None, ValidationError]:
        if name is not None:
            return (name if name in self.fields else None), error
        if error.code not in self.fields:
            return None, error
        return error.code, ValidationError(capfirst("; ".join(error.messages)), code=error.code)


def line_about(noun: Noun, duplicates: Sequence[int]) -> SafeString:
    """Return a line with links to the first of what a record may be; empty if there is none."""
    key = DUPLICATE_KEYS[noun]
    links = (
        (link(noun, record.pk, label(record)),)
        for record in with_named(noun, duplicates[:MOST_TOLD])
    )
    return (
        format_html(THERE, key.message, format_html_join("; ", "{}", links))
        if key and duplicates
        else SafeString()
    )


def questions_shown(duplicates: Sequence[int], doubts: Sequence[Doubt]) -> str:
    """Return how a form keeps which others and which doubts it has shown."""
    return ",".join([*map(str, duplicates), *(doubt.code for doubt in doubts)])


class RecordForm(DeskForm):
    """The form of a record: its own fields, why they change, and which version was seen.

    One that is new, or whose own key changes, is held against those that are there. What it may be
    already is shown as it is typed. What has not been shown is told when it is saved, and it is
    saved if pressed again.
    """

    reason_is_required = False

    reason = ProseFormField(
        label="Why",
        required=False,
        help_text="Why you make this change; kept in the history with your name.",
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    # which ones the form has shown
    alike_seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = self.reason_is_required
        self.fields["reason"].error_messages["required"] = "Say why: this record has been public."
        self.fields["seen"].initial = (
            None if self.instance._state.adding else getattr(self.instance, "version", None)
        )
        if DUPLICATE_KEYS[noun_of(self.instance)] is None:
            del self.fields["alike_seen"]

    def full_clean(self) -> None:
        """Refuse keys that were public of another record;
        tell once what this may be, unless something is wrong.
        """
        super().full_clean()
        if self.is_bound:
            changed = {name for name in self.changed_data if name not in self.errors}
            problems = public_keys(layout(noun_of(self.instance)), self.instance, changed)
            for problem, says in zip(problems, format_own_problems(problems), strict=True):
                self.add_error(problem.field, says)
            for problem in self._broken_rules():
                self.refuse(replace(problem, value=str(self.cleaned_data.get(problem.field) or "")))
            self._check_what_is_done_together()
            if not self.errors:
                self._tell_duplicates()

    def _broken_rules(self) -> Iterator[Problem]:
        noun = noun_of(self.instance)
        if FIELDS.get(noun, set()).isdisjoint(self.changed_data):
            return
        for problem in broken_at_desk(
            {noun: rows_becoming(records_becoming(noun, [self.instance]))}
        ):
            if problem.field not in self.errors:
                yield replace(problem, record=None)

    def _check_what_is_done_together(self) -> None:
        """Refuse too few participants, and what is announced for days that have passed."""
        record, model = self.instance, type(self.instance)
        for problem in too_few_take_part(model, len(self._taking_part())):
            self.refuse(problem)
        if not {"status", "since", "until"} & self.errors.keys():
            for problem in announced_too_late(model, vars(record), self.changed_data):
                self.refuse(problem)

    def take_typed(self) -> None:
        """Take what decides which record this is, as far as it is typed;
        what is wrong counts as not typed yet.
        """
        key = DUPLICATE_KEYS[noun_of(self.instance)]
        names = [name for name in key.fields if name in self.fields] if key else []
        for name in names:
            field = self.fields[name]
            typed = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            try:
                value = field.clean(typed)
            except ValidationError:
                continue
            is_interval = name in OTHER_END and "/" in value
            if not is_interval:
                setattr(self.instance, name, value)

    def duplicates(self) -> list[int]:
        """Return the others that the record may be, as far as it is known."""
        record: Any = self.instance
        changed = None if record._state.adding else self.changed_data
        return unsaved_duplicates(noun_of(record), record, changed, self._taking_part())

    def doubts(self) -> list[Doubt]:
        """Return what is asked about a new record besides; only about actors and claims."""
        return []

    def _tell_duplicates(self) -> None:
        """Ask once about others that this may be, and about what is doubtful."""
        noun, duplicates, doubts = noun_of(self.instance), self.duplicates(), self.doubts()
        questions = questions_shown(duplicates, doubts)
        if self.cleaned_data.get("alike_seen", "") == questions:
            return
        self.write({"alike_seen": questions})
        if duplicates:
            says = format_html(UNSAVED, line_about(noun, duplicates)) + self.offers(duplicates)
            self.add_error(None, ValidationError(says, code="alike"))
        for doubt in doubts:
            self.add_error(
                None, ValidationError(DOUBTFUL.format(capfirst(doubt.message)), code="doubtful")
            )

    def offers(self, duplicates: Sequence[int]) -> SafeString:
        """Return what can be done at once with others that the record may be;
        nothing, but of claims.
        """
        return SafeString()

    def changed_from(self, claims: Sequence[Any]) -> list[Any]:
        """Return those of other claims that can end where this record begins,
        which only a claim can make end.
        """
        return []

    def _taking_part(self) -> list[int]:
        """Return the participants that were sent with the form, but those that are taken out."""
        sent = {
            match[1]: self.data[name] for name in self.data if (match := TAKES_PART.fullmatch(name))
        }
        kept = (key for row, key in sent.items() if f"participants-{row}-DELETE" not in self.data)
        return [actor for actor in map(number, kept) if actor is not None]

    def refuse(self, problem: Problem) -> None:
        says = problem.text if problem.field in self.fields else str(problem)
        self.add_error(None, ValidationError(says, code=problem.field))


class ClaimForm(RecordForm):
    """The form of a claim. A new one may take the place of an earlier one, which ends then,
    by one change.

    `earlier` is its number and the version that was looked at, “12:3”.
    """

    earlier = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earlier_claim, self.seen_version = self._looked_up()
        if self.earlier_claim and public_status.was_public(self.earlier_claim):
            self.fields["reason"].required = True
            self.fields["reason"].error_messages["required"] = (
                "Say why: the claim that ends has been public."
            )

    def _looked_up(self) -> tuple[Any, int | None]:
        """Return the earlier claim, if one is named, held until the end of the transaction;
        and the version seen.
        """
        sent: Any = (
            self.data.get("earlier", "") if self.is_bound else self.initial.get("earlier", "")
        )
        record, _, version = str(sent).partition(":")
        if number(record) is None or not self.instance._state.adding:
            return None, None
        rows = type(self.instance)._default_manager.filter(pk=number(record))
        if self.is_bound and connection.in_atomic_block:
            rows = rows.select_for_update(no_key=True, of=("self",))
        return rows.first(), number(version)

    def full_clean(self) -> None:
        """Refuse a beginning at which the earlier claim can't end,
        and an earlier claim that somebody changed.
        """
        super().full_clean()
        if not self.is_bound or not self.earlier_claim:
            return
        since = None if "since" in self.errors else self.cleaned_data.get("since") or ""
        problems = [
            *objections(self.earlier_claim, public_status.status_of(self.earlier_claim), since)
        ]
        problems += (
            problem
            for problem in of_another(self.earlier_claim, self.instance)
            if problem.field not in self.errors
        )
        if self.seen_version != self.earlier_claim.version:
            others = ((noun_of(self.instance), self.earlier_claim.pk),)
            says, remedy = "{0} was changed since you saw it", "look at it, and save again"
            problems.append(Problem("outdated", says, others=others, remedy=remedy))
            self.write({"earlier": f"{self.earlier_claim.pk}:{self.earlier_claim.version}"})
        for problem, says in zip(problems, format_own_problems(problems), strict=True):
            self.add_error(problem.field or None, says)

    def duplicates(self) -> list[int]:
        """Return the others that the claim may be, but the one of which it takes the place."""
        earlier = self.earlier_claim and self.earlier_claim.pk
        return [other for other in super().duplicates() if other != earlier]

    def offers(self, duplicates: Sequence[int]) -> SafeString:
        """Offer to end one of the others, if it can be so until this begins."""
        since = self.cleaned_data.get("since")
        if not since:
            return SafeString()
        claims = self.changed_from(with_named(noun_of(self.instance), duplicates[:MOST_TOLD]))
        offers = (
            (f"{claim.pk}:{claim.version}", label(claim), last_day(since)) for claim in claims
        )
        return format_html_join("", OFFER, offers)

    def changed_from(self, claims: Sequence[Any]) -> list[Any]:
        """Return the claims that can end where this one begins, if that is typed,
        and claim something else.
        """
        if self.earlier_claim:
            return []
        record: Any = self.instance
        others = [claim for claim in claims if _claimed(claim) != _claimed(record)]
        public_status.remember(others)
        since = record.since or None
        return [
            claim
            for claim in others
            if not any(objections(claim, public_status.status_of(claim), since))
        ]

    def doubts(self) -> list[Doubt]:
        """Ask about a claim that takes the place of one that claims the same,
        which may only be so still.
        """
        earlier = self.earlier_claim
        return [UNCHANGED] if earlier and _claimed(earlier) == _claimed(self.instance) else []


def _claimed(claim: Any) -> Any:
    return claim.position if hasattr(claim, "position") else claim.pattern


class ReasonForm(forms.Form):
    """Why something is done that is kept in the history."""

    reason = ProseFormField(
        label="Why",
        error_messages={"required": "Say why; it is kept in the history with your name."},
    )
