"""Votes from files: ballots in a cell, in a column a member, in words as they come;
and all that is wrong, at once.
"""

import gzip
from collections import defaultdict
from pathlib import Path

import pytest

from tests.desk.imports.importing import planned, run, write
from tests.factories import ActorFactory, SourceFactory
from tracker.models import Ballot, Vote

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
        "no: China | yes: France | against: Russia",
        '"{""yes"":[""france""],""no"":[""china"",""russia""]}"',
        '"[{""actor"":""france"",""choice"":""Y""},{""actor"":""CHN"",""choice"":""3""},{""actor"":""russia"",""choice"":""no""}]"',
    ],
)
def test_ballots_are_written_in_one_cell(tmp_path: Path, ballots: str) -> None:
    cell = ballots if ballots.startswith('"') else f'"{ballots}"'
    run(write(tmp_path, votes=f"{HEAD},ballots\n{VOTE},{cell}\n"))
    assert cast() == {"france": "yes", "china": "no", "russia": "no"}


@pytest.mark.parametrize(
    "words", ["Y,N,A", "yes,No,Abstain", "in favour,against,abstained", "1,3,2", "For,-1,0"]
)
def test_ballots_are_in_a_column_a_member_in_words_as_they_come(tmp_path: Path, words: str) -> None:
    run(write(tmp_path, votes=f"{HEAD},France,CHN,Russian Federation\n{VOTE},{words}\n"))
    assert cast() == {"france": "yes", "china": "no", "russia": "abstain"}


def test_an_empty_cell_is_no_ballot_and_a_file_imported_again_changes_nothing(
    tmp_path: Path,
) -> None:
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
        f'{ref},council,S/{ref},2019,draft,{outcome},{yes},{no},{no},"{cell}"'
        for ref, outcome, yes, no, cell in rows
    ]
    header = f"{HEAD},tally_yes,tally_no,tally_abstain,ballots"
    text_by_line: dict[int, str] = defaultdict(str)
    for problem in planned(write(tmp_path, votes="\n".join([header, *written, ""]))).faults:
        text_by_line[problem.place.line if problem.place else 0] += f"{problem}\n"

    assert "there is no actor" in text_by_line[2]
    assert "2 members cast “no”, and the tally counts 1" in text_by_line[3]
    assert "no permanent member is known to have voted against it" in text_by_line[4]
    assert "the same actor as item 1" in text_by_line[5]
    assert "begins with none of yes, no, abstain" in text_by_line[6]


def test_without_a_vote_something_is_adopted_and_has_neither_ballots_nor_a_count(
    tmp_path: Path,
) -> None:
    rows = [
        "v-1,council,S/1,2019,resolution,adopted,true,,,,",
        "v-2,council,S/2,2019,resolution,rejected,true,,,,",
        "v-3,council,S/3,2019,resolution,adopted,true,15,0,0,",
        'v-4,council,S/4,2019,resolution,adopted,true,,,,"yes: China"',
    ]
    header = f"{HEAD},without_vote,tally_yes,tally_no,tally_abstain,ballots"
    problems = [
        str(problem)
        for problem in planned(write(tmp_path, votes="\n".join([header, *rows, ""]))).faults
    ]
    assert [problem.partition(": ")[0] for problem in problems] == [
        "votes.csv, line 3, without_vote",
        "votes.csv, line 4, without_vote",
        "votes.csv, line 5, ballots",
    ]
    assert "1 members cast a ballot" in problems[2]


def test_a_column_of_nobody_is_no_column(tmp_path: Path) -> None:
    problems = list(planned(write(tmp_path, votes=f"{HEAD},Atlantis\n{VOTE},yes\n")).faults)
    assert any("votes have no such column" in str(problem) for problem in problems)


ACTORS = (
    "slug,kind,name,iso3,aliases\n"
    "togo,state,Togo,TGO,\n"
    "ghana,state,Ghana,GHA,\n"
    "benin,state,Benin,BEN,Dahomey\n"
)


