"""The set of corrections:
ballots by members of their year, and no claim of 2019 that reads as present fact.
"""

import csv
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import tracker
from tracker.desk.management.commands.bootstrap import FIRST, SETS

FOLDER = Path(tracker.__file__).parent / "dataset"
CORRECTIONS = FOLDER / "corrections-2026"
COUNCIL = "united-nations-security-council"
PERMANENT = {"china", "france", "russia", "united-kingdom", "united-states"}
CHECKED_IN_2019 = 139
TELLS_ITS_YEAR = re.compile(r"\b20[12]\d\b")
# They tell what was done on a day: a vote on an army, a letter, the pressure before a deployment.
EVENTS = re.compile(r"\b(declared|voted|opposed|joined|signed|put pressure|was read)\b")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def rows_of_all_sets(name: str) -> Iterator[dict[str, str]]:
    for slug in SETS:
        path = (FOLDER if slug == FIRST else FOLDER / slug) / name
        if path.exists():
            yield from rows(path)


def members(year: str) -> set[str]:
    """Return the Council's members of a year, as the terms in all sets have them."""
    elected = set()
    for row in rows_of_all_sets("actors.csv"):
        for term in json.loads(row.get("memberships") or row.get("memberships+") or "[]"):
            is_council = term["organization"] == COUNCIL and term["role"] == "elected member"
            if is_council and term["since"][:4] <= year <= term["until"][:4]:
                elected.add(row["slug"])
    return PERMANENT | elected


def claims() -> dict[str, dict[str, str]]:
    """Return each claim as the last set that has it tells it."""
    latest: dict[str, dict[str, str]] = {}
    for name in ("stances.csv", "alignments.csv"):
        for row in rows_of_all_sets(name):
            latest.setdefault(row["ref"], {}).update(
                {key: cell for key, cell in row.items() if key != "resolutions"}
            )
    return latest


@pytest.mark.parametrize("year", ["2025", "2026", "2027"])
def test_the_council_has_fifteen_members(year: str) -> None:
    assert len(members(year)) == 15


def test_ballots_are_those_of_all_members_and_add_up() -> None:
    votes = rows(CORRECTIONS / "votes.csv")
    assert len(votes) == 4
    for vote in votes:
        ballots = json.loads(vote["ballots"])
        voters = [actor for actors in ballots.values() for actor in actors]
        assert len(voters) == 15
        assert set(voters) == members(vote["held"][:4]), vote["ref"]
        tally = {choice: int(vote[f"tally_{choice}"]) for choice in ("yes", "no", "abstain")}
        assert tally == {choice: len(ballots.get(choice, [])) for choice in tally}


def test_refs_of_votes_are_new() -> None:
    with gzip.open(
        FOLDER / "security-council-votes" / "votes.csv.gz", "rt", encoding="utf-8"
    ) as file:
        earlier = {row["ref"] for row in csv.DictReader(file)}
    assert earlier.isdisjoint(row["ref"] for row in rows(CORRECTIONS / "votes.csv"))


def test_a_vote_on_a_question_is_called_what_it_was_about() -> None:
    """The item of the agenda, which many votes share, tells nobody which one it was."""
    questions = {row["slug"] for row in rows_of_all_sets("issues.csv") if row.get("question")}
    linked = rows(FOLDER / "votes-on-questions" / "votes.csv")
    council = FOLDER / "security-council-votes" / "votes.csv.gz"
    with gzip.open(council, "rt", encoding="utf-8") as file:
        votes = {row["ref"]: row for row in csv.DictReader(file)}
    for row in linked:
        votes[row["ref"]] = {**votes.get(row["ref"], {}), **row}
    on_questions = [vote for vote in votes.values() if vote["issue"]]

    assert {row["issue"] for row in linked} <= questions
    assert len(on_questions) > 80
    assert not [
        vote["ref"] for vote in on_questions if re.search(", (draft|amendment)$", vote["title"])
    ]
    assert votes["vote-sc-s-2023-212"]["title"] == "Inquiry into the explosions at Nord Stream"


def test_no_claim_last_checked_in_2019_reads_as_present_fact() -> None:
    """Claims on settled questions are told as of that day,
    and what was not found as of when it was looked for.
    """
    settled = {row["slug"] for row in rows_of_all_sets("issues.csv") if row.get("settled")}
    of_2019 = [
        claim
        for claim in claims().values()
        if claim["confirmed_on"][:4] == "2019"
        and claim["issue"] not in settled
        and not claim["until"]
    ]
    assert len(of_2019) > 60
    assert [
        claim["ref"]
        for claim in of_2019
        if claim.get("position") != "no_evidence"
        and not TELLS_ITS_YEAR.search(claim["summary"])
        and not EVENTS.search(claim["summary"])
    ] == []


def test_the_list_of_what_became_of_them_names_each_once() -> None:
    text = (CORRECTIONS / "claims-of-2019.md").read_text()
    refs = re.findall(r"`((?:stance|alignment)-[^`]+)`", text)
    assert len(refs) == len(set(refs)) == CHECKED_IN_2019
    assert set(refs) <= claims().keys()
    assert sum(map(int, re.findall(r"^## .+: (\d+)$", text, re.M))) == CHECKED_IN_2019
