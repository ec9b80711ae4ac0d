"""Steps with what is ticked in a worklist, of whatever noun: submitting, approving, publishing; each at once or not."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import BadRequest, PermissionDenied
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from tracker.desk.admin.actions.confirmation import RECORDS, Step, confirmation_page
from tracker.desk.admin.actions.publish import CONFIRMED, publish_ticked
from tracker.desk.admin.actions.review_steps import APPROVE, APPROVE_AND_PUBLISH, SUBMIT_FOR_REVIEW
from tracker.desk.admin.actions.selection import reviewed
from tracker.desk.admin.review.worklists import WORKLISTS, worklist

SUBMIT, REVIEW, PUBLISH = "tracker.add_review", "tracker.approve_review", "tracker.add_edition"


class ListStep(NamedTuple):
    """A button of a worklist: what it says, who may press it, and the step; none: publishing, whose page is its own."""

    text: str
    permissions: tuple[str, ...]
    step: Step | None


STEPS = {
    "submit_selected": ListStep("Submit for review …", (SUBMIT,), SUBMIT_FOR_REVIEW),
    "approve_selected": ListStep("Approve …", (REVIEW,), APPROVE),
    "approve_and_publish_selected": ListStep("Approve and publish …", (REVIEW, PUBLISH), APPROVE_AND_PUBLISH),
    "publish_selected": ListStep("Publish …", (PUBLISH,), None),
}
OFFERED = {
    "waiting": ("approve_selected", "approve_and_publish_selected", "publish_selected"),
    "sent-back": ("submit_selected",),
    "drafts": ("submit_selected", "publish_selected"),
}


@dataclass(frozen=True, slots=True)
class Worklist:
    """A worklist as the list from which a step is taken; `opts` has what its pages call it."""

    admin_site: AdminSite
    opts: dict[str, str]
    noun: None = None
    media: Media = field(default_factory=Media)


def worklist_view(site: AdminSite, request: HttpRequest, name: str) -> HttpResponse:
    """Show one of the lists, or take a step with what is ticked in it."""
    buttons = [(action, STEPS[action].text) for action in OFFERED[name] if _may(request, STEPS[action])]
    if request.method != "POST":
        return worklist(site, request, name, buttons)
    if not request.user.has_perm("tracker.view_review"):
        raise PermissionDenied
    action: Any = request.POST.get("action")
    if action not in OFFERED[name]:
        raise BadRequest("not what the page sent")
    if not _may(request, STEPS[action]):
        raise PermissionDenied
    try:
        ticked = reviewed(request.POST)
    except ValueError as error:
        raise BadRequest("not what the page sent") from error
    if not (ticked or RECORDS in request.POST or CONFIRMED in request.POST):
        messages.warning(request, "Tick the records first.")
        return redirect(request.get_full_path())
    page, step = Worklist(site, {"verbose_name_plural": WORKLISTS[name]}), STEPS[action].step
    return confirmation_page(page, request, ticked, step) if step else publish_ticked(page, request)


def _may(request: HttpRequest, step: ListStep) -> bool:
    return request.user.has_perms(("tracker.view_review", *step.permissions))
