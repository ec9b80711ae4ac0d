"""Sentences of claims: every combination of fields says each of them once,
and a hundred of them are read.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.public.cards.documents import ON, QUESTIONS, actor, alignment, citation, context, stance
from tracker.public.cards import claim_sentences as sentences
from tracker.public.cards.age import Age, age
from tracker.public.cards.cards import brief
from tracker.public.cards.claim_sentences import PATTERNS, POSITIONS
from tracker.public.cards.grammar import whose
from tracker.values import days
from tracker.values.nouns import Noun
from tracker.values.vocabularies import DIRECTED, PERCENT, Basis, Likelihood, Pattern, Position

READ = Path(__file__).with_name("sentences.txt")
SINCE = (
    None,
    "2018-12-05",
    "2019-02",
    "2008",
    "201X",
    "2018~",
    "2018%",
    "[2019-03..2019-05]",
    "2019-07",
)
UNTIL = (None, "2019-04", "[2019-07..2020-03]")
CONFIRMED = (None, "2019-06-01", "2018-02-03", "2019-12-24")
BASIS = {
    "statement": "as stated",
    "action": "as actions show",
    "inference": "as inferred",
    "forecast": "by forecast",
}
UNSURE = re.compile(r"it is not known whether (already|still|already or still) on 15 june 2019\.")
NOT_CODED = ("always", "clearly", "still", "currently", "never ", "probably", "recently")


def combinations() -> Iterator[dict[str, Any]]:
    """Yield the fields that both kinds of claims have, in every combination that can be stored."""
    for since, until, confirmed, basis, standing in product(
        SINCE, UNTIL, CONFIRMED, Basis, ("accepted", "contested")
    ):
        if since == "2019-07" and until == "2019-04":
            continue
        yield {
            "since": since,
            "until": until,
            "confirmed_on": confirmed,
            "basis": basis.value,
            "standing": standing,
            "standing_note": "Another source has it otherwise" if standing == "contested" else None,
            "likelihood": "likely" if basis == Basis.FORECAST else None,
        }


def check(
    sentence: str, body: dict[str, Any], given: dict[str, Any], verbs: tuple[str, ...]
) -> None:
    """Hold a sentence against the fields that it is made of."""
    time, text = age(body, context()), sentence.casefold()
    for end in ("since", "until"):
        assert not body[end] or days.when(body[end]) in sentence
    assert ("an unknown day" in sentence) is (body["since"] is None)
    assert ("likely (55–80 %)" in sentence) is (given["basis"] == "forecast")
    assert f"{body['confidence']} confidence" in text
    assert ("contested" in text) is (given["standing"] == "contested")
    assert ("Another source has it otherwise." in sentence) is (given["standing"] == "contested")
    assert not [
        word for word in NOT_CODED if word in UNSURE.sub("", text.replace("never confirmed", ""))
    ]
    assert bool(UNSURE.search(text)) is (time is Age.POSSIBLE)
    is_unconfirmed = time is Age.POSSIBLE and not given["until"] and not given["confirmed_on"]
    assert ("ot confirmed since" in sentence or "ever confirmed" in sentence) is (
        time is Age.STALE or is_unconfirmed
    )
    if given["confirmed_on"]:
        assert days.day(date.fromisoformat(given["confirmed_on"])) in sentence
    if time is Age.STALE:
        assert not given["until"]
    if time in (Age.STALE, Age.POSSIBLE):
        without_would = sentence.replace(f" would {verbs[3]}", " would ")
        assert not any(f" {verb.strip()} " in without_would for verb in verbs[:2]), (
            "told as present fact"
        )
    assert sentence == " ".join(sentence.split())
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert not [
        wrong for wrong in (" ,", " .", "..", ",,", "( ", " )", "None", "  ") if wrong in sentence
    ]


@pytest.mark.slow
@pytest.mark.parametrize("at_hand", ["", "pyongyang"])
@pytest.mark.parametrize("position", Position)
def test_each_stance_says_each_field_and_no_two_say_the_same(
    position: Position, at_hand: str
) -> None:
    sentences_seen = set()
    for given, hedged, to, means in product(
        combinations(), (False, True), (None, actor("China")), ([], ["economic", "legal"])
    ):
        body = stance(
            **given, position=position.value, hedged=hedged, defers_to=to, instruments=means
        )
        sentence = str(sentences.stance(body, context(issue=at_hand)))
        check(sentence, body, given, POSITIONS[position])
        assert (QUESTIONS["pyongyang"] in sentence) is not at_hand
        assert ("Sanctions relief" in sentence) is not at_hand
        assert ("with reserve" in sentence) is hedged
        assert ("deferring to China" in sentence) is (to is not None)
        assert ("by economic and legal means" in sentence) is bool(means)
        if position != Position.NO_EVIDENCE:
            assert [basis for basis, words in BASIS.items() if words in sentence] == [
                given["basis"]
            ]
        sentences_seen.add(sentence)
    assert len(sentences_seen) == 8 * sum(1 for _ in combinations())


@pytest.mark.parametrize("at_hand", ["", "pyongyang"])
@pytest.mark.parametrize("pattern", Pattern)
def test_each_alignment_says_each_field_and_no_two_say_the_same(
    pattern: Pattern, at_hand: str
) -> None:
    sentences_seen = set()
    for given in combinations():
        body = alignment(**given, pattern=pattern.value)
        sentence = str(sentences.alignment(body, context(issue=at_hand)))
        assert ("Sanctions relief" in sentence) is not at_hand
        check(sentence, body, given, PATTERNS[pattern])
        sentences_seen.add(sentence)
    assert len(sentences_seen) == sum(1 for _ in combinations())


def test_a_likelihood_carries_its_range() -> None:
    for term in Likelihood:
        at_least, at_most = PERCENT[term]
        assert term.rule == f"{at_least} to {at_most} %."
        sentence = str(sentences.stance(stance(basis="forecast", likelihood=term.value), context()))
        assert f"{term.label} ({at_least}–{at_most} %), by forecast, that" in sentence


def test_what_was_not_confirmed_for_a_year_is_told_as_said_then() -> None:
    body = stance(position="strongly_supports", confirmed_on="2018-06-14")
    assert str(sentences.stance(body, context())) == (
        "On “Sanctions relief” (“Should sanctions on Pyongyang be eased?”), in June 2018, "
        "Russia strongly supported this (from an unknown day), as stated. Moderate "
        "confidence. Not confirmed since 14 June 2018."
    )
    assert str(sentences.stance(body, context(issue="pyongyang"))) == (
        "In June 2018, Russia strongly supported this (from an unknown day), as stated. "
        "Moderate confidence. Not confirmed since 14 June 2018."
    )
    body["confirmed_on"] = "2018-06-15"
    assert "has strongly supported" in str(sentences.stance(body, context()))


@pytest.mark.parametrize(
    ("since", "until", "confirmed", "on", "doubt"),
    [
        (None, None, "2019-06-01", "1950-03-01", "already"),
        (None, None, "2019-06-01", "2019-05-31", "already"),
        (None, None, "2019-06-01", "2019-06-01", ""),
        (None, None, None, "2019-06-01", "already"),
        (None, "2019-04-05", None, "2019-04-05", ""),
        (None, "2019-04-05", None, "2019-04-04", "already"),
        (None, "2019-04", None, "2019-04-15", "already or still"),
        (None, "2019-04", "2019-02-03", "2019-03-31", ""),
        (None, "2019-04", "2019-06-01", "2019-03-31", "already"),
        ("2019-02", None, "2019-06-01", "2019-02-27", "already"),
        ("2019-02", None, "2019-06-01", "2019-02-28", ""),
        ("2019-02", None, "2019-02-14", "2019-02-14", ""),
        ("2018", "2019-04", None, "2019-04-01", ""),
        ("2018", "2019-04", None, "2019-04-02", "still"),
    ],
)
def test_on_a_day_on_which_it_is_not_known_to_hold_a_claim_is_possible(
    since, until, confirmed, on, doubt
):
    """Before the first day on which it surely held,
    or after the first on which it may have ended.
    """
    body, day = stance(since=since, until=until, confirmed_on=confirmed), date.fromisoformat(on)
    sentence = str(sentences.stance(body, context(day)))
    assert age(body, context(day)) is (Age.POSSIBLE if doubt else Age.NOW)
    part = (
        f" supported this {days.period(body['since'], body['until'])}, as stated. It is not "
        f"known whether {doubt} on"
    )
    assert (f"{part} {days.day(day)}." in sentence) is bool(doubt)


def test_a_forecast_whose_day_has_passed_says_that_what_came_of_it_is_not_coded() -> None:
    body = stance(since="2019-06", basis="forecast", likelihood="likely", defers_to=actor("China"))
    assert str(sentences.stance(body, context(date(2022, 3, 1), issue="pyongyang"))) == (
        "In June 2019, it was likely (55–80 %), by forecast, that Russia would support this "
        "from June 2019, deferring to China. Whether it came about is not coded. Moderate "
        "confidence. Not confirmed since 1 June 2019."
    )
    assert "not coded" not in str(sentences.stance(body, context()))


def test_what_had_ended_when_it_was_checked_was_not_confirmed() -> None:
    ended = str(sentences.stance(stance(until="[2019-03..2019-05]"), context()))
    assert ended.endswith("Last checked on 1 June 2019.")
    assert str(sentences.stance(stance(until="2019-06"), context())).endswith(
        "Last confirmed on 1 June 2019."
    )


def test_of_rivals_it_is_told_who_says_so_and_who_says_otherwise() -> None:
    cited = [
        citation(),
        citation(),
        citation(2, "Another view"),
        citation(3, "A third", relation="contradicts"),
    ]
    sentence = str(
        sentences.stance(
            stance(standing="contested", standing_note="They differ.", citations=cited), context()
        )
    )
    assert sentence.startswith(
        "Contested: according to “How they work together” (Institute of Peace) and “Another "
        "view”, on “Sanctions relief” (“Should"
    )
    assert (
        "“A third” says otherwise. Contested because: They differ. Moderate confidence." in sentence
    )


@pytest.mark.parametrize(("number", "more"), [(4, "1 more source"), (6, "3 more sources")])
def test_many_sources_are_counted(number: int, more: str) -> None:
    cited = [citation(2 + each, f"Source {2 + each}") for each in range(number)]
    sentence = str(
        sentences.stance(
            stance(standing="contested", standing_note="?", citations=cited), context()
        )
    )
    assert f"“Source 2”, “Source 3”, “Source 4” and {more}, on" in sentence


def test_names_take_the_article_and_the_number_that_english_gives_them() -> None:
    def sentence(name: str, on: date = ON) -> str:
        return str(sentences.stance(stance(actor=actor(name), position="opposes"), context(on)))

    assert "the United States has opposed" in sentence("United States")
    assert "the European Union has opposed" in sentence("European Union")
    assert "), China has opposed" in sentence("China")
    assert "), Western countries have opposed" in sentence("Western countries")
    assert "), The Elders has opposed" in sentence("The Elders")


def test_names_in_a_sentence_lead_to_their_pages() -> None:
    pieces = list(sentences.stance(stance(defers_to=actor("China")), context()))
    assert [(piece.text, piece.href) for piece in pieces if piece.noun] == [
        ("Sanctions relief", "/issues/pyongyang/"),
        ("Russia", "/actors/russia/"),
        ("China", "/actors/china/"),
    ]


@pytest.mark.parametrize("pattern", Pattern)
def test_two_are_named_in_one_order_unless_one_does_something_to_the_other(
    pattern: Pattern,
) -> None:
    """Whichever is the first in the record: as the page about the two names them."""
    first, second = (
        alignment(
            pattern=pattern.value, actor=actor(name), counterpart=actor(counterpart), since="2018"
        )
        for name, counterpart in (("China", "Russia"), ("Russia", "China"))
    )
    sentence, reversed_ = (str(sentences.alignment(body, context())) for body in (first, second))
    assert sentence.startswith("China ")
    assert reversed_.startswith("Russia ") is (pattern in DIRECTED)
    assert (sentence == reversed_) is (pattern not in DIRECTED)
    assert whose(first) == whose(second) == "China and Russia"
    assert (
        brief(Noun.ALIGNMENT, second, context()).title == "China and Russia on “Sanctions relief”"
    )


def test_without_its_question_a_stance_says_on_which_issue_it_is() -> None:
    sentence = str(sentences.stance(stance(), context(questions={})))
    assert sentence.startswith(
        "On the question of “Sanctions relief”, Russia has supported this from an unknown day on,"
    )


def hundred() -> list[str]:
    given = list(combinations())
    names = ("Russia", "United States", "Western countries", "North Korea", "European Union")
    written = []
    for number in range(100):
        fields = given[number * 37 % len(given)] | {
            "confidence": ("low", "moderate", "high")[number % 3]
        }
        if fields["likelihood"]:
            fields["likelihood"] = list(Likelihood)[number % 7].value
        name = actor(names[number % 5])
        if number % 3 == 2:
            pattern = list(Pattern)[number // 3 % 7].value
            written.append(
                sentences.alignment(
                    alignment(**fields, pattern=pattern, counterpart=name), context()
                )
            )
            continue
        means = [["diplomatic"], [], ["diplomatic", "economic", "military"]][number % 3]
        to = actor("China") if number % 4 == 1 else None
        position = list(Position)[number % 7].value
        body = stance(
            **fields,
            actor=name,
            position=position,
            hedged=number % 5 == 3,
            defers_to=to,
            instruments=means,
        )
        written.append(sentences.stance(body, context()))
    return [str(sentence) for sentence in written]


def test_a_hundred_sentences_are_as_they_were_read() -> None:
    assert "\n".join(hundred()) + "\n" == READ.read_text()
