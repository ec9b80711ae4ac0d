"""CSV files at paths, all that belong together: what their names say, and how they are staged."""

import csv
import gzip
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, cast

from tracker.desk.imports.faults import Faults, ImportRefusedError
from tracker.desk.imports.library import is_library
from tracker.desk.imports.planning import silent
from tracker.desk.imports.reading import CSV, Reading, read
from tracker.desk.imports.staging import keep, table_of
from tracker.desk.imports.survey import Progress
from tracker.desk.imports.tables import PARTS_FILES, ImportTable, wrong
from tracker.models import Upload
from tracker.public.formats.rows import Row, UnreadableError
from tracker.values.nouns import BY_PLURAL, Noun
from tracker.values.problems import Place, among

PACKED, ENDINGS = ".gz", (".csv", ".csv.gz")
NOUNS = {**BY_PLURAL, **{stem: of.noun for stem, of in PARTS_FILES.items()}}
UNREADABLE = (UnreadableError, OSError, EOFError, zlib.error)  # the last two, of what was packed
LONGEST_HEADER = 10_000  # bytes
FILE_NAMES = [f"{stem}.csv" for stem in NOUNS]


def csv_files(*, paths: Sequence[Path]) -> list[Path]:
    """Return the CSV files at paths, and those in directories, packed or not;
    their names say what their rows are.

    Raises ImportRefusedError with every path that can't be taken.
    """
    files, faults = list[Path](), Faults()
    for path in paths:
        children = (
            sorted(child for child in path.iterdir() if child.name.endswith(ENDINGS))
            if path.is_dir()
            else None
        )
        if children == []:
            faults.add(
                wrong(Place(str(path)), "there is no file *.csv in this directory", "name another")
            )
        for file in [path] if children is None else children:
            files.append(file)
            try:
                file.open("rb").close()
            except OSError as error:
                says = "it can't be read: {why}"
                faults.add(wrong(Place(str(file)), says, "correct the path", why=error.strerror))
                continue
            if not file.name.endswith(ENDINGS) or _noun(file) is None:
                says = "the name of a file says what its rows are, and this one says nothing known"
                faults.add(
                    wrong(Place(file.name), says, "{among}", among=among(file.name, FILE_NAMES))
                )
    if faults:
        raise ImportRefusedError(faults)
    return files


def stage(
    *, files: Sequence[Path], made_by: int | None = None, progress: Progress = silent
) -> list[ImportTable]:
    """Keep the rows of CSV files until they are forgotten; return a table for each."""
    tables = dict[Path, ImportTable]()
    with ExitStack() as stack:
        readings = {file: _read(file, stack) for file in files}
        parts_names = _join(readings)
        # parts that no record took, last
        for file in sorted(files, key=lambda file: readings[file].parts is not None):
            progress(f"{file.name}: reading")
            upload = Upload(made_by_id=made_by, name=file.name)
            part_lines = keep(upload, readings[file])
            tables[file] = replace(
                table_of(upload), part_lines=part_lines, parts_name=parts_names.get(file, file.name)
            )
    return [tables[file] for file in files]


def forget(tables: Sequence[ImportTable]) -> None:
    """Delete what was staged."""
    Upload.objects.filter(pk__in=[table.upload for table in tables]).delete()


def _read(file: Path, stack: ExitStack) -> Reading:
    """Begin to read a file, UTF-8 with commas;
    where it can't be read, a row says so, and all the rest is read.
    """
    content, noun = cast(BinaryIO, stack.enter_context(_opened(file))), _noun(file)
    assert noun
    try:
        reading = read(content, file.name, noun=noun, encoding="utf-8", separator=",", kind=CSV)
    except UNREADABLE as error:
        return Reading(CSV, noun, [], iter([_unread(error)]))
    return replace(reading, rows=_mark_end(reading.rows))


def _mark_end(rows: Iterator[Row]) -> Iterator[Row]:
    try:
        yield from rows
    except UNREADABLE as error:
        yield _unread(error)


def _unread(error: Exception) -> Row:
    if isinstance(error, UnreadableError):
        return Row(error.line, [], error.unread)
    return Row(0, [], [f"it can't be read to its end ({error})", "copy or pack it again"])


def _join(readings: dict[Path, Reading]) -> dict[Path, str]:
    """Let records have their parts from a file of these beside; return the names of such files."""
    own, names = (
        {reading.noun: file for file, reading in readings.items() if not reading.parts},
        dict[Path, str](),
    )
    for file, reading in readings.items():
        parts, to = reading.parts, own.get(reading.noun)
        if parts and to and parts.of.part.name not in readings[to].header:
            header, rows = readings[to].header, readings[to].rows
            readings[to] = replace(
                readings[to],
                header=[*header, parts.of.part.name],
                rows=parts.added_to(header, rows),
            )
            names[to] = file.name
    return names


def _noun(file: Path) -> Noun | None:
    """Return what the rows of a file are:
    by its name, or those of the library's columns, whatever it is called.
    """
    if noun := NOUNS.get(_stem(file)):
        return noun
    with _opened(file) as content:
        try:
            beginning = content.read(LONGEST_HEADER).decode("utf-8-sig", "replace")
        except UNREADABLE:
            return None
    return Noun.VOTE if is_library(next(csv.reader([beginning.partition("\n")[0]]), [])) else None


def _opened(file: Path) -> Any:
    return (gzip.open if file.suffix == PACKED else open)(file, "rb")


def _stem(file: Path) -> str:
    return file.name.removesuffix(PACKED).removesuffix(".csv")
