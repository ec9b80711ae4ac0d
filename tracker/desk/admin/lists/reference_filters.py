"""Filtering a list by what a record refers to: searched for, not picked from a list of everything."""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin import FieldListFilter
from django.contrib.admin.views.main import PAGE_VAR
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

from tracker.desk.admin.forms.choices import RecordField, RecordSelect
from tracker.desk.admin.site.labels import NAMED, label
from tracker.desk.admin.site.pages import number
from tracker.models.nouns import noun_of
from tracker.models.tree import subtree


class ReferenceFilter(FieldListFilter):
    """A searching select beside a list; the list's other filters stay."""

    template = "admin/lists/reference_filter.html"
    box = ""  # the name of a box to tick, and what it says
    box_says = ""

    def __init__(
        self, field: Any, request: HttpRequest, params: Any, model: Any, model_admin: Any, field_path: str
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
        return (label(self.record) if self.record else self.chosen) + (f" ({self.box_says})" if self.is_ticked else "")

    def expected_parameters(self) -> Any:
        return [self.lookup, self.box] if self.box else [self.lookup]

    def has_output(self) -> bool:
        return True

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """Return what names the record: nothing that was merged into another, as where its uses are counted."""
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
    """Return the parameters of an address but for some, and for the page: the form of a filter sends them along."""
    return [(name, value) for name, values in request.GET.lists() if name not in (*names, PAGE_VAR) for value in values]


def searching(field: "models.ForeignKey[Any, Any]", site: Any) -> RecordField:
    """Return a field in which the records are searched to which `field` refers."""
    records = field.remote_field.model._default_manager.all()
    return RecordField(records, required=False, widget=RecordSelect(field, site))
