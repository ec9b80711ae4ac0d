"""Values as JSON has them, read by what the fields of a record say: each by its column, each item of a part by its own.

References stay keys here. What can't be taken is left out, and told.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NoReturn
from unicodedata import normalize

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tracker.formats.csv_cells import BadCell, among
from tracker.formats.csv_json import write_json
from tracker.services.imports.columns import Column, Layout, is_vague
from tracker.services.imports.parsing import Item, Parsed, kind_of
from tracker.services.imports.references import Key
from tracker.services.imports.tables import Table, Written
from tracker.values.problems import Path, Problem

NEEDED = "it is missing, and every record needs it; write {kind}"
TOLD, MOST = 100, 1000  # unknown fields of an object, each with what may be meant by it; faults of a list
KINDS: dict[type, tuple[type, str]] = {
    ArrayField: (list, "write a list: […]"),
    models.BooleanField: (bool, "write true or false"),
}


def read_body(of: Layout, said: Mapping[str, Any], record: int) -> tuple[Parsed, list[Problem]]:
    """Return what is said of a record (a negative number: a new one, which needs all that is required)."""
    parsed = Parsed(Table(of.noun.plural, of.noun, _nowhere), Written(0, {}), record)
    wrong: list[Problem] = []
    known = [*of.columns, *of.parts]
    for name in [name for name in said if name not in known][:TOLD]:
        wrong.append(_unknown((name,), known))
    given = {name: value for name, value in said.items() if name in of.columns}
    if record < 0:
        given = {name: None for name, column in of.columns.items() if column.required} | given
    parsed.values = dict(_read(of.model, of.columns, given, (), wrong))
    for name in [name for name in of.parts if name in said]:
        parsed.parts[name] = list(_read_items(of, name, said[name], wrong))
    parsed.faulty = {str(one.path[0]) for one in wrong}
    return parsed, wrong


def _nowhere() -> NoReturn:
    raise ValueError("there is no file")


def _read_items(of: Layout, name: str, said: Any, wrong: list[Problem]) -> Iterator[Item]:
    part = of.parts[name]
    if not isinstance(said, list):
        wrong.append(Problem("invalid", "it is no list; write [{{…}}, {{…}}], or [] for none", (name,)))
        return
    for place, item in enumerate(said):
        if len(wrong) > MOST:
            return
        if not isinstance(item, dict):
            wrong.append(Problem("invalid", "it is no object; write {{…}}", (name, place)))
            continue
        for unknown in sorted(item.keys() - part.columns.keys())[:TOLD]:
            wrong.append(_unknown((name, place, unknown), list(part.columns)))
        whole = {column: item.get(column) for column in part.columns}
        yield dict(_read(part.model, part.columns, whole, (name, place), wrong))


def _read(
    model: type[models.Model], columns: Mapping[str, Column], said: Mapping[str, Any], path: Path, wrong: list[Problem]
) -> Iterator[tuple[str, Any]]:
    for name, value in _whole(columns, said).items():
        column = columns[name]
        try:
            if value is None or (isinstance(value, str) and not value.strip()):
                if column.required:
                    wrong.append(Problem("required", NEEDED, (*path, name), {"kind": kind_of(column)}))
                    continue
                yield name, column.empty()
            else:
                yield name, _value(model, column, value)
        except BadCell as error:
            params = {"value": _shown(value), "problem": error.problem, "remedy": error.remedy}
            wrong.append(Problem("invalid", "“{value}”: {problem}; {remedy}", (*path, name), params))


def _whole(columns: Mapping[str, Column], said: Mapping[str, Any]) -> dict[str, Any]:
    """Return values with vague dates as text."""
    return {
        name: value["edtf"] if is_vague(columns[name]) and isinstance(value, dict) and "edtf" in value else value
        for name, value in said.items()
    }


def _value(model: type[models.Model], column: Column, value: Any) -> Any:
    if column.refers_to:
        return Key(column.refers_to, _key(value))
    field: Any = model._meta.get_field(column.name)
    kind, remedy = KINDS.get(type(field), (str, "write text in quotation marks"))
    if isinstance(field, models.JSONField):
        kind, remedy = (dict, "write an object: {…}") if field.default is dict else (list, "write a list: […]")
    if not isinstance(value, kind):
        raise BadCell("it is not of the kind that is wanted here", remedy)
    return column.read(normalize("NFC", value if isinstance(value, str) else write_json(value)))


def _key(value: Any) -> str | int:
    if isinstance(value, dict):
        value = value.get("slug", value.get("id"))
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BadCell("it is no key", "write the slug, or the number, of a record")
    return value.strip() if isinstance(value, str) else value


def _unknown(path: Path, known: list[str]) -> Problem:
    return Problem("unknown_field", "there is no such field; {among}", path, {"among": among(str(path[-1]), known)})


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else write_json(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
