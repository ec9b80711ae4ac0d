"""Cells read into values as JSON would have them, so that one row is parsed as any other body is.

People write terms by their labels; lists, names, authors and parts as plain text.
What is written as an export writes it (codes, JSON) is read too.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from tracker.desk.imports.faults import Faults
from tracker.desk.imports.tables import (
    AN_ID,
    CREATE_ANYWAY,
    NUMBERS,
    OF_MEMBER,
    ImportTable,
    WrittenRow,
    adds_to,
    number,
)
from tracker.desk.records import parsing
from tracker.desk.records.fields import PartList
from tracker.desk.records.parsing import Parsed
from tracker.models.fields import (
    AuthorsField,
    FlagField,
    NamesField,
    ReferenceField,
    TermField,
    WholeNumberField,
)
from tracker.models.kinds import Kind, ListKind, NumberKind, TextKind
from tracker.public.formats.csv import unguarded
from tracker.public.formats.json import NotJsonError, read_json
from tracker.schema.grouping import parts
from tracker.schema.markers import Grouped
from tracker.values import names, numbers
from tracker.values.csl import Locator
from tracker.values.nouns import Noun
from tracker.values.problems import InvalidError, Place, Problem, invalid_value
from tracker.values.vocabularies import Choice, Vocabulary

ITEMS = re.compile(r"[;\n]")
GROUPS = re.compile(r"[|\n]")
# how terms are written besides by their codes and labels
WORDS: dict[type[Vocabulary], dict[Vocabulary, tuple[str, ...]]] = {
    Choice: {
        Choice.YES: ("y", "in favour", "in favor", "for", "1", "+"),
        Choice.NO: ("n", "against", "3", "-1", "-"),
        Choice.ABSTAIN: ("a", "abstains", "abstained", "abstention", "abstaining", "2", "0"),
        Choice.ABSENT: ("x", "8", "not voting", "not present"),
        Choice.NOT_PARTICIPATING: ("np", "did not participate", "not participating in the vote"),
    }
}
A_NUMBER = re.compile(r"[+-]?[0-9]{1,50}")
PLACE = re.compile(r"(?P<label>§§?|¶¶?|[A-Za-z]+\.?) *(?P<locator>[^\s.].*)", re.DOTALL)
ABBREVIATED = {
    "p": Locator.PAGE,
    "pp": Locator.PAGE,
    "pages": Locator.PAGE,
    "pg": Locator.PAGE,
    "§": Locator.SECTION,
    "§§": Locator.SECTION,
    "sec": Locator.SECTION,
    "sect": Locator.SECTION,
    "sections": Locator.SECTION,
    "¶": Locator.PARAGRAPH,
    "¶¶": Locator.PARAGRAPH,
    "para": Locator.PARAGRAPH,
    "paras": Locator.PARAGRAPH,
    "par": Locator.PARAGRAPH,
    "paragraphs": Locator.PARAGRAPH,
    "ch": Locator.CHAPTER,
    "chap": Locator.CHAPTER,
    "chapters": Locator.CHAPTER,
    "art": Locator.ARTICLE_LOCATOR,
    "arts": Locator.ARTICLE_LOCATOR,
    "article": Locator.ARTICLE_LOCATOR,
    "articles": Locator.ARTICLE_LOCATOR,
    "n": Locator.NOTE,
    "fn": Locator.NOTE,
    "footnote": Locator.NOTE,
    "l": Locator.LINE,
    "ll": Locator.LINE,
    "fig": Locator.FIGURE,
    "tab": Locator.TABLE,
    "vol": Locator.VOLUME,
    "col": Locator.COLUMN,
    "app": Locator.APPENDIX,
    "annex": Locator.APPENDIX,
    "pt": Locator.PART,
    "fol": Locator.FOLIO,
    "v": Locator.VERSE,
    "ver": Locator.VERSION,
    "at": Locator.TIMESTAMP,
}


def typed(field: Kind, cell: str) -> Any:
    """Return what a cell says, as JSON would have it; raise InvalidError.
    What can't be told apart stays text.
    """
    if isinstance(field, TextKind):
        return unguarded(cell)
    read = next((read for kind, read in _READERS.items() if isinstance(field, kind)), None)
    return read(field, cell.strip()) if read and cell.strip() else cell.strip()


def of_entry(field: Kind, value: Any) -> Any:
    """Return what an entry says; raise InvalidError. Its text may be written as in a cell."""
    if isinstance(value, str) and not isinstance(field, TextKind):
        return typed(field, value)
    return _of_json(field, value)


def items(part: PartList, written: Any) -> Any:
    """Return the items of a part: of JSON, or of plain text, “usip-2019-06 p. 4; undoc-1 § 3”;
    raise InvalidError.

    Of one that readers are told of in groups also these: of JSON, or of “yes: France; Togo | no:
    Mali”.
    """
    value = written if written is not None else []
    is_text = isinstance(written, str) and not written.lstrip().startswith(("[", "{"))
    if is_text and part.grouped:
        return _groups(part.grouped, written)
    if is_text:
        key = next(field for field in part.fields.values() if field.refers_to)
        value = [
            _item(part, key, " ".join(text.split()))
            for text in ITEMS.split(written)
            if text.strip()
        ]
    elif isinstance(written, str):
        value = _json(written)
    if part.grouped and isinstance(value, dict):
        return value
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise invalid_value("it is no list of objects", "write [{{…}},{{…}}]")
    return [
        {name: _of_json(part.fields.get(name), entry) for name, entry in item.items()}
        for item in value
    ]


def _groups(grouped: Grouped, written: str) -> dict[str, list[str]]:
    by_term: dict[str, list[str]] = {}
    for group in filter(str.strip, GROUPS.split(written)):
        called, colon, members = group.partition(":")
        term = _codes(grouped.terms).get(_plain(called))
        if not colon or term is None:
            says, remedy = (
                "“{group}” begins with none of {terms}",
                "write “yes: France; Togo | no: Mali”",
            )
            raise invalid_value(
                says, remedy, group=group.strip(), terms=", ".join(grouped.terms.values)
            )
        by_term.setdefault(term, []).extend(
            " ".join(member.split()) for member in members.split(";") if member.strip()
        )
    return by_term


def of_members(part: PartList, cells: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the items of cells that each stand in a column of a member:
    what it is headed by, and the word in it.
    """
    key, by = (
        (part.fields[name] for name in (part.grouped.key, part.grouped.by))
        if part.grouped
        else (None, None)
    )
    if key is None or by is None:
        return []
    return [
        {key.name: member, by.name: _term(by, written)}
        for member, written in cells.items()
        if written.strip()
    ]


