"""Sets of the dataset that add memberships agree with what is there:
with ballots, and with actors of earlier sets.
"""

import csv
import json
from pathlib import Path

import tracker
from tracker.desk.management.commands.bootstrap import FIRST, SETS

FOLDER = Path(tracker.__file__).parent / "dataset"
ONLY_ADD = {"human-rights-council", "memberships"}
COUNCIL = FOLDER / "human-rights-council"
# the United States had left, and was counted
LEFT = {f"A/HRC/RES/38/{number}" for number in (2, 3, 12, 14, 16, 18)}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_who_cast_something_in_the_human_rights_council_was_a_member_and_who_was_one_did() -> None:
    """Of an interval the last day counts; dates are of a day or of a year."""
    terms = {
        row["slug"]: json.loads(row["memberships+"] or "[]") for row in rows(COUNCIL / "actors.csv")
    }
    members = [slug for slug, of_it in terms.items() if of_it]
    assert len(members) == 6
    contradictions = set()
    for vote in rows(COUNCIL / "votes.csv"):
        day = vote["held"].strip("[]")[-10:]
        for slug in members:
            has_seat = any(
                term["since"] <= day and day[: len(term["until"])] <= term["until"]
                for term in terms[slug]
            )
            if has_seat != bool(vote[slug]):
                contradictions.add((slug, vote[slug], vote["symbol"]))
    assert contradictions == {("united-states", "absent", symbol) for symbol in LEFT}


def test_sessions_of_the_human_rights_council_are_in_the_order_of_their_days() -> None:
    held = sorted(
        (int(vote["session"]), vote["held"].strip("[]")[-10:])
        for vote in rows(COUNCIL / "votes.csv")
        if vote["session"]
    )
    assert [day for _, day in held] == sorted(day for _, day in held)
    special = [vote["symbol"] for vote in rows(COUNCIL / "votes.csv") if not vote["session"]]
    assert len(special) == 21
    assert all("/S-" in symbol for symbol in special)


def test_rows_that_add_memberships_say_nothing_else_anew() -> None:
    """An empty cell would empty what an earlier set has, another word overwrite it."""
    latest: dict[str, dict[str, str]] = {}
    compared = 0
    for name in SETS:
        path = (FOLDER if name == FIRST else FOLDER / name) / "actors.csv"
        for row in rows(path) if path.exists() else ():
            before = latest.setdefault(row["slug"], {})
            if before and name in ONLY_ADD:
                cells = {
                    key: value
                    for key, value in row.items()
                    if not key.endswith("+") and key in before
                }
                assert cells == {key: before[key] for key in cells}, (name, row["slug"])
                compared += len(cells)
            before |= row
    assert compared > 20
