"""What stands in the way of an undo, as people read it: records and parts by their titles, as links."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.admin.history.steps import identified_by, place
from tracker.admin.site.messages import format_problem
from tracker.admin.site.naming import Named, names
from tracker.history.timeline import Step, steps_of
from tracker.models import Event
from tracker.values.nouns import Noun
from tracker.values.problems import Key, Problem

Reason = tuple[SafeString, UUID | None]
Row = tuple[Noun, int, str, int]  # of a part: of which record, its name, its row


def reasons_of(found: Iterable[Problem]) -> dict[Key, tuple[Named, list[Reason]]]:
    """Return each record in the way with the reasons, each with the change set that it is about, if any."""
    blockers = [(one.record, one) for one in found if one.record]
    parts = _last_steps(blockers)
    keys = {key for record, one in blockers for key in (record, *one.others)}
    known = names(keys | {key for step in parts.values() if (key := identified_by(step))})
    reasons: dict[Key, tuple[Named, list[Reason]]] = {}
    for record, one in blockers:
        step = parts.get((*record, *one.params["part"])) if "part" in one.params else None
        key = identified_by(step) if step else None
        part = {"part": _part(step, known[key])} if step and key else {}
        reasons.setdefault(record, (known[record], []))[1].append(
            (format_problem(one, known, **part), one.params.get("changeset"))
        )
    return reasons


def _last_steps(blockers: Iterable[tuple[Key, Problem]]) -> dict[Row, Step]:
    """Return what happened last to the parts that blockers are about, some of which are gone; one query."""
    wanted = {(*record, *one.params["part"]) for record, one in blockers if "part" in one.params}
    if not wanted:
        return {}
    nouns, records, parts, rows = map(set, zip(*wanted, strict=True))
    events = Event.objects.filter(noun__in=nouns, record__in=records, part__in=parts, row__in=rows)
    last = events.order_by("noun", "record", "part", "row", "-id").distinct("noun", "record", "part", "row")
    return {(step.noun, step.record, step.part, step.row): step for step in steps_of(last)}


def _part(step: Step, named: Named) -> SafeString:
    """Return a part by what it names and where."""
    what = step.part.replace("_", " ")
    return format_html("{} “{}”{}", what, named.review, f", {where}," if (where := place(step)) else "")
