"""Bibliographies, as the programs of others read them."""

import json
from io import StringIO
from typing import Any

import bibtexparser
import pybtex.database
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON

from tests.public.formats.written import source, written
from tracker.public.formats import bibtex, csl, ris
from tracker.public.formats.csl import issued
from tracker.values.csl import SourceType
from tracker.values.nouns import Noun

WHOLE: dict[str, Any] = {
    "ref": "usip-2020",
    "type": "report",
    "title": "100 % of {all} $_#&~^\\ “quotes” in Xi’an",
    "english_title": "A hundred per cent",
    "authors": [
        {"family": "Gaulle", "given": "Charles", "non-dropping-particle": "de"},
        {"family": "King", "given": "Martin", "suffix": "Jr."},
        {"literal": "Research and Development"},
        {"family": "习", "given": "近平"},
    ],
    "publisher": "Black & White",
    "container_title": "Series, 5",
    "url": "https://example.org/a_b%20c?x={1}&y=~z#p",
    "archive_url": "https://archive.example.org/1",
    "accessed_on": "2021-02-03",
    "language": "en",
    "keywords": ["Human Rights", "Policy"],
}
DATES = [
    ("2019-06-03", ("2019", "06", "03")),
    ("2019-06", ("2019", "06")),
    ("2019", ("2019",)),
    ("201X", ()),
    ("[2019-06-01..2019-06-05]", ("2019", "06")),
    ("[2019-06-01..2019-12-05]", ("2019",)),
    ("2019-06-03~", ("2019", "06", "03")),
    (None, ()),
]


def ris_entries(*sources: dict[str, Any]) -> list[dict[str, Any]]:
    return rispy.loads(written(ris.write, Noun.SOURCE, *sources))


@pytest.mark.parametrize(("edtf", "certain"), DATES)
def test_of_a_date_is_said_what_is_certain(edtf: str | None, certain: tuple[str, ...]) -> None:
    document = source(issued=edtf)
    says = "" if edtf in ("2019-06-03", "2019-06", "2019", None) else f"Issued: {edtf} (EDTF)"

    assert issued(document) == certain
    [item] = json.loads(written(csl.write, Noun.SOURCE, document))
    assert item.get("issued", {"date-parts": [[]]}) == {"date-parts": [list(map(int, certain))]}
    assert item.get("note", "") == says
    [entry] = ris_entries(document)
    assert entry.get("year", "") == "".join(certain[:1])
    assert entry.get("date", "").strip("/") == "/".join(certain)
    assert entry.get("notes", [""]) == [says]
    [parsed] = pybtex.database.parse_string(
        written(bibtex.write, Noun.SOURCE, document), "bibtex"
    ).entries.values()
    assert parsed.fields.get("year", "") == "".join(certain[:1])
    assert parsed.fields.get("day", "") == "".join(certain[2:]).lstrip("0")


def test_bibtex_is_read_by_pybtex() -> None:
    text = written(
        bibtex.write, Noun.SOURCE, source(**WHOLE), source(), source(type="article-journal", id=8)
    )

    read = pybtex.database.parse_string(text, "bibtex")
    assert list(read.entries) == ["usip-2020", "source-7", "source-8"]
    entry = read.entries["usip-2020"]
    assert entry.type == "techreport"
    assert (entry.fields["institution"], entry.fields["month"]) == (r"Black \& White", "June")
    people = [
        (person.prelast_names, person.last_names, person.lineage_names, person.first_names)
        for person in entry.persons["author"]
    ]
    assert people == [
        (["de"], ["Gaulle"], [], ["Charles"]),
        ([], ["King"], ["Jr."], ["Martin"]),
        ([], ["{Research and Development}"], [], []),
        ([], ["习"], [], ["近平"]),
    ]
    assert entry.persons["author"][0].rich_last_names[0].render_as("text") == "Gaulle"
    assert entry.fields["url"] == "https://example.org/a_b%20c?x=%7B1%7D&y=~z#p"
    assert entry.fields["note"] == "Archived: https://archive.example.org/1"


def test_bibtex_is_read_by_bibtexparser() -> None:
    """Without a block that fails, and each character as it was."""
    text = written(bibtex.write, Noun.SOURCE, source(**WHOLE), source(title='{"} @x{'))
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])

    assert library.failed_blocks == []
    titles = [entry["title"].replace("ˆ", "^") for entry in library.entries]
    assert titles == [WHOLE["title"], '{"} @x{']
    assert [entry.key for entry in library.entries] == ["usip-2020", "source-7"]
    assert library.entries[0]["keywords"] == "Human Rights, Policy"


