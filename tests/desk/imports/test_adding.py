"""Columns that add to lists and parts, `memberships+`:
what is there stays, and nothing is there twice.
"""

from pathlib import Path
from typing import Any

import pytest

from tests.desk.imports.importing import events_of, faults, outcomes, run, write
from tracker.models import Actor, Membership

pytestmark = pytest.mark.django_db
SCO = {"slug": "sco", "kind": "organization", "name": "SCO"}
BRICS = {"slug": "brics", "kind": "organization", "name": "BRICS"}
WORLD = {
    "sources": [{"ref": "charter", "type": "webpage", "title": "The charter"}],
    "actors": [
        SCO,
        BRICS,
        {
            "slug": "china",
            "kind": "state",
            "name": "China",
            "names": {"zh": "中国"},
            "aliases": ["PRC"],
            "memberships": [
                {"organization": "sco", "role": "member", "since": "", "until": "", "source": None},
                {
                    "organization": "brics",
                    "role": "member",
                    "since": "2009",
                    "until": "",
                    "source": None,
                },
            ],
        },
    ],
}


def memberships() -> list[tuple[str, str, str, str, str]]:
    """Return those of China, in order: organization, role, since, until, source."""
    rows = Membership.objects.filter(actor__slug="china").order_by("pk")
    keys = ("organization__slug", "role", "since", "until", "source__ref")
    return [tuple(value or "" for value in row) for row in rows.values_list(*keys)]  # type: ignore[misc]


def adds(directory: Path, **cells: Any) -> Path:
    """Write a file that has a row of China with these columns."""
    return write(directory, actors=[{"slug": "china", **cells}])


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Import the world, and return a directory for more files."""
    world, more = tmp_path / "world", tmp_path / "more"
    world.mkdir()
    more.mkdir()
    run(write(world, **WORLD))
    return more


def test_what_is_added_stands_after_what_is_there_and_completes_what_it_does_not_contradict(
    files: Path,
) -> None:
    joined = {"organization": "sco", "role": "member", "since": "2001-06-15", "source": "charter"}
    again = {"organization": "sco", "role": "observer", "since": "1996", "until": "2001"}
    path = adds(files, **{"memberships+": [joined, again]})
    ((change,),) = [outcome.changes for outcome in outcomes(path)]
    assert [item.get("source") for item in change.new] == ["charter", None, None]

    run(path)

    assert memberships() == [
        ("sco", "member", "2001-06-15", "", "charter"),
        ("brics", "member", "2009", "", ""),
        ("sco", "observer", "1996", "2001", ""),
    ]
    assert events_of(lambda: run(path)) == []


def test_what_completes_brings_its_source_and_what_says_the_same_by_another_is_nothing_new(
    files: Path,
) -> None:
    write(
        files,
        sources=[
            {"ref": name, "type": "webpage", "title": name} for name in ("first", "second", "third")
        ],
    )
    run(files)
    (files / "sources.csv").unlink()
    joined = {"organization": "sco", "role": "member"}
    run(adds(files, **{"memberships+": [{**joined, "source": "first"}]}))
    assert memberships()[0] == ("sco", "member", "", "", "first")

    path = adds(files, **{"memberships+": [{**joined, "since": "2001-06-15", "source": "second"}]})
    run(path)
    assert memberships()[0] == ("sco", "member", "2001-06-15", "", "second")
    again = {**joined, "since": "2001-06-15", "source": "third"}
    assert events_of(lambda: run(adds(files, **{"memberships+": [again]}))) == []
    assert len(memberships()) == 2


@pytest.mark.parametrize("cell", ["", [], [{"organization": "brics", "role": "member"}]])
def test_nothing_new_changes_nothing(files: Path, cell: Any) -> None:
    assert events_of(lambda: run(adds(files, **{"memberships+": cell}))) == []


def test_of_two_that_fit_the_one_that_says_more_alike_is_completed(files: Path) -> None:
    run(
        adds(
            files,
            **{"memberships+": [{"organization": "sco", "role": "observer", "since": "1996"}]},
        )
    )
    run(
        adds(files, **{"memberships+": [{"organization": "sco", "since": "1996", "until": "2001"}]})
    )
    assert memberships()[-1] == ("sco", "observer", "1996", "2001", "")
    assert len(memberships()) == 3


def test_names_and_aliases_are_added_and_rows_of_the_same_files_may_use_them(files: Path) -> None:
    write(
        files,
        actors=[
            {
                "slug": "china",
                "names+": {"zh": "中华", "ru": "Китай"},
                "aliases+": ["PRC", "Beijing"],
                "memberships+": "",
            },
            {
                "slug": "sco",
                "names+": "",
                "aliases+": "",
                "memberships+": [{"organization": "Beijing"}],
            },
        ],
    )
    run(files)
    china = Actor.objects.get(slug="china")
    assert china.names == {"zh": "中国", "ru": "Китай"}
    assert china.aliases == ["PRC", "Beijing"]
    assert Membership.objects.get(actor__slug="sco").organization == china


def test_an_older_version_takes_nothing_away_and_is_no_conflict(files: Path) -> None:
    Actor.objects.filter(slug="china").update(aliases=["PRC", "People's Republic"])
    run(adds(files, version=1, **{"aliases+": ["Beijing"]}))
    assert Actor.objects.get(slug="china").aliases == ["PRC", "People's Republic", "Beijing"]


def test_a_new_record_has_what_is_added(files: Path) -> None:
    added = [{"organization": "sco", "role": "member"}]
    run(
        write(
            files, actors=[{"slug": "iran", "kind": "state", "name": "Iran", "memberships+": added}]
        )
    )
    assert Membership.objects.get(actor__slug="iran").organization.slug == "sco"


@pytest.mark.parametrize("columns", [("aliases", "aliases+"), ("aliases+", "aliases")])
def test_a_list_is_either_all_or_added_to(files: Path, columns: tuple[str, str]) -> None:
    assert faults(adds(files, **{column: ["PRC"] for column in columns})) == [
        ("actors.csv", 1, columns[1])
    ]


def test_what_is_no_list_cannot_be_added_to(files: Path) -> None:
    assert faults(adds(files, **{"name+": "China"})) == [("actors.csv", 1, "name+")]


def test_what_cannot_be_added_is_told_at_its_column_with_what_stands_there(files: Path) -> None:
    path = adds(files, **{"memberships+": [{"organization": "nato"}]})
    assert faults(path) == [("actors.csv", 2, "memberships 1: organization")]
