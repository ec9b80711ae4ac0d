"""What a file to import may have: the columns of each noun as a list, and a file with these and a row to write over."""

from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import capfirst

from tracker.desk.records.fields import layout
from tracker.desk.uploads import importable
from tracker.public.formats.csv import Column, write_rows
from tracker.public.formats.xlsx import workbook
from tracker.values.nouns import BY_PLURAL, Noun

SOURCES = "“usip-2019-06 p. 4; https://example.org/report § 3”: a source by its ref, number or address, and where in it"
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
_CLAIM = {
    "actor": "China", "since": "2018-12", "until": "[2019-03..2019-05]", "basis": "statement", "confidence": "moderate",
    "standing": "accepted", "summary": "What is the case, in a few sentences.",
    "citations": "usip-2019-06 p. 4; https://example.org/report § 3",
}  # fmt: skip
EXAMPLES: dict[Noun, dict[str, str]] = {
    Noun.ISSUE: {
        "slug": "northern-sea-route", "title": "The Northern Sea Route", "question": "Should it be open to all ships?",
        "parent": "arctic", "themes": "energy; trade", "region": "Arctic", "core_interests": "Russia",
    },
    Noun.ACTOR: {
        "slug": "ruritania", "kind": "state", "name": "Ruritania", "short_name": "Ruritania",
        "names": "zh: 卢里塔尼亚; ru: Руритания", "aliases": "Kingdom of Ruritania; Strelsau",
        "since": "1866",
        "memberships": "united-nations-security-council (member)",
    },
    Noun.SOURCE: {
        "ref": "example-2019", "type": "report", "title": "A report", "authors": "Stokes, Jacob; Institute of Peace",
        "publisher": "Institute of Peace", "issued": "2019-06-05", "url": "https://example.org/2019/report",
        "language": "en", "keywords": "Arctic; shipping", "outlet": "independent",
    },
    Noun.STANCE: {"issue": "bilateral-cooperation", "position": "Strongly supports", "hedged": "false",
                  "instruments": "diplomatic; economic", **_CLAIM},
    Noun.ALIGNMENT: {"issue": "bilateral-cooperation", "counterpart": "Russia", "pattern": "coordinated", **_CLAIM},
    Noun.MEETING: {
        "title": "Summit in Strelsau", "kind": "summit", "status": "held", "since": "2019-06-05", "place": "Strelsau",
        "country": "CHN", "participants": "China (host); Russia", "issues": "bilateral-cooperation",
        "citations": "usip-2019-06 p. 4",
    },
    Noun.VOTE: {
        "body": "united-nations-security-council", "symbol": "S/2019/1000", "title": "Ruritania: free elections",
        "held": "2019-06-05", "kind": "draft", "outcome": "vetoed", "issue": "bilateral-cooperation",
        "yes_means": "supports", "themes": "diplomacy", "tally_yes": "12", "tally_no": "1", "tally_abstain": "2",
        "ballots_complete": "true", "ballots": "no: Russia | abstain: China",
        "citations": "usip-2019-06 p. 4",
    },
}  # fmt: skip


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
        ColumnHelp(name, field.required, _help(fields.model, field), ", ".join(term.label for term in terms))
        for name, field in fields.fields.items()
        for terms in [field.vocabulary or ()]
    ]
    return [*plain, *(ColumnHelp(name, False, WRITTEN[name], "") for name in fields.parts)]


def template_view(request: HttpRequest, noun: str, kind: str, site: Any) -> HttpResponse:
    """Answer with a file of a noun's columns and one row to write over."""
    if noun not in BY_PLURAL or kind not in ("csv", "xlsx"):
        raise Http404
    of = BY_PLURAL[noun]
    if of not in importable(request.user):
        raise PermissionDenied
    names = [column.name for column in columns_of(of)]
    example = [EXAMPLES[of].get(name, "") for name in names]
    if kind == "xlsx":
        content = workbook([names, example])
        mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    else:
        content = b"\xef\xbb\xbf" + b"".join(write_rows([Column(name) for name in names], [example]))
        mime = "text/csv; charset=utf-8"
    headers = {"Content-Disposition": f'attachment; filename="{noun}.{kind}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=mime, headers=headers)


def _help(model: Any, field: Any) -> str:
    help_text = model._meta.get_field(field.name).help_text
    also = f" By slug{', code' if field.refers_to is Noun.ACTOR else ''} or name." if field.refers_to else ""
    return capfirst(f"{help_text}{also}".strip())
