"""Rows read into values: each cell by its column, each item of a part by its fields. References stay keys here."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from tracker.formats import csv_cells as cells
from tracker.formats.csv_json import write_json
from tracker.services.imports.columns import Column, Part, is_vague
from tracker.services.imports.faults import Faults
from tracker.services.imports.references import Key
from tracker.services.imports.tables import Table, Written
from tracker.services.imports.understanding import items as understood_items
from tracker.services.imports.understanding import understood
from tracker.values.nouns import Noun
from tracker.values.problems import Place, Problem

Item = dict[str, Any]


@dataclass(slots=True)
class Parsed:
    """A row read: its record's number, values by column, items by part, and which of them can't be taken."""

    table: Table
    row: Written
    record: int
    values: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, list[Item]] = field(default_factory=dict)
    faulty: set[str] = field(default_factory=set)

    def fault(self, faults: Faults, problem: Problem) -> None:
        """Say what is wrong, with the place of the row and, unless it is said, what stands in the column."""
        self.faulty.add(problem.field)
        faults.add(self.placed(problem))

    def placed(self, problem: Problem) -> Problem:
        """Return a problem with the place of the row and, unless it is said, what stands in the column."""
        value = problem.value or self.row.cells.get(problem.field, "")
        return replace(problem, value=value, place=Place(self.table.name, self.row.line))

    def references(self) -> Iterator[Key]:
        """Yield the references of the row and of its parts."""
        for values in [self.values, *(item for items in self.parts.values() for item in items)]:
            yield from (value for value in values.values() if isinstance(value, Key))


def parse(table: Table, row: Written, record: int, faults: Faults) -> Parsed:
    """Read a row; what can't be taken is left out, and told to `faults`."""
    parsed = Parsed(table, row, record)
    written = row.cells
    for name, column in table.layout.columns.items():
        if name in written:
            _read_cell(parsed, column, written[name], faults)
    for name, part in table.layout.parts.items():
        if name in written:
            parsed.parts[name] = list(_read_part(parsed, part, written[name], faults))
    if written.get("id", "").strip():
        try:
            cells.number(written["id"])
        except cells.BadCell as error:
            parsed.fault(faults, _wrong(error, "id"))
    return parsed


def _read_cell(parsed: Parsed, column: Column, cell: str, faults: Faults) -> None:
    is_text = column.guarded
    try:
        if not (cell if is_text else cell.strip()):
            parsed.values[column.name] = _empty(column)
        elif column.refers_to:
            parsed.values[column.name] = Key(column.refers_to, column.read(cell))
        else:
            value = column.value(understood(column, cell))
            if column.required and not value.strip():
                raise _missing(column)
            parsed.values[column.name] = value
    except cells.BadCell as error:
        parsed.fault(faults, _wrong(error, column.name, value=cell))


def _read_part(parsed: Parsed, part: Part, cell: str, faults: Faults) -> Iterator[Item]:
    """Yield the items of a part; of a faulty one, what can be taken."""
    if not cell.strip():
        return
    try:
        items = understood_items(part, cell)
    except cells.BadCell as error:
        parsed.fault(faults, _wrong(error, part.name))
        return
    for place, item in enumerate(items):
        for unknown in item.keys() - part.columns.keys():
            says, remedy, path = "there is no such key", cells.one_of([*part.columns]), (part.name, place, unknown)
            params = {"near": cells.near(unknown, [*part.columns])}
            parsed.fault(faults, Problem("unknown_field", says, path, params, remedy=remedy, value=unknown))
        taken: Item = {}
        for name, column in part.columns.items():
            try:
                taken[name] = _read_field(column, item.get(name))
            except cells.BadCell as error:
                written = item.get(name)
                value = written if isinstance(written, str) else "" if written is None else write_json(written)
                parsed.fault(faults, _wrong(error, part.name, place, name, value=value or cell))
        yield taken


def _read_field(column: Column, value: Any) -> Any:
    """Return what the value of a key of a part says; raise BadCell."""
    if value is None or value == "":
        return _empty(column)
    if column.refers_to is Noun.SOURCE and isinstance(value, int) and not isinstance(value, bool):
        return Key(Noun.SOURCE, value)
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise cells.BadCell("it is no text", "write text in quotation marks")
    if column.refers_to:
        return Key(column.refers_to, str(value).strip())
    return column.read(understood(column, str(value)))


def _empty(column: Column) -> Any:
    if column.required:
        raise _missing(column)
    return column.empty()


def _wrong(error: cells.BadCell, *path: str | int, value: str = "") -> Problem:
    return Problem("invalid", error.message, path, error.params, remedy=error.write, value=value)


def _missing(column: Column) -> cells.BadCell:
    return cells.BadCell("it is empty, and every record needs it", f"write {kind_of(column)}")


def kind_of(column: Column) -> str:
    """Return what is to be written into a column."""
    return "a date" if is_vague(column) else f"the key of the {column.refers_to}" if column.refers_to else "a value"
