"""Issues in the admin: the tree of matters,
with the actors that count them among their core interests.

One is moved within the tree by a page on which its new parent is picked and that shows what moves;
and one call.
"""

from dataclasses import replace
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ORDER_VAR
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.desk.admin.forms.choices import RecordField, RecordSelect
from tracker.desk.admin.forms.forms import ReasonForm
from tracker.desk.admin.forms.parts import TablePart
from tracker.desk.admin.lists.changelists import UNDERSTOOD, RecordChangeList
from tracker.desk.admin.lists.filters import IssueFilter, ThemeFilter
from tracker.desk.admin.records.base import RecordAdmin
from tracker.desk.admin.records.uses import Use, uses_of
from tracker.desk.admin.site import public_status
from tracker.desk.admin.site.labels import address, label, link
from tracker.desk.admin.site.messages import format_error
from tracker.desk.admin.site.pages import RecordPage, changing, render_page
from tracker.desk.records.writing import set_fields
from tracker.models import CoreInterest, Issue
from tracker.models.desk_rules import broken_at_desk, rows_becoming
from tracker.models.nouns import records_of
from tracker.models.tree import Node, in_order
from tracker.publishing.publish import Chosen
from tracker.values.nouns import Noun
from tracker.values.problems import RefusedError

MOST_LINES, MOST_COUNTED = 50, 1000
THERE = "It lies there already."


class CoreInterestPart(TablePart):
    """An actor that counts the matter among its core interests."""

    model = CoreInterest


