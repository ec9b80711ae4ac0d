"""Change sets: what one transaction changed at the desk; for reading, and for undoing."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path

from tracker.admin.history import number
from tracker.admin.labels import made_by
from tracker.admin.naming import names
from tracker.admin.reading import ReadOnlyAdmin
from tracker.admin.steps import shown
from tracker.admin.undoing import undo_view
from tracker.history.changesets import Key, summary, touched, touching
from tracker.history.deleted import deleted
from tracker.models import ChangeSet
from tracker.values.nouns import Noun

PER_PAGE = 50


class KindFilter(admin.SimpleListFilter):
    """Filter change sets by a noun that they touched."""

    title = "kind"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        """Return the nouns."""
        return [(noun.value, noun.plural) for noun in Noun]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """Return the change sets that touched the chosen noun."""
        return touching(queryset, noun) if (noun := _noun(self.value())) else queryset


@admin.register(ChangeSet)
class ChangeSetAdmin(ReadOnlyAdmin):
    """The history over everything: who changed what, when and why."""

    list_display = ("made_at", "who", "reason", "channel")
    list_filter = (KindFilter, "channel", ("made_by", admin.RelatedOnlyFieldListFilter), "made_at")
    list_select_related = ("made_by",)
    search_fields = ("reason",)
    search_help_text = "Searches the reasons."
    date_hierarchy = "made_at"
    ordering = ("-made_at", "id")
    fields = ("made_at", "who", "reason", "channel", "id")
    change_form_template = "admin/changeset_form.html"
    change_list_template = "admin/changeset_list.html"

    @admin.display(description="Who", ordering="made_by")
    def who(self, changeset: ChangeSet) -> str:
        """Return who made the change."""
        return made_by(changeset) or "—"

    def get_urls(self) -> Any:
        """Return the addresses, with those of undoing and of what was deleted."""
        view = self.admin_site.admin_view
        return [
            path("<uuid:changeset>/undo/", view(self.undo_view), name="tracker_changeset_undo"),
            path("deleted/", view(self.deleted_view), name="tracker_changeset_deleted"),
            *super().get_urls(),
        ]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what was changed, some records at a time."""
        changeset = kwargs["obj"].pk
        page = touched(changeset, after=_key(request.GET.get("after", "")), most=PER_PAGE)
        counts = [
            (count, noun if count == 1 else noun.plural, happened)
            for noun, by in summary(changeset).items()
            for happened, count in by.items()
            if count
        ]
        context |= {
            "counts": counts,
            "may_undo": any(request.user.has_perm(f"tracker.change_{noun}") for noun in Noun),
            "steps": shown((step for one in page.records for step in one.steps), with_records=True),
            "after": page.after and f"{page.after[0]}:{page.after[1]}",
            "is_first": "after" not in request.GET,
            "title": "Change set",
            "subtitle": None,
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def undo_view(self, request: HttpRequest, changeset: UUID) -> HttpResponse:
        """Undo a change set, after a page that shows what that does."""
        return undo_view(self.admin_site, request, changeset)

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """List the records that were deleted and can be restored."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        noun = _noun(request.GET.get("kind"))
        page = deleted(noun=noun, before=number(request, "before"), most=PER_PAGE)
        known = names((one.noun, one.record.pk) for one in page.records)
        context = {
            **self.admin_site.each_context(request),
            "title": "Deleted records",
            "opts": self.opts,
            "records": [(one, known[one.noun, one.record.pk].text, made_by(one.changeset)) for one in page.records],
            "older": page.older,
            "is_newest": "before" not in request.GET,
            "also": f"kind={noun}" if noun else "",
            "kind": noun,
            "kinds": list(Noun),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/deleted_records.html", context)


def _noun(said: str | None) -> Noun | None:
    return Noun(said) if said in set(Noun) else None


def _key(said: str) -> Key | None:
    noun, _, record = said.partition(":")
    found = _noun(noun)
    return (found, int(record)) if found and record.isdecimal() and len(record) < 10 else None
