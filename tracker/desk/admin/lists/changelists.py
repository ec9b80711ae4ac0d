"""The lists of records: in the order of an index, counted up to a bound,
with chips for what narrows them; exported.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from more_itertools import spy

from tracker.desk.admin.lists import exporting
from tracker.desk.admin.lists.paged_lists import PER_PAGE
from tracker.desk.search.searching import search
from tracker.models.nouns import noun_of
from tracker.models.searching import is_any
from tracker.public.formats.csv import write_rows

MOST_RECORDS = 5000
MOST_COUNTED = 100_000  # of a list that is cut
TOO_MANY = (
    f"More than {MOST_RECORDS:,} records match. Narrow the list by filters or by searching, and "
    f"select again."
)
UNDERSTOOD = {SEARCH_VAR, "o", "p", "all", "e", "_facets", "_popup", "_to_field"}


class FilterChip(NamedTuple):
    """What narrows a list, and the address of the list without that."""

    text: str
    without: str


class BoundedPages(Paginator):  # type: ignore[type-arg]
    """Pages of the first records, so that nothing counts a whole table."""

    @cached_property
    def bounded(self) -> int:
        """Return the number of records, or one more than the bound."""
        rows = self.object_list
        return (
            rows.order_by()[: MOST_RECORDS + 1].count() if isinstance(rows, QuerySet) else len(rows)
        )

    @cached_property
    def count(self) -> int:
        return min(self.bounded, MOST_RECORDS)


class RecordChangeList(ChangeList):
    """A list with chips."""

    is_more = False
    total = ""  # of a list that is cut: how many records there are

    def get_results(self, request: HttpRequest) -> None:
        if self.chips:
            self._pin()
        super().get_results(request)
        self.is_more = self.paginator.bounded > MOST_RECORDS
        if self.is_more:
            # so that no number is told beside the search
            self.full_result_count = self.result_count
            count = self.queryset.order_by()[: MOST_COUNTED + 1].count()
            self.total = f"more than {MOST_COUNTED:,}" if count > MOST_COUNTED else f"{count:,}"

    def _pin(self) -> None:
        """Let few records that are far apart be sorted by themselves,
        rather than looked for along the whole table.
        """
        ids = list(self.queryset.order_by().values_list("pk", flat=True)[: MOST_RECORDS + 1])
        if len(ids) <= MOST_RECORDS:
            few = self.root_queryset.filter(is_any("pk", ids)).order_by(
                *self.queryset.query.order_by
            )
            self.queryset = self.apply_select_related(few)

    @cached_property
    def chips(self) -> list[FilterChip]:
        return list(self._chips())

    @property
    def filters_set(self) -> int:
        """Return how many filters narrow the list, besides what is searched for."""
        return len(self.chips) - bool(self.query)

    def _chips(self) -> Iterator[FilterChip]:
        if self.query:
            yield FilterChip(f"Search: {self.query}", self.get_query_string(remove=[SEARCH_VAR]))
        known = set(UNDERSTOOD)
        for spec in self.filter_specs:
            names = {str(name) for name in spec.expected_parameters()}
            known |= names
            if any(self.filter_params.get(name) for name in names):
                yield FilterChip(
                    f"{capfirst(spec.title)}: {self._chosen(spec)}",
                    self.get_query_string(remove=list(names)),
                )
        for name in self.filter_params.keys() - known:
            yield FilterChip(
                f"{name}: {self.params.get(name, '')}", self.get_query_string(remove=[name])
            )

    def _chosen(self, spec: Any) -> str:
        if hasattr(spec, "chosen_text"):
            return str(spec.chosen_text)
        return ", ".join(
            str(choice["display"]) for choice in spec.choices(self) if choice["selected"]
        )


class RecordLists(admin.ModelAdmin):  # type: ignore[type-arg]
    """What the lists of all nouns do."""

    change_list_template = "admin/lists/record_list.html"
    paginator = BoundedPages
    list_per_page = PER_PAGE
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # which would count the whole table for each choice
    # fields that can be changed of a whole selection;
    # in a tuple the second is asked for with the first
    changed_together: tuple[str | tuple[str, str], ...] = ()
    search_fields = ("ref",)  # shows the field; `searching` says what is searched

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return RecordChangeList

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> "tuple[QuerySet[Any], bool]":
        return search(noun_of(self.model), queryset, search_term), False

    def response_action(
        self, request: HttpRequest, queryset: "QuerySet[Any]", *args: Any
    ) -> HttpResponse | None:
        """Take an action with what is selected, if that is no more than an action takes."""
        if (
            request.POST.get("select_across") == "1"
            and queryset.order_by()[: MOST_RECORDS + 1].count() > MOST_RECORDS
        ):
            messages.error(request, TOO_MANY)
            return None
        return super().response_action(request, queryset, *args)

    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the records of the list that the query describes,
        all pages in the order shown, as for import.
        """
        noun = noun_of(self.model)
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            changelist = super().get_changelist_instance(request)
        except IncorrectLookupParameters:
            return redirect(reverse(f"admin:tracker_{noun}_changelist"))
        # what fails at once is answered as such
        _, written = spy(
            write_rows(exporting.columns(noun), exporting.rows(noun, changelist.queryset))
        )
        headers = {
            "Content-Disposition": f'attachment; filename="{noun.plural}.csv"',
            "Cache-Control": "no-store",
        }
        return StreamingHttpResponse(
            written, content_type="text/csv; charset=utf-8", headers=headers
        )