def _of_json(field: Kind | None, value: Any) -> Any:
    """Return a value of JSON as its field wants it: numbers as text, terms by their codes."""
    if field is None or isinstance(field, ReferenceField | NumberKind):
        is_key = field is not None and field.refers_to not in (None, Noun.SOURCE)
        return str(value) if is_key and type(value) is int else value
    value = str(value) if type(value) is int else value
    return _term(field, value) if isinstance(field, TermField) and isinstance(value, str) else value


def _item(part: PartList, key: Kind, written: str) -> dict[str, Any]:
    if key.refers_to is Noun.SOURCE:
        source, _, place = written.partition(" ")
        record = numbers.number(source, digits=numbers.IN_A_BIGINT)
        return {key.name: source if record is None else record, **_place(place)}
    name, role = _with_role(written) if "role" in part.fields else (written, "")
    return {key.name: name, "role": role} if role else {key.name: written}


def _with_role(written: str) -> tuple[str, str]:
    """Return the name and the role of “name (role)”; no role for text of any other form."""
    name, _, rest = written.partition("(")
    role, closing, after = rest.partition(")")
    name = name.rstrip(" ")
    is_of_both = name and ")" not in name and "(" not in role and closing and not after
    return (name, role) if is_of_both else (written, "")


def _place(written: str) -> dict[str, str]:
    """Return where in a source something is found:
    what it is called, if that is plain, and where.
    """
    if match := PLACE.fullmatch(written):
        label = match["label"].rstrip(".").lower()
        label = ABBREVIATED.get(label) or _codes(Locator).get(label)
        if label:
            return {"locator_label": str(label), "locator": match["locator"]}
    return {"locator": written} if written else {}


