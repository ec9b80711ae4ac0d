"""The dataset of vetoes agrees with itself: its ballots with what it quotes, and its outlets with who speaks."""

import csv
import json
import re
from pathlib import Path

import tracker

FOLDER = Path(tracker.__file__).parent / "dataset"
STATE_MEDIA = re.compile("Xinhua|Sputnik|TASS|Tishreen|\\bRT\\b|CGTN|Global Times")


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_whom_a_quote_names_has_a_ballot_if_it_is_an_actor_here() -> None:
    """Except the one that the draft is about, of which the quote may speak otherwise."""
    states = {
        row["name"]: row["slug"]
        for file in ("actors.csv", "security-council/actors.csv")
        for row in rows(file)
        if row["kind"] == "state" and row.get("name")
    }
    assert len(states) > 20
    missing = []
    for vote in rows("security-council/votes.csv"):
        cast = {member for members in json.loads(vote["ballots"]).values() for member in members}
        quotes = " ".join(citation.get("quote", "") for citation in json.loads(vote["citations"]))
        missing += [
            (vote["ref"], name)
            for name, slug in states.items()
            if name in quotes and name not in vote["title"] and slug not in cast
        ]
    assert missing == []


def test_what_a_state_directs_is_no_independent_outlet_wherever_it_is_reprinted() -> None:
    sources = [source for source in rows("security-council/sources.csv") if STATE_MEDIA.search(source["publisher"])]
    assert len(sources) > 4
    assert {source["outlet"] for source in sources} == {"state_media"}


def test_publishers_are_told_in_words_for_readers() -> None:
    for name in ("sources.csv", "security-council/sources.csv", "general-assembly/sources.csv"):
        assert [source for source in rows(name) if "the store" in str(source)] == []
