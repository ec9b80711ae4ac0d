"""Files of releases that are not what they were, or not what their edition is,
as `verify` tells of them.
"""

import csv
import re
from collections.abc import Callable, Sequence
from hashlib import sha256
from io import BytesIO, StringIO
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet

from tests.models.rows import deferred_checked
from tests.plugins.database import one_connection
from tests.publishing.releases.acts import contents, released
from tests.verify.world import complaints, damage, damaged, run
from tracker.models import Release, ReleaseFile, ReleasePiece

pytestmark = pytest.mark.django_db
OF_ISSUES = "file_id = (SELECT id FROM tracker_releasefile WHERE name = 'issues.csv')"
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def kept_release(kept_world) -> Release:
    with one_connection():
        release = made(released, "2026.1", edition=3)
        assert complaints() == []
    return release


@pytest.fixture
def release(kept_release, world) -> Release:
    return kept_release


def made(release: Callable[..., Release], *given: Any, **named: Any) -> Release:
    with deferred_checked():
        return release(*given, **named)


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE tracker_releasepiece SET content = 'id' WHERE {OF_ISSUES}",
        "UPDATE tracker_releasefile SET size = 6 WHERE name = 'issues.csv'",
        "UPDATE tracker_releasefile SET sha256 = repeat('0', 64) WHERE name = 'issues.csv'",
        f"UPDATE tracker_releasepiece SET number = 1 WHERE {OF_ISSUES}",
        f"DELETE FROM tracker_releasepiece WHERE {OF_ISSUES}",
    ],
)
def test_a_file_that_is_not_what_it_was(release, statement):
    assert damaged(statement) == ["release 2026.1: issues.csv is not what it was when it was made"]


def rewritten(
    release: Release, name: str, change: Callable[[Rows], Rows], *, drop: str = ""
) -> None:
    """Let a table of a release, in either form, hold other rows, and its digest be that of them."""
    for file in release.files.filter(name__startswith=f"{name}."):
        old = contents(release)[file.name]
        is_csv = file.name.endswith(".csv")
        rows = list(csv.DictReader(StringIO(old.decode(), newline=""))) if is_csv else as_rows(old)
        written = (
            as_csv(change(rows), list(rows[0]), drop)
            if is_csv
            else as_parquet(change(rows), old, drop)
        )
        replaced(file, written)


def as_rows(content: bytes) -> Rows:
    return parquet.read_table(BytesIO(content)).to_pylist()


def as_csv(rows: Rows, columns: Sequence[str], drop: str) -> bytes:
    written = StringIO(newline="")
    writer = csv.DictWriter(
        written, [name for name in columns if name != drop], extrasaction="ignore"
    )
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()


def as_parquet(rows: Rows, old: bytes, drop: str) -> bytes:
    shape = parquet.read_schema(BytesIO(old))
    shape = pyarrow.schema([field for field in shape if field.name != drop])
    written = BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(rows, shape), written)
    return written.getvalue()


def replaced(file: ReleaseFile, content: bytes) -> None:
    with damage():
        ReleasePiece.objects.filter(file=file).delete()
        ReleasePiece.objects.create(file=file, number=0, content=content)
        ReleaseFile.objects.filter(pk=file.pk).update(
            sha256=sha256(content).hexdigest(), size=len(content)
        )


# By what is done to a table:
# which one, what becomes of its rows, which column goes, and what is said of it.
REWRITTEN: dict[str, tuple[str, Callable[[Rows], Rows], str, str]] = {
    "a row that is missing": (
        "actors",
        lambda rows: rows[1:],
        "",
        "row 1: it has actor {2}, edition 3 has actor {1}",
    ),
    "the last row that is missing": (
        *("stances-citations", lambda rows: rows[:-1], ""),
        "row 3: it has nothing, edition 3 has stance {f}, citations 1",
    ),
    "a row too many": (
        *("stances-citations", lambda rows: [*rows, rows[0]], ""),
        "row 4: it has stance {s}, citations 1, edition 3 has nothing",
    ),
    "rows in another order": (
        *("actors", lambda rows: [rows[1], rows[0], *rows[2:]], ""),
        "row 1: it has actor {2}, edition 3 has actor {1}",
    ),
    "a cell that is another": (
        *("stances", lambda rows: [rows[0] | {"summary": "'x"}, *rows[1:]], ""),
        "row 1: stance {s} is not as in edition 3: summary",
    ),
    "a part whose role is missing": (
        *(
            "actors",
            lambda rows: [
                row
                | {"memberships": re.sub('"role":"[^"]*",', "", row["memberships"] or "") or None}
                for row in rows
            ],
            "",
        ),
        "row 2: actor {2} is not as in edition 3: memberships",
    ),
    "parts that are none": (
        *(
            "actors",
            lambda rows: [row | {"memberships": row["memberships"] and "[{"} for row in rows],
            "",
        ),
        "row 2: actor {2} is not as in edition 3: memberships",
    ),
    "a column that is missing": (
        "actors",
        lambda rows: rows,
        "name",
        "row 1: actor {1} is not as in edition 3: name",
    ),
    "no rows at all": (
        "sources",
        lambda rows: [],
        "",
        "row 1: it has nothing, edition 3 has source {x}",
    ),
}


