"""`datapackage.json`: what Frictionless says of a release and of its files."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

from tracker.public.formats.releases.citation import TITLE, CitedRelease, spdx
from tracker.public.formats.releases.tables import Table, schema
from tracker.schema.records import SHAPES

SAYS = (
    "What actors think of issues, how they work together on them, when they met about them, and which source says so. "
    "Dates are as the evidence has them (EDTF), with the first and last day that they can mean. In text, a leading "
    "one of = + - @ TAB CR ' has one ' before it, which keeps spreadsheets from taking it for a formula."
)
DIALECT = {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True}


class PackageFile(NamedTuple):
    """A file of the package; `table` is what it holds, None for what is no table."""

    name: str
    media_type: str
    sha256: str
    size: int
    table: Table | None


def package(cited: CitedRelease, files: Iterable[PackageFile]) -> bytes:
    """Return the file; nothing in it depends on when or where it is made."""
    named = spdx(cited.license)
    described = {
        "name": "tracker",
        "id": f"tracker-{cited.version}",
        "title": f"{TITLE}, release {cited.version}",
        "description": SAYS,
        "version": cited.version,
        "edition": cited.edition,
        "chain": cited.chain,
        "licenses": [{**({"name": named} if named else {}), "path": cited.license}],
        "resources": [_resource(file) for file in files],
    }
    return msgspec.json.format(msgspec.json.encode(described), indent=2) + b"\n"


def _resource(file: PackageFile) -> dict[str, Any]:
    stem, _, format_ = file.name.rpartition(".")
    described = {
        "name": (stem if format_ == "csv" else file.name).lower(),
        # what is no table by the schema below is not to be guessed at
        "type": "file",
        "path": file.name,
        "format": format_,
        "mediatype": file.media_type,
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }
    if file.table and format_ == "csv":
        says = f"All {file.table.noun.plural}: {file.table.field}." if file.table.field else _about(file.table)
        described |= {
            "type": "table",
            "profile": "tabular-data-resource",
            "description": says,
            "encoding": "utf-8",
            "dialect": DIALECT,
            "schema": schema(file.table),
        }
    return described


def _about(table: Table) -> str:
    return (SHAPES[table.noun].__doc__ or "").strip()
