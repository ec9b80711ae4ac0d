"""What an uploaded file is: its format, by its content; the noun of its rows, by its name or its columns."""

import re
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from tracker.desk.imports.tables import knows
from tracker.desk.records.fields import layout
from tracker.public.formats.json import read_objects
from tracker.public.formats.rows import Unreadable, heading
from tracker.values.nouns import Noun

CSV, XLSX, JSON, NDJSON, CSL_JSON, BIBTEX, RIS = "csv", "xlsx", "json", "ndjson", "csljson", "bibtex", "ris"
NAMES = {CSV: "CSV", XLSX: "XLSX", JSON: "JSON", NDJSON: "NDJSON", CSL_JSON: "CSL-JSON", BIBTEX: "BibTeX", RIS: "RIS"}
BIBLIOGRAPHIES = {CSL_JSON, BIBTEX, RIS}
ENTRIES = BIBLIOGRAPHIES | {JSON, NDJSON}  # these have entries, and no header
OF_CSL = {"URL", "DOI", "container-title", "citation-key", "publisher-place", "event-title", "accessed"}
SAMPLE = 4096


def kind_of(file: BinaryIO, name: str) -> str:
    """Return the format of a file by its beginning, NDJSON by its name; what is nothing else is taken for CSV."""
    file.seek(0)
    beginning = file.read(SAMPLE)
    file.seek(0)
    if beginning.startswith(b"PK\x03\x04"):
        return XLSX
    if beginning.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(0, "this is a workbook of old, or one with a password", "save it as XLSX, or as “CSV UTF-8”")
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
    """Return the noun that was chosen, else that of the file's name, else the one that has most of its columns."""
    if chosen is not None:
        return chosen
    words = re.findall(r"[a-z]+", Path(name).stem.lower())
    named = [noun for noun in Noun if noun.plural in words or noun.value in words]
    if len(named) == 1:
        return named[0]
    known = {noun: sum(knows(layout(noun), heading(name)) for name in header) for noun in Noun}
    best = [noun for noun in Noun if known[noun] == max(known.values())]
    if len(best) == 1 and known[best[0]] > 1:
        return best[0]
    raise Unreadable(0, "neither its name nor its columns say what its rows are", "choose it beside the file")


def _is_csl(file: BinaryIO) -> bool:
    try:
        first = [item for _, item in islice(read_objects(file), 20) if isinstance(item, dict)]
    except Unreadable:
        return False
    return any(OF_CSL & item.keys() or ("author" in item and _is_csl_date(item.get("issued"))) for item in first)


def _is_csl_date(value: object) -> bool:
    """Tell a date of CSL from one as the desk API tells it, which says beside who wrote the record: `author`."""
    return isinstance(value, dict) and "edtf" not in value
