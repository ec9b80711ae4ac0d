"""The dataset agrees with itself:
ballots of vetoes with what is quoted, and outlets with who speaks.
"""

import csv
import json
import re
from pathlib import Path

import tracker

FOLDER = Path(tracker.__file__).parent / "dataset"
OF_A_STATE = (
    *(
        "Xinhua",
        "CGTN",
        "CCTV",
        "China Daily",
        "Global Times",
        "People’s Daily",
        "Sputnik",
        "TASS",
        "RT",
        "IRNA",
    ),
    *(
        "Voice of America",
        "Radio Free Europe",
        "Azatutyun",
        "France 24",
        "Deutsche Welle",
        "KBS",
        "TRT",
        "Al Jazeera",
    ),
    *(
        "SBS News",
        "ABC News \\(Australia\\)",
        "1News",
        "Channel NewsAsia",
        "MIA",
        "Ukrinform",
        "Anadolu",
        "Tishreen",
    ),
)
STATE_MEDIA = re.compile(rf"\b({'|'.join(OF_A_STATE)})(?!\w)")
# Whose pages are mostly others' reports, each of which has the outlet of its origin.
PASSES_ON = {"MENAFN", "Pravda network", "Kinaforum"}


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def all_sources() -> list[dict[str, str]]:
    return [
        row for file in FOLDER.rglob("sources.csv") for row in rows(str(file.relative_to(FOLDER)))
    ]


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
    sources = [source for source in all_sources() if STATE_MEDIA.search(source["publisher"])]
    assert len(sources) > 100
    assert {source["publisher"] for source in sources if source["outlet"] != "state_media"} == set()


def test_a_publisher_is_one_outlet_in_all_sets() -> None:
    outlets: dict[str, set[str]] = {}
    for source in all_sources():
        outlets.setdefault(source["publisher"], set()).add(source["outlet"])
    assert {publisher for publisher, of in outlets.items() if len(of) > 1} == PASSES_ON


def test_publishers_are_told_in_words_for_readers() -> None:
    for name in ("sources.csv", "security-council/sources.csv", "general-assembly/sources.csv"):
        assert [source for source in rows(name) if "the store" in str(source)] == []
