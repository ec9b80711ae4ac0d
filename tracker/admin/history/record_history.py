"""A record's history: its changes, what it was at a version, and two versions beside each other.

The history of a deleted record is shown as well; all else of it is gone.
"""

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import capfirst

from tracker.admin.conflicts.deleted_records import missing
from tracker.admin.history.past_names import at_version
from tracker.admin.history.rows import newest_pair, rows
from tracker.admin.history.steps import shown
from tracker.admin.site.labels import made_by
from tracker.admin.site.naming import Named, names
from tracker.admin.site.numbers import IN_A_BIGINT, number
from tracker.admin.site.rendering import render_page
from tracker.history.timeline import Timeline
from tracker.history.versions import Versions, compare, versions_of

PER_PAGE = 20


def record_history(
    model_admin: Any, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None
) -> HttpResponse:
    """Show every change of a record and of its parts, newest first."""
    key = unquote(object_id)
    timeline = Timeline(model_admin.noun, int(key)) if key.isdecimal() else None
    count = timeline.count() if timeline else 0
    if timeline is None or not count:
        return missing(model_admin, request, object_id)
    before = number(request.GET.get("before", ""), digits=IN_A_BIGINT)
    page = timeline.page(before=before, most=PER_PAGE)
    found = rows(timeline, page, before)
    old, new = newest_pair(found)
    unfolds = request.GET.get("fields") == "yes"
    about = {"rows": found, "old": old, "new": new, "unfolds": unfolds, "also": "fields=yes" if unfolds else ""}
    about |= {"older": page.older, "count": count, "before": before, "is_newest": before is None}
    about |= extra_context or {}
    return _page(model_admin, request, timeline.record, "history/record_history.html", "History", about)


def version_view(model_admin: Any, request: HttpRequest, record: int, version: int) -> HttpResponse:
    """Show all that a record was at a version."""
    steps = compare(model_admin.noun, record, old=None, new=version)
    if steps is None:
        raise Http404(f"it has no version {version}")
    about = {"version": version, "steps": shown(steps), "of_version": version}
    return _page(model_admin, request, record, "history/record_version.html", f"Version {version}", about)


def compare_view(model_admin: Any, request: HttpRequest, record: int) -> HttpResponse:
    """Show how two versions of a record differ, whichever of them is named first."""
    asked = [number(request.GET.get(name, ""), digits=IN_A_BIGINT) for name in ("old", "new")]
    versions = sorted(one for one in asked if one is not None)
    steps = compare(model_admin.noun, record, old=versions[0], new=versions[1]) if len(versions) == 2 else None
    if steps is None:
        raise Http404("name two versions that it had")
    known = versions_of(model_admin.noun, record)
    about = {"ends": _ends(known, versions), "steps": shown(steps), "of_version": versions[1]}
    about |= {"changes": known.changes(*versions), "neighbours": _neighbours(known, *versions)}
    return _page(
        model_admin, request, record, "history/record_comparison.html", "Versions {} and {}".format(*versions), about
    )


def _ends(known: Versions, versions: list[int]) -> list[dict[str, Any]]:
    """Return the two versions that are compared, each with the change set that made it and by whom."""
    makers = known.makers(versions)
    return [{"version": one, "changeset": makers[one], "who": made_by(makers[one])} for one in versions]


def _neighbours(known: Versions, old: int, new: int) -> dict[str, str]:
    """Return where the changes just before and just after are compared, by what the link to them is for."""
    before, after = known.before(old), known.after(new)
    pairs = {"prev": before and (before, old), "next": after and (new, after)}
    return {to: "old={}&new={}".format(*pair) for to, pair in pairs.items() if pair}


def _page(
    model_admin: Any, request: HttpRequest, record: int, template: str, title: str, about: dict[str, Any]
) -> HttpResponse:
    if not model_admin.has_view_or_change_permission(request):
        raise PermissionDenied
    named: Named = names([(model_admin.noun, record)])[model_admin.noun, record]
    version = about.get("of_version")
    then = at_version(model_admin.noun, record, version, named) if version else None
    context = {
        "title": title,
        "subtitle": then.text if then else str(named),
        "then": then,
        "named": named,
        "opts": model_admin.opts,
        "module_name": capfirst(model_admin.opts.verbose_name_plural),
        **about,
    }
    return render_page(model_admin.admin_site, request, template, context)
