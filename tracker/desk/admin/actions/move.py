"""Moving an issue within the tree: a page on which its new parent is picked and that shows what moves; and one call."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from tracker.desk.admin.forms.choices import RecordField, RecordSelect
from tracker.desk.admin.forms.forms import ReasonForm
from tracker.desk.admin.site import public_status
from tracker.desk.admin.site.labels import address, label, link
from tracker.desk.admin.site.messages import format_error
from tracker.desk.admin.site.pages import RecordPage, changing, render_page
from tracker.desk.records.bulk import set_fields
from tracker.models import Alignment, Discussion, Issue, Stance
from tracker.models.tree import Node, in_order
from tracker.publishing.publish import Chosen
from tracker.values.nouns import Noun
from tracker.values.problems import RefusedError

MOST_LINES, MOST_COUNTED = 50, 1000
BELOW = "“{}” lies below “{}”, or is it; choose a parent outside what moves."
THERE = "It lies there already."


class MoveForm(ReasonForm):
    """Why an issue moves, and the version of it that the page shows."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


def move_view(model_admin: RecordPage, request: HttpRequest, record: int) -> HttpResponse:
    """Show what moving an issue below the one that `parent` names would do (none: to the top), or do it."""
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    issue: Any = get_object_or_404(Issue.objects.select_related("parent"), pk=record)
    if public_status.was_merged(issue):
        return redirect(address(Noun.ISSUE, issue.pk))
    nodes = in_order(top=issue.pk)
    pick = _picker(model_admin, issue, nodes, request)
    about: dict[str, Any] = {"issue": issue, "pick": pick, **_moves(issue, nodes)}
    if not pick.is_bound or not pick.is_valid():
        return _page(model_admin, request, about)
    parent = pick.cleaned_data["parent"]
    form = MoveForm(request.POST or None, initial={"seen": issue.version})
    about |= {"form": form, "parent": parent, "is_ready": True, "parent_is_public": _is_public(parent)}
    if form.is_valid():
        chosen = Chosen(Noun.ISSUE, issue.pk, form.cleaned_data["seen"])
        try:
            with changing(request):
                set_fields(records=[chosen], values={"parent": parent})
        except (RefusedError, DatabaseError) as error:
            return _page(model_admin, request, {**about, "problems": format_error(error)})
        messages.success(request, f"“{issue.title}” moved {f'below “{parent.title}”' if parent else 'to the top'}.")
        return redirect(address(Noun.ISSUE, issue.pk))
    return _page(model_admin, request, about)


class _Picker(forms.Form):
    """The new parent."""

    def __init__(self, sent: dict[str, str] | None, issue: Issue, below: set[int], select: RecordSelect) -> None:
        super().__init__(sent)
        self.issue, self.below = issue, below
        self.fields["parent"] = RecordField(
            queryset=Issue.objects.unmerged(), label="New parent", required=False, widget=select
        )

    def clean_parent(self) -> Issue | None:
        """Refuse what would make the issue its own ancestor, or where it lies already."""
        parent: Issue | None = self.cleaned_data["parent"]
        if parent is not None and parent.pk in self.below:
            raise forms.ValidationError(BELOW.format(parent.title, self.issue.title))
        if parent == self.issue.parent:
            raise forms.ValidationError(THERE)
        return parent


def _picker(model_admin: RecordPage, issue: Issue, nodes: list[Node], request: HttpRequest) -> _Picker:
    chosen = request.GET.get("parent")
    select = RecordSelect(Issue._meta.get_field("parent"), model_admin.admin_site)
    return _Picker(None if chosen is None else {"parent": chosen}, issue, {node.issue for node in nodes}, select)


def _moves(issue: Issue, nodes: list[Node]) -> dict[str, Any]:
    """Return what moves with an issue: what lies below it, and how many claims and meetings are on all of it."""
    ids = [node.issue for node in nodes]
    below = nodes[1 : MOST_LINES + 1]
    titles = dict(Issue.objects.filter(pk__in=[node.issue for node in below]).values_list("pk", "title"))
    meetings = Discussion.objects.filter(issue__in=ids).values("meeting").distinct()
    return {
        "below": [(link(Noun.ISSUE, node.issue, titles[node.issue]), min(node.depth, 5)) for node in below],
        "more": len(nodes) - 1 - len(below),
        "counts": [
            _number(Noun.STANCE, Stance.objects.filter(issue__in=ids)),
            _number(Noun.ALIGNMENT, Alignment.objects.filter(issue__in=ids)),
            _number(Noun.MEETING, meetings),
        ],
        "is_public": _is_public(issue),
    }


def _number(noun: Noun, rows: "QuerySet[Any, Any]") -> str:
    count = rows.order_by()[: MOST_COUNTED + 1].count()
    return f"more than {noun.counted(MOST_COUNTED)}" if count > MOST_COUNTED else noun.counted(count)


def _is_public(issue: Issue | None) -> bool:
    return issue is not None and public_status.status_of(issue).version is not None


def _page(model_admin: RecordPage, request: HttpRequest, about: dict[str, Any]) -> HttpResponse:
    issue = about["issue"]
    context = {
        "title": "Move",
        "opts": model_admin.opts,
        "issue_link": link(Noun.ISSUE, issue.pk, label(issue)),
        "media": model_admin.media + about["pick"].media,
        **about,
    }
    return render_page(model_admin.admin_site, request, "admin/actions/move.html", context)
