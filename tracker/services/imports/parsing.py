"""Rows read into values: each cell as JSON would have it, then all of them as any body is read."""

from dataclasses import replace
from typing import Any

from tracker.services.imports.cells import items, typed
from tracker.services.imports.faults import Faults
from tracker.services.imports.identities import AN_ID
from tracker.services.imports.tables import Table, Written
from tracker.services.records import parsing
from tracker.services.records.parsing import Parsed
from tracker.values.problems import Invalid, Place, Problem


def parse(table: Table, row: Written, record: int, faults: Faults) -> Parsed:
    """Read a row; what can't be taken is left out, and told to `faults`."""
    of, cells = table.layout, row.cells
    parsed = Parsed(of, record, faults.add, Place(table.name, row.line), cells)
    said: dict[str, Any] = {}
    for name, cell in cells.items():
        try:
            if name in of.fields:
                said[name] = typed(of.fields[name], cell)
            elif name in of.parts:
                said[name] = items(of.parts[name], cell)
        except Invalid as error:
            for problem in error.problems:
                parsed.problem(replace(problem, path=(name,)))
    parsing.parse(parsed, said)
    if (written := cells.get("id", "").strip()) and not AN_ID.fullmatch(written):
        remedy = "write a number, or leave it empty for a new record"
        parsed.problem(Problem("invalid", "it is no id", ("id",), remedy=remedy))
    return parsed
