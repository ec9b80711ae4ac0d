"""What is said of one record, read by what its fields may hold: all that is wrong with it at once.

References stay keys here. What can't be taken is left out, and told.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tracker.desk.records.fields import Layout, PartList
from tracker.desk.records.references import Key
from tracker.desk.records.rules import too_many
from tracker.models.kinds import Kind, TextKind
from tracker.schema import grouping
from tracker.schema.markers import Grouped
from tracker.values.problems import InvalidError, Path, Place, Problem, near, one_of
from tracker.values.texts import escaped, is_blank

Item = dict[str, Any]
LONGEST_VALUE = 1000  # characters of a value that is told
MOST_UNKNOWN_FIELDS = 100  # of an object, each told with what may be meant by it
MOST_PROBLEMS = 1000  # of a record


@dataclass(slots=True)
class Parsed:
    """What is said of a record: its number (negative: a new one), values by field, items by part.

    `faulty` names the fields and parts of which something can't be taken; `tell` is told what. To
    those in `adds`, what is said is added, instead of being all that they have. A row of a file has
    a `place`, in `written` the text of its cells, which is what a person finds there, and perhaps
    the `version` of which it was exported; a text of blanks only stays what it is, as what was
    exported comes back the same.
    """

    layout: Layout
    record: int
    tell: Callable[[Problem], None]
    place: Place | None = None
    written: Mapping[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, list[Item]] = field(default_factory=dict)
    faulty: set[str] = field(default_factory=set)
    adds: set[str] = field(default_factory=set)
    count: int = 0
    # where items stand, if not in a plain list
    at: dict[tuple[str | int, ...], Path] = field(default_factory=dict)
    places: Sequence[Place] = ()  # of items that have rows of their own
    version: int | None = None

    def problem(self, problem: Problem) -> None:
        """Tell what is wrong, where, and with which value."""
        self.faulty.add(problem.field)
        self.count += 1
        self.tell(self.placed(problem))

    def placed(self, problem: Problem) -> Problem:
        """Return a problem with the place of the row and what stands there."""
        cell = self.written.get(problem.field, "")
        value = escaped(cell if cell and len(problem.path) == 1 else problem.value or cell)
        item, steps = self.at.get(problem.path[:2], problem.path[:2]), problem.path[2:]
        if self.places and self._has_row(problem.path[:2]) and isinstance(number := item[1], int):
            return replace(
                problem, value=value[:LONGEST_VALUE], place=self.places[number], path=steps
            )
        return replace(problem, value=value[:LONGEST_VALUE], place=self.place, path=(*item, *steps))

    def _has_row(self, item: Path) -> bool:
        """Tell whether an item has a row of its own:
        one of the grouped part, which the record doesn't have yet.
        """
        part = self.layout.parts.get(str(item[0]))
        is_new = item in self.at or not self.at or item[0] not in self.adds
        return len(item) > 1 and part is not None and part.grouped is not None and is_new

    def references(self) -> Iterator[Key]:
        """Yield the keys of the record and of its parts."""
        for values in [self.values, *(item for items in self.parts.values() for item in items)]:
            yield from (value for value in values.values() if isinstance(value, Key))


def parse(parsed: Parsed, payload: Mapping[str, Any], *, whole: bool = False) -> None:
    """Read what is said into `parsed`; with `whole`, what is required and not said is missing."""
    of = parsed.layout
    known = [*of.fields, *of.parts]
    for name in [name for name in payload if name not in known][:MOST_UNKNOWN_FIELDS]:
        parsed.problem(_unknown((name,), known))
    for name, expected in of.fields.items():
        if name in payload or (whole and expected.required):
            _take(parsed, expected, payload.get(name), parsed.values, (name,))
    for name, part in of.parts.items():
        if name in payload:
            parsed.parts[name] = list(_items(parsed, part, payload[name]))


def _items(parsed: Parsed, part: PartList, value: Any) -> Iterator[Item]:
    if part.grouped and isinstance(value, dict):
        value = _of_groups(parsed, part, part.grouped, value)
    if not isinstance(value, list):
        parsed.problem(
            Problem(
                "invalid",
                "it is no list",
                (part.name,),
                remedy="write [{{…}}, {{…}}], or [] for none",
            )
        )
        return
    if len(value) > part.most:
        parsed.problem(too_many(part, len(value)))
        return
    for place, item in enumerate(value):
        if parsed.count > MOST_PROBLEMS:
            return
        path = (part.name, place)
        if not isinstance(item, dict):
            parsed.problem(
                Problem("invalid", "it is no object", path, remedy="write {{…}}", value=shown(item))
            )
            continue
        for unknown in sorted(item.keys() - part.fields.keys())[:MOST_UNKNOWN_FIELDS]:
            parsed.problem(_unknown((*path, unknown), list(part.fields)))
        kept: Item = {}
        for name, expected in part.fields.items():
            _take(parsed, expected, item.get(name), kept, (*path, name))
        yield kept


def _of_groups(parsed: Parsed, part: PartList, grouped: Grouped, value: Item) -> list[Item]:
    """Return the items of a part that is said as readers are told of it,
    and note where each stands.
    """
    known = [*grouped.terms.values, "notes"]
    for name in [name for name in value if name not in known][:MOST_UNKNOWN_FIELDS]:
        parsed.problem(_unknown((part.name, name), known))
    for name, inner in value.items():
        kind, says, remedy = (
            (dict, "object", "{{…}}") if name == "notes" else (list, "list", "[…], or leave it out")
        )
        if name in known and inner is not None and not isinstance(inner, kind):
            path = (part.name, name)
            parsed.problem(
                Problem(
                    "invalid",
                    f"it is no {says}",
                    path,
                    remedy=f"write {remedy}",
                    value=shown(inner),
                )
            )
    parts = list(grouping.parts(grouped, value))
    parsed.at |= {
        (part.name, place): (part.name, *stands) for place, (stands, _) in enumerate(parts)
    }
    for key in sorted(_notes(value) - {str(item[grouped.key]) for _, item in parts})[
        :MOST_UNKNOWN_FIELDS
    ]:
        says, remedy = "it is noted on nothing that is listed", "list it too, or take the note away"
        parsed.problem(
            Problem("invalid", says, (part.name, "notes", key), remedy=remedy, value=key)
        )
    return [item for _, item in parts]


def _notes(value: Item) -> set[str]:
    notes = value.get("notes")
    return set(notes) if isinstance(notes, dict) else set()


def _take(parsed: Parsed, of: Kind, value: Any, into: dict[str, Any], path: Path) -> None:
    """Put what is kept of a value of a field where it belongs, or tell what is wrong with it."""
    keeps_blanks = parsed.place is not None and isinstance(of, TextKind) and not of.required
    if value in (None, "") or (isinstance(value, str) and not keeps_blanks and is_blank(value)):
        if of.required:
            says = "it is missing, and every record needs it"
            parsed.problem(Problem("required", says, path, remedy=f"write {of.demand}"))
        else:
            into[of.name] = of.empty()
        return
    try:
        kept = of.take(value)
    except InvalidError as error:
        for problem in error.problems:
            parsed.problem(replace(problem, path=path, value=shown(value)))
    else:
        into[of.name] = Key(of.refers_to, kept) if of.refers_to else kept


def _unknown(path: Path, known: list[str]) -> Problem:
    name = str(path[-1])
    params = {"near": near(name, known)}
    return Problem(
        "unknown_field", "there is no such field", path, params, remedy=one_of(known), value=name
    )


def shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
