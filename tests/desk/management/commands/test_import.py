"""`manage.py import`: what it says and does at the command line."""

import gzip
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import tracker
from tests.desk.imports.importing import CHINA, STANCE, WORLD, write
from tests.factories import UserFactory
from tests.publishing.acts import edited
from tracker.desk.management import console
from tracker.models import ChangeSet, Edition, Event, Stance, Upload
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db
DATASET = Path(tracker.__file__).parent / "dataset"


def run(*arguments: object, **options: object) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("import", *map(str, arguments), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


@pytest.fixture(autouse=True)
def no_upload_stays(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Look that whatever a command staged is gone when it ends,
    which tells nothing of how far it is.
    """
    monkeypatch.setattr(console, "SECOND", 600)
    yield
    assert not Upload.objects.exists()


def test_it_sums_up_each_noun(tmp_path: Path) -> None:
    out, err = run(write(tmp_path, **WORLD))
    assert "actors: 2 created, 0 changed, 0 same" in out
    assert "stances: 1 created, 0 changed, 0 same" in out
    assert err == ""
    out, _ = run(tmp_path)
    assert "actors: 0 created, 0 changed, 2 same" in out


def test_an_empty_tracker_takes_the_dataset_whose_claims_follow_each_other() -> None:
    run(DATASET)
    followed = Stance.objects.get(ref="stance-china-maduro-government-unhedged")
    assert followed.until == Stance.objects.get(ref="stance-china-maduro-government-hedged").since


def test_a_dry_run_shows_what_would_be_and_writes_nothing(tmp_path: Path) -> None:
    write(tmp_path, **WORLD)
    out, _ = run(tmp_path, "--dry-run")
    assert "stances.csv, line 2: “stance-1”: created\n" in out
    assert "stances: 1 would be created" in out
    assert not Event.objects.exists()

    run(tmp_path)
    write(tmp_path, stances=[{**STANCE, "confidence": "low", "since": ""}])
    events = Event.objects.count()
    out, _ = run(tmp_path, "--dry-run")
    assert "stances.csv, line 2: “stance-1”: changed\n" in out
    assert "stances.csv, line 2, since: “stance-1”: 2018 → ∅\n" in out
    assert "stances.csv, line 2, confidence: “stance-1”: moderate → low\n" in out
    assert "actors.csv, line 2: “china”: same\n" in out
    assert Event.objects.count() == events


def test_a_dry_run_of_many_rows_tells_them_by_kind(tmp_path: Path) -> None:
    rows = [
        {**CHINA, "slug": f"a-{n}", "name": f"A {n}", "summary": "Long. " * 99} for n in range(300)
    ]
    run(write(tmp_path, actors=rows))
    write(tmp_path, actors=[{**row, "summary": "Other. " * 99} for row in rows])
    out, _ = run(tmp_path, "--dry-run")
    assert out.splitlines() == [
        "actors.csv: changed: 300 times, first on "
        "line 2 (“a-0”), line 3 (“a-1”), line 4 (“a-2”), line 5 (“a-3”), line 6 (“a-4”)",
        f"actors.csv, summary: {'Long. ' * 13}L… → {'Other. ' * 11}Ot…: 300 times, first on "
        "line 2 (“a-0”), line 3 (“a-1”), line 4 (“a-2”), line 5 (“a-3”), line 6 (“a-4”)",
        "actors: 0 would be created, 300 would be changed, 0 would be same",
        "Nothing was written.",
    ]


def test_its_help_names_the_files_of_all_nouns_and_of_ballots(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        call_command("import", "--help")
    text = " ".join(capsys.readouterr().out.split())
    assert [
        name for name in [*(noun.plural for noun in Noun), "ballots"] if f"{name}.csv" not in text
    ] == []


def test_each_kind_of_fault_goes_to_standard_error_in_a_line_and_the_command_fails(
    tmp_path: Path,
) -> None:
    actors = [
        *WORLD["actors"],
        *({"slug": f"a-{n}", "kind": "empire", "name": "A"} for n in range(1002)),
    ]
    write(
        tmp_path,
        **{**WORLD, "actors": actors, "stances": [{**STANCE, "position": "?", "actor": "chian"}]},
    )
    for mode in ([], ["--dry-run"]):
        err = StringIO()
        with pytest.raises(CommandError, match=r"^1,004 errors; nothing was imported\.$"):
            call_command("import", str(tmp_path), *mode, stderr=err, stdout=StringIO())
        kind, *others = err.getvalue().splitlines()
        assert ": 1,002 times, first on line 4 (“empire”), line 5 (“empire”), line 6 " in kind
        assert [line.partition(": ")[0] for line in (kind, *others)] == [
            "actors.csv, kind",
            "stances.csv, line 2, position",
            "stances.csv, line 2, actor",
        ]
    assert not Event.objects.exists()


def test_it_notes_who_why_and_through_which_channel(tmp_path: Path) -> None:
    user = UserFactory(username="mei")
    run(
        write(tmp_path, **WORLD),
        "--by",
        "mei",
        "--reason",
        "Second round of coding",
        "--publish",
        "--note",
        "May",
    )
    change = ChangeSet.objects.get()
    assert (change.made_by, change.reason, change.channel) == (
        user,
        "Second round of coding",
        "import",
    )
    assert (Edition.objects.get().note, Edition.objects.get().published_by) == ("May", user)


def test_it_says_which_edition_it_published(tmp_path: Path) -> None:
    assert "Published as edition 1." in run(write(tmp_path, **WORLD), "--publish")[0]
    assert "Nothing new to publish." in run(tmp_path, "--publish")[0]


def test_what_waits_is_named_refused_and_left_out_if_that_is_asked_for(tmp_path: Path) -> None:
    run(write(tmp_path, **WORLD), "--publish")
    edited(Stance.objects.get(), summary="Half-made.")
    write(
        tmp_path, stances=[{**STANCE, "summary": "Half-made."}], actors=[{**CHINA, "name": "PRC"}]
    )
    says = (
        "stances.csv, line 2: it has edits that wait to be published: readers see version 1, the "
        "desk has 2"
    )
    for mode in ([], ["--dry-run"]):
        err = StringIO()
        with pytest.raises(CommandError, match=r"^1 error; nothing was imported\.$"):
            call_command("import", str(tmp_path), "--publish", *mode, stderr=err, stdout=StringIO())
        [line] = err.getvalue().splitlines()
        assert (
            line
            == f"{says}; publish or undo that first, or leave out what waits (--leave-out-waiting)"
        )

    out, _ = run(tmp_path, "--publish", "--leave-out-waiting", "--dry-run")
    assert out.splitlines()[-3:] == ["1 would be not published:", says, "Nothing was written."]
    out, _ = run(tmp_path, "--publish", "--leave-out-waiting")
    assert out.splitlines()[-3:] == ["1 not published:", says, "Published as edition 2."]


def test_claims_that_are_there_already_are_named_and_refused(tmp_path: Path) -> None:
    run(write(tmp_path, **WORLD))
    events = Event.objects.count()
    here = Stance.objects.get().pk
    write(
        tmp_path,
        stances=[{**STANCE, "ref": "", "actor": actor} for actor in ("china", "russia", "Russia")],
    )
    says = [
        f"stances.csv, line 2: already here, with the same actor and issue, at the same "
        f"time: stance {here}",
        "stances.csv, line 4: already here, with the same actor and issue, at the same time: "
        "line 3 of this file",
    ]
    for mode in ([], ["--dry-run"]):
        err = StringIO()
        with pytest.raises(CommandError, match=r"^2 errors; nothing was imported\.$"):
            call_command("import", str(tmp_path), *mode, stderr=err, stdout=StringIO())
        remedy = (
            "; give the row its id to change that one, leave it out, or write true in its column "
            "create_anyway"
        )
        assert err.getvalue().splitlines() == [f"{line}{remedy}" for line in says]
    assert Event.objects.count() == events

    out, _ = run(tmp_path, "--create-anyway", "--dry-run")
    assert out.splitlines()[-4:] == ["2 would be created anyway:", *says, "Nothing was written."]
    out, _ = run(tmp_path, "--create-anyway")
    assert out.splitlines()[-3:] == ["2 created anyway:", *says]
    assert Stance.objects.count() == 4


def test_a_row_that_is_there_in_another_file_names_it_and_one_that_says_so_is_created(
    tmp_path: Path,
) -> None:
    run(write(tmp_path, **WORLD))
    [first, second] = (tmp_path / name for name in ("first", "second"))
    first.mkdir(), second.mkdir()
    write(first, stances=[{**STANCE, "ref": "a", "actor": "russia"}])
    (second / "stances.csv.gz").write_bytes(
        gzip.compress(
            (
                write(second, stances=[{**STANCE, "ref": "b", "actor": "russia"}]) / "stances.csv"
            ).read_bytes()
        )
    )
    (second / "stances.csv").unlink()
    err = StringIO()
    with pytest.raises(CommandError, match=r"^1 error; nothing was imported\.$"):
        call_command("import", str(first), str(second), stderr=err)
    assert "stances.csv.gz, line 2: already here, with the same actor and issue" in err.getvalue()
    assert "at the same time: line 2 of stances.csv; " in err.getvalue()

    write(
        first,
        stances=[
            {**STANCE, "ref": name, "actor": "russia", "create_anyway": "true"} for name in "ab"
        ],
    )
    out, _ = run(first)
    assert out.splitlines() == ["stances: 2 created, 0 changed, 0 same"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--note", "x"], "--publish"),
        (["--leave-out-waiting"], "--publish"),
        (["--by", "nobody"], "no user “nobody”"),
    ],
)
def test_arguments_that_make_no_sense_are_told(
    tmp_path: Path, arguments: list[str], says: str
) -> None:
    with pytest.raises(CommandError, match=says):
        run(write(tmp_path, **WORLD), *arguments)
    assert not Stance.objects.exists()


def test_a_dry_run_says_what_stays_as_it_was_changed_since(tmp_path: Path) -> None:
    run(write(tmp_path, **WORLD))
    stance = Stance.objects.get()
    Stance.objects.update(summary="Typed since.")
    out, _ = run(
        write(tmp_path, stances=[{**STANCE, "id": stance.pk, "version": 1, "confidence": "low"}]),
        dry_run=True,
    )
    assert "confidence: “stance-1”: moderate → low\n" in out
    assert "summary: “stance-1”: It says so. → Typed since., changed here since, stays" in out
