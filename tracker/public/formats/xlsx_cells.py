"""The cells of a workbook's first sheet, read as a stream:
of the archive nothing else is looked at.

A library would make an object of each style, name and drawing, of which a file of a few kilobytes
can have millions. Here each part is bounded, in bytes and in what it counts, and no more than one
row is in memory.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from xml.parsers import expat

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format  # type: ignore[import-untyped]
from openpyxl.utils.cell import column_index_from_string  # type: ignore[import-untyped]
from openpyxl.utils.datetime import (  # type: ignore[import-untyped]
    CALENDAR_MAC_1904,
    CALENDAR_WINDOWS_1900,
    from_excel,
    from_ISO8601,
)

from tracker.public.formats.rows import MOST_CELLS, UnreadableError

PIECE = 1 << 16
SHEET, STRINGS, STYLES = "worksheet", "sharedStrings", "styles"
MEGABYTE = 1_000_000
MOST_BYTES = {SHEET: 150 * MEGABYTE, STRINGS: 100 * MEGABYTE, STYLES: 20 * MEGABYTE}
MOST_OF_OTHERS = 5 * MEGABYTE  # of what says which sheets and parts there are
MOST_STYLES = 100_000  # Excel has 65,490 at most
MOST_STRINGS = 2_000_000
MOST_COLUMNS = 16_384  # of Excel
MOST_CELLS_OF_SHEET = 3_000_000
# as many as Excel has; empty ones cost nothing to write and something to read
MOST_LINES = 1_048_576
LONGEST_FORMAT = 255  # characters, in Excel
SAVE_AS_CSV = "save the sheet as “CSV UTF-8”, or split it"
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
UNDERLINE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
NO_ATTRIBUTES: Mapping[str, str] = {}
SURROGATES = range(0xD800, 0xE000)


class Event(NamedTuple):
    """A tag that begins, with its attributes; one that ends; or text, which has no tag."""

    tag: str
    attributes: Mapping[str, str] | None = None
    text: str = ""


class Line(NamedTuple):
    """A row of a sheet by its number, its values by the numbers of their columns, both from 1."""

    number: int
    values: Mapping[int, Any]


def escaped(text: str) -> str:
    """Return a text as a workbook has it:
    what XML can't keep, or would be read as an escape, as `_xHHHH_`.
    """
    return UNDERLINE.sub("_x005F_", text).replace("\r", "_x000D_")


def unescaped(text: str) -> str:
    """Return a text of a workbook with the characters that it has as `_xHHHH_`;
    half of one stays as it is written.
    """
    return ESCAPED.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return match[0] if code in SURROGATES else chr(code)


class Workbook:
    """A workbook of which the first sheet is read;
    raise UnreadableError, ValueError or KeyError for a bad one.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        root = next(part.target for part in self._parts("") if part.kind == "officeDocument")
        parts = {part.id: part for part in self._parts(root)}
        sheets, self.epoch = self._sheets(root)
        self.sheet = next(
            parts[name].target for name in sheets if name in parts and parts[name].kind == SHEET
        )
        others = {part.kind: part.target for part in parts.values()}
        self.date_styles, self.duration_styles = self._styles(others.get(STYLES, ""))
        self.strings = self._strings(others.get(STRINGS, ""))

    def lines(self) -> Iterator[Line]:
        """Yield the rows of the first sheet, in their order."""
        number = column = count = 0
        values: dict[int, Any] = {}
        cell: Mapping[str, str] = {}
        text = _Text()
        for event in self._events(self.sheet, SHEET):
            if event.tag not in ("row", "c"):
                text.take(event)
                continue
            if event.tag == "row" and event.attributes is not None:
                number = int(event.attributes.get("r", number + 1))
                column, values = 0, {}
                if number > MOST_LINES:
                    raise UnreadableError(
                        0, f"the sheet expands to more than {MOST_LINES:,} rows", SAVE_AS_CSV
                    )
            elif event.tag == "c" and event.attributes is not None:
                cell = event.attributes
                column = _column(cell["r"]) if "r" in cell else column + 1
                text = _Text()
                count += 1
                if count > MOST_CELLS_OF_SHEET:
                    says = f"the sheet has more than {MOST_CELLS_OF_SHEET:,} cells"
                    raise UnreadableError(0, says, SAVE_AS_CSV)
                if column > MOST_COLUMNS:
                    raise _too_wide(number)
            elif event.tag == "c":
                value = self._value(cell, text.whole)
                if value not in (None, ""):
                    values[column] = value
                    if column > MOST_CELLS:
                        raise _too_wide(number)
            elif event.tag == "row":
                yield Line(number, values)

    def _value(self, cell: Mapping[str, str], text: str) -> Any:
        """Return what a cell holds, by its type and its style."""
        kind = cell.get("t", "n")
        if kind in ("inlineStr", "str"):
            return unescaped(text)
        if not text:
            return None
        if kind == "s":
            return self.strings[int(text)]
        if kind == "b":
            return bool(int(text))
        if kind == "d":
            return from_ISO8601(text)
        return self._number(text, int(cell.get("s", 0))) if kind == "n" else text

    def _number(self, text: str, style: int) -> Any:
        number = float(text) if any(sign in text for sign in ".eE") else int(text)
        if style not in self.date_styles:
            return number
        try:
            return from_excel(number, self.epoch, timedelta=style in self.duration_styles)
        except (OverflowError, ValueError):
            return "#VALUE!"

    def _sheets(self, root: str) -> tuple[list[str], datetime]:
        """Return the ids of the sheets, in their order, and the day from which days are counted."""
        ids, epoch = [], CALENDAR_WINDOWS_1900
        for event in self._events(root):
            attributes = event.attributes or {}
            if event.tag == "sheet" and event.attributes is not None:
                ids.append(attributes["id"])
            elif event.tag == "workbookPr" and attributes.get("date1904") in ("1", "true"):
                epoch = CALENDAR_MAC_1904
        return ids, epoch

    def _styles(self, name: str) -> tuple[set[int], set[int]]:
        """Return the numbers of the styles of dates, and of those of durations among them."""
        formats = dict(BUILTIN_FORMATS)
        dates, durations = set[int](), set[int]()
        number, is_of_cells = 0, False
        for event in self._events(name, STYLES) if name else ():
            attributes = event.attributes
            if event.tag == "cellXfs":
                is_of_cells = attributes is not None
            elif event.tag == "numFmt" and attributes is not None:
                formats[int(attributes["numFmtId"])] = attributes["formatCode"][:LONGEST_FORMAT]
            elif event.tag == "xf" and is_of_cells and attributes is not None:
                form = formats.get(int(attributes.get("numFmtId", 0)), "General")
                if is_date_format(form):
                    dates.add(number)
                    if is_timedelta_format(form):
                        durations.add(number)
                number += 1
                if number > MOST_STYLES:
                    raise UnreadableError(
                        0, f"the workbook has more than {MOST_STYLES:,} styles", SAVE_AS_CSV
                    )
        return dates, durations

    def _strings(self, name: str) -> list[str]:
        """Return the texts that cells share."""
        strings, text = [], _Text()
        for event in self._events(name, STRINGS) if name else ():
            text.take(event)
            if event.tag == "si" and event.attributes is not None:
                text = _Text()
            elif event.tag == "si":
                strings.append(unescaped(text.whole))
                if len(strings) > MOST_STRINGS:
                    raise UnreadableError(
                        0, f"the workbook has more than {MOST_STRINGS:,} texts", SAVE_AS_CSV
                    )
        return strings

    def _parts(self, of: str) -> Iterator["_Part"]:
        """Yield what a part of the archive, or the archive itself, refers to."""
        path = PurePosixPath(of)
        for event in self._events(str(path.parent / "_rels" / f"{path.name}.rels")):
            if (
                event.tag == "Relationship"
                and event.attributes
                and event.attributes.get("TargetMode") != "External"
            ):
                target = event.attributes["Target"]
                whole = target.lstrip("/") if target.startswith("/") else str(path.parent / target)
                yield _Part(
                    event.attributes["Id"], event.attributes["Type"].rpartition("/")[2], whole
                )

    def _events(self, name: str, kind: str = "") -> Iterator[Event]:
        """Yield the events of a part of the archive, which may be so large."""
        most = MOST_BYTES.get(kind, MOST_OF_OTHERS)
        if self.archive.getinfo(name).file_size > most:
            says = f"its part {name} expands to more than {most // MEGABYTE} MB"
            raise UnreadableError(0, says, SAVE_AS_CSV)
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        events: list[Event] = []
        parser.StartElementHandler = lambda tag, named: events.append(
            Event(_local(tag), _locals(named))
        )
        parser.EndElementHandler = lambda tag: events.append(Event(_local(tag)))
        parser.CharacterDataHandler = lambda text: events.append(Event("", text=text))
        parser.StartDoctypeDeclHandler = _refuse_entities
        with self.archive.open(name) as file:
            while piece := file.read(PIECE):
                parser.Parse(piece, False)
                yield from events
                events.clear()
            parser.Parse(b"", True)
        yield from events


