"""What stands in the way of an undo, as people read it: records and parts by their titles, as links."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tracker.admin.naming import Key, Named, names
from tracker.admin.steps import place, told_by
from tracker.admin.telling import with_titles
from tracker.history.timeline import Step, steps_of
from tracker.models import Event
from tracker.services.reverting import Obstacle
from tracker.values.nouns import Noun

Reason = tuple[SafeString, UUID | None]
Part = tuple[Noun, int, str, int]  # of which record, its name, its row


def reasons(found: Iterable[Obstacle]) -> dict[Key, tuple[Named, list[Reason]]]:
    """Return each record in the way with the reasons, each with the change set that it is about, if any."""
    obstacles = list(found)
    parts = _last_steps(obstacles)
    keys = {key for one in obstacles for key in ((one.noun, one.id), *one.others)}
    known = names(keys | {key for step in parts.values() if (key := told_by(step))})
    told: dict[Key, tuple[Named, list[Reason]]] = {}
    for one in obstacles:
        key = one.noun, one.id
        told.setdefault(key, (known[key], []))[1].append((_told(one, parts, known), one.changeset))
    return told


def _last_steps(obstacles: Iterable[Obstacle]) -> dict[Part, Step]:
    """Return what happened last to the parts that obstacles are about, some of which are gone; one query."""
    wanted = {(one.noun, one.id, *one.part) for one in obstacles if one.part}
    if not wanted:
        return {}
    nouns, records, parts, rows = map(set, zip(*wanted, strict=True))
    events = Event.objects.filter(noun__in=nouns, record__in=records, part__in=parts, row__in=rows)
    last = events.order_by("noun", "record", "part", "row", "-id").distinct("noun", "record", "part", "row")
    return {(step.noun, step.record, step.part, step.row): step for step in steps_of(last)}


def _told(one: Obstacle, parts: Mapping[Part, Step], known: Mapping[Key, Named]) -> SafeString:
    """Return a message in which records are called by their titles, and a part by what it names and where."""
    step = parts.get((one.noun, one.id, *one.part)) if one.part else None
    key = told_by(step) if step else None
    if step is None or key is None:
        return with_titles(one.message, one.others, known)
    what = step.part.replace("_", " ")
    named = format_html("{} “{}”{}", what, known[key].review, f", {where}," if (where := place(step)) else "")
    pieces = (with_titles(piece, one.others, known) for piece in one.message.split(f"{what} {step.row}", 1))
    return format_html_join(named, "{}", ((piece,) for piece in pieces))
