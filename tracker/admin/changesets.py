"""Change sets: what one transaction changed at the desk; for reading."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from tracker.admin.history import page_of, readable
from tracker.admin.labels import link, made_by
from tracker.admin.reading import ReadOnlyAdmin
from tracker.admin.selection import Key, called
from tracker.history.timeline import Step, steps_of
from tracker.models import ChangeSet

PER_PAGE = 50


@admin.register(ChangeSet)
class ChangeSetAdmin(ReadOnlyAdmin):
    """The history over everything: who changed what, when and why."""

    list_display = ("made_at", "who", "reason", "channel")
    list_filter = ("channel", ("made_by", admin.RelatedOnlyFieldListFilter), "made_at")
    list_select_related = ("made_by",)
    search_fields = ("reason",)
    search_help_text = "Searches the reasons."
    date_hierarchy = "made_at"
    ordering = ("-made_at", "id")
    fields = ("made_at", "who", "reason", "channel", "id")
    change_form_template = "admin/changeset_form.html"

    @admin.display(description="Who", ordering="made_by")
    def who(self, changeset: ChangeSet) -> str:
        """Return who made the change."""
        return made_by(changeset) or "—"

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what was changed, a page at a time."""
        page = page_of(request, kwargs["obj"].events.order_by("id"), PER_PAGE)
        steps = list(steps_of(page.object_list))
        names = called((step.noun, step.record) for step in steps)
        shown = readable(steps)
        context |= {
            "page": page,
            "steps": [replace(shown[step.id], record=_record(step, names)) for step in steps],
            "title": "Change set",
            "subtitle": None,
        }
        return super().render_change_form(request, context, *args, **kwargs)


def _record(step: Step, names: Mapping[Key, str]) -> str:
    """Return a link to the record that a step belongs to, or what it was, if it has been deleted."""
    name = names.get((step.noun, step.record))
    return link(step.noun, step.record, name) if name else f"{step.noun} {step.record} (deleted)"
