"""How records are called, and what values say, for each place that calls them."""

from typing import Any

import pytest

from tracker.public.cards import wording
from tracker.public.cards.wording import distinctions, headline, label, terms_of, title, value
from tracker.public.formats.csv_documents import parts
from tracker.schema.fields import fields
from tracker.schema.records import SHAPES
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Position, Theme

CHINA, RUSSIA = ({"name": name, "slug": name.lower(), "url": "x"} for name in ("China", "Russia"))
ISSUE = {"name": "Maduro’s government", "slug": "maduro", "url": "x"}
UNDATED = {
    "since": None,
    "until": None,
    "basis": "statement",
    "confidence": "low",
    "standing": "accepted",
}
STANCE = {"actor": CHINA, "issue": ISSUE, "position": "supports", **UNDATED}
ALIGNMENT = {
    "actor": RUSSIA,
    "counterpart": CHINA,
    "issue": ISSUE,
    "pattern": "coordinated",
    **UNDATED,
}
VOTE = {
    "symbol": "",
    "title": "",
    "held": None,
    "kind": "draft",
    "body": {"name": "Security Council"},
}
SOURCE = {
    "title": "A paper",
    "publisher": None,
    "container_title": None,
    "issued": None,
    "type": "webpage",
    "url": None,
    "authors": [],
}


@pytest.mark.parametrize(
    ("noun", "record", "words"),
    [
        (Noun.STANCE, STANCE, "China on “Maduro’s government”: supports"),
        (Noun.STANCE, {**STANCE, "position": "neutral"}, "China on “Maduro’s government”: neutral"),
        (
            Noun.STANCE,
            {**STANCE, "position": "no_evidence"},
            "China on “Maduro’s government”: nothing found",
        ),
        (
            Noun.STANCE,
            {**STANCE, "basis": "forecast"},
            "Forecast: China on “Maduro’s government”: supports",
        ),
        (
            Noun.STANCE,
            {**STANCE, "until": {"edtf": "2019-05"}},
            "China on “Maduro’s government”: supports, from an unknown day until May 2019",
        ),
        (
            Noun.STANCE,
            {**STANCE, "since": {"edtf": "2019-06-05"}},
            "China on “Maduro’s government”: supports, from 5 June 2019",
        ),
        (Noun.ALIGNMENT, ALIGNMENT, "China and Russia on “Maduro’s government”: coordinated"),
        (
            Noun.ALIGNMENT,
            {**ALIGNMENT, "pattern": "defers"},
            "Russia defers to China on “Maduro’s government”",
        ),
        (
            Noun.MEETING,
            {"title": "G20\nsummit", "since": {"edtf": "2019-06"}},
            "G20 summit, June 2019",
        ),
        (
            Noun.MEETING,
            {"title": "Talks", "since": {"edtf": "[2019-06..2019-12]"}},
            "Talks, some day between June and December 2019",
        ),
        (Noun.MEETING, {"title": "G20 summit", "since": None}, "G20 summit"),
        (Noun.ISSUE, {"title": "Venezuela"}, "Venezuela"),
        (Noun.ACTOR, {"name": "China"}, "China"),
        (Noun.SOURCE, {"title": "A paper"}, "A paper"),
    ],
)
def test_a_feed_calls_a_record_by_who_and_what(
    noun: Noun, record: dict[str, Any], words: str
) -> None:
    assert headline(noun, record) == words


@pytest.mark.parametrize(
    ("noun", "record", "words"),
    [
        (Noun.STANCE, STANCE, "China supports (statement; low confidence)"),
        (
            Noun.STANCE,
            {**STANCE, "position": "no_evidence", "until": {"edtf": "2019"}},
            "China has no known position (until 2019; statement; low confidence)",
        ),
        (
            Noun.STANCE,
            {**STANCE, "since": {"edtf": "2019-06"}, "hedged": True, "standing": "contested"},
            "China supports (since June 2019; statement; low confidence; hedged; contested)",
        ),
        (
            Noun.STANCE,
            {**STANCE, "position": "a lost term"},
            "China a lost term (statement; low confidence)",
        ),
        (
            Noun.ALIGNMENT,
            {**ALIGNMENT, "since": {"edtf": "2018"}, "until": {"edtf": "2019"}},
            "Russia and China, coordinated (2018 to 2019; statement; low confidence)",
        ),
        (
            Noun.ALIGNMENT,
            {**ALIGNMENT, "pattern": "hedges"},
            "Russia hedges against China (statement; low confidence)",
        ),
        (
            Noun.MEETING,
            {"title": "G20\nsummit", "since": {"edtf": "2019-06"}},
            "G20 summit (June 2019)",
        ),
        (
            Noun.VOTE,
            {**VOTE, "symbol": "S/1", "title": "Aid", "held": {"edtf": "2019-02-28"}},
            "S/1: Aid (28 February 2019)",
        ),
        (Noun.VOTE, VOTE, "Security Council"),
        (Noun.ACTOR, {"name": "China"}, "China"),
    ],
)
def test_a_list_of_changes_calls_a_claim_by_all_that_it_claims(
    noun: Noun, record: dict[str, Any], words: str
) -> None:
    assert title(noun, record) == words


