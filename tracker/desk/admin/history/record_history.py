"""A record's history: its changes, what it was at a version, and two versions beside each other.

The history of a deleted record is shown as well; all else of it is gone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import capfirst

from tracker.desk.admin.history.comparison import Shown, shown
from tracker.desk.admin.site.labels import Named, at_version, name_of, names
from tracker.desk.admin.site.pages import missing, render_page
from tracker.history.timeline import StepKind, Timeline, TimelineEntry, TimelinePage, steps_between
from tracker.history.versions import VersionHistory, compare, versions_of
from tracker.models import Change, Review
from tracker.values.numbers import IN_A_BIGINT, number
from tracker.values.vocabularies import CHANGES_STATE

PER_PAGE = 20

MOST_MEANWHILE = 200  # editions, and steps of reviews, told on one page
MOST_NAMED = 4


class Meanwhile(NamedTuple):
    """What happened to a record between two change sets: in an edition, or in its review."""

    at: datetime
    change: Change | None = None
    step: Review | None = None


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One change set as the history shows it;
    `can_be_old` and `can_be_new` say which end of a comparison it can be.
    """

    entry: TimelineEntry
    who: str
    steps: Sequence[Shown]
    meanwhile: Sequence[Meanwhile]
    can_be_old: bool
    can_be_new: bool

    @property
    def is_step(self) -> bool:
        """Tell whether the change set is a step of a review, which says why."""
        steps = (happened.step for happened in self.meanwhile if happened.step)
        return any(
            step.version == self.entry.version and step.step in CHANGES_STATE for step in steps
        )

    @property
    def fields(self) -> int:
        return sum(len(step.lines) for step in self.steps)

    @property
    def named(self) -> str:
        """Return what it changed in a few words:
        fields of the record, fields of parts, parts that came or went.
        """
        words = list(dict.fromkeys(map(_summary, self.steps)))
        more = len(words) - MOST_NAMED
        return "; ".join(words[:MOST_NAMED]) + (f"; and {more} more" if more > 0 else "")


def rows(
    timeline: Timeline, page: TimelinePage, before: int | None, *, with_reviews: bool
) -> list[HistoryRow]:
    """Return the rows of a page of a record's history;
    the pairs that can be compared are of versions of the page.
    """
    by_event = {
        row.step.id: row for row in shown(step for entry in page.entries for step in entry.steps)
    }
    meanwhile = _meanwhile(timeline, page, before, with_reviews=with_reviews)
    versions = [entry.version for entry in page.entries if entry.version]
    return [
        HistoryRow(
            entry,
            name_of(entry.changeset.made_by),
            [by_event[step.id] for step in entry.steps],
            meanwhile[entry.changeset.pk],
            can_be_old=entry.version in versions[1:],
            can_be_new=entry.version in versions[:-1],
        )
        for entry in page.entries
    ]


def newest_pair(rows: Sequence[HistoryRow]) -> tuple[int | None, int | None]:
    """Return the two versions that are chosen to begin with, the older one first;
    none where there is no pair.
    """
    new = next((row.entry.version for row in rows if row.can_be_new), None)
    return next((row.entry.version for row in rows if row.can_be_old), None), new


def _summary(row: Shown) -> str:
    if row.step.happened is not StepKind.CHANGED:
        return f"{row.what} {row.step.happened}"
    return ", ".join(line.field for line in row.lines) + (
        f" of a {row.what}" if row.step.part else ""
    )


def _meanwhile(
    timeline: Timeline, page: TimelinePage, before: int | None, *, with_reviews: bool
) -> dict[UUID, list[Meanwhile]]:
    """Return by change set what editions and reviews did with the record between it and the next,
    the newest first.
    """
    changes = Change.objects.filter(noun=timeline.noun, record=timeline.record).select_related(
        "edition"
    )
    newer = (
        timeline.events.filter(pk=before).select_related("changeset").first() if before else None
    )
    since = page.entries[-1].changeset.made_at if page.older else None
    until = newer.changeset.made_at if newer else None
    exact = {"edition__published_at__gte": since, "edition__published_at__lt": until}
    changes = changes.filter(**{name: value for name, value in exact.items() if value})
    about = (timeline.noun, timeline.record, since, until, MOST_MEANWHILE)
    steps = steps_between(*about) if with_reviews else []
    meanwhile = [Meanwhile(step.made_at, step=step) for step in steps]
    meanwhile += [
        Meanwhile(change.edition.published_at, change)
        for change in changes.order_by("-edition")[:MOST_MEANWHILE]
    ]
    by_entry: dict[UUID, list[Meanwhile]] = {entry.changeset.pk: [] for entry in page.entries}
    for happened in sorted(meanwhile, key=lambda happened: happened.at, reverse=True):
        entry = next(
            (candidate for candidate in page.entries if candidate.changeset.made_at <= happened.at),
            page.entries[-1],
        )
        by_entry[entry.changeset.pk].append(happened)
    return by_entry


