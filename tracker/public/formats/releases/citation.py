"""How a release is cited, under which licence its data are, and what Frictionless says of it:
`datapackage.json`.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec
from django.conf import settings

from tracker.public.cards.covered import in_a_sentence
from tracker.public.formats.bibtex import SPECIAL
from tracker.public.formats.releases.tables import ReleaseTable, schema
from tracker.schema.records import SHAPES
from tracker.schema.responses import Covers

CREATIVE_COMMONS = re.compile(
    r"https?://creativecommons\.org/(?:(licenses)/([a-z-]+)|publicdomain/zero)/([0-9.]+)/?"
)
SAYS = (
    "What actors think of issues, how they work together on them, when they met about them, "
    "and which source says so. Dates are as the evidence has them (EDTF), with the first and "
    "last day that they can mean. In text, a leading one of = + - @ TAB CR ' has one ' "
    "before it, which keeps spreadsheets from taking it for a formula."
)
DIALECT = {
    "delimiter": ",",
    "lineTerminator": "\r\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "header": True,
}


class CitedRelease(NamedTuple):
    """A release, as citations name it:
    `day` is that of its edition, `license` an address, `url` its own or empty.

    `chain` is the head of the chain at its edition, in hexadecimal;
    none if it was made before there was one. Its files tell what it `covers`.
    """

    version: str
    edition: int
    day: date
    license: str
    url: str = ""
    chain: str | None = None
    covers: Sequence[Covers] = ()
    doi: str = ""

    @property
    def key(self) -> str:
        return f"tracker-{self.version}"


def spdx(license_: str) -> str:
    """Return the SPDX identifier of a licence of Creative Commons, empty for any other."""
    match = CREATIVE_COMMONS.fullmatch(license_)
    if not match:
        return ""
    return f"CC-{match[2].upper()}-{match[3]}" if match[1] else f"CC0-{match[3]}"


def dataset(name: str, description: str, licence: str, **more: Any) -> dict[str, Any]:
    """Return what search engines read of data, as JSON-LD."""
    creator = {"@type": "Organization", "name": settings.TEAM}
    about = {"name": name, "description": description, "license": licence, "creator": creator}
    return {"@context": "https://schema.org", "@type": "Dataset", **about, **more}


def released(cited: CitedRelease, notes: str, files: Mapping[str, str]) -> dict[str, Any]:
    """Return the same of a release, with its files, each with its media type."""
    return dataset(
        f"{settings.TITLE}, release {cited.version}",
        notes or f"All records of edition {cited.edition}.",
        cited.license,
        version=cited.version,
        **({"identifier": f"https://doi.org/{cited.doi}"} if cited.doi else {}),
        datePublished=cited.day.isoformat(),
        distribution=[
            {
                "@type": "DataDownload",
                "encodingFormat": media_type,
                "contentUrl": f"/api/v1/releases/{cited.version}/files/{name}",
            }
            for name, media_type in files.items()
        ],
    )


def cff(cited: CitedRelease) -> str:
    named = spdx(cited.license)
    licence = f"license: {named}" if named else f'license-url: "{cited.license}"'
    says = in_a_sentence(cited.covers)
    abstract = f"abstract: {_quoted(says)}\n" if says else ""
    return f"""\
cff-version: 1.2.0
message: "If you use these data, please cite them as below."
type: dataset
title: {_quoted(settings.TITLE)}
authors:
  - name: {_quoted(settings.TEAM)}
version: "{cited.version}"
date-released: {cited.day.isoformat()}
{abstract}{licence}
"""


def _quoted(text: str) -> str:
    """Return a text as YAML has it in quotation marks."""
    return json.dumps(text, ensure_ascii=False)


def licence(cited: CitedRelease) -> str:
    named = spdx(cited.license)
    return f"""\
{settings.TITLE}, release {cited.version}

The data of this release are licensed under{f" {named}," if named else ""} {cited.license}
What it says there holds. Please cite the release as CITATION.cff says.
"""


def bibtex(cited: CitedRelease) -> str:
    """Return an entry for BibTeX; `dataset` is a type of biblatex."""
    url = f"  url = {{{cited.url}}},\n" if cited.url else ""
    doi = f"  doi = {{{cited.doi}}},\n" if cited.doi else ""
    month = cited.day.strftime("%b").lower()
    title, team = settings.TITLE.translate(SPECIAL), settings.TEAM.translate(SPECIAL)
    return (
        f"@dataset{{{cited.key},\n  author = {{{{{team}}}}},\n  title = {{{{{title}}}}},\n  "
        f"version = {{{cited.version}}},\n  year = {{{cited.day.year}}},\n  month = "
        f"{month},\n{doi}{url}}}\n"
    )


def csl(cited: CitedRelease) -> dict[str, Any]:
    item = {
        "id": cited.key,
        "type": "dataset",
        "title": settings.TITLE,
        "author": [{"literal": settings.TEAM}],
        "version": cited.version,
        "issued": {"date-parts": [[cited.day.year, cited.day.month, cited.day.day]]},
        "DOI": cited.doi,
        "URL": cited.url,
    }
    return {name: value for name, value in item.items() if value}


class PackageFile(NamedTuple):
    """A file of the package; `table` is what it holds, None for what is no table."""

    name: str
    media_type: str
    sha256: str
    size: int
    table: ReleaseTable | None


def package(cited: CitedRelease, files: Iterable[PackageFile]) -> bytes:
    """Return the file; nothing in it depends on when or where it is made."""
    named = spdx(cited.license)
    described = {
        "name": "tracker",
        "id": f"tracker-{cited.version}",
        "title": f"{settings.TITLE}, release {cited.version}",
        "description": SAYS,
        "version": cited.version,
        "edition": cited.edition,
        "chain": cited.chain,
        "covers": cited.covers,
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
        says = (
            f"All {file.table.noun.plural}: {file.table.field}."
            if file.table.field
            else _about(file.table)
        )
        described |= {
            "type": "table",
            "profile": "tabular-data-resource",
            "description": says,
            "encoding": "utf-8",
            "dialect": DIALECT,
            "schema": schema(file.table),
        }
    return described


def _about(table: ReleaseTable) -> str:
    return (SHAPES[table.noun].__doc__ or "").strip()
