"""Change sets: what one transaction changed at the desk; for reading, and for undoing."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.safestring import SafeString

from tracker.desk.admin.history.activity import after_which, happenings, in_words, undone
from tracker.desk.admin.history.read_only import ReadOnlyAdmin
from tracker.desk.admin.history.steps import shown
from tracker.desk.admin.history.undo import undo_view
from tracker.desk.admin.lists.paged_lists import PER_PAGE, ChangeSetsForm, list_response
from tracker.desk.admin.site.labels import moment, name_of, names
from tracker.desk.admin.site.pages import IN_A_BIGINT, number, render_page
from tracker.history.changesets import Key, summary, touched
from tracker.history.deleted import deleted
from tracker.models import ChangeSet
from tracker.values.nouns import Noun


@admin.register(ChangeSet)
class ChangeSetAdmin(ReadOnlyAdmin):
    """The history over everything: who changed what, when and why."""

    fields = ("when", "who", "reason", "channel", "id")
    change_form_template = "admin/history/changeset_form.html"

    @admin.display(description="When")
    def when(self, changeset: ChangeSet) -> SafeString:
        return moment(changeset.made_at)

    @admin.display(description="Who")
    def who(self, changeset: ChangeSet) -> str:
        return name_of(changeset.made_by) or "—"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        form, after = ChangeSetsForm(request.GET), after_which(request.GET.get("after", ""))
        with_reviews = request.user.has_perm("tracker.view_review")
        rows, older = happenings(form, after, with_reviews=with_reviews) if form.is_valid() else ([], "")
        return list_response(self, request, "admin/history/changeset_list.html", form, rows, older)

    def get_urls(self) -> Any:
        view = self.admin_site.admin_view
        return [
            path("<uuid:changeset>/undo/", view(partial(undo_view, self)), name="tracker_changeset_undo"),
            path("deleted/", view(self.deleted_view), name="tracker_changeset_deleted"),
            *super().get_urls(),
        ]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what was changed, some records at a time."""
        changeset = kwargs["obj"].pk
        page = touched(changeset, after=_key(request.GET.get("after", "")), most=PER_PAGE)
        context |= {
            "counts": in_words({changeset: summary(changeset)})[changeset],
            "marks": undone([changeset])[changeset],
            "may_undo": any(request.user.has_perm(f"tracker.change_{noun}") for noun in Noun),
            "steps": shown((step for record in page.records for step in record.steps), with_records=True),
            "after": page.after and f"{page.after[0]}:{page.after[1]}",
            "is_first": "after" not in request.GET,
            "title": "Change set",
            "subtitle": None,
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        noun = _noun(request.GET.get("kind"))
        page = deleted(noun=noun, before=number(request.GET.get("before", ""), digits=IN_A_BIGINT), most=PER_PAGE)
        named = names((record.noun, record.record.pk) for record in page.records)
        context = {
            "title": "Deleted records",
            "opts": self.opts,
            "records": [
                (record, named[record.noun, record.record.pk].text, name_of(record.changeset.made_by))
                for record in page.records
            ],
            "older": page.older,
            "is_newest": "before" not in request.GET,
            "also": f"kind={noun}" if noun else "",
            "kind": noun,
            "kinds": list(Noun),
        }
        return render_page(self.admin_site, request, "admin/history/deleted_records.html", context)


def _noun(text: str | None) -> Noun | None:
    return Noun(text) if text in set(Noun) else None


def _key(text: str) -> Key | None:
    noun, _, record = text.partition(":")
    of, key = _noun(noun), number(record)
    return (of, key) if of and key is not None else None
