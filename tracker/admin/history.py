"""A record's history: its changes, what it was at a version, and two versions beside each other.

The history of a deleted record is shown as well; all else of it is gone.
"""

from typing import Any
from uuid import UUID

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst

from tracker.admin.labels import made_by
from tracker.admin.naming import Named, names
from tracker.admin.numbers import IN_A_BIGINT, number
from tracker.admin.steps import shown
from tracker.admin.then import at_version
from tracker.history.comparing import compare
from tracker.history.timeline import Page as TimelinePage
from tracker.history.timeline import Timeline
from tracker.models import Change

PER_PAGE = 20
MOST_EDITIONS = 200  # told on one page


def record_history(
    model_admin: Any, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None
) -> HttpResponse:
    """Show every change of a record and of its parts, newest first."""
    key = unquote(object_id)
    timeline = Timeline(model_admin.noun, int(key)) if key.isdecimal() else None
    count = timeline.count() if timeline else 0
    if timeline is None or not count:
        missing: HttpResponse = model_admin._get_obj_does_not_exist_redirect(request, model_admin.opts, object_id)
        return missing
    before = number(request.GET.get("before", ""), digits=IN_A_BIGINT)
    page = timeline.page(before=before, most=PER_PAGE)
    steps = shown(step for entry in page.entries for step in entry.steps)
    by_event = {one.step.id: one for one in steps}
    editions = _editions(timeline, page, before)
    entries = [
        (entry, made_by(entry.changeset), [by_event[step.id] for step in entry.steps], editions[entry.changeset.pk])
        for entry in page.entries
    ]
    about = {"entries": entries, "older": page.older, "count": count, "is_newest": before is None}
    about |= extra_context or {}
    return _page(model_admin, request, timeline.record, "record_history.html", "History", about)


def version_view(model_admin: Any, request: HttpRequest, record: int, version: int) -> HttpResponse:
    """Show all that a record was at a version."""
    steps = compare(model_admin.noun, record, old=None, new=version)
    if steps is None:
        raise Http404(f"it has no version {version}")
    about = {"version": version, "steps": shown(steps), "of_version": version}
    return _page(model_admin, request, record, "record_version.html", f"Version {version}", about)


def compare_view(model_admin: Any, request: HttpRequest, record: int) -> HttpResponse:
    """Show how two versions of a record differ, whichever of them is named first."""
    asked = [number(request.GET.get(name, ""), digits=IN_A_BIGINT) for name in ("old", "new")]
    versions = sorted(one for one in asked if one is not None)
    steps = compare(model_admin.noun, record, old=versions[0], new=versions[1]) if len(versions) == 2 else None
    if steps is None:
        raise Http404("name two versions that it had")
    about = {"versions": versions, "steps": shown(steps), "of_version": versions[1]}
    return _page(model_admin, request, record, "record_version.html", "Versions {} and {}".format(*versions), about)


def _editions(timeline: Timeline, page: TimelinePage, before: int | None) -> dict[UUID, list[Change]]:
    """Return by change set the changes that editions made to the record between it and the next change set."""
    changes = Change.objects.filter(noun=timeline.noun, record=timeline.record).select_related("edition")
    newer = timeline.events.filter(pk=before).select_related("changeset").first() if before else None
    if newer:
        changes = changes.filter(edition__published_at__lt=newer.changeset.made_at)
    found: dict[UUID, list[Change]] = {entry.changeset.pk: [] for entry in page.entries}
    if page.older:
        changes = changes.filter(edition__published_at__gte=page.entries[-1].changeset.made_at)
    for change in changes.order_by("-edition")[:MOST_EDITIONS]:
        at = change.edition.published_at
        entry = next((one for one in page.entries if one.changeset.made_at <= at), page.entries[-1])
        found[entry.changeset.pk].append(change)
    return found


def _page(
    model_admin: Any, request: HttpRequest, record: int, template: str, title: str, about: dict[str, Any]
) -> HttpResponse:
    if not model_admin.has_view_or_change_permission(request):
        raise PermissionDenied
    named: Named = names([(model_admin.noun, record)])[model_admin.noun, record]
    version = about.get("of_version")
    then = at_version(model_admin.noun, record, version, named) if version else None
    context = {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "subtitle": then.text if then else str(named),
        "then": then,
        "named": named,
        "opts": model_admin.opts,
        "module_name": capfirst(model_admin.opts.verbose_name_plural),
        **about,
    }
    request.current_app = model_admin.admin_site.name
    return TemplateResponse(request, f"admin/{template}", context)
