"""Sources in the admin: documents of somebody else's that claims cite."""

from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from tracker.admin.forms.forms import RecordForm
from tracker.admin.lists.filters import ORIGIN, ArchiveFilter, StatusFilter
from tracker.admin.records.base import RecordAdmin
from tracker.admin.records.source_addresses import at, guess
from tracker.models import Source
from tracker.values.addresses import is_address

CHECK = '<strong class="guess">Guessed from the address: check it.</strong> {}'
GIVEN = ("url", "archive_url")


class SourceForm(RecordForm):
    """A source; what was guessed of it is marked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.initial.get("guessed", ()):
            self.fields[name].help_text = format_html(CHECK, self.fields[name].help_text)


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    """The documents that claims cite."""

    form = SourceForm
    list_display = ("title", "publisher", "issued", "type", "outlet", "reliability", "public_status")
    list_filter = (StatusFilter, "outlet", "reliability", "type", ArchiveFilter, *ORIGIN)
    search_help_text = (
        "Searches titles, authors, publishers, addresses and keys; a whole address is found however spelt."
    )
    ordering = (F("issued_latest").desc(nulls_last=True), "-id")
    changed_together = {
        "type": (),
        "outlet": (),
        "reliability": (),
        "publisher": (),
        "container_title": (),
        "language": (),
        "keywords": (),
    }
    asked = (
        (None, {"fields": ("type", "title", "publisher", "issued", "url", "accessed_on", "outlet")}),
        (
            "Authors, archive and more",
            {
                "classes": ("collapse",),
                "fields": ("authors", "container_title", "archive_url", "language", "keywords", "reliability"),
            },
        ),
    )

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> "tuple[QuerySet[Any], bool]":
        """Find sources by their words, or by an address however it is spelt."""
        if is_address(search_term):
            # by their keys: told to sort, the database would rather look at all sources in order
            return queryset.filter(pk__in=list(at(search_term).values_list("pk", flat=True))), False
        return super().get_search_results(request, queryset, search_term)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Fill a new source from the address that is given for it."""
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        initial.pop("guessed", None)  # is never for an address to say
        if not is_address(request.GET.get("address", "")):
            return initial
        guessed = guess(request.GET["address"])
        return {**initial, **guessed, "guessed": [name for name in guessed if name not in GIVEN]}