class IssueTree(RecordChangeList):
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
        nodes = in_order(
            limit=self.list_max_show_all if is_whole else self.list_per_page, offset=start
        )
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
        "core_interests": "Togo",
    }
    uses = (
        Use("Issues that are part of it", Noun.ISSUE, ("parent",)),
        Use("Issues among its core interests", Noun.ACTOR, ("core_interests__actor",)),
        Use("Issues whose settlement it tells", Noun.SOURCE, ("settlement_source",)),
    )
    inlines = (CoreInterestPart,)
    prepopulated_fields = {"slug": ("title",)}
    list_display = ("titled", "parent", "region", "has_question", "public_status")
    list_filter = (
        "region",
        ("settled", admin.EmptyFieldListFilter),
        ThemeFilter,
        ("parent", IssueFilter),
    )
    list_select_related = ("parent",)
    search_help_text = "Searches titles, questions and keys."
    ordering = ("title", "id")
    changed_together = ("region", "themes")
    noun_fieldsets = (
        (None, {"fields": ("title", "slug", "question", "parent", "region", "summary")}),
        ("Themes", {"classes": ("collapse",), "fields": ("themes",)}),
        (
            "How it was settled",
            {
                "classes": ("collapse",),
                "fields": ("settled", "settlement", "settlement_source", "settlement_locator"),
            },
        ),
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
            "<int:record>/move/",
            self.admin_site.admin_view(partial(move_view, self)),
            name="tracker_issue_move",
        )
        return [move, *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        issue = kwargs.get("obj")
        context["can_move"] = issue is not None and self.has_change_permission(request, issue)
        return super().render_change_form(request, context, *args, **kwargs)


class MoveForm(ReasonForm):
    """Why an issue moves, and the version of it that the page shows."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


def move_view(model_admin: RecordPage, request: HttpRequest, record: int) -> HttpResponse:
    """Show what moving an issue below the one that `parent` names would do (none:
    to the top), or do it.
    """
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    issue: Any = get_object_or_404(Issue.objects.select_related("parent"), pk=record)
    if public_status.was_merged(issue):
        return redirect(address(Noun.ISSUE, issue.pk))
    nodes = in_order(top=issue.pk)
    pick = _picker(model_admin, issue, request)
    about: dict[str, Any] = {"issue": issue, "pick": pick, **_moves(model_admin, issue, nodes)}
    if not pick.is_bound or not pick.is_valid():
        return _move_page(model_admin, request, about)
    parent = pick.cleaned_data["parent"]
    form = MoveForm(request.POST or None, initial={"seen": issue.version})
    about |= {
        "form": form,
        "parent": parent,
        "is_ready": True,
        "parent_is_public": _is_public(parent),
    }
    if form.is_valid():
        chosen = Chosen(Noun.ISSUE, issue.pk, form.cleaned_data["seen"])
        try:
            with changing(request):
                set_fields(records=[chosen], values={"parent": parent})
        except (RefusedError, DatabaseError) as error:
            return _move_page(model_admin, request, {**about, "problems": format_error(error)})
        messages.success(
            request,
            f"“{issue.title}” moved {f'below “{parent.title}”' if parent else 'to the top'}.",
        )
        return redirect(address(Noun.ISSUE, issue.pk))
    return _move_page(model_admin, request, about)


class _Picker(forms.Form):
    """The new parent."""

    def __init__(self, sent: dict[str, str] | None, issue: Issue, select: RecordSelect) -> None:
        super().__init__(sent)
        self.issue = issue
        self.fields["parent"] = RecordField(
            queryset=Issue.objects.unmerged(), label="New parent", required=False, widget=select
        )

    def clean_parent(self) -> Issue | None:
        """Refuse what would make the issue its own ancestor, or where it lies already."""
        parent: Issue | None = self.cleaned_data["parent"]
        moved = {self.issue.pk: {"parent_id": parent and parent.pk}}
        if problems := [*broken_at_desk({Noun.ISSUE: rows_becoming(moved)})]:
            raise forms.ValidationError(
                [replace(problem, value=str(parent)).text for problem in problems]
            )
        if parent == self.issue.parent:
            raise forms.ValidationError(THERE)
        return parent


def _picker(model_admin: RecordPage, issue: Issue, request: HttpRequest) -> _Picker:
    chosen = request.GET.get("parent")
    select = RecordSelect(Issue._meta.get_field("parent"), model_admin.admin_site)
    return _Picker(None if chosen is None else {"parent": chosen}, issue, select)


def _moves(model_admin: RecordPage, issue: Issue, nodes: list[Node]) -> dict[str, Any]:
    """Return what moves with an issue:
    what lies below it, and how many records of each other noun are on all of it.
    """
    ids = [node.issue for node in nodes]
    below = nodes[1 : MOST_LINES + 1]
    titles = dict(
        Issue.objects.filter(pk__in=[node.issue for node in below]).values_list("pk", "title")
    )
    ways = [(admin.noun, use) for admin, use in uses_of(Noun.ISSUE, model_admin.admin_site)]
    return {
        "below": [
            (link(Noun.ISSUE, node.issue, titles[node.issue]), min(node.depth, 5)) for node in below
        ],
        "more": len(nodes) - 1 - len(below),
        "counts": [
            _number(
                noun,
                records_of(noun).unmerged().filter(**{f"{use.lookups[0]}__in": ids}).distinct(),
            )
            for noun, use in ways
            if noun is not Noun.ISSUE
        ],
        "is_public": _is_public(issue),
    }


def _number(noun: Noun, rows: "QuerySet[Any, Any]") -> str:
    count = rows.order_by()[: MOST_COUNTED + 1].count()
    return (
        f"more than {noun.counted(MOST_COUNTED)}" if count > MOST_COUNTED else noun.counted(count)
    )


def _is_public(issue: Issue | None) -> bool:
    return issue is not None and public_status.status_of(issue).version is not None


def _move_page(
    model_admin: RecordPage, request: HttpRequest, about: dict[str, Any]
) -> HttpResponse:
    issue = about["issue"]
    context = {
        "title": "Move",
        "issue_link": link(Noun.ISSUE, issue.pk, label(issue)),
        "media": model_admin.media + about["pick"].media,
        **about,
    }
    return render_page(model_admin, request, "admin/actions/move.html", context)
