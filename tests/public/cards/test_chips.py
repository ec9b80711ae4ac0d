"""Chips: a word and a sign each, and four kinds of nothing that stay apart."""

from datetime import date

import pytest

from tests.public.cards.documents import ON, actor, alignment, context, meeting, stance
from tracker.public.cards.age import holds
from tracker.public.cards.chips import Nothing, chip, kind, nothing, status
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Pattern, Position

THEN = {
    "strongly_opposes": "strongly opposed",
    "opposes": "opposed",
    "neutral": "neutral",
    "supports": "supported",
    "strongly_supports": "strongly supported",
    "silent": "silent",
}


@pytest.mark.parametrize(
    ("position", "now", "then"),
    [
        ("strongly_opposes", "−− strongly opposes", "−− strongly opposed"),
        ("opposes", "− opposes", "− opposed"),
        ("neutral", "0 neutral", "0 was neutral"),
        ("supports", "+ supports", "+ supported"),
        ("strongly_supports", "++ strongly supports", "++ strongly supported"),
        ("silent", "silent", "was silent"),
    ],
)
def test_a_position_is_a_word_and_a_sign_and_told_as_of_then_if_nobody_confirmed_it(
    position, now, then
):
    body = stance(position=position)
    assert str(chip(Noun.STANCE, body, context())) == now
    old = chip(Noun.STANCE, body, context(date(2026, 11, 27)))
    assert str(old) == f"{then}, in June 2019, not confirmed since"
    assert {"chip", f"position-{position}", "stale"} <= set(old.classes.split())


def test_what_is_drawn_is_said_in_words_too() -> None:
    body = stance(
        standing="contested",
        hedged=True,
        basis="forecast",
        likelihood="likely",
        defers_to=actor("China"),
        confirmed_on=None,
    )
    drawn = chip(Noun.STANCE, body, context())
    assert drawn.notes == (
        "contested",
        "likely (55–80 %)",
        "with reserve",
        "deferring to China",
        "not known whether already then",
    )
    assert drawn.word == "was forecast to support"
    assert drawn.classes == "chip position-supports hedged contested forecast possible"
    assert drawn.href == "/stances/12/"


@pytest.mark.parametrize("position", Position)
def test_what_is_not_known_to_hold_on_the_day_is_no_fact(position: Position) -> None:
    drawn = chip(Noun.STANCE, stance(position=position), context(date(1950, 3, 1)))
    assert drawn.word == (
        "nothing found" if position == Position.NO_EVIDENCE else f"perhaps {THEN[position]}"
    )
    assert drawn.notes == ("not known whether already then",)
    assert "possible" in drawn.classes.split()


def test_a_forecast_is_never_told_as_a_position() -> None:
    """Neither as of the day nor as of then, of whatever position or pattern."""
    for on, opening in ((ON, "forecast to "), (date(2026, 11, 27), "was forecast to ")):
        for term in {*Position} - {Position.NO_EVIDENCE}:
            body = stance(position=term, basis="forecast", likelihood="likely", since="2019-06")
            assert chip(Noun.STANCE, body, context(on)).word.startswith(opening)
        for pattern in Pattern:
            body = alignment(
                pattern=pattern, basis="forecast", likelihood="likely", since="2019-06"
            )
            assert opening in chip(Noun.ALIGNMENT, body, context(on)).word


def test_of_a_claim_that_has_ended_or_is_to_come_the_day_is_said() -> None:
    ended = alignment(pattern="defers", since="2018", until="2019-04")
    assert (
        str(chip(Noun.ALIGNMENT, ended, context())) == "China deferred to Russia, until April 2019"
    )
    assert (
        str(chip(Noun.ALIGNMENT, ended, context(date(2017, 1, 1))))
        == "China defers to Russia, from 2018"
    )
    assert "to-come" in chip(Noun.ALIGNMENT, ended, context(date(2017, 1, 1))).classes.split()


def test_four_kinds_of_nothing_stay_apart() -> None:
    silent, not_found = stance(position="silent"), stance(position="no_evidence")
    chips = [chip(Noun.STANCE, body, context(date(2019, 6, 1))) for body in (silent, not_found)]
    shown = [*chips, nothing(Nothing.NOT_CODED), nothing(Nothing.NOT_ON_THAT_DAY)]
    assert [str(drawn) for drawn in shown] == [each.word for each in Nothing]
    assert len({drawn.classes for drawn in shown}) == 4
    assert [kind(Noun.STANCE, body) for body in (silent, not_found)] == [
        Nothing.SILENT,
        Nothing.NOTHING_FOUND,
    ]
    assert kind(Noun.STANCE, stance(position=Position.NEUTRAL)) is None
    assert all(nothing(each).sign == "" and each.meaning for each in Nothing)


def test_only_some_claims_hold_on_the_day() -> None:
    bodies = [
        stance(until="2019-04"),
        stance(position="opposes", since="2019-05"),
        stance(since="2020"),
    ]
    assert [body["position"] for body in bodies if holds(body, context())] == ["opposes"]


def test_a_meeting_whose_day_has_passed_is_overdue() -> None:
    planned = meeting(status="planned", since="2019-06-05", until="2019-06-07")
    assert str(status(Noun.MEETING, planned, context(date(2019, 6, 7)))) == "planned"
    assert str(status(Noun.MEETING, planned, context(date(2019, 6, 8)))) == "planned, overdue"
    assert str(status(Noun.MEETING, meeting(since="2014-05-21"), context())) == "held"
