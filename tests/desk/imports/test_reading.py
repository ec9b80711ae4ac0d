"""Files as people have them: any format, any noun, recognised."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.desk.admin.lists.test_exporting import export, make
from tests.desk.imports.importing import WORLD
from tests.desk.imports.uploading import faults, imported, of_json, outcomes, received, workbook
from tests.factories import ActorFactory, SourceFactory, StanceFactory, VoteFactory
from tests.public.formats.test_bibliographies import BIBTEX, CSL, RIS
from tracker.desk import imports
from tracker.desk.admin.lists import exporting
from tracker.models import Actor, Meeting, Source, Stance, Upload
from tracker.models.nouns import RECORDS
from tracker.public.formats.json import write_json
from tracker.public.formats.rows import UnreadableError
from tracker.values.nouns import BY_PLURAL, Noun

pytestmark = pytest.mark.django_db


def as_csv(rows: list[dict[str, Any]], separator: str = ",", encoding: str = "utf-8") -> bytes:
    header = list(dict.fromkeys(name for row in rows for name in row))
    lines = [header, *([text(row.get(name, "")) for name in header] for row in rows)]
    quoted = (
        separator.join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines
    )
    return "\r\n".join(quoted).encode(encoding)


def as_xlsx(rows: list[dict[str, Any]]) -> bytes:
    header = list(dict.fromkeys(name for row in rows for name in row))
    return workbook(header, *([text(row.get(name, "")) for name in header] for row in rows))


def as_json(rows: list[dict[str, Any]]) -> bytes:
    return of_json(*rows).encode()


def text(value: Any) -> str:
    return write_json(value) if isinstance(value, list | dict) else value


@pytest.mark.parametrize(
    ("write", "spelled"),
    [
        (as_csv, lambda heading: " " + heading.upper().replace(" ", "\u00a0")),
        (as_xlsx, str.title),
        (as_json, str.title),
    ],
)
def test_each_noun_is_imported_from_each_format_and_recognised_by_headings_of_any_case_and_blanks(
    write, spelled
):
    """Claims after what they name."""
    for plural in ("actors", "issues", "sources", "stances", "alignments", "meetings"):
        rows = [
            {spelled(name.replace("_", " ")): value for name, value in row.items()}
            for row in WORLD[plural]
        ]
        upload = received(write(rows), "a file of mine")
        assert (upload.noun, faults(upload), upload.header) == (
            BY_PLURAL[plural],
            [],
            [*WORLD[plural][0]],
        )
        assert set(outcomes(upload).values()) == {"created"}
        imported(upload)

    assert Stance.objects.get().citations.get().locator == "Syria, paragraph 1"
    assert Meeting.objects.get().participants.count() == 2


def test_a_column_that_is_headed_in_two_ways_comes_twice():
    assert faults(received("Slug,slug,kind,name\na,a,state,A\n", "actors.csv")) == [(0, "slug")]
    assert faults(
        received(of_json({"slug": "a", "Slug": "b", "kind": "state", "name": "A"}), "actors.json")
    ) == [(0, "slug")]


def test_ballots_a_row_each_are_known_by_their_headings_in_any_case():
    VoteFactory(ref="v"), ActorFactory(slug="china")

    upload = received("VOTE,Actor,Choice\nv,china,Y\n", "a file of mine.csv")

    assert (upload.noun, faults(upload), outcomes(upload)) == (Noun.VOTE, [], {2: "changed"})


@pytest.mark.parametrize(
    ("encoding", "separator", "kept"),
    [
        ("utf-8", ",", "utf-8"),
        ("utf-8-sig", ";", "utf-8"),
        ("utf-16", "\t", "utf-16"),
        ("windows-1252", "|", "windows-1252"),
        ("latin-1", ";", "latin-1"),
    ],
)
def test_encodings_and_separators_are_recognised(encoding, separator, kept):
    name = "Côte d’Ivoire" if kept != "latin-1" else "Côte d'Ivoire"
    upload = received(
        as_csv([{"slug": "ivory", "kind": "state", "name": name}], separator, encoding),
        "actors.csv",
    )

    assert (upload.encoding, upload.separator) == (kept, separator)
    imported(upload)
    assert Actor.objects.get().name == name


def test_json_in_utf_16_is_recognised():
    content = json.dumps([{"slug": "ivory", "kind": "state", "name": "Côte d’Ivoire"}])

    upload = received(content.encode("utf-16"), "actors.json")

    assert (upload.kind, faults(upload)) == ("json", [])


def test_na_is_text_and_an_empty_cell_no_value():
    for number, write in enumerate([as_csv, as_xlsx, as_json]):
        row = {
            "slug": f"na-{number}",
            "kind": "state",
            "name": f"NA {number}",
            "summary": "NA",
            "iso3": "",
        }
        imported(received(write([row]), "actors"))

    assert list(Actor.objects.values_list("summary", "iso3")) == [("NA", None)] * 3


def test_a_cell_that_excel_made_a_date_becomes_a_day():
    upload = received(
        workbook(["type", "title", "issued"], ["webpage", "x", datetime(2019, 6, 5)]),
        "sources.xlsx",
    )
    imported(upload)

    assert Source.objects.get().issued == "2019-06-05"


def test_text_of_json_needs_no_guard():
    imported(
        received(
            of_json({"slug": "a", "kind": "state", "name": "'=1", "aliases": ["=2"]}), "actors.json"
        )
    )

    assert (Actor.objects.get().name, Actor.objects.get().aliases) == ("'=1", ["=2"])


@pytest.mark.parametrize("content", [BIBTEX, RIS, json.dumps(CSL)], ids=["bibtex", "ris", "csl"])
def test_a_bibliography_is_imported_as_sources_and_is_the_same_the_next_time(content):
    upload = received(content, "My library")
    assert (upload.noun, set(outcomes(upload).values())) == ("source", {"created"})
    imported(upload)

    assert [source.title for source in Source.objects.order_by("pk")] == [
        "How China and Russia Work Together: 50% of the Time",
        "Müller’s Axis & Allies",
    ]
    assert set(outcomes(received(content, "Again")).values()) == {"same"}


def test_entries_are_told_by_number():
    upload = received("@book{a, title={A}, date={last spring}}\n@book{b, title={B}}", "library.bib")

    assert outcomes(upload) == {1: "error", 2: "created"}
    assert faults(upload) == [(1, "issued")]


@pytest.mark.parametrize(
    "content",
    [
        "@book{a, title={One}}\n@book{b, title={Bad}\n@book{c, title={Two}}",
        r"@book{a, title={One}} @book{b, title={\verb}} @book{c, title={Two}}",
        "TY  - BOOK\nTI  - One\nER  - \nTY  - BOOK\nTI  - Bad\nTY  - BOOK\nTI  - Two\nER  - \n",
        '[{"type": "book", "title": "One", "DOI": ""}, {"title": NaN}, {"type": "book", '
        '"title": "Two"}]',
        '{"type": "book", "title": "One"}\n{"type": 1, "type": 2}\n{"type": "book", "title": '
        '"Two"}\n',
        "type,title\nbook,One\nbook,B\0ad\nbook,Two\n",
    ],
    ids=["bibtex", "latex", "ris", "csl", "json", "csv"],
)
def test_what_cannot_be_read_of_a_file_is_marked_and_the_rest_is_offered(content):
    upload = received(content, "My sources")

    first, bad, last = outcomes(upload)
    assert outcomes(upload) == {first: "created", bad: "error", last: "created"}
    assert faults(upload) == [(bad, "")]
    assert all(upload.rows.get(line=bad).faults[0][2:])
    with pytest.raises(imports.NotReady):
        imported(upload)
    imports.choose(upload=upload, choices={bad: "leave_out"})
    imported(upload)
    assert sorted(Source.objects.values_list("title", flat=True)) == ["One", "Two"]


def test_an_export_uploads_as_the_same(tmp_path):
    make("=A title", "'text")
    directory: Path = export(tmp_path)
    for noun in Noun:
        upload = received((directory / f"{noun.plural}.csv").read_bytes(), f"{noun.plural}.csv")
        assert set(outcomes(upload).values()) == {"same"}, faults(upload)
        assert upload.header == [column.name for column in exporting.columns(noun)]
    assert all(model._default_manager.exists() for model in RECORDS.values())


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "actors.csv", "the file is empty"),
        (b"\r\n\r\n", "actors.csv", "the file is empty"),
        (b"slug,kind,name\n", "actors.csv", "it has no rows"),
        (
            b"a,b\n1,2\n",
            "x.csv",
            "neither its name nor its columns say what its rows are; choose it",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "actors.xls",
            "a workbook of old, or one with a password; save it as XLSX",
        ),
        (b'slug,kind,name\nchina,state,"China\n', "actors.csv", "line 2: this is not CSV"),
        (
            b"slug,kind,name\nchina,state,Chi\0na\n",
            "actors.csv",
            "line 2: a cell has the character NUL",
        ),
        (b"[]", "actors.json", "the file has no objects"),
        (b"[1]", "actors.json", "the file has no objects"),
        (
            b"@book{x, title={A}",
            "x.bib",
            "^“@book{x, title={A} …”: this is no BibTeX that can be read",
        ),
        (b"\n\nTY  - BOOK\n", "x.ris", "^“line 3: TY  - BOOK …”: the entry has no end"),
        (
            b"%PDF-1.4 \x00\x01",
            "actors.pdf",
            "line 1: this is no text; save it as CSV UTF-8, XLSX or JSON",
        ),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_kept(content, name, says):
    with pytest.raises(UnreadableError, match=says):
        received(content, name)
    assert Upload.objects.count() == 0


def test_a_bibliography_is_of_sources_only():
    with pytest.raises(UnreadableError, match="BibTeX has sources, not actors; choose sources"):
        received(BIBTEX, "x.bib", noun=Noun.ACTOR)


def test_a_bibliography_too_large_for_its_readers_is_refused(monkeypatch):
    monkeypatch.setattr("tracker.desk.imports.reading.MOST_OF_A_BIBLIOGRAPHY", 1_000_000)
    with pytest.raises(UnreadableError, match="it is larger than 1 MB; split it"):
        received(BIBTEX * 2000, "x.bib")


@pytest.mark.parametrize("file", ["actors.json", "actors.ndjson"])
def test_what_an_entry_leaves_out_stays_as_it_is_and_what_it_empties_is_emptied(file):
    ActorFactory(
        slug="china", kind="state", name="China", short_name="PRC", iso3="CHN", aliases=["Zhongguo"]
    )
    ActorFactory(slug="iran", kind="state", name="Iran", short_name="Persia", aliases=["Persia"])
    objects = (
        {"slug": "china", "name": "New China"},
        {"slug": "iran", "short_name": None, "aliases": []},
        {"slug": "india", "kind": "state", "name": "India"},
    )
    content = of_json(*objects) if file.endswith(".json") else "\n".join(map(json.dumps, objects))

    imported(received(content, file))

    china, iran, india = (Actor.objects.get(slug=slug) for slug in ("china", "iran", "india"))
    assert (china.kind, china.name, china.short_name, china.iso3) == (
        "state",
        "New China",
        "PRC",
        "CHN",
    )
    assert china.aliases == ["Zhongguo"]
    assert (iran.name, iran.short_name, iran.aliases) == ("Iran", "", [])
    assert (india.short_name, india.iso3, india.aliases) == ("", None, [])


def test_an_entry_that_leaves_out_what_a_new_record_needs_says_so():
    upload = received(
        of_json({"slug": "china", "kind": "state", "name": "China"}, {"slug": "iran"}),
        "actors.json",
    )

    assert outcomes(upload) == {1: "created", 2: "error"}
    assert faults(upload) == [(2, "kind"), (2, "name")]


def test_parts_and_dates_that_an_entry_leaves_out_stay_with_what_hangs_on_them():
    source = SourceFactory(
        ref="paper", url="https://example.org/1", issued="2019-06", archive_url=""
    )
    stance = StanceFactory(ref="one", confirmed_on=None, summary="old")
    stance.citations.create(source=source, locator="p. 4")

    other = {"ref": "other", "type": "book", "title": "O", "url": "https://example.org/2"}
    imported(
        received(
            of_json({"ref": "one", "summary": "new"}, {"ref": "one-b", **_like(stance)}),
            "stances.json",
        )
    )
    imported(received(of_json({"ref": "paper", "title": "New"}, other), "sources.json"))

    stance.refresh_from_db(), source.refresh_from_db()
    assert (
        stance.summary,
        [citation.source for citation in stance.citations.order_by("pk")][-1],
    ) == ("new", source)
    assert (source.title, source.url, source.issued) == ("New", "https://example.org/1", "2019-06")


def _like(stance: Stance) -> dict[str, Any]:
    """Return a stance beside another."""
    named = {"actor": ActorFactory(slug="india").slug, "issue": stance.issue.slug}
    return {
        **named,
        "position": "opposes",
        "basis": "action",
        "confidence": "low",
        "citations": "paper p. 5",
    }


def test_values_of_entries_are_kept_as_they_are_with_the_text_that_people_see():
    paper = {
        "ref": "paper",
        "type": "book",
        "title": "'=1+1",
        "authors": [{"family": "Li"}],
        "keywords": ["a", "b"],
    }
    upload = received(of_json(paper), "sources.json")

    assert upload.rows.get().values == paper
    imported(upload)
    source = Source.objects.get()
    assert (source.title, source.authors, source.keywords) == (
        "'=1+1",
        [{"family": "Li"}],
        ["a", "b"],
    )
    assert received("ref,type,title\np,book,T\n").rows.get().values is None


def test_texts_of_entries_may_be_written_as_in_cells_and_numbers_as_texts():
    SourceFactory(ref="paper"), ActorFactory(slug="china", name="China")
    row = {
        "title": 1984,
        "kind": "Summit",
        "status": "Held",
        "since": "2019-06-05",
        "importance": "2",
        "participants": "China (host)",
        "citations": [{"source": "paper", "locator": 4}],
    }

    upload = received(of_json(row), "meetings.json")

    assert faults(upload) == []
    imported(upload)
    meeting = Meeting.objects.get()
    assert (meeting.title, meeting.kind, meeting.importance) == ("1984", "summit", 2)
    assert (meeting.participants.get().role, meeting.citations.get().locator) == ("host", "4")


def test_a_value_that_no_text_can_hold_is_told_of_its_entry():
    upload = received(
        RIS.replace("Stokes", "St\0kes") + "\nTY  - BOOK\nTI  - Good\nER  - \n", "x.ris"
    )

    assert ["a cell has the character NUL"] in [row.unread[:1] for row in upload.rows.all()]


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_ballots_a_row_each_are_recognised_and_read_as_those_of_their_votes(write):
    """By their columns, whatever the file is called."""
    china, france = ActorFactory(slug="china"), ActorFactory(slug="france")
    vote = VoteFactory(ref="v-1", ballots=[{"actor": france, "choice": "no"}])
    rows = [
        {"vote": "v-1", "actor": "china", "choice": "Y"},
        {"vote": "v-1", "actor": "france", "choice": "1"},
    ]

    upload = received(write(rows), "how they voted")

    assert (upload.noun, upload.header) == ("vote", ["id", "ref", "ballots"])
    assert outcomes(upload) == {2: "changed"}
    imported(upload)
    assert set(vote.ballots.values_list("actor", "choice")) == {
        (china.pk, "yes"),
        (france.pk, "yes"),
    }


def test_what_is_wrong_with_a_ballot_is_told_with_its_vote():
    VoteFactory(ref="v-1")
    upload = received("vote,actor,choice\nv-1,atlantis,perhaps\n", "ballots.csv")
    assert faults(upload) == [(2, "ballots 1: choice"), (2, "ballots 1: actor")]
