"""What a change is called where people read it."""

from typing import Any

import pytest

from tracker.formats.atom import Entry, details, headline, title_of
from tracker.values.nouns import Noun

CHINA, RUSSIA, TURKEY = ({"name": name, "slug": name.lower(), "url": "x"} for name in ("China", "Russia", "Turkey"))
ISSUE = {"name": "Maduro’s government", "slug": "maduro", "url": "x"}
STANCE = {"actor": CHINA, "issue": ISSUE, "position": "supports"}
ALIGNMENT = {"actor": RUSSIA, "counterpart": CHINA, "issue": ISSUE, "pattern": "coordinated"}


def told(operation: str, changed: dict[str, Any] | None = None, **more: Any) -> Entry:
    """Return a change of a stance."""
    change = {"edition": 3, "operation": operation, "changed": changed or {}, "note": None}
    return Entry(Noun.STANCE, change, STANCE, **more)


@pytest.mark.parametrize(
    ("noun", "record", "words"),
    [
        (Noun.STANCE, STANCE, "China supports “Maduro’s government”"),
        (Noun.STANCE, {**STANCE, "position": "neutral"}, "China is neutral on “Maduro’s government”"),
        (Noun.STANCE, {**STANCE, "position": "no_evidence"}, "China has no known position on “Maduro’s government”"),
        (Noun.ALIGNMENT, ALIGNMENT, "Russia and China on “Maduro’s government”: coordinated"),
        (Noun.ALIGNMENT, {**ALIGNMENT, "pattern": "defers"}, "Russia defers to China on “Maduro’s government”"),
        (Noun.MEETING, {"title": "G20\nsummit", "since": {"edtf": "2019-06"}}, "G20 summit, 2019-06"),
        (Noun.MEETING, {"title": "Talks", "since": {"edtf": "[2019-06..2019-12]"}}, "Talks, 2019-06 to 2019-12"),
        (Noun.MEETING, {"title": "G20 summit", "since": None}, "G20 summit"),
        (Noun.ISSUE, {"title": "Venezuela"}, "Venezuela"),
        (Noun.ACTOR, {"name": "China"}, "China"),
        (Noun.SOURCE, {"title": "A paper"}, "A paper"),
    ],
)
def test_a_record_is_called_by_who_and_what(noun: Noun, record: dict[str, Any], words: str) -> None:
    assert title_of(noun, record) == words


@pytest.mark.parametrize(
    ("change", "happened"),
    [
        (told("published"), "new stance"),
        (told("updated", {"position": ["opposes", "supports"], "standing_note": ["a", "b"]}), "changed: position, "
         "standing note"),
        (told("renamed", {"defers_to": [{**TURKEY, "name": "Türkiye"}, TURKEY]}), "a name in it changed: Türkiye is "
         "Turkey now"),
        (told("renamed", {"citations": [[], [1]]}), "a name in it changed: citations"),
        (told("retracted"), "retracted"),
        (told("merged", survivor={**STANCE, "actor": RUSSIA}), "merged into Russia supports “Maduro’s government”"),
        (told("merged"), "merged"),
    ],
)  # fmt: skip
def test_what_happened_is_said_after_it(change: Entry, happened: str) -> None:
    assert headline(change) == f"China supports “Maduro’s government” ({happened})"


def test_details_tell_each_field_in_plain_words() -> None:
    changed = {
        "position": ["opposes", "supports"], "defers_to": [None, RUSSIA], "summary": ["a", "b"],
        "since": [None, {"edtf": "2019-03", "earliest": "2019-03-01", "latest": "2019-03-31"}],
    }  # fmt: skip

    assert list(details(told("updated", changed))) == [
        "position opposes → supports", "since none → 2019-03", "defers to none → Russia", "summary reworded",
    ]  # fmt: skip
