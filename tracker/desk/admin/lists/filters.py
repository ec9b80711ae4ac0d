"""Filtering a list by more than a field:
by days, by what wants attention, by who made it and how it came here.

What a record refers to is searched for, not picked from a list of everything.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.admin import FieldListFilter, ListFilter, SimpleListFilter
from django.contrib.admin.views.main import PAGE_VAR
from django.contrib.auth import get_user_model
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import Truncator

from tracker.desk.admin.forms.choices import RecordField, RecordSelect
from tracker.desk.admin.lists.changelists import MOST_RECORDS
from tracker.desk.admin.site import public_status
from tracker.desk.admin.site.labels import NAMED, label, name_of
from tracker.desk.search.attention import Want, wanting, wants_of
from tracker.history.authorship import was_made
from tracker.models import ChangeSet, Event, Source
from tracker.models.indexes import NOT_ARCHIVED
from tracker.models.nouns import noun_of, records_of
from tracker.models.searching import is_any
from tracker.models.tree import subtree
from tracker.publishing.status import in_state, states_of
from tracker.values import dates
from tracker.values.numbers import number
from tracker.values.vocabularies import Channel, Theme

WANTS = {
    Want.CONTESTED: "contested",
    Want.TO_CHECK: "to check: something happened on the issue since",
    Want.UNCONFIRMED: "not confirmed for a year",
    Want.DUE: "forecasts whose time has come",
    Want.TO_COME: "to come",
    Want.OVERDUE: "planned, and the day has passed",
}
IMPORTS_SHOWN = 10
LONG_AGO = timedelta(days=5 * 365)


class ReferenceFilter(FieldListFilter):
    """A searching select beside a list; the list's other filters stay."""

    template = "admin/lists/reference_filter.html"
    box = ""  # the name of a box to tick, and what it says
    box_says = ""

    def __init__(
        self,
        field: Any,
        request: HttpRequest,
        params: Any,
        model: Any,
        model_admin: Any,
        field_path: str,
    ) -> None:
        self.lookup = f"{field_path}__exact"
        super().__init__(field, request, params, model, model_admin, field_path)
        self.request, self.select = request, searching(field, model_admin.admin_site)
        sent: Any = self.used_parameters.pop(self.lookup, [])
        keys = [value for value in sent if value]
        if keys:
            self.used_parameters[self.lookup] = keys
        self.chosen = keys[-1] if keys else ""
        self.is_ticked = bool(self.used_parameters.pop(self.box, None))

    @cached_property
    def record(self) -> Any:
        if number(self.chosen) is None:
            return None
        records: Any = self.select.queryset
        return records.select_related(*NAMED[noun_of(records.model)]).filter(pk=self.chosen).first()

    @property
    def chosen_text(self) -> str:
        return (label(self.record) if self.record else self.chosen) + (
            f" ({self.box_says})" if self.is_ticked else ""
        )

    def expected_parameters(self) -> Any:
        return [self.lookup, self.box] if self.box else [self.lookup]

    def has_output(self) -> bool:
        return True

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """Return what names the record:
        nothing that was merged into another, as where its uses are counted.
        """
        narrowed: Any = self.narrow(request, queryset)
        return narrowed.unmerged() if self.chosen else narrowed  # type: ignore[no-any-return]

    def narrow(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        return super().queryset(request, queryset)  # type: ignore[return-value]

    def choices(self, changelist: Any) -> Iterator[Any]:
        attributes = {"id": f"filter-{self.field_path}", "aria-label": self.title}
        self.select.widget.known = self.record
        yield {
            "select": self.select.widget.render(self.lookup, self.chosen, attributes),
            "id": attributes["id"],
            "others": others(self.request, *self.expected_parameters()),
            "is_set": bool(self.chosen),
            "box": self.box,
            "box_says": self.box_says,
            "is_ticked": self.is_ticked or not self.chosen,
            "without": changelist.get_query_string(remove=self.expected_parameters()),
        }


class IssueFilter(ReferenceFilter):
    """An issue, with all that lies below it if so asked."""

    box = "below"
    box_says = "with all below it"

    def narrow(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        if not self.is_ticked or self.record is None:
            return super().narrow(request, queryset)
        return queryset.filter(**{f"{self.field_path}__in": subtree(self.record.pk)})


class EitherWayFilter(ReferenceFilter):
    """One of the two actors of an alignment, whichever way it was entered."""

    def narrow(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        if self.record is None:
            return super().narrow(request, queryset)
        return queryset.filter(Q(actor=self.record) | Q(counterpart=self.record))


def others(request: HttpRequest, *names: str) -> list[tuple[str, str]]:
    """Return the parameters of an address but for some, and for the page:
    the form of a filter sends them along.
    """
    return [
        (name, value)
        for name, values in request.GET.lists()
        if name not in (*names, PAGE_VAR)
        for value in values
    ]


def searching(field: "models.ForeignKey[Any, Any]", site: Any) -> RecordField:
    """Return a field in which the records are searched to which `field` refers."""
    records = field.remote_field.model._default_manager.all()
    return RecordField(records, required=False, widget=RecordSelect(field, site))


class PeriodFilter(ListFilter):
    """What may have been so on a day, or between two days."""

    title = "period"
    template = "admin/lists/text_filter.html"
    parameter = "period"

    def __init__(
        self, request: HttpRequest, params: dict[str, Any], model: Any, model_admin: Any
    ) -> None:
        super().__init__(request, params, model, model_admin)
        self.request = request
        self.chosen_text = " ".join(params.pop(self.parameter, [])).strip()

    def expected_parameters(self) -> list[str | None]:
        return [self.parameter]

    def has_output(self) -> bool:
        return True

    def choices(self, changelist: Any) -> Iterator[Any]:
        yield {
            "name": self.parameter,
            "value": self.chosen_text,
            "help": (
                "A day or a longer time, or two with a slash: 2018-12-15, 2018-12, 2018/2019-06."
            ),
            "others": others(self.request, self.parameter),
            "without": changelist.get_query_string(remove=[self.parameter]),
        }

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Return what may have been so then; nothing, with a message, if that is no period."""
        if not self.chosen_text:
            return None
        try:
            days = days_of(self.chosen_text)
        except dates.InvalidDateError as error:
            messages.error(request, f"Period: {error}.")
            return queryset.none()
        possible = records_of(noun_of(queryset.model)).possible_on(days)
        # the latest come first: what is long ago would be looked for along all that came since
        if days.upper is not None and days.upper < timezone.localdate() - LONG_AGO:
            few = list(possible.values_list("pk", flat=True)[: MOST_RECORDS + 1])
            if len(few) <= MOST_RECORDS:
                return queryset.filter(is_any("id", few))
        return queryset.possible_on(days)


def days_of(text: str) -> "DateRange[date]":
    """Return the days that a vague date or an interval can mean;
    raise InvalidDateError with the remedy.
    """
    first, last = dates.split_interval(text) or (text, text)
    begins, ends = (dates.parse(end) if end else None for end in (first, last))
    if begins and ends and begins.earliest > ends.latest:
        raise dates.InvalidDateError(text, "it ends before it begins", "swap the two")
    return DateRange(begins and begins.earliest, ends and ends.latest, "[]")


class AttentionFilter(SimpleListFilter):
    title = "what wants attention"
    parameter_name = "attention"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """Return for which reasons these records can want it."""
        return [(want.value, WANTS[want]) for want in wants_of(noun_of(model_admin.model))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() not in [key for key, _ in self.lookup_choices]:
            return None
        return wanting(queryset, Want(str(self.value())), today=timezone.localdate())


class ArchiveFilter(SimpleListFilter):
    """Sources on the web without an archived copy, and what cites them."""

    title = "archived copy"
    parameter_name = "archive"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [
            ("none", "has none" if model_admin.model is Source else "cites a source without one")
        ]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any] | None":
        if self.value() != "none":
            return None
        if queryset.model is Source:
            return queryset.filter(NOT_ARCHIVED)
        citations: Any = queryset.model._meta.get_field("citations").related_model
        lacking = citations.objects.filter(source__in=Source.objects.filter(NOT_ARCHIVED))
        return queryset.filter(Exists(lacking.filter(**{noun_of(queryset.model): OuterRef("pk")})))


class AuthorFilter(SimpleListFilter):
    """Who made a record."""

    title = "author"
    parameter_name = "author"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """Return those who are or were of the team, oneself first."""
        people = get_user_model()._default_manager.filter(is_staff=True).order_by("username")
        choices = [
            (str(person.pk), name_of(person)) for person in people if person.pk != request.user.pk
        ]
        return [(str(request.user.pk), "me"), *choices]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any] | None":
        chosen = number(str(self.value() or ""))
        return (
            None
            if chosen is None
            else queryset.filter(was_made(noun_of(queryset.model), changeset__made_by=chosen))
        )


class ChannelFilter(SimpleListFilter):
    """Through which edge a record came to the desk."""

    title = "made through"
    parameter_name = "channel"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [(str(value), str(name)) for value, name in Channel.choices]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any] | None":
        if self.value() not in Channel.values:
            return None
        return queryset.filter(was_made(noun_of(queryset.model), changeset__channel=self.value()))


class ChangeSetFilter(SimpleListFilter):
    """What a change set touched: one of the last imports, or the one that a link names."""

    title = "change set"
    parameter_name = "changeset"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        imports = ChangeSet.objects.filter(channel=Channel.IMPORT).order_by("-made_at")
        choices = list(imports[:IMPORTS_SHOWN])
        chosen = _uuid(self.value())
        if chosen and chosen not in [changeset.pk for changeset in choices]:
            choices += ChangeSet.objects.filter(pk=chosen)
        return [(str(changeset.pk), _called(changeset)) for changeset in choices]

    def has_output(self) -> bool:
        return bool(self.lookup_choices or self.value())

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any] | None":
        if not self.value():
            return None
        events = Event.objects.filter(changeset=_uuid(self.value()), noun=noun_of(queryset.model))
        return (
            queryset.filter(is_any("id", events, key="record"))
            if _uuid(self.value())
            else queryset.none()
        )


class StatusFilter(SimpleListFilter):
    """The one word that says whether a record is public."""

    title = "status"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [
            (key, name)
            for key, name in public_status.WORDS.items()
            if key in states_of(model_admin.noun)
        ]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        key = self.value() or ""
        return (
            queryset.filter(in_state(noun_of(queryset.model), key))
            if key in public_status.WORDS
            else queryset
        )


class ThemeFilter(SimpleListFilter):
    """What issues are about."""

    title = "theme"
    parameter_name = "theme"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [(str(value), str(name)) for value, name in Theme.choices]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any] | None":
        return queryset.filter(themes__contains=[self.value()]) if self.value() else None


# who made a record, and how it came here
ORIGIN = (AuthorFilter, ChannelFilter, ChangeSetFilter)


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _called(changeset: ChangeSet) -> str:
    channel = Channel(changeset.channel).label
    why = Truncator(changeset.reason).chars(40) or channel
    return f"{why} ({channel}, {changeset.made_at:%-d %B %Y, %H:%M})"