def record_history(
    model_admin: Any, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None
) -> HttpResponse:
    """Show every change of a record and of its parts, newest first."""
    record = number(unquote(object_id))
    timeline = None if record is None else Timeline(model_admin.noun, record)
    count = timeline.count() if timeline else 0
    if timeline is None or not count:
        return missing(model_admin, request, object_id)
    before = number(request.GET.get("before", ""), digits=IN_A_BIGINT)
    page = timeline.page(before=before, most=PER_PAGE)
    history = rows(
        timeline, page, before, with_reviews=request.user.has_perm("tracker.view_review")
    )
    old, new = newest_pair(history)
    unfolds = request.GET.get("fields") == "yes"
    about = {
        "rows": history,
        "old": old,
        "new": new,
        "unfolds": unfolds,
        "also": "fields=yes" if unfolds else "",
    }
    about |= {"older": page.older, "count": count, "before": before, "is_newest": before is None}
    about |= extra_context or {}
    return _page(
        model_admin, request, timeline.record, "admin/history/record_history.html", "History", about
    )


def version_view(model_admin: Any, request: HttpRequest, record: int, version: int) -> HttpResponse:
    steps = compare(model_admin.noun, record, old=None, new=version)
    if steps is None:
        raise Http404(f"it has no version {version}")
    about = {"version": version, "steps": shown(steps), "of_version": version}
    return _page(
        model_admin,
        request,
        record,
        "admin/history/record_version.html",
        f"Version {version}",
        about,
    )


def compare_view(model_admin: Any, request: HttpRequest, record: int) -> HttpResponse:
    """Show how two versions of a record differ, whichever of them is named first."""
    numbers = [number(request.GET.get(name, ""), digits=IN_A_BIGINT) for name in ("old", "new")]
    versions = sorted(version for version in numbers if version is not None)
    steps = (
        compare(model_admin.noun, record, old=versions[0], new=versions[1])
        if len(versions) == 2
        else None
    )
    if steps is None:
        raise Http404("name two versions that it had")
    versions_known = versions_of(model_admin.noun, record)
    about = {
        "ends": _ends(versions_known, versions),
        "steps": shown(steps),
        "of_version": versions[1],
    }
    about |= {
        "changes": versions_known.changes(*versions),
        "neighbours": _neighbours(versions_known, *versions),
    }
    return _page(
        model_admin,
        request,
        record,
        "admin/history/record_comparison.html",
        "Versions {} and {}".format(*versions),
        about,
    )


def _ends(versions_there: VersionHistory, versions: list[int]) -> list[dict[str, Any]]:
    """Return the two versions that are compared,
    each with the change set that made it and by whom.
    """
    makers = versions_there.makers(versions)
    return [
        {"version": version, "changeset": makers[version], "who": name_of(makers[version].made_by)}
        for version in versions
    ]


def _neighbours(versions: VersionHistory, old: int, new: int) -> dict[str, str]:
    """Return where the changes just before and just after are compared,
    by what the link to them is for.
    """
    before, after = versions.before(old), versions.after(new)
    pairs = {"prev": before and (before, old), "next": after and (new, after)}
    return {to: "old={}&new={}".format(*pair) for to, pair in pairs.items() if pair}


def _page(
    model_admin: Any,
    request: HttpRequest,
    record: int,
    template: str,
    title: str,
    about: dict[str, Any],
) -> HttpResponse:
    if not model_admin.has_view_or_change_permission(request):
        raise PermissionDenied
    named: Named = names([(model_admin.noun, record)])[model_admin.noun, record]
    version = about.get("of_version")
    past_name = at_version(model_admin.noun, record, version, named) if version else None
    context = {
        "title": title,
        "subtitle": past_name.text if past_name else str(named),
        "then": past_name,
        "named": named,
        "module_name": capfirst(model_admin.opts.verbose_name_plural),
        **about,
    }
    return render_page(model_admin, request, template, context)
