"""Releases: names of editions, their files, how they are cited, and asking for what they hold."""

from hashlib import sha256

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from pybtex.database import parse_string

from tests.factories import ActorFactory, UserFactory
from tests.models.rows import execute
from tests.plugins.database import one_connection
from tests.public.api.client import Reader
from tests.public.api.publishing import edit, publish
from tests.publishing.acts import changeset
from tests.publishing.releases.acts import contents, released
from tracker.models import Release
from tracker.publishing.releases import record_doi, release
from tracker.values.problems import InvalidError

pytestmark = pytest.mark.django_db
FOR_A_DAY, REVALIDATED = "public, max-age=86400, immutable", "public, no-cache"


@pytest.fixture(scope="module")
def two(kept_for_the_module: None) -> list[Release]:
    """Two releases of an actor under two names."""
    with one_connection():
        actor = ActorFactory(slug="kingdom", name="The Kingdom")
        publish(actor)
        first = released("2026.1", notes="The first.")
        publish(edit(actor, slug="republic", name="The Republic"))
        return [first, released("2026.2")]


def test_the_last_made_comes_first(reader: Reader, two: list[Release]) -> None:
    page = reader.read("releases/?count=true")

    assert [(row["version"], row["edition"], row["notes"]) for row in page["results"]] == [
        ("2026.2", 2, None),
        ("2026.1", 1, "The first."),
    ]
    assert (page["edition"], page["count"]) == (2, 2)
    assert reader.get("releases/").headers["Cache-Control"] == REVALIDATED


def test_they_come_in_pages(reader: Reader, two: list[Release]) -> None:
    pages = list(reader.pages("releases/?page_size=1"))

    assert [[row["version"] for row in page["results"]] for page in pages] == [
        ["2026.2"],
        ["2026.1"],
    ]


def test_a_new_release_gives_the_list_another_tag_though_no_edition_was_made(reader, two):
    held = reader.get("releases/").headers["ETag"]
    assert reader.get("releases/", if_none_match=held).status_code == 304

    released("2026.3")

    assert reader.get("releases/", if_none_match=held).status_code == 200


def test_each_has_a_manifest_that_is_true_of_its_files(reader: Reader, two: list[Release]) -> None:
    answer = reader.get("releases/2026.1/")
    manifest, kept = answer.json(), contents(two[0])

    # it may get a DOI
    assert (answer.headers["Edition"], answer.headers["Cache-Control"]) == ("1", REVALIDATED)
    assert [file["name"] for file in manifest["files"]] == list(kept)
    for file in manifest["files"]:
        got = reader.get(file["url"])
        content = got.getvalue()
        assert content == kept[file["name"]]
        assert (len(content), sha256(content).hexdigest()) == (file["bytes"], file["sha256"])
        assert (got.headers["Content-Length"], got.headers["Accept-Ranges"]) == (
            str(len(content)),
            "bytes",
        )
        assert got.headers["Content-Type"].partition(";")[0] == file["media_type"]
        shown = (
            "inline" if file["name"] in ("CHANGES.md", "LICENSE", "SHA256SUMS") else "attachment"
        )
        assert got.headers["Content-Disposition"] == f'{shown}; filename="{file["name"]}"'
        assert (got.headers["Edition"], got.headers["Cache-Control"]) == ("1", FOR_A_DAY)


def test_it_says_how_to_cite_it(reader: Reader, two: list[Release]) -> None:
    payload = reader.read("releases/2026.1/")
    (entry,) = parse_string(payload["bibtex"], "bibtex").entries.values()

    assert entry.type == "dataset"
    assert entry.fields["version"] == payload["csl"]["version"] == "2026.1"
    assert (
        entry.fields["url"] == payload["csl"]["URL"] == "http://testserver/api/v1/releases/2026.1/"
    )
    assert payload["csl"]["type"] == "dataset"
    day = two[0].edition.published_at
    assert payload["csl"]["issued"] == {"date-parts": [[day.year, day.month, day.day]]}


def test_a_doi_is_recorded_later_and_changes_nothing_else(
    reader: Reader, two: list[Release]
) -> None:
    """It is cited by it from then on, and both answers get another tag;
    the last one that was recorded counts.
    """
    addresses = ("releases/", "releases/2026.1/")
    tags = {address: reader.get(address).headers["ETag"] for address in addresses}
    files, payload = contents(two[0]), reader.read("releases/2026.1/")
    assert (payload["doi"], "doi" in payload["bibtex"], "DOI" in payload["csl"]) == (
        None,
        False,
        False,
    )

    record_doi("2026.1", "10.5281/zenodo.1")
    record_doi("2026.1", "https://doi.org/10.5281/zenodo.12345")

    doi = "10.5281/zenodo.12345"
    payload = reader.read("releases/2026.1/")
    (entry,) = parse_string(payload["bibtex"], "bibtex").entries.values()
    assert payload["doi"] == payload["csl"]["DOI"] == entry.fields["doi"] == doi
    assert [row["doi"] for row in reader.read("releases/")["results"]] == [None, doi]
    assert f'<a href="https://doi.org/{doi}">' in reader.client.get("/releases/").content.decode()
    for address, tag in tags.items():
        assert reader.get(address, if_none_match=tag).status_code == 200
    assert contents(two[0]) == files


