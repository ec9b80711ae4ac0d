"""What a file to import may have: the columns of each noun as a list, and a file with these and a row to write over."""

from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import capfirst

from tracker.desk.imports import importable
from tracker.desk.records.fields import layout
from tracker.models.kinds import Kind
from tracker.models.nouns import RECORDS
from tracker.public.formats.csv import Column, write_rows
from tracker.public.formats.xlsx import workbook
from tracker.values.nouns import BY_PLURAL, Noun

SOURCES = "“usip-2019-06 p. 4; https://example.org/report § 3”: a source by its ref, number or address, and where in it"
JSON = "JSON: a list, with all fields of each."
WRITTEN = {
    "citations": f"{SOURCES}. Or JSON, with all fields of a citation.",
    "participants": "“China (host); Russia”: actors, with a role. Or JSON, also with who represents them.",
    "issues": "“arctic; sanctions-on-iran”: issues. Or JSON, also with what came of each.",
    "memberships": "“United Nations (permanent member); …”: actors, with a role. Or JSON, also with since and until.",
    "predecessors": "“Soviet Union; …”: actors that it follows. Or JSON, also with since.",
    "frames": "JSON, of a body that decides by votes: kinds, since, until, note and source of each frame.",
    "ballots": "“yes: China; Russia | no: France | abstain: …”: actors by what they cast. Or JSON, also with notes.",
    "core_interests": "“China; Russia”: actors. Or JSON, also with a note on each.",
}


class ColumnHelp(NamedTuple):
    """One column, for people: what it is called, whether a new record needs it, what it says, its terms."""

    name: str
    is_needed: bool
    says: str
    terms: str


def columns_of(noun: Noun) -> list[ColumnHelp]:
    """Return the columns that a file of a noun may have."""
    fields = layout(noun)
    plain = [
        ColumnHelp(name, field.required, _help(field), ", ".join(term.label for term in terms))
        for name, field in fields.fields.items()
        for terms in [field.vocabulary or ()]
    ]
    return [
        *plain,
        *(ColumnHelp(name, False, WRITTEN.get(name, JSON), "") for name in fields.parts),
    ]


def template_view(request: HttpRequest, noun: str, kind: str, site: Any) -> HttpResponse:
    """Answer with a file of a noun's columns and one row to write over."""
    if noun not in BY_PLURAL or kind not in ("csv", "xlsx"):
        raise Http404
    of = BY_PLURAL[noun]
    if of not in importable(request.user):
        raise PermissionDenied
    names = [column.name for column in columns_of(of)]
    example = site.get_model_admin(RECORDS[of]).example
    row = [example.get(name, "") for name in names]
    if kind == "xlsx":
        content = workbook([names, row])
        mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    else:
        content = b"\xef\xbb\xbf" + b"".join(write_rows([Column(name) for name in names], [row]))
        mime = "text/csv; charset=utf-8"
    headers = {"Content-Disposition": f'attachment; filename="{noun}.{kind}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=mime, headers=headers)


def _help(field: Kind) -> str:
    code = ", code" if field.refers_to and hasattr(RECORDS[field.refers_to], "iso3") else ""
    also = f" By slug{code} or name." if field.refers_to else ""
    return capfirst(f"{field.help_text}{also}".strip())