@pytest.mark.parametrize("files", [["actors", "votes"], ["votes", "actors"]])
@pytest.mark.parametrize("heads", ["togo,GHA,Dahomey", "Togo,ghana,BEN"])
def test_columns_are_headed_by_members_that_come_with_the_same_import(
    tmp_path: Path, files: list[str], heads: str
) -> None:
    write(tmp_path, actors=ACTORS, votes=f"{HEAD},{heads},china\n{VOTE},yes,no,abstain,yes\n")
    paths = [tmp_path / f"{name}.csv" for name in files]
    run(*paths)
    assert cast() == {"togo": "yes", "ghana": "no", "benin": "abstain", "china": "yes"}

    version = Vote.objects.get().version
    run(*paths)
    assert Vote.objects.get().version == version


def test_a_column_of_a_misspelt_member_is_told_once_with_the_name_that_is_near(
    tmp_path: Path,
) -> None:
    votes = [
        f"v-{number},council,S/{number},2019,draft,adopted,yes,no,yes,no,yes,no,no"
        for number in range(3)
    ]
    header = f"{HEAD},Chinna,Toga,TGO,symboll,Russain Federation,Dahomy,Nowhere"
    problems = planned(write(tmp_path, actors=ACTORS, votes="\n".join([header, *votes, ""]))).faults
    assert [(problem.code, *problem.path, problem.params["near"]) for problem in problems] == [
        ("unknown_field", "Chinna", "did you mean china? "),
        ("unknown_field", "Toga", ""),
        ("unknown_field", "symboll", "did you mean symbol? "),
        ("unknown_field", "Russain Federation", "did you mean russia? "),
        ("unknown_field", "Dahomy", "did you mean benin? "),
        ("unknown_field", "Nowhere", ""),
    ]


def test_two_columns_of_a_member_and_one_of_several_are_told_once(tmp_path: Path) -> None:
    actors = f"{ACTORS}guinea,state,Guinea,,\nguinea-2,state,Equatorial Guinea,,Guinea\n"
    votes = [
        f"v-{number},council,S/{number},2019,draft,adopted,yes,yes,yes,no,no" for number in range(3)
    ]
    header = f"{HEAD},China,CHN,togo,Togo,Guinea"
    problems = planned(write(tmp_path, actors=actors, votes="\n".join([header, *votes, ""]))).faults
    assert [str(problem) for problem in problems] == [
        "votes.csv, line 1, CHN: it is of the same actor as the column China; remove one of "
        "the two",
        "votes.csv, line 1, Togo: it is of the same actor as the column togo; remove one of "
        "the two",
        "votes.csv, line 1, Guinea: several actors are called so; write guinea or guinea-2",
    ]


LONG = (
    "vote,actor,choice,note\nv-1,France,in favour,\nv-1,CHN,N,It had asked for a "
    "delay.\nv-1,Russian Federation,3,\n"
)


def test_ballots_are_in_a_file_of_their_own_beside_their_votes(tmp_path: Path) -> None:
    run(write(tmp_path, votes=f"{HEAD}\n{VOTE}\n", ballots=LONG))
    assert cast() == {"france": "yes", "china": "no", "russia": "no"}
    assert Vote.objects.get().ballots.get(actor__slug="china").note == "It had asked for a delay."

    version = Vote.objects.get().version
    run(tmp_path)
    assert Vote.objects.get().version == version


def test_ballots_beside_their_votes_may_be_packed_and_stand_in_any_order(tmp_path: Path) -> None:
    ballots = "vote,actor,choice\nv-2,china,yes\nv-1,china,no\nv-2,france,no\n"
    directory = write(tmp_path, votes=f"{HEAD}\n{VOTE}\nv-2,council,S/2,2019-03-01,draft,adopted\n")
    (directory / "ballots.csv.gz").write_bytes(gzip.compress(ballots.encode()))
    run(directory)
    choices = Ballot.objects.order_by("vote", "actor__slug").values_list(
        "vote__ref", "actor__slug", "choice"
    )
    assert [*choices] == [("v-1", "china", "no"), ("v-2", "china", "yes"), ("v-2", "france", "no")]


