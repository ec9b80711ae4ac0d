"""Files as they come: names, headers, rows that can't be read."""

import gzip
from itertools import chain, repeat
from pathlib import Path
from time import perf_counter

import pytest

from tests.desk.imports.importing import CHINA, WORLD, at, faults, only_fault, planned, run, write
from tests.desk.imports.uploading import received
from tracker import history
from tracker.desk import imports
from tracker.desk.imports import ImportTable
from tracker.models import Actor, Stance
from tracker.public.formats.rows import Row, UnreadableError
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Channel

pytestmark = pytest.mark.django_db


def test_the_name_of_a_file_says_what_its_rows_are(tmp_path: Path) -> None:
    write(tmp_path, actors=[CHINA], positions="a\n")
    (tmp_path / "README.md").write_text("left aside")
    with pytest.raises(
        imports.ImportRefusedError, match=r"positions\.csv.*write one of issues\.csv, actors\.csv"
    ):
        imports.csv_files(paths=[tmp_path])
    with pytest.raises(imports.ImportRefusedError, match=r"README\.md"):
        imports.csv_files(paths=[tmp_path / "README.md"])


def test_paths_that_cannot_be_read_are_told_together(tmp_path: Path) -> None:
    with pytest.raises(imports.ImportRefusedError) as refused:
        imports.csv_files(paths=[tmp_path, tmp_path / "stances.csv"])
    assert [at(fault)[0] for fault in refused.value.faults] == [
        str(tmp_path),
        str(tmp_path / "stances.csv"),
    ]


def test_a_file_of_many_columns_is_refused_at_once(tmp_path: Path) -> None:
    """Each was told with the one that may be meant, at each reading: 20,000 took twelve seconds."""
    header = ",".join(f"confidence{number}" for number in range(20_000))
    begun = perf_counter()
    assert "the row has more than 500 cells; remove what is not needed" in str(
        only_fault(write(tmp_path, stances=f"{header}\n{'x,' * 19_999}x\n"))
    )
    with pytest.raises(UnreadableError, match="line 1: the row has more than 500 cells"):
        received(f"{header}\n{'x,' * 19_999}x\n", "stances.csv")
    assert perf_counter() - begun < 5
    groups = list(
        planned(
            write(tmp_path, stances=f"ref,{','.join(header.split(',')[:499])}\nx{',' * 499}\n")
        ).faults.groups()
    )
    assert groups[0].count == 499


def test_a_file_may_be_packed(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "actors.csv.gz", "wt", encoding="utf-8") as packed:
        packed.write("slug,kind,name\nchina,state,China\n")
    run(tmp_path)
    assert Actor.objects.get().slug == "china"


@pytest.mark.parametrize(
    "cut", [slice(-4), slice(1, None), slice(14)], ids=["no end", "no beginning", "no content"]
)
def test_a_packed_file_that_is_broken_is_told(tmp_path: Path, cut: slice) -> None:
    (tmp_path / "actors.csv.gz").write_bytes(
        gzip.compress(b"slug,kind,name\nchina,state,China\n")[cut]
    )
    fault = only_fault(write(tmp_path, issues=WORLD["issues"]))
    assert at(fault) == ("actors.csv.gz", 0, "")
    assert "it can't be read to its end (" in fault.text


@pytest.mark.parametrize(
    ("content", "line", "column", "says"),
    [
        ("slug,kind,name,colour\n", 1, "colour", "no such column"),
        ("slug,kind,name,slug\n", 1, "slug", "twice"),
        ("slug;kind;name\na;state;A\n", 1, "", "commas"),
        ("", 0, "", "empty"),
        ("slug,kind,name\na,state\n", 2, "", "2 cells"),
        ("slug,kind,name\na,state,A,B\n", 2, "", "4 cells"),
        ('slug,kind,name\na,state,"A\n', 2, "", "CSV"),
        ("slug,kind,name\na,state,A\x00\n", 2, "", "NUL"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(
    tmp_path: Path, content: str, line: int, column: str, says: str
) -> None:
    fault = only_fault(write(tmp_path, actors=content))
    assert at(fault) == ("actors.csv", line, column)
    assert says in fault.text


def test_rows_before_what_is_no_csv_are_checked_too(tmp_path: Path) -> None:
    write(tmp_path, actors='slug,kind,name\na,empire,A\nb,state,"B\n')
    assert faults(tmp_path) == [("actors.csv", 2, "kind"), ("actors.csv", 3, "")]


def test_what_an_export_adds_for_readers_is_left_aside(tmp_path: Path) -> None:
    run(write(tmp_path, **WORLD))
    header = (
        "id,url,edition,ref,actor,actor_name,actor_iso3,position,score,"
        "since_earliest,since_latest,version,state"
    )
    row = (
        ",/api/v1/stances/1/,1,stance-1,china,China,CHN,opposes,-1,2018-01-01,2018-12-31,1,editing"
    )
    run(write(tmp_path, stances=f"{header}\n{Stance.objects.get().pk}{row}\n") / "stances.csv")
    assert Stance.objects.get().position == "opposes"


def test_an_interval_is_refused_with_its_split(tmp_path: Path) -> None:
    run(write(tmp_path, **WORLD))
    for end in ("since", "until"):
        table = write(tmp_path, stances=f"ref,{end}\nstance-1,2018-12/2019-03\n") / "stances.csv"
        with pytest.raises(
            imports.ImportRefusedError,
            match="first part as “since”, its second as “until”, 2018-12 and 2019-03",
        ):
            run(table)
    actors = 'slug,memberships\nchina,"[{""organization"":""china"",""since"":""2017/..""}]"\n'
    with pytest.raises(imports.ImportRefusedError, match="as “until”, 2017 and nothing"):
        run(write(tmp_path, actors=actors) / "actors.csv")


@pytest.mark.parametrize("as_before", [1, 4], ids=["planned", "applied"])
def test_rows_that_change_while_they_are_read_are_refused(as_before: int) -> None:
    """As somebody may leave out some of them meanwhile."""
    rows = [
        Row(1, ["slug", "kind", "name"]),
        Row(2, ["a", "state", "A"]),
        Row(3, ["b", "state", "B"]),
    ]
    readings = chain([rows] * as_before, repeat(rows[:2]))
    table = ImportTable("actors.csv", Noun.ACTOR, lambda: iter(next(readings)))
    with (
        pytest.raises(imports.ImportRefusedError, match="changed while it was read"),
        history.changeset(made_by=None, reason="a test", channel=Channel.IMPORT),
    ):
        imports.apply(plan=imports.plan(tables=[table]))
    assert not Actor.objects.exists()