class _Part(NamedTuple):
    id: str
    kind: str
    target: str


class _Text:
    """The text of a cell, or of what cells share:
    that of its values and runs, without how it is pronounced.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._is_in_text = self._is_pronounced = False

    @property
    def whole(self) -> str:
        return "".join(self._pieces)

    def take(self, event: Event) -> None:
        if event.tag in ("v", "t"):
            self._is_in_text = event.attributes is not None
        elif event.tag == "rPh":
            self._is_pronounced = event.attributes is not None
        elif event.text and self._is_in_text and not self._is_pronounced:
            self._pieces.append(event.text)


def _too_wide(number: int) -> UnreadableError:
    return UnreadableError(
        number, f"the row has more than {MOST_CELLS} cells", "remove what is not needed"
    )


@lru_cache(maxsize=1_000)
def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _locals(attributes: Mapping[str, str]) -> Mapping[str, str]:
    return (
        {_local(name): value for name, value in attributes.items()} if attributes else NO_ATTRIBUTES
    )


def _refuse_entities(*_: Any) -> None:
    raise UnreadableError(0, "the workbook declares entities of XML, which none needs", SAVE_AS_CSV)


def _column(reference: str) -> int:
    """Return the number of the column of “B7”."""
    return int(column_index_from_string(reference.rstrip("0123456789")))
