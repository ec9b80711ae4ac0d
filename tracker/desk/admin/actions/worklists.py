"""The lists of who has to do what next:
what waits for review, what was sent back to me, what I am writing.

With what is ticked in one, of whatever noun, a step is taken: submitting, approving, publishing;
each at once or not.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth import get_user_model
from django.core.exceptions import BadRequest, PermissionDenied
from django.forms import Media
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.desk.admin.actions.confirmation import RECORDS, SelectionStep, confirmation_page
from tracker.desk.admin.actions.publish import CONFIRMED, publish_ticked
from tracker.desk.admin.actions.review_steps import Approve, ApproveAndPublish, Submit
from tracker.desk.admin.actions.selection import NOT_SENT, reviewed
from tracker.desk.admin.forms.fields import PersonField
from tracker.desk.admin.lists.filters import searching
from tracker.desk.admin.review.neighbours import named_in_address, review_address
from tracker.desk.admin.site import public_status
from tracker.desk.admin.site.labels import address, label, name_of
from tracker.desk.admin.site.pages import render_page, whoever
from tracker.desk.admin.site.public_status import records_by_key
from tracker.models import Stance
from tracker.publishing.worklists import PAGE_SIZE, Task, WorklistPlace, drafts, sent_back, waiting
from tracker.values.nouns import Noun
from tracker.values.numbers import IN_A_BIGINT, number

# the records of the page, and whether those of other pages are ticked
SHOWN, OTHERS = "shown", "others"
MOST_TICKED = 1000  # at once, as many as an edition publishes
WORKLISTS = {"waiting": "Waiting for review", "sent-back": "Sent back to me", "drafts": "My drafts"}
SUBMIT, REVIEW, PUBLISH = "tracker.add_review", "tracker.approve_review", "tracker.add_edition"
OFFERED = {
    "waiting": ("approve_selected", "approve_and_publish_selected", "publish_selected"),
    "sent-back": ("submit_selected",),
    "drafts": ("submit_selected", "publish_selected"),
}


def _seen(task: Task) -> str:
    return f"{task.noun}:{task.record}:{task.version}"


@dataclass(frozen=True, slots=True)
class WorklistLine:
    """One record in a list; `name` is what it is called,
    `seen` the version that is sent back if it is ticked.
    """

    task: Task
    name: str
    link: SafeString
    by: str
    to: str
    approved_by: str

    @property
    def seen(self) -> str:
        return _seen(self.task)


class WaitingForm(forms.Form):
    """Which of what is in review is shown."""

    author = PersonField(label="Submitted by")
    to = PersonField(label="For")
    mine = forms.BooleanField(label="Mine to review", required=False)

    def __init__(self, sent: QueryDict, site: Any) -> None:
        super().__init__(sent)
        self.fields["issue"] = searching(Stance._meta.get_field("issue"), site)
        self.fields["issue"].label = "On the issue"


# by action the step, and who may take it; none: publishing, whose page is its own
STEPS: dict[str, tuple[type[SelectionStep] | None, tuple[str, ...]]] = {
    "submit_selected": (Submit, (SUBMIT,)),
    "approve_selected": (Approve, (REVIEW,)),
    "approve_and_publish_selected": (ApproveAndPublish, (REVIEW, PUBLISH)),
    "publish_selected": (None, (PUBLISH,)),
}


@dataclass(frozen=True, slots=True)
class Worklist:
    """A worklist as the list from which a step is taken; `opts` has what its pages call it."""

    admin_site: AdminSite
    opts: dict[str, str]
    noun: None = None
    media: Media = field(default_factory=Media)


def worklist_view(site: AdminSite, request: HttpRequest, name: str) -> HttpResponse:
    """Show one of the lists, a page at a time, the oldest first;
    or take a step with what is ticked in it.
    """
    if not request.user.has_perm("tracker.view_review"):
        raise PermissionDenied
    offered = {
        action: STEPS[action][0]
        for action in OFFERED[name]
        if request.user.has_perms(STEPS[action][1])
    }
    if request.method != "POST":
        buttons = [
            (action, f"{step.title if step else 'Publish'} …") for action, step in offered.items()
        ]
        return _show_list(site, request, name, buttons)
    action = request.POST.get("action", "")
    if action not in OFFERED[name]:
        raise BadRequest(NOT_SENT)
    if action not in offered:
        raise PermissionDenied
    if OTHERS in request.POST:
        _tick_others(site, request, name)
    ticked = reviewed(request.POST)
    if not (ticked or RECORDS in request.POST or CONFIRMED in request.POST):
        messages.warning(request, "Tick the records first.")
        return redirect(request.get_full_path())
    page, step = Worklist(site, {"verbose_name_plural": WORKLISTS[name]}), offered[action]
    return confirmation_page(page, request, ticked, step) if step else publish_ticked(page, request)


def _show_list(
    site: Any, request: HttpRequest, name: str, buttons: list[tuple[str, str]]
) -> HttpResponse:
    form = WaitingForm(request.GET, site) if name == "waiting" else None
    if form is not None and not form.is_valid():
        raise BadRequest(NOT_SENT)
    after = _place(request.GET.get("after", ""))
    tasks = _page(name, whoever(request), form, after)
    total, is_paged = len(tasks), after is not None or len(tasks) > PAGE_SIZE
    if is_paged and buttons:
        total = len(_page(name, whoever(request), form, None, MOST_TICKED + 1))
    first = f"the first {MOST_TICKED:,}" if total > MOST_TICKED else f"all {total:,}"
    context = {
        "title": WORKLISTS[name],
        "lines": _lines(tasks[:PAGE_SIZE], "review" if name == "waiting" else "change"),
        "next": _next(request.GET, tasks[PAGE_SIZE - 1].place) if len(tasks) > PAGE_SIZE else "",
        "form": form,
        "name": name,
        "buttons": buttons,
        "is_paged": is_paged,
        "total": min(total, MOST_TICKED),
        "tick_all": first,
        "media": form.media if form else "",
    }
    return render_page(site, request, "admin/review/worklist.html", context)


def _tick_others(site: Any, request: HttpRequest, name: str) -> None:
    """Tick the records of other pages of a list, too, as it is narrowed,
    at the versions that they have.
    """
    form = WaitingForm(request.GET, site) if name == "waiting" else None
    if form is not None and not form.is_valid():
        raise BadRequest(NOT_SENT)
    tasks = _page(name, whoever(request), form, None, MOST_TICKED)
    sent = request.POST.copy()
    on_page = {*sent.getlist(SHOWN)}
    others = [_seen(task) for task in tasks if _seen(task) not in on_page]
    sent.setlist("record", [*sent.getlist("record"), *others])
    request.POST = sent  # type: ignore[assignment]


def _page(
    name: str,
    me: int,
    form: WaitingForm | None,
    after: WorklistPlace | None,
    limit: int = PAGE_SIZE + 1,
) -> list[Task]:
    if form is not None:
        values = dict(form.cleaned_data)
        reviewer = me if values.pop("mine") else None
        chosen = {field: row.pk for field, row in values.items() if row is not None}
        return waiting(**chosen, reviewer=reviewer, after=after, limit=limit)
    if name == "drafts":
        return drafts(of=me, after=after, limit=limit)
    return sent_back(to=me, after=after, limit=limit)


def _lines(tasks: Sequence[Task], page: str) -> list[WorklistLine]:
    records = records_by_key((task.noun, task.record) for task in tasks)
    ids = {person for task in tasks for person in (task.by, task.to) if person is not None}
    shown = [(task.noun, task.record) for task in tasks if (task.noun, task.record) in records]
    among = named_in_address(shown) if page == "review" else ""
    people = {
        person.pk: name_of(person)
        for person in get_user_model()._default_manager.filter(pk__in=ids)
    }

    def page_of(task: Task) -> str:
        key = task.noun, task.record
        return review_address(key, among) if page == "review" else address(*key, page)

    return [
        WorklistLine(
            task,
            (name := label(records[task.noun, task.record])),
            format_html('<a href="{}">{}</a>', page_of(task), name),
            people.get(task.by, "") if task.by else "",
            people.get(task.to, "") if task.to else "",
            public_status.approved_by(records[task.noun, task.record]),
        )
        for task in tasks
        if (task.noun, task.record) in records
    ]


def _place(text: str) -> WorklistPlace | None:
    """Return where a page begins; raise BadRequest for what no page leads to."""
    if not text:
        return None
    first, _, rest = text.partition(":")
    noun, _, key = rest.partition(":")
    place, record = number(first, digits=IN_A_BIGINT), number(key)
    if place is None or record is None or noun not in {*Noun}:
        raise BadRequest("not where a page begins")
    return WorklistPlace(place, Noun(noun), record)


def _next(query: QueryDict, last: WorklistPlace) -> str:
    following = query.copy()
    following["after"] = ":".join(map(str, last))
    return following.urlencode()
