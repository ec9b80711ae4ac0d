"""All votes of the Council that come along, written as the digital library has them, are the same;
ten more are new.
"""

import csv
import gzip
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

import tracker
from tests.desk.imports.library import COUNCIL, of_vote, table
from tracker.models import Actor, Vote
from tracker.values.vocabularies import Choice

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SETS = Path(tracker.__file__).parent / "dataset"
LETTERS = {
    Choice.YES: "Y",
    Choice.NO: "N",
    Choice.ABSTAIN: "A",
    Choice.NOT_PARTICIPATING: "X",
    Choice.ABSENT: "X",
}

TALLIES = {"total_yes": "tally_yes", "total_no": "tally_no", "total_abstentions": "tally_abstain"}


def imported(*paths: Path) -> str:
    call_command(
        "import", *map(str, paths), "--add-missing", stdout=(told := StringIO()), stderr=StringIO()
    )
    return told.getvalue().strip()


def test_the_councils_votes_are_the_same_and_ten_more_come_with_two_members(tmp_path: Path) -> None:
    for name in (".", "security-council", "security-council-votes"):
        packed = [*(SETS / name).glob("*.csv"), *(SETS / name).glob("*.csv.gz")]
        call_command(
            "import", *map(str, packed), "--create-anyway", stdout=StringIO(), stderr=StringIO()
        )
    with gzip.open(
        SETS / "security-council-votes" / "votes.csv.gz", "rt", newline="", encoding="utf-8"
    ) as file:
        # of these the library has none
        rows = [row for row in csv.DictReader(file) if row["kind"] != "amendment"]
    names, votes = dict(Actor.objects.values_list("slug", "name")), []
    codes = dict(Actor.objects.values_list("slug", "iso3"))
    for number, row in enumerate(rows):
        cast = [
            (slug, LETTERS[row[slug]]) for slug in row if row[slug] in LETTERS and slug in names
        ]
        ballots = "; ".join(
            f"{codes[slug] or '   '} {names[slug]} {letter}" for slug, letter in cast
        )
        symbol = "resolution" if row["kind"] == "resolution" else "draft"
        said = {
            "resolution": "",
            "draft": "",
            symbol: row["symbol"],
            "meeting": "",
            "date": row["held"],
        }
        of_one = of_vote(number, ballots, **said)
        assert all(str(of_one[0][total]) == row[tally] for total, tally in TALLIES.items())
        votes.append(of_one)
    (tmp_path / "sc_voting.csv").write_text(table(COUNCIL, *votes), encoding="utf-8")

    assert (len(rows), sum(map(len, votes))) == (1948, 29_210)
    assert imported(tmp_path / "sc_voting.csv") == "votes: 0 created, 0 changed, 1,948 same"

    members = (
        "CHN China Y; RUS Russian Federation A; LBR Liberia Y; COD Democratic Republic of the "
        "Congo N"
    )
    own = {"draft": "S/2026/1", "meeting": "S/PV.10100", "date": "2026-01-05"}
    more = [
        of_vote(9000 + n, members, resolution=f"S/RES/{2800 + n}(2026)", **own) for n in range(10)
    ]
    (tmp_path / "sc_voting.csv").write_text(table(COUNCIL, *votes, *more), encoding="utf-8")
    assert {*imported(tmp_path / "sc_voting.csv").splitlines()} == {
        "actors: 2 created, 0 changed, 0 same",
        "sources: 1 created, 0 changed, 0 same",
        "votes: 10 created, 0 changed, 1,948 same",
    }
    assert {*Actor.objects.values_list("slug", flat=True)} - {*names} == {
        "liberia",
        "democratic-republic-of-the-congo",
    }
    assert Vote.objects.get(symbol="S/RES/2809(2026)").ballots.count() == 4