@pytest.mark.parametrize(
    ("noun", "record", "words"),
    [
        (Noun.ACTOR, {"name": "China", "kind": "state"}, "China"),
        (Noun.ACTOR, {"name": "Wagner", "kind": "armed_group"}, "Wagner (armed group)"),
        (Noun.ISSUE, {"title": "Venezuela", "question": ""}, "Venezuela (group of issues)"),
        (Noun.ISSUE, {"title": "Venezuela", "question": "Should he go?"}, "Venezuela"),
        (Noun.SOURCE, SOURCE, "A paper"),
        (
            Noun.SOURCE,
            {**SOURCE, "container_title": "The News", "issued": {"edtf": "2019~"}},
            "A paper (The News, 2019~)",
        ),
        (
            Noun.SOURCE,
            {**SOURCE, "container_title": "The News", "publisher": "USIP"},
            "A paper (USIP)",
        ),
        (Noun.STANCE, STANCE, "China supports: Maduro’s government"),
        (
            Noun.STANCE,
            {**STANCE, "since": {"edtf": "2018-12"}},
            "China supports: Maduro’s government (2018-12)",
        ),
        (
            Noun.STANCE,
            {**STANCE, "until": {"edtf": "2019"}},
            "China supports: Maduro’s government (until 2019)",
        ),
        (
            Noun.ALIGNMENT,
            {**ALIGNMENT, "since": {"edtf": "2018"}, "until": {"edtf": "2019"}},
            "Russia and China, coordinated: Maduro’s government (2018/2019)",
        ),
        (
            Noun.MEETING,
            {"title": "G20", "since": {"edtf": "2019-06"}, "until": None},
            "G20 (2019-06)",
        ),
        (Noun.VOTE, VOTE, "Security Council, draft"),
        (
            Noun.VOTE,
            {**VOTE, "symbol": "S/1", "title": "Aid", "held": {"edtf": "2019"}},
            "S/1: Aid (2019)",
        ),
    ],
)
def test_the_desk_calls_a_record_by_a_line(noun: Noun, record: dict[str, Any], words: str) -> None:
    assert label(noun, record) == words


@pytest.mark.parametrize(
    ("noun", "record", "words"),
    [
        (
            Noun.ACTOR,
            {"kind": "state", "iso3": "CHN", "short_name": "", "slug": "china"},
            ["state", "CHN", "china"],
        ),
        (
            Noun.ISSUE,
            {"question": "", "parent": {"name": "Americas"}},
            ["in Americas", "group of issues"],
        ),
        (Noun.ISSUE, {"question": "Should he go?"}, ["", "Should he go?"]),
        (
            Noun.SOURCE,
            {**SOURCE, "authors": [{"family": "Roe"}, {"literal": "UN"}, {"family": "Doe"}]},
            ["webpage", "Roe, UN", None, "", None],
        ),
        (Noun.MEETING, {}, []),
    ],
)
def test_what_is_called_alike_is_told_apart(
    noun: Noun, record: dict[str, Any], words: list[str | None]
) -> None:
    assert distinctions(noun, record) == words


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (None, ""),
        ("", ""),
        ([], ""),
        ({}, ""),
        (0, "0"),
        (False, "no"),
        (True, "yes"),
        ("lost", "lost"),
        ("human_rights", "human rights"),
        (["energy", "human_rights"], "energy, human rights"),
        (CHINA, "China"),
        ({"edtf": "2019-03"}, "March 2019"),
        ([CHINA, RUSSIA], "China, Russia"),
    ],
)
def test_a_value_is_told_in_words(given: Any, words: str) -> None:
    assert value(given, terms_of(Theme)) == words


def test_terms_are_told_by_their_labels() -> None:
    assert terms_of(Position)["no_evidence"] == "no evidence"


def test_fields_that_lists_of_changes_call_by_words_of_their_own_are_there() -> None:
    names = set[str]()
    for noun in Noun:
        names |= fields(SHAPES[noun]).keys()
        for part in parts(noun).values():
            names |= fields(part).keys()

    assert wording.FIELD_WORDS.keys() <= names
    assert not [words for words in wording.FIELD_WORDS.values() if "_" in words]
