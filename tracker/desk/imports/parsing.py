"""Rows read into values: each cell as JSON would have it, an entry's as it has them; then as any body is read."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from tracker.desk.imports.cells import items, of_entry, of_members, typed
from tracker.desk.imports.faults import Faults
from tracker.desk.imports.identities import AN_ID, number
from tracker.desk.imports.tables import CREATE_ANYWAY, NUMBERS, OF_MEMBER, Table, WrittenRow, adds_to
from tracker.desk.records import parsing
from tracker.desk.records.fields import Part
from tracker.desk.records.parsing import Parsed
from tracker.models.kinds import Kind
from tracker.schema.grouping import parts
from tracker.values.problems import Invalid, Place, Problem


def parse(table: Table, row: WrittenRow, record: int, faults: Faults) -> Parsed:
    """Read a row; what can't be taken is left out, and told to `faults`."""
    of, cells, entry = table.layout, row.cells, row.values
    place, version = Place(table.name, row.line), number(row, "version")
    added = {name: to for name in cells if (to := adds_to(of, name))}
    shown = {**cells, **{to: cells[name] for name, to in added.items()}}
    parsed = Parsed(of, record, faults.add, place, shown, places=row.places, version=version)
    parsed.adds |= {*added.values()}
    read: Callable[[Kind, Any], Any] = typed if entry is None else of_entry
    payload: dict[str, Any] = {}
    for name in cells if entry is None or record < 0 else entry:  # of a new record, what an entry leaves out is empty
        value = cells[name] if entry is None else entry.get(name)
        to = added.get(name, name)
        try:
            if to in of.fields:
                payload[to] = read(of.fields[to], value)
            elif to in of.parts:
                payload[to] = items(of.parts[to], value)
        except Invalid as error:
            for problem in error.problems:
                parsed.problem(replace(problem, path=(name,)))
    for part in of.parts.values():
        if part.grouped and (members := by_member(part, cells)):
            here = payload.get(part.name) or []
            listed = [item for _, item in parts(part.grouped, here)] if isinstance(here, dict) else here
            payload[part.name] = [*listed, *of_members(part, members)]
    parsing.parse(parsed, payload)
    for name in NUMBERS:
        written = cells.get(name, "").strip()
        if written and not (version if name == "version" else AN_ID.fullmatch(written)):
            remedy = "write a number, or leave it empty for a new record"
            parsed.problem(Problem("invalid", f"it is no {name}", (name,), remedy=remedy))
    if cells.get(CREATE_ANYWAY, "").strip().casefold() not in ("", "true", "false"):
        remedy = "write true if the row is another than those that it looks like, or leave it empty"
        parsed.problem(Problem("invalid", "it is neither true nor false", (CREATE_ANYWAY,), remedy=remedy))
    return parsed


def by_member(part: Part, cells: Mapping[str, str]) -> dict[str, str]:
    """Return the cells of the columns of members, by how these are headed."""
    begins = f"{part.name}{OF_MEMBER}"
    return {name.removeprefix(begins): cell for name, cell in cells.items() if name.startswith(begins)}