def _json(cell: str) -> Any:
    try:
        return read_json(cell)
    except NotJsonError as error:
        says, remedy = (
            "it is no JSON that can be taken: {why}",
            "write compact JSON, quotation marks doubled",
        )
        raise invalid_value(says, remedy, why=str(error)) from error


def _flag(field: Kind, cell: str) -> Any:
    return {"true": True, "false": False}.get(cell.lower(), cell)


def _integer(field: Kind, cell: str) -> Any:
    return int(cell) if A_NUMBER.fullmatch(cell) else cell


def _term(field: Kind, cell: str) -> str:
    return _codes(field.vocabulary).get(_plain(cell), cell) if field.vocabulary else cell


def _list(field: Kind, cell: str) -> Any:
    if cell.startswith("["):
        return _json(cell)
    return [_term(field, text.strip()) for text in cell.split(";") if text.strip()]


def _names(field: Kind, cell: str) -> Any:
    if cell.startswith(("[", "{")):
        return _json(cell)
    read = names.read_names if isinstance(field, NamesField) else names.read_authors
    try:
        return read("\n".join(ITEMS.split(cell)))
    except names.InvalidNamesError as error:
        raise invalid_value("it can't be read", "{why}", why="; ".join(error.wrong)) from error


_READERS: dict[type[Kind], Callable[[Kind, str], Any]] = {
    FlagField: _flag,
    WholeNumberField: _integer,
    TermField: _term,
    ListKind: _list,
    NamesField: _names,
    AuthorsField: _names,
}


@cache
def _codes(vocabulary: type[Vocabulary]) -> dict[str, str]:
    """Return the terms of a vocabulary by their codes and labels, as people may write both,
    and by other words.
    """
    also = WORDS.get(vocabulary, {})
    return {
        _plain(spelling): term.value
        for term in vocabulary
        for spelling in (*also.get(term, ()), term.label, term.value)
    }


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[_-](?=\w*[^\W\d])", " ", text).casefold().split())


def parse(table: ImportTable, row: WrittenRow, record: int, faults: Faults) -> Parsed:
    """Read a row; what can't be taken is left out, and told to `faults`."""
    of, cells, entry = table.layout, row.cells, row.values
    place, version = Place(table.name, row.line), number(row, "version")
    added = {name: to for name in cells if (to := adds_to(of, name))}
    shown = {**cells, **{to: cells[name] for name, to in added.items()}}
    parsed = Parsed(of, record, faults.add, place, shown, places=row.places, version=version)
    parsed.adds |= {*added.values()}
    read: Callable[[Kind, Any], Any] = typed if entry is None else of_entry
    payload: dict[str, Any] = {}
    # of a new record, what an entry leaves out is empty
    for name in cells if entry is None or record < 0 else entry:
        value = cells[name] if entry is None else entry.get(name)
        to = added.get(name, name)
        try:
            if to in of.fields:
                payload[to] = read(of.fields[to], value)
            elif to in of.parts:
                payload[to] = items(of.parts[to], value)
        except InvalidError as error:
            for problem in error.problems:
                parsed.problem(replace(problem, path=(name,)))
    for part in of.parts.values():
        if part.grouped and (members := by_member(part, cells)):
            here = payload.get(part.name) or []
            listed = (
                [item for _, item in parts(part.grouped, here)] if isinstance(here, dict) else here
            )
            payload[part.name] = [*listed, *of_members(part, members)]
    parsing.parse(parsed, payload)
    for name in NUMBERS:
        written = cells.get(name, "").strip()
        if written and not (version if name == "version" else AN_ID.fullmatch(written)):
            remedy = "write a number, or leave it empty for a new record"
            parsed.problem(Problem("invalid", f"it is no {name}", (name,), remedy=remedy))
    if cells.get(CREATE_ANYWAY, "").strip().casefold() not in ("", "true", "false"):
        remedy = "write true if the row is another than those that it looks like, or leave it empty"
        parsed.problem(
            Problem("invalid", "it is neither true nor false", (CREATE_ANYWAY,), remedy=remedy)
        )
    return parsed


def by_member(part: PartList, cells: Mapping[str, str]) -> dict[str, str]:
    """Return the cells of the columns of members, by how these are headed."""
    begins = f"{part.name}{OF_MEMBER}"
    return {
        name.removeprefix(begins): cell for name, cell in cells.items() if name.startswith(begins)
    }
