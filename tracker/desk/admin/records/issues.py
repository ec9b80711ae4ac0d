"""Issues in the admin: the tree of matters, with the actors that count them among their core interests."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from tracker.desk.admin.actions.move import move_view
from tracker.desk.admin.forms.forms import RecordForm
from tracker.desk.admin.forms.parts import TablePart
from tracker.desk.admin.lists.changelists import UNDERSTOOD, RecordList
from tracker.desk.admin.lists.filters import ORIGIN, IssueFilter, StatusFilter, ThemeFilter
from tracker.desk.admin.records.base import RecordAdmin
from tracker.desk.admin.records.uses import Use
from tracker.desk.records.comparing import KEEPS_QUESTION
from tracker.models import CoreInterest, Issue, Stance
from tracker.models.tree import below, in_order
from tracker.values.nouns import Noun

OWN_ANCESTOR = "“{}” lies below this issue, so it can't be its parent; choose one outside its subtree."


class IssueForm(RecordForm):
    """An issue: no cycles, and a question as long as there are stances on it."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.pk:
            if (parent := cleaned.get("parent")) and parent.pk in below([self.instance.pk]):
                self.add_error("parent", OWN_ANCESTOR.format(parent.title))
            if cleaned.get("question") == "" and Stance.objects.filter(issue=self.instance.pk).exists():
                self.add_error("question", f"{capfirst(KEEPS_QUESTION)}.")
        return cleaned


class CoreInterestPart(TablePart):
    """An actor that counts the matter among its core interests."""

    model = CoreInterest


class IssueTree(RecordList):
    """The list of issues: as long as nothing narrows or sorts it, in the order of the tree."""

    def get_results(self, request: HttpRequest) -> None:
        narrows = set(self.filter_params) - (UNDERSTOOD - {ORDER_VAR})
        is_tree = not (self.query or narrows or ORDER_VAR in self.params)
        if is_tree:
            self.queryset = self.queryset.unmerged()
        super().get_results(request)
        if is_tree:
            self.result_list = self._in_order()

    def _in_order(self) -> Any:
        is_whole = self.show_all or not self.multi_page
        start = 0 if is_whole else (self.page_num - 1) * self.list_per_page
        nodes = in_order(limit=self.list_max_show_all if is_whole else self.list_per_page, offset=start)
        issues = self.queryset.in_bulk([node.issue for node in nodes])
        for node in nodes:
            vars(issues[node.issue])["depth"] = node.depth
        return [issues[node.issue] for node in nodes]


@admin.register(Issue)
class IssueAdmin(RecordAdmin):
    """The matters on which actors take positions."""

    example = {
        "slug": "northern-sea-route",
        "title": "The Northern Sea Route",
        "question": "Should it be open to all ships?",
        "parent": "arctic",
        "themes": "energy; trade",
        "region": "Arctic",
        "core_interests": "Russia",
    }
    uses = (
        Use("Issues that are part of it", Noun.ISSUE, ("parent",)),
        Use("Issues among its core interests", Noun.ACTOR, ("core_interests__actor",)),
    )
    form = IssueForm
    inlines = (CoreInterestPart,)
    prepopulated_fields = {"slug": ("title",)}
    list_display = ("titled", "parent", "region", "has_question", "public_status")
    list_filter = (StatusFilter, "region", ThemeFilter, ("parent", IssueFilter), *ORIGIN)
    list_select_related = ("parent",)
    search_help_text = "Searches titles, questions and keys."
    ordering = ("title", "id")
    changed_together = {
        "region": (),
        "themes": (),
    }
    noun_fieldsets = (
        (None, {"fields": ("title", "slug", "question", "parent", "region")}),
        ("Summary and themes", {"classes": ("collapse",), "fields": ("summary", "themes")}),
    )

    @admin.display(description="Title", ordering="title")
    def titled(self, issue: Issue) -> SafeString:
        depth = min(vars(issue).get("depth", 0), 5)
        return format_html('<span class="depth-{}">{}</span>', depth, issue.title)

    @admin.display(description="Question", boolean=True)
    def has_question(self, issue: Issue) -> bool:
        return bool(issue.question)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[IssueTree]:
        """Return the list, which may show the tree."""
        return IssueTree

    def get_urls(self) -> Any:
        move = path(
            "<int:record>/move/", self.admin_site.admin_view(partial(move_view, self)), name="tracker_issue_move"
        )
        return [move, *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        issue = kwargs.get("obj")
        context["can_move"] = issue is not None and self.has_change_permission(request, issue)
        return super().render_change_form(request, context, *args, **kwargs)
