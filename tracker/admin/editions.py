"""Editions: what was published when, and what each opened and closed; for reading."""

from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest, HttpResponse

from tracker.admin.history import page_of
from tracker.admin.labels import link, name_of
from tracker.admin.reading import ReadOnlyAdmin
from tracker.admin.selection import called
from tracker.models import Edition
from tracker.values.nouns import Noun

PER_PAGE = 50


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    """The publication: its editions, the newest first."""

    list_display = ("number", "published_at", "note", "who", "records")
    list_filter = ("published_at",)
    list_select_related = ("published_by",)
    search_fields = ("note",)
    search_help_text = "Searches the notes."
    ordering = ("-number",)
    fields = ("number", "published_at", "note", "who")
    change_form_template = "admin/edition_form.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return the editions with the number of records that each changed."""
        return super().get_queryset(request).annotate(records=Count("changes"))

    @admin.display(description="Who", ordering="published_by")
    def who(self, edition: Edition) -> str:
        """Return who made the edition; never public."""
        return name_of(edition.published_by) or "—"

    @admin.display(description="Records")
    def records(self, edition: Any) -> int:
        """Return the number of records that the edition published, renamed, retracted or merged."""
        return int(edition.records)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what the edition opened and closed, a page at a time."""
        page = page_of(request, kwargs["obj"].changes.order_by("position"), PER_PAGE)
        changes = list(page.object_list)
        names = called((Noun(change.noun), change.record) for change in changes)
        context |= {
            "page": page,
            "changes": [
                (change, link(change.noun, change.record, names.get((Noun(change.noun), change.record), change.key)))
                for change in changes
            ],
            "title": str(kwargs["obj"]).capitalize(),
            "subtitle": None,
        }
        return super().render_change_form(request, context, *args, **kwargs)
