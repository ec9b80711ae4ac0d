"""Uploaded files read into a header and rows of cells:
the format by the content, the noun by name or columns.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from tracker.desk.imports.library import LibraryVotes, is_library
from tracker.desk.imports.tables import GatheredParts, column_name, knows, parts_file
from tracker.desk.records.fields import layout
from tracker.models.kinds import TextKind
from tracker.public.formats import csl
from tracker.public.formats.bibtex import read_bibtex
from tracker.public.formats.csv import cell
from tracker.public.formats.csv import read_rows as read_csv
from tracker.public.formats.json import read_lines, read_objects
from tracker.public.formats.ris import read_ris
from tracker.public.formats.rows import MOST_CELLS, Row, UnreadableError, heading
from tracker.public.formats.text_files import encoding_of, separator_of
from tracker.public.formats.xlsx import read_rows as read_xlsx
from tracker.schema.records import OCCURRENCES
from tracker.values.nouns import Noun

CSV, XLSX, JSON, NDJSON, CSL_JSON, BIBTEX, RIS = (
    "csv",
    "xlsx",
    "json",
    "ndjson",
    "csljson",
    "bibtex",
    "ris",
)
NAMES = {
    CSV: "CSV",
    XLSX: "XLSX",
    JSON: "JSON",
    NDJSON: "NDJSON",
    CSL_JSON: "CSL-JSON",
    BIBTEX: "BibTeX",
    RIS: "RIS",
}
BIBLIOGRAPHIES = {CSL_JSON, BIBTEX, RIS}
ENTRIES = BIBLIOGRAPHIES | {JSON, NDJSON}  # these have entries, and no header
OF_CSL = {
    "URL",
    "DOI",
    "container-title",
    "citation-key",
    "publisher-place",
    "event-title",
    "accessed",
}
SAMPLE = 4096
MOST_OF_A_BIBLIOGRAPHY = 20_000_000  # bytes: its readers hold it whole


@dataclass(slots=True)
class Reading:
    """A file being read: what it is, its header, and its rows, which can be read once."""

    kind: str
    noun: Noun
    header: list[str]
    rows: Iterator[Row]
    encoding: str = ""
    separator: str = ""
    parts: GatheredParts | None = None  # the rows' own, if the file has these instead of records


def read(
    file: BinaryIO,
    name: str,
    *,
    noun: Noun | None = None,
    encoding: str = "",
    separator: str = "",
    kind: str = "",
) -> Reading:
    """Begin to read a file; what is not given is recognised.
    Raises UnreadableError, also while the rows are read.
    """
    kind = kind or kind_of(file, name)
    if kind in BIBLIOGRAPHIES:
        if noun not in (None, Noun.SOURCE):
            raise UnreadableError(
                0, f"{NAMES[kind]} has sources, not {noun.plural}", "choose sources"
            )
        return Reading(kind, Noun.SOURCE, csl.COLUMNS, _sources(file, kind))
    if kind in (JSON, NDJSON):
        objects = read_lines if kind == NDJSON else read_objects
        keys = _keys(objects(file))
        noun = noun_of(name, keys, noun)
        header = [column_name(layout(noun), key) for key in keys]
        return Reading(kind, noun, header, _objects(objects(file), header, noun))
    if kind == XLSX:
        rows = read_xlsx(file)
    else:
        encoding = encoding or encoding_of(file)
        separator = separator or separator_of(file, encoding)
        file.seek(0)
        rows = read_csv(file, encoding=encoding, separator=separator)
    first = next(rows, None)
    if first is None:
        raise UnreadableError(0, "the file is empty", "begin with a row of the columns' names")
    if any("\0" in name for name in first.cells):
        raise UnreadableError(first.line, "this is no text", "save it as CSV UTF-8, XLSX or JSON")
    header = [name.strip() for name in first.cells]
    if (of := parts_file(name, header)) and noun in (None, of.noun):
        parts = GatheredParts(of, header, rows)
        return Reading(kind, of.noun, of.header, parts.rows(), encoding, separator, parts)
    if is_library(header) and noun in (None, Noun.VOTE):
        votes = LibraryVotes(header, rows)
        return Reading(kind, Noun.VOTE, votes.header, votes.rows(), encoding, separator)
    noun = noun_of(name, header, noun)
    header = [column_name(layout(noun), written) for written in header]
    return Reading(kind, noun, header, rows, encoding, separator)


def _keys(objects: Iterable[tuple[int, dict[str, Any] | UnreadableError]]) -> list[str]:
    keys: dict[str, None] = {}
    for number, item in objects:
        keys |= dict.fromkeys(item if isinstance(item, dict) else ())
        if len(keys) > MOST_CELLS:
            raise UnreadableError(
                number,
                f"the objects have more than {MOST_CELLS} keys",
                "leave out what is not needed",
            )
    if not keys:
        raise UnreadableError(0, "the file has no objects", "write a list of objects: [{…},{…}]")
    return list(keys)


def _objects(
    objects: Iterable[tuple[int, dict[str, Any] | UnreadableError]], header: list[str], noun: Noun
) -> Iterator[Row]:
    are_text = [_is_text(noun, name) for name in header]
    for number, item in objects:
        yield _row(
            number,
            item if isinstance(item, UnreadableError) else _flat(item, noun),
            header,
            are_text,
        )


def _flat(item: dict[str, Any], noun: Noun) -> dict[str, Any]:
    """Return an object by column,
    references and dates that it has as reading gives them as a cell has them.
    """
    of = layout(noun)
    values = {column_name(of, key): value for key, value in item.items()}
    return {
        name: of.fields[name].of_object(value)
        if name in of.fields and isinstance(value, dict)
        else value
        for name, value in values.items()
    }


def _sources(file: BinaryIO, kind: str) -> Iterator[Row]:
    are_text = [_is_text(Noun.SOURCE, name) for name in csl.COLUMNS]
    for number, item in _items(file, kind):
        source = item if isinstance(item, UnreadableError) else csl.source(item)
        yield _row(number, source, csl.COLUMNS, are_text)


def _row(
    number: int, item: dict[str, Any] | UnreadableError, header: list[str], are_text: list[bool]
) -> Row:
    if isinstance(item, UnreadableError):
        where = f"line {item.line}: " if item.line != number else ""
        return Row(number, [""] * len(header), [item.problem, item.remedy, f"{where}{item.value}"])
    cells = [cell(item.get(name), is_text) for name, is_text in zip(header, are_text, strict=True)]
    return Row(number, cells, values=item)


def _items(file: BinaryIO, kind: str) -> Iterator[tuple[int, dict[str, Any] | UnreadableError]]:
    if kind == CSL_JSON:
        yield from read_objects(file)
        return
    encoding = encoding_of(file)
    file.seek(0)
    content = file.read(MOST_OF_A_BIBLIOGRAPHY + 1)
    if len(content) > MOST_OF_A_BIBLIOGRAPHY:
        raise UnreadableError(
            0,
            f"it is larger than {MOST_OF_A_BIBLIOGRAPHY // 1_000_000} MB",
            "split it, or use CSL-JSON",
        )
    text = content.decode(encoding)
    yield from enumerate(read_ris(text) if kind == RIS else read_bibtex(text), 1)


def _is_text(noun: Noun, name: str) -> bool:
    return isinstance(layout(noun).fields.get(name), TextKind)


def kind_of(file: BinaryIO, name: str) -> str:
    """Return the format of a file by its beginning, NDJSON by its name;
    what is nothing else is taken for CSV.
    """
    file.seek(0)
    beginning = file.read(SAMPLE)
    file.seek(0)
    if beginning.startswith(b"PK\x03\x04"):
        return XLSX
    if beginning.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableError(
            0,
            "this is a workbook of old, or one with a password",
            "save it as XLSX, or as “CSV UTF-8”",
        )
    if name.lower().endswith(f".{NDJSON}"):
        return NDJSON
    encoding = "utf-16" if beginning[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
    text = beginning.decode(encoding, "replace").removeprefix("ï»¿").lstrip("\ufeff \t\r\n")
    if text.startswith(("[", "{")):
        return CSL_JSON if _is_csl(file) else JSON
    if re.match(r"TY\s*-", text):
        return RIS
    return BIBTEX if re.match(r"(%.*\n\s*)*@\w+\s*[{(]", text) else CSV


def noun_of(name: str, header: Sequence[str], chosen: Noun | None) -> Noun:
    """Return the noun that was chosen, else that of the file's name,
    else the one that has most of its columns.
    """
    if chosen is not None:
        return chosen
    words = re.findall(r"[a-z]+", Path(name).stem.lower())
    named = [noun for noun in Noun if noun.plural in words or noun.value in words]
    if len(named) == 1:
        return named[0]
    known = {noun: sum(knows(layout(noun), heading(name)) for name in header) for noun in Noun}
    best = [noun for noun in Noun if known[noun] == max(known.values())]
    # they share most columns; what has none of its own is the one with the fewest
    if {*best} == {*OCCURRENCES}:
        return min(best, key=lambda noun: len(layout(noun).fields))
    if len(best) == 1 and known[best[0]] > 1:
        return best[0]
    raise UnreadableError(
        0, "neither its name nor its columns say what its rows are", "choose it beside the file"
    )


def _is_csl(file: BinaryIO) -> bool:
    try:
        first = [item for _, item in islice(read_objects(file), 20) if isinstance(item, dict)]
    except UnreadableError:
        return False
    return any(
        OF_CSL & item.keys() or ("author" in item and _is_csl_date(item.get("issued")))
        for item in first
    )


def _is_csl_date(value: object) -> bool:
    """Tell a date of CSL from one as the desk API tells it, which says beside who wrote the record:
    `author`.
    """
    return isinstance(value, dict) and "edtf" not in value
