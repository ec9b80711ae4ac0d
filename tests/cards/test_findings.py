"""Findings: what pictures say is seen in them, which is no more than the claims say, and in the tense of the day."""

from datetime import date

import pytest

from tests.cards.bodies import actor, alignment, context, issue, stance
from tracker.cards.context import Body
from tracker.cards.findings import of_actor, of_two, on_issue

LATER = date(2026, 11, 27)
PAIR = [actor("China"), actor("Russia")]
SCORES = {"strongly_supports": 2, "supports": 1, "neutral": 0, "opposes": -1, "silent": None}


def said_by(name: str, position: str = "supports", on: str = "relief", **other: object) -> Body:
    """Return a stance of an actor on an issue."""
    said = {"actor": actor(name), "position": position, "score": SCORES[position], "issue": issue(on, on.title())}
    return stance(**{**said, **other})


def test_of_an_issue_it_says_who_takes_which_position_and_how_pairs_relate() -> None:
    stances = [said_by("China", hedged=True), said_by("Russia", hedged=True), said_by("United States", "opposes")]
    pairs = [alignment(pattern="parallel"), alignment(pattern="hedges")]

    assert on_issue(stances, pairs, context()) == (
        "Supported by China and Russia, with reserve; opposed by the United States; China and Russia: parallel; "
        "China hedges against Russia."
    )
    assert on_issue([], [], context()) == ""


def test_what_nobody_confirmed_for_long_is_told_as_of_then() -> None:
    assert on_issue([said_by("China"), said_by("Russia", "silent")], [], context(LATER)) == (
        "In June 2019, not confirmed since: supported by China; silent: Russia."
    )
    fresh = said_by("Russia", "opposes", confirmed_on="2026-11-01")
    assert on_issue([said_by("China"), fresh], [], context(LATER)) == (
        "Supported by China, in June 2019, not confirmed since; opposed by Russia."
    )
    assert of_two(PAIR, [said_by("China"), said_by("Russia")], [alignment(pattern="coordinated")], context(LATER)) == (
        "In June 2019, not confirmed since: China and Russia took the same side on 1 of 1 questions; "
        "they coordinated on 1 issue."
    )
    assert of_actor([said_by("China"), fresh], context(LATER)).startswith("1 of 2 claims not confirmed for long: ")


def test_rivals_and_forecasts_are_named_as_such_or_not_counted() -> None:
    rival = said_by("China", "opposes", standing="contested", standing_note="Others say otherwise.")
    forecast = said_by("Russia", basis="forecast", likelihood="likely")

    assert on_issue([rival, forecast], [], context()) == (
        "Opposed by China, contested; supported by Russia, forecast: likely (55–80 %)."
    )
    assert of_actor([rival, forecast], context()) == of_two(PAIR, [rival, forecast], [], context()) == ""


def test_of_many_positions_on_an_issue_it_says_how_many_more_there_are() -> None:
    many = [alignment(actor=actor(f"Actor {number}"), pattern="defers") for number in range(9)]
    assert on_issue([], many, context()).endswith("; and 4 more.")


def test_of_an_actor_it_counts_positions() -> None:
    stances = [said_by("Russia", on=on) for on in ("a", "b")] + [said_by("Russia", "silent", "c")]
    assert of_actor(stances, context()) == "Support on 2, silent on 1 of 3 positions."


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ("supports", "take the same side on 2 of 2 questions"),
        ("opposes", "take the same side on 1 of 2 questions, and not on Relief"),
        ("neutral", "take the same side on 1 of 2 questions, and not on Relief"),
        ("silent", "take the same side on 1 of 1 questions"),
    ],
)
def test_of_two_it_says_where_they_are_not_on_the_same_side(other: str, told: str) -> None:
    stances = [said_by("China"), said_by("Russia", other), said_by("China", on="talks"), said_by("Russia", on="talks")]
    assert of_two(PAIR, stances, [], context()) == f"China and Russia {told}."


def test_of_two_it_says_how_they_relate() -> None:
    ways = [alignment(pattern=pattern) for pattern in ("parallel", "parallel", "coordinated", "defers")]
    assert of_two(PAIR, [], ways, context()) == (
        "China and Russia act in parallel on 2 issues, coordinate on 1 and see one defers to the other on 1."
    )