@pytest.mark.parametrize("kind", REWRITTEN)
def test_a_table_that_is_rewritten_with_its_digest_is_found_in_either_form(world, release, kind):
    name, change, drop, says = REWRITTEN[kind]
    rewritten(release, name, change, drop=drop)

    numbers = {
        "1": world.bloc.pk,
        "2": world.actor.pk,
        "s": world.stance.pk,
        "f": world.forecast.pk,
        "x": world.source.pk,
    }
    for number, pk in numbers.items():
        says = says.replace(f"{{{number}}}", str(pk))
    assert complaints() == [f"release 2026.1: {name}.{form}, {says}" for form in ("csv", "parquet")]


@pytest.mark.parametrize(
    ("name", "is_not"),
    [("actors.csv", "this is not CSV"), ("actors.parquet", "this is not Parquet")],
)
def test_a_table_that_is_none_is_found(release, name, is_not):
    replaced(release.files.get(name=name), b'"never closed')

    (says,) = complaints()
    assert says.startswith(f"release 2026.1: {name}, which can't be read: ")
    assert is_not in says


def test_a_table_that_is_not_there_is_found_unless_its_edition_has_no_rows_of_it(world, release):
    with damage():
        for name in ("votes.csv", "actors-frames.csv"):
            run(f"DELETE FROM tracker_releasepiece WHERE {OF_ISSUES.replace('issues.csv', name)}")
            run(f"DELETE FROM tracker_releasefile WHERE name = '{name}'")

    assert complaints() == [
        f"release 2026.1: votes.csv is not there; row 1: it has nothing, edition 3 has vote "
        f"{world.vote.pk}"
    ]


def test_rows_of_an_older_edition_are_found_in_each_table(world):
    """As they are in a release that was made where the readers' replica lagged."""
    made(released, "2026.2", edition=2)

    assert damaged("UPDATE tracker_release SET edition = 3") == [
        f"release 2026.2: {name}.{form}, {says}"
        for form in ("csv", "parquet")
        for name, says in (
            (
                "stances",
                f"row 1: stance {world.stance.pk} is not as in edition 3: edition, summary, "
                f"citations",
            ),
            (
                "stances-citations",
                f"row 2: it has stance {world.forecast.pk}, citations 1, "
                f"edition 3 has stance {world.stance.pk}, citations 2",
            ),
        )
    ]


def test_a_release_of_before_a_column_came_agrees_while_its_edition_has_nothing_there(
    world, release
):
    rewritten(release, "actors", without_ends, drop="frames")
    rewritten(release, "actors-memberships", lambda rows: rows, drop="until")
    assert b"RUS" in contents(release)["stances.csv"]
    rewritten(release, "stances", lambda rows: rows, drop="actor_iso3")

    assert complaints() == []


def without_ends(rows: Rows) -> Rows:
    """Return rows whose memberships say nothing of an end, which is empty in all of them."""
    assert any('"until":null' in (row["memberships"] or "") for row in rows)
    return [
        row | {"memberships": (row["memberships"] or "").replace(',"until":null', "") or None}
        for row in rows
    ]


def test_what_is_withheld_is_compared_too(settings, release):
    settings.WITHHELD = ((3, 3),)
    assert complaints() == []

    rewritten(release, "actors", lambda rows: rows[1:])
    assert len(complaints()) == 2


def test_a_large_table_is_compared_piece_by_piece(world, monkeypatch):
    """With chunks of two records a file of many is read, and its edition too."""
    monkeypatch.setattr("tracker.public.read.releases.CHUNK", 2)
    monkeypatch.setattr("tracker.publishing.releases.PIECE", 100)
    many = made(released, "2026.2")

    assert complaints() == []
    assert ReleasePiece.objects.filter(file__release=many, file__name="actors.csv").count() > 1
