"""Filtering a list by more than a field: by days, by what wants attention, by who made it and how it came here."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.admin import ListFilter, SimpleListFilter
from django.contrib.auth import get_user_model
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import Truncator

from tracker.desk.admin.lists.changelists import MOST_RECORDS
from tracker.desk.admin.lists.reference_filters import others
from tracker.desk.admin.site import public_status
from tracker.desk.admin.site.labels import name_of
from tracker.desk.admin.site.pages import number
from tracker.desk.search.attention import Want, wanting, wants_of
from tracker.history.authorship import was_made
from tracker.models import ChangeSet, Event, Source
from tracker.models.indexes import NOT_ARCHIVED
from tracker.models.nouns import noun_of, records_of
from tracker.models.searching import is_any
from tracker.publishing.status import in_state, states_of
from tracker.values import dates
from tracker.values.vocabularies import Channel, Theme

WANTS = {
    Want.CONTESTED: "contested",
    Want.UNCONFIRMED: "not confirmed for a year",
    Want.DUE: "forecasts whose time has come",
    Want.TO_COME: "meetings to come",
    Want.OVERDUE: "planned, and the day has passed",
}
IMPORTS_SHOWN = 10
LONG_AGO = timedelta(days=5 * 365)


class PeriodFilter(ListFilter):
    """What may have been so on a day, or between two days."""

    title = "period"
    template = "admin/lists/text_filter.html"
    parameter = "period"

    def __init__(self, request: HttpRequest, params: dict[str, Any], model: Any, model_admin: Any) -> None:
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
            "help": "A day or a longer time, or two with a slash: 2018-12-15, 2018-12, 2018/2019-06.",
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
    """Return the days that a vague date or an interval can mean; raise InvalidDateError with the remedy."""
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
        return [("none", "has none" if model_admin.model is Source else "cites a source without one")]

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
        choices = [(str(person.pk), name_of(person)) for person in people if person.pk != request.user.pk]
        return [(str(request.user.pk), "me"), *choices]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any] | None":
        chosen = number(str(self.value() or ""))
        return None if chosen is None else queryset.filter(was_made(noun_of(queryset.model), changeset__made_by=chosen))


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
        return queryset.filter(is_any("id", events, key="record")) if _uuid(self.value()) else queryset.none()


class StatusFilter(SimpleListFilter):
    """The one word that says whether a record is public."""

    title = "status"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [(key, name) for key, name in public_status.WORDS.items() if key in states_of(model_admin.noun)]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        key = self.value() or ""
        return queryset.filter(in_state(noun_of(queryset.model), key)) if key in public_status.WORDS else queryset


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