def test_ballots_of_votes_that_are_here_come_in_a_file_alone_by_ref_or_number(
    tmp_path: Path,
) -> None:
    run(
        write(
            tmp_path,
            votes=f"{HEAD}\nv-2,council,S/2,2019,draft,adopted\nv-1,council,S/1,2019,draft,adopted\n",
        )
    )
    (tmp_path / "votes.csv").unlink()
    first, second = Vote.objects.order_by("ref")

    run(
        write(
            tmp_path,
            ballots=f"actor,choice,vote\nchina,yes,{second.pk}\nfrance,a,v-1\nfrance,no,{second.pk}\n",
        )
    )

    assert set(first.ballots.values_list("actor__slug", "choice")) == {("france", "abstain")}
    assert set(second.ballots.values_list("actor__slug", "choice")) == {
        ("china", "yes"),
        ("france", "no"),
    }


def test_ballots_of_a_vote_here_and_of_one_in_the_files_come_together(tmp_path: Path) -> None:
    run(write(tmp_path, votes=f"{HEAD}\nv-2,council,S/2,2019,draft,adopted\n"))
    run(write(tmp_path, votes=f"{HEAD}\n{VOTE}\n", ballots=f"{LONG}v-2,china,yes,\n"))
    assert Vote.objects.get(ref="v-1").ballots.count() == 3
    assert Vote.objects.get(ref="v-2").ballots.get().actor.slug == "china"


def test_each_ballot_that_is_wrong_is_told_at_its_own_line_and_all_at_once(tmp_path: Path) -> None:
    wrong = (
        "vote,actor,choice\nv-1,china,no\nv-1,Chinna,yes\nv-9,france,yes\nv-1,france,perhaps\n"
        "v-1,CHN,yes\n,russia,yes\nv-1,russia\n"
    )
    for files in ({"votes": f"{HEAD}\n{VOTE}\n"}, {}):
        if not files:
            run(write(tmp_path, ballots="vote,actor,choice\nv-1,china,no\n"))
            (tmp_path / "votes.csv").unlink()
        text_by_line = {
            problem.place.line: str(problem)
            for problem in planned(write(tmp_path, ballots=wrong, **files)).faults
            if problem.place and problem.place.file == "ballots.csv"
        }
        assert "actor: “Chinna”: there is no actor" in text_by_line[3]
        assert "did you mean china?" in text_by_line[3]
        assert "line 4 would be a new vote" in text_by_line[1]
        assert "choice: “perhaps”: " in text_by_line[5]
        assert "write one of yes, no, abstain" in text_by_line[5]
        assert "the same actor as item 1" in text_by_line[6]
        assert "it says of no vote; write the ref or the number of the vote" in text_by_line[7]
        assert "the row has 2 cells, the header 3" in text_by_line[8]


def test_a_file_of_ballots_without_their_columns_is_refused_with_all_that_it_lacks(
    tmp_path: Path,
) -> None:
    [fault] = planned(write(tmp_path, ballots="vote,member,choise\nv-1,china,yes\n")).faults
    assert str(fault) == (
        "ballots.csv, line 1: of the columns of ballots, it lacks “actor”, “choice”; unknown "
        "are “member”, “choise” (did you mean choice?); write vote, actor, choice, note"
    )


def test_ballots_stand_in_one_of_the_two_files(tmp_path: Path) -> None:
    files = {"votes": f'{HEAD},ballots\n{VOTE},"no: China"\n', "ballots": LONG}
    messages = [str(fault) for fault in planned(write(tmp_path, **files)).faults]
    assert (
        "votes.csv, line 2, ref: “v-1”: it is the same as in line 2 of ballots.csv; keep one "
        "of the two" in messages
    )