def test_a_name_is_one_whatever_is_in_it() -> None:
    """Also what divides names elsewhere, and what is no text,
    which sources that were published long ago may have.
    """
    authors = [
        {"family": "Marks and Spencer", "given": "Limited, London"},
        {"family": " ", "literal": "  "},
        {"family": "Stokes", "given": 5, "suffix": ["Jr."], "non-dropping-particle": None},
        {"family": 5, "literal": "CNAS"},
    ]
    document = source(authors=authors)

    [entry] = pybtex.database.parse_string(
        written(bibtex.write, Noun.SOURCE, document), "bibtex"
    ).entries.values()
    people = [(person.last_names, person.first_names) for person in entry.persons["author"]]
    assert people == [
        (["{Marks and Spencer}"], ["{Limited, London}"]),
        (["Stokes"], []),
        (["{CNAS}"], []),
    ]
    assert ris_entries(document)[0]["authors"] == [
        "Marks and Spencer, Limited, London",
        "Stokes",
        "CNAS",
    ]
    assert json.loads(written(csl.write, Noun.SOURCE, document))[0]["author"] == authors


@pytest.mark.parametrize("kind", SourceType.values)
def test_every_type_is_one_in_every_form(kind: str) -> None:
    document = source(type=kind)

    assert json.loads(written(csl.write, Noun.SOURCE, document))[0]["type"] == kind
    assert ris_entries(document)[0]["type_of_reference"] in rispy.config.TYPE_OF_REFERENCE_MAPPING
    assert (
        pybtex.database.parse_string(written(bibtex.write, Noun.SOURCE, document), "bibtex")
        .entries["source-7"]
        .type
    )


def test_ris_is_read_by_rispy() -> None:
    whole, other = ris_entries(source(**WHOLE), source(title="Two\nlines"))

    assert whole["type_of_reference"] == "RPRT"
    assert whole["title"] == WHOLE["title"]
    assert whole["translated_title"] == WHOLE["english_title"]
    assert whole["authors"] == [
        "de Gaulle, Charles",
        "King, Martin, Jr.",
        "Research and Development",
        "习, 近平",
    ]
    assert (whole["year"], whole["date"], whole["access_date"]) == (
        "2019",
        "2019/06/03/",
        "2021/02/03/",
    )
    assert (whole["publisher"], whole["secondary_title"]) == ("Black & White", "Series, 5")
    assert whole["urls"] == [WHOLE["url"]]
    assert (whole["language"], whole["keywords"]) == ("en", ["Human Rights", "Policy"])
    assert other["title"] == "Two lines"


def test_csl_json_is_cited_by_citeproc() -> None:
    items = json.loads(written(csl.write, Noun.SOURCE, source(**WHOLE), source(), source(id=8)))
    assert [item["id"] for item in items] == ["usip-2020", "source-7", "source-8"]

    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON([items[0]]), formatter.plain)
    bibliography.register(Citation([CitationItem("usip-2020")]))

    [cited] = [str(text) for text in bibliography.bibliography()]
    assert "de Gaulle, C." in cited
    assert "2019" in cited
    assert WHOLE["title"][:20] in cited


def test_what_others_read_and_write_again_is_the_same() -> None:
    """Nothing is said in a way that only one program understands."""
    plain = {"title": "Of “quotes” in Xi’an", "publisher": "Press", "url": "https://example.org/1"}
    sources = [source(**{**WHOLE, **plain}), source(), source(type="book", id=8, issued="201X")]

    read = pybtex.database.parse_string(written(bibtex.write, Noun.SOURCE, *sources), "bibtex")
    assert pybtex.database.parse_string(read.to_string("bibtex"), "bibtex") == read
    entries = ris_entries(*sources)
    assert rispy.loads(rispy.dumps(entries)) == entries


@pytest.mark.parametrize("write", [bibtex.write, ris.write, csl.write])
def test_no_sources_are_an_empty_bibliography(write: Any) -> None:
    text = written(write, Noun.SOURCE)

    assert {bibtex.write: lambda: pybtex.database.parse_string(text, "bibtex").entries,
            ris.write: lambda: rispy.load(StringIO(text)),
            csl.write: lambda: json.loads(text)}[write]() in ({}, [])  # fmt: skip
