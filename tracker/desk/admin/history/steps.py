"""Steps of history as they are shown: terms by their labels, references by name, texts word by word."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.text import Truncator, capfirst

from tracker.desk.admin.history.comparison import text
from tracker.desk.admin.site.labels import Named, names, term_chip, terms_of, value_of
from tracker.history.timeline import Difference, Step, field_of
from tracker.models import Record
from tracker.models.nouns import noun_of
from tracker.models.tables import tables_of
from tracker.public.cards import wording
from tracker.values.problems import Key
from tracker.values.text_diff import Piece, changed_words

NOTHING = "—"
LONGEST_NAME = 80
PLACE = ("locator_label", "locator")
Pieces = Sequence[Piece]


@dataclass(frozen=True, slots=True)
class StepLine:
    """One field of a step as it is shown."""

    field: str
    old: Pieces
    new: Pieces


@dataclass(frozen=True, slots=True)
class Shown:
    """One step as it is shown: what was touched, a part by what it names, and its fields before and after."""

    step: Step
    what: str
    name: str
    lines: tuple[StepLine, ...]
    record: Named | None = None  # where the page tells of several


def shown(steps: Iterable[Step], *, with_records: bool = False) -> list[Shown]:
    """Return steps as they are shown; a query or two per noun that they name."""
    steps_shown = list(steps)
    keys = {key for step in steps_shown for difference in step.differences for key in _references(step, difference)}
    keys |= {key for step in steps_shown if (key := identified_by(step))}
    named = names(keys | {(step.noun, step.record) for step in steps_shown if with_records})
    return [
        Shown(
            step,
            wording.plain(step.part) or step.noun.value,
            _name_of_part(step, named),
            tuple(_line(step, difference, named) for difference in step.differences),
            named[step.noun, step.record] if with_records else None,
        )
        for step in steps_shown
    ]


def identified_by(step: Step) -> Key | None:
    """Return the record by which people know a part from others like it, the first that it must name; none if none."""
    table = tables_of(step.noun).get(step.part) if step.part else None
    for column, noun in table.references.items() if table else ():
        record = step.whole.get(column)
        if table and not table.fields[column].null and isinstance(record, int):
            return noun, record
    return None


def _name_of_part(step: Step, names: Mapping[Key, Named]) -> str:
    """Return what a part is called: by whom or what it names and, of a citation, where in it; nothing of a record."""
    key = identified_by(step)
    if key is None:
        return str(step.row) if step.part else ""
    name, where = Truncator(str(names[key])).chars(LONGEST_NAME), place(step)
    return f"“{name}”, {where}" if where else f"“{name}”"


def place(step: Step) -> str:
    """Return where in its source a citation finds what it says; nothing of other parts."""
    texts = [value_text(field_of(step.noun, step.part, of), step.whole.get(of), {}) for of in PLACE]
    return " ".join(text for text in texts if text != NOTHING)


def _references(step: Step, difference: Difference) -> list[Key]:
    named = named_by(field_of(step.noun, step.part, difference.field))
    return [(noun_of(named), value) for value in (difference.old, difference.new) if value is not None] if named else []


def _line(step: Step, difference: Difference, names: Mapping[Key, Named]) -> StepLine:
    field = field_of(step.noun, step.part, difference.field)
    name = str(field.verbose_name) if field else difference.field
    values = difference.old, difference.new
    old, new = (term_chip(difference.field, value) or value_text(field, value, names) for value in values)
    is_text = isinstance(difference.old, str) and isinstance(difference.new, str) and not terms_of(field)
    if is_text and difference.old and difference.new:
        return StepLine(capfirst(name), *changed_words(old, new))
    return StepLine(capfirst(name), [Piece(old, False)], [Piece(new, False)])


def value_text(field: "models.Field[Any, Any] | None", value: Any, names: Mapping[Key, Named]) -> str:
    """Return a value of a field for people: terms by their labels, references by name."""
    if named := named_by(field):
        return NOTHING if value is None else str(names[noun_of(named), value])
    return value_of(field, value, text) or NOTHING


def named_by(field: "models.Field[Any, Any] | None") -> type[Record] | None:
    """Return the records to which a field refers, if it refers to any."""
    named = field.related_model if isinstance(field, models.ForeignKey) else None
    return named if isinstance(named, type) and issubclass(named, Record) else None