@pytest.mark.parametrize(
    "doi", ["zenodo.1", "10.5281/", "10.5281/a b", "10.5281/é", "https://example.org/10.5281/a"]
)
def test_what_is_no_doi_is_refused(two: list[Release], doi: str) -> None:
    with pytest.raises(InvalidError, match="is no DOI"):
        record_doi("2026.1", doi)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "releases/2026.9/",
            "releases/x/",
            "releases/2026.9/files/stances.csv",
            "releases/2026.1/files/nothing.csv",
        ),
        *(
            "releases/2026.1/files/stances.csv%00",
            "releases/%00/",
            "releases/%00/files/stances.csv",
        ),
    ],
)
def test_what_there_is_not_is_a_404(reader: Reader, two: list[Release], address: str) -> None:
    assert reader.get(address).status_code == 404


def test_a_file_is_answered_on_condition_and_as_it_is(reader: Reader, two: list[Release]) -> None:
    """Compressed on its way it would have neither a length nor parts."""
    whole = reader.get("releases/2026.1/files/codebook.json", accept_encoding="gzip")
    held = whole.headers["ETag"]

    assert "Content-Encoding" not in whole.headers
    assert whole.getvalue() == contents(two[0])["codebook.json"]
    unchanged = reader.get(
        "releases/2026.1/files/codebook.json", accept_encoding="gzip", if_none_match=held
    )
    assert (unchanged.status_code, unchanged.content, unchanged.headers["ETag"]) == (304, b"", held)


def test_a_file_is_what_it_is_whatever_is_accepted(reader: Reader, two: list[Release]) -> None:
    for accept in ("*/*", "text/csv", "application/json", "text/html"):
        assert reader.get("releases/2026.1/files/actors.csv", accept=accept).status_code == 200
    assert reader.faults("releases/2026.1/files/actors.csv?format=json") == [
        ("format", "unknown_parameter")
    ]


def test_a_release_stands_for_its_edition_wherever_one_is_asked_for(
    reader: Reader, two: list[Release]
) -> None:
    record = two[0].edition.changes.get().record
    for address in (
        "actors/",
        "actors/?q=kingdom",
        f"actors/?id={record}&count=true",
        "editions/",
        "changes/?after=0",
    ):
        join = "&" if "?" in address else "?"
        by_release = reader.read(f"{address}{join}release=2026.1")
        by_number = reader.read(f"{address}{join}edition=1")
        assert by_release == by_number, address
    assert reader.read("actors/kingdom/?release=2026.1")["name"] == "The Kingdom"
    assert reader.read("actors/republic/?release=2026.2")["name"] == "The Republic"
    assert reader.get("actors/?release=2026.1").headers["Cache-Control"] == FOR_A_DAY
    assert reader.get("actors/?release=2026.1").headers["Edition"] == "1"


def test_a_walk_through_a_release_stays_with_its_edition(
    reader: Reader, two: list[Release]
) -> None:
    publish(ActorFactory(slug="another", name="Another"))
    released("2026.3")

    pages = list(reader.pages("actors/?release=2026.3&page_size=1"))

    assert [page["results"][0]["slug"] for page in pages] == ["another", "republic"]
    assert "edition=3" in pages[0]["next"]
    assert "release" not in pages[0]["next"]


def test_what_is_asked_for_by_release_is_answered_on_condition(
    reader: Reader, two: list[Release]
) -> None:
    held = reader.get("actors/?release=2026.1").headers["ETag"]

    assert reader.get("actors/?release=2026.1", if_none_match=held).status_code == 304


@pytest.mark.parametrize(
    ("query", "faults"),
    [
        ("release=2026.9", [("release", "unknown")]),
        ("release=latest", [("release", "invalid")]),
        ("release=2026.1&release=2026.2", [("release", "invalid")]),
        ("release=2026.1&edition=1", [("edition", "conflict")]),
        ("release=2026.1&as_of=2026-11-25T00:00:00Z", [("as_of", "conflict")]),
    ],
)
def test_a_release_that_there_is_not_or_a_second_time_is_refused(reader, two, query, faults):
    for address in (
        "actors/",
        "actors/republic/",
        "actors/republic/history/",
        "editions/",
        "changes/",
    ):
        assert reader.faults(f"{address}?{query}") == faults


def test_nobody_learns_who_made_it(reader: Reader) -> None:
    publish(ActorFactory())
    with changeset(made_by=UserFactory(username="somebody-of-the-team").pk):
        release(version="2026.3")

    for address in ("releases/", "releases/2026.3/"):
        assert "somebody" not in reader.get(address).content.decode()


def test_queries_do_not_grow_with_releases(reader: Reader, two: list[Release]) -> None:
    counts = []
    for more in (0, 18):
        for number in range(more):
            execute(
                "INSERT INTO tracker_release (version, edition, notes) VALUES (%s, 1, '')",
                f"2025.{number + 1}",
            )
        with CaptureQueriesContext(connections["publication"]) as queries:
            reader.read("releases/?count=true")
            reader.read("releases/2026.1/")
        counts.append(len(queries))

    assert counts[0] == counts[1] == 4
    assert len(reader.read("releases/")["results"]) == 20
