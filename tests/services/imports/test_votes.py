"""Votes from files: ballots in a cell, in a column a member, in words as they come; and all that is wrong, at once."""

from collections import defaultdict
from pathlib import Path

import pytest

from tests.factories import ActorFactory, SourceFactory
from tests.services.imports.importing import planned, run, write
from tracker.models import Vote

pytestmark = pytest.mark.django_db
HEAD = "ref,body,symbol,held,kind,outcome"
VOTE = "v-1,council,S/2019/186,2019-02-28,draft,vetoed"


@pytest.fixture(autouse=True)
def world() -> None:
    """A council and three members, found by slug, code, name or alias."""
    council = ActorFactory(slug="council", kind="organization")
    seat = [{"organization": council, "role": "permanent member"}]
    ActorFactory(slug="china", name="China", iso3="CHN", memberships=seat)
    ActorFactory(slug="russia", name="Russia", aliases=["Russian Federation"], memberships=seat)
    ActorFactory(slug="france", name="France", short_name="FR", memberships=seat)
    SourceFactory(ref="article")


def cast() -> dict[str, str]:
    """Return who cast what in the one vote that there is."""
    return dict(Vote.objects.get().ballots.values_list("actor__slug", "choice"))


@pytest.mark.parametrize(
    "ballots",
    [
        "yes: France | no: China; Russian Federation",
        "in favour: FR\nagainst: CHN; russia",
        '"{""yes"":[""france""],""no"":[""china"",""russia""]}"',
        '"[{""actor"":""france"",""choice"":""Y""},{""actor"":""CHN"",""choice"":""3""},{""actor"":""russia"",""choice"":""no""}]"',
    ],
)
def test_ballots_are_written_in_one_cell(tmp_path: Path, ballots: str) -> None:
    cell = ballots if ballots.startswith('"') else f'"{ballots}"'
    run(write(tmp_path, votes=f"{HEAD},ballots\n{VOTE},{cell}\n"))
    assert cast() == {"france": "yes", "china": "no", "russia": "no"}


@pytest.mark.parametrize("words", ["Y,N,A", "yes,No,Abstain", "in favour,against,abstained", "1,3,2", "For,-1,0"])
def test_ballots_are_in_a_column_a_member_in_words_as_they_come(tmp_path: Path, words: str) -> None:
    run(write(tmp_path, votes=f"{HEAD},France,CHN,Russian Federation\n{VOTE},{words}\n"))
    assert cast() == {"france": "yes", "china": "no", "russia": "abstain"}


def test_an_empty_cell_is_no_ballot_and_a_file_imported_again_changes_nothing(tmp_path: Path) -> None:
    file = write(tmp_path, votes=f"{HEAD},FR,china,russia\n{VOTE},,no,x\n")
    run(file)
    version = Vote.objects.get().version
    run(file)
    assert cast() == {"china": "no", "russia": "absent"}
    assert Vote.objects.get().version == version


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    rows = [
        ("v-1", "vetoed", "0", "", "no: Atlantis"),
        ("v-2", "adopted", "1", "1", "yes: China | no: Russia; France"),
        ("v-3", "vetoed", "", "", "yes: China"),
        ("v-4", "adopted", "", "", "yes: China | no: CHN"),
        ("v-5", "adopted", "", "", "perhaps: China"),
    ]
    written = [
        f'{ref},council,S/{ref},2019,draft,{outcome},{yes},{no},{no},"{cell}"' for ref, outcome, yes, no, cell in rows
    ]
    header = f"{HEAD},tally_yes,tally_no,tally_abstain,ballots"
    said: dict[int, str] = defaultdict(str)
    for problem in planned(write(tmp_path, votes="\n".join([header, *written, ""]))).faults:
        said[problem.place.line if problem.place else 0] += f"{problem}\n"

    assert "there is no actor" in said[2]
    assert "2 members cast “no”, and the tally counts 1" in said[3]
    assert "it was vetoed, and no member voted against it" in said[4]
    assert "the same actor as item 1" in said[5]
    assert "begins with none of yes, no, abstain" in said[6]


def test_a_column_of_nobody_is_no_column(tmp_path: Path) -> None:
    found = list(planned(write(tmp_path, votes=f"{HEAD},Atlantis\n{VOTE},yes\n")).faults)
    assert any("votes have no such column" in str(problem) for problem in found)
