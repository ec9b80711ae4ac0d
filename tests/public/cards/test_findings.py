"""Findings: what pictures say is seen in them, which is no more than the claims say,
and in the tense of the day.
"""

from datetime import date
from itertools import product

import pytest

from tests.public.cards.documents import ON, actor, alignment, context, issue, stance, vague
from tests.public.cards.sides import different, two
from tracker.public.cards.context import Body
from tracker.public.cards.findings import of_actor, on_issue, relation
from tracker.values.vocabularies import Pattern

LATER = date(2026, 11, 27)
PAIR = [actor("China"), actor("Russia")]
OPPOSED = {"China": "supports", "Russia": "opposes"}
SCORES = {
    "strongly_supports": 2,
    "strongly_opposes": -2,
    "supports": 1,
    "neutral": 0,
    "opposes": -1,
    "silent": None,
}


def said_by(name: str, position: str = "supports", on: str = "relief", **other: object) -> Body:
    fields = {
        "actor": actor(name),
        "position": position,
        "score": SCORES[position],
        "issue": issue(on, on.title()),
    }
    return stance(**{**fields, **other})


def test_of_an_issue_it_says_who_takes_which_position_and_how_pairs_relate() -> None:
    stances = [
        said_by("China", hedged=True),
        said_by("Russia", hedged=True),
        said_by("United States", "opposes"),
    ]
    pairs = [alignment(pattern="parallel"), alignment(pattern="hedges")]

    assert on_issue(stances, pairs, context()) == (
        "Supported by China and Russia, with reserve; opposed by the United States; China "
        "and Russia: parallel; China hedges against Russia. Checked June 2019."
    )
    assert on_issue([], [], context()) == ""
    turned = {"actor": actor("Russia"), "counterpart": actor("China")}
    assert on_issue([], [*pairs, *({**pair, **turned} for pair in pairs)], context()) == (
        "China and Russia: parallel; China hedges against Russia; Russia hedges against "
        "China. Checked June 2019."
    )
    against = {"pattern": "hedges", "counterpart": actor("Nicolás Maduro")}
    both = [alignment(**against, actor=actor(name)) for name in ("Russia", "China")]
    assert (
        on_issue([], both, context())
        == "China and Russia hedge against Nicolás Maduro. Checked June 2019."
    )


def test_what_nobody_confirmed_for_long_is_told_as_of_then() -> None:
    assert on_issue([said_by("China"), said_by("Russia", "silent")], [], context(LATER)) == (
        "In June 2019, not confirmed since: supported by China; Russia was silent."
    )
    fresh = said_by("Russia", "opposes", confirmed_on="2026-11-01")
    assert on_issue([said_by("China"), fresh], [], context(LATER)) == (
        "Opposed by Russia. Checked November 2026. When last confirmed (June 2019): "
        "supported by China."
    )
    assert two(
        [said_by("China"), said_by("Russia")], [alignment(pattern="coordinated")], context(LATER)
    ) == ("When last checked (June 2019), China and Russia took the same side on 1 of 1 question.")
    assert relation(PAIR, [alignment(pattern="coordinated")], context(LATER)) == (
        "In June 2019, not confirmed since: China and Russia coordinated on 1 issue."
    )
    assert of_actor([said_by("China"), fresh], context(LATER)) == (
        "Opposition on 1 of 1 position. Checked November 2026. When last confirmed (June "
        "2019): support on 1 of 1."
    )


def test_claims_confirmed_in_several_months_are_told_of_all_of_them_not_of_the_newest() -> None:
    early = [said_by("China"), said_by("Russia")]
    late = [
        said_by(name, on="sanctions", confirmed_on="2022-02-04") for name in ("China", "Russia")
    ]
    never = [said_by("China", on="talks", confirmed_on=None, since="2019-01-01")]

    assert two([*early, *late], [], context(LATER)) == (
        "When last checked (2019–2022), China and Russia took the same side on 2 of 2 questions."
    )
    assert of_actor([*early[:1], *late[:1]], context(LATER)).startswith("Between 2019 and 2022, ")
    assert of_actor([*early[:1], *never], context(LATER)).startswith(
        "In June 2019, not confirmed since (1 of 2 claims never confirmed): "
    )


def test_one_fresh_claim_makes_nothing_of_the_old_ones_fresh() -> None:
    """A question is fresh if both positions are;
    the others are told with when they were confirmed last.
    """
    old = [said_by(name, on=on) for on in ("relief", "talks") for name in ("China", "Russia")]
    apart = [
        said_by("China", on="bases"),
        said_by("Russia", "opposes", "bases", confirmed_on="2021-05-01"),
    ]
    half = said_by("China", on="relief", confirmed_on="2026-11-01")
    fresh = [
        said_by(name, on="sanctions", confirmed_on="2026-11-01") for name in ("China", "Russia")
    ]

    assert two([*old, *apart, half], [], context(LATER)) == (
        "When last checked (2019–2021), China and Russia took the same side on 2 of 3 "
        "questions. They differed on Bases."
    )
    assert two([*old, *apart, half, *fresh], [], context(LATER)) == (
        "China and Russia take the same side on 1 of 1 question, checked November 2026. Of 3 "
        "more (last checked 2019–2021), they agreed on 2."
    )
    never = [
        said_by(name, on="talks", confirmed_on=None, since="2019-01-01")
        for name in ("China", "Russia")
    ]
    assert two([*fresh, *never], [], context(LATER)).endswith(
        " Of 1 more (never checked), they agreed on 1."
    )
    assert two([*fresh, *never, *old[:2]], [], context(LATER)).endswith(
        " Of 2 more (last checked June 2019, 2 never), they agreed on 2."
    )
    assert different([*old, *apart, *fresh], context(LATER)) == (
        "China and Russia differ on 0 of 1 question, checked November 2026. Of 3 more (last "
        "checked 2019–2021), they differed on 1."
    )
    ways = [
        alignment(pattern="parallel"),
        alignment(pattern="coordinated", confirmed_on="2026-11-01"),
    ]
    assert relation(PAIR, ways, context(LATER)) == (
        "China and Russia coordinate on 1 issue; they diverged or competed on 0 of 1 more "
        "when last confirmed (June 2019)."
    )


def test_rivals_and_forecasts_are_named_as_such_or_not_counted() -> None:
    rival = said_by("China", "opposes", standing="contested", standing_note="Others say otherwise.")
    forecast = said_by("Russia", basis="forecast", likelihood="likely")

    assert on_issue([rival, forecast], [], context()) == (
        "No position of Russia is coded for 15 June 2019, only a forecast. Opposed by China, "
        "contested; Russia is forecast to support, likely (55–80 %). Checked June 2019."
    )
    left_out = "Nothing is known for certain. Not counted: 1 contested claim and 1 forecast."
    assert (
        of_actor([rival, forecast], context()) == two([rival, forecast], [], context()) == left_out
    )


def test_of_many_positions_on_an_issue_it_says_how_many_more_there_are() -> None:
    many = [
        alignment(counterpart=actor(f"Another actor {number}"), pattern="defers")
        for number in range(9)
    ]
    assert on_issue([], many, context()).endswith(
        "China defers to Another actor 4; and 4 more. Checked June 2019."
    )


def test_the_first_position_on_an_issue_is_told_however_long_it_is() -> None:
    long = "Friends of the Relief of Sanctions" * 9
    stances = [said_by(long, "supports"), said_by("China", "opposes")]

    assert on_issue(stances, [], context()) == (
        f"Supported by {long}; and 1 more. Checked June 2019."
    )


def test_of_many_actors_who_say_the_same_it_names_three() -> None:
    stances = [said_by(f"Actor {number}") for number in range(6)]
    assert (
        on_issue(stances, [], context())
        == "Supported by Actor 0, Actor 1, Actor 2 and 3 more. Checked June 2019."
    )
    assert (
        on_issue(stances[:4], [], context())
        == "Supported by Actor 0, Actor 1, Actor 2 and Actor 3. Checked June 2019."
    )


@pytest.mark.parametrize("on", [ON, LATER])
def test_whatever_there_is_a_finding_is_two_lines(on: date) -> None:
    """By letters, of which a line has room for some 115:
    of what is fresh, old and settled, with reserve or not.
    """
    names = [f"A republic {number}" for number in range(12)]
    about = context(on, settled={"canal": vague("2019-06-10")})
    several = [
        said_by(name, position, issue_, hedged=hedged, confirmed_on=day, id=number)
        for number, name in enumerate(names)
        for position, hedged in product(SCORES, (False, True))
        for issue_, day in (
            ("relief", "2019-06-01"),
            ("canal", "2019-06-01"),
            ("oil", "2026-11-01"),
            ("gas", None),
        )
    ]
    related = [
        alignment(pattern=pattern, counterpart=actor(name), confirmed_on=day)
        for pattern, name, day in product(Pattern, names, ("2019-06-01", "2026-11-01"))
    ]
    of_one = [body for body in several if body["actor"]["name"] == names[0]]
    of_both = [body for body in several if body["actor"]["name"] in names[:2]]
    findings = (
        on_issue(several, related, about),
        of_actor(of_one, about),
        two(of_both, related, about),
    )

    assert [finding for finding in findings if not 0 < len(finding) <= 230] == []


def test_of_an_actor_it_counts_positions() -> None:
    stances = [said_by("Russia", on=on) for on in ("a", "b")] + [said_by("Russia", "silent", "c")]
    assert (
        of_actor(stances, context())
        == "Support on 2, silent on 1 of 3 positions. Checked June 2019."
    )
    strong = [said_by("Russia", f"strongly_{term}", term) for term in ("supports", "opposes")]
    assert of_actor([*stances, *strong], context()) == (
        "Support on 3, opposition on 1, silent on 1 of 5 positions. Checked June 2019."
    )
    assert (
        of_actor(stances, context(date(1950, 3, 1)))
        == "Nothing is known for certain. Not counted: 3 claims not known to hold on that day."
    )


@pytest.mark.parametrize(
    ("other", "questions"),
    [
        ("supports", "2 of 2 questions, checked June 2019."),
        ("opposes", "1 of 2 questions, checked June 2019. They differ on Relief."),
        ("neutral", "1 of 2 questions, checked June 2019. They differ on Relief."),
        ("silent", "1 of 1 question, checked June 2019."),
    ],
)
def test_of_two_it_says_where_they_are_not_on_the_same_side(other: str, questions: str) -> None:
    stances = [
        said_by("China"),
        said_by("Russia", other),
        said_by("China", on="talks"),
        said_by("Russia", on="talks"),
    ]
    assert two(stances, [], context()) == f"China and Russia take the same side on {questions}"
    if other == "silent":
        assert two(stances[:2], [], context()) == (
            "Nothing is known for certain. Not counted: 2 claims of one actor only, or silent."
        )


def test_of_many_questions_on_which_two_differ_it_names_two() -> None:
    stances = [
        said_by(name, on=on, position=position)
        for on in "abcd"
        for name, position in OPPOSED.items()
    ]
    assert two(stances, [], context()).endswith(
        " on 0 of 4 questions, checked June 2019. They differ on A, on B and on 2 more."
    )


def test_of_many_ways_it_names_the_most_frequent_and_how_the_two_are_apart() -> None:
    many = {"parallel": 9, "coordinated": 5, "defers": 2, "complementary": 1, "divergent": 1}
    fresh = [
        alignment(pattern=way, confirmed_on="2026-11-01")
        for way, number in many.items()
        for _ in range(number)
    ]
    old = [alignment(pattern=way) for way in ("parallel", "competing", "divergent")]
    assert relation(PAIR, [*fresh, *old], context(LATER)) == (
        "China and Russia act in parallel on 9 issues, coordinate on 5, diverge on 1 and "
        "relate otherwise on 3; they diverged or competed on 2 of 3 more when last confirmed "
        "(June 2019)."
    )


def test_of_two_it_says_how_they_relate() -> None:
    ways = [
        alignment(pattern=pattern) for pattern in ("parallel", "parallel", "coordinated", "defers")
    ]
    assert (
        two([], ways, context())
        == relation(PAIR, ways, context())
        == (
            "China and Russia act in parallel on 2 issues, coordinate on 1 and see one defer "
            "to the other on 1."
        )
    )
    assert two([], ways[3:], context(LATER)).endswith(
        "China and Russia saw one defer to the other on 1 issue."
    )
    assert relation(PAIR, [], context()) == ""


def test_whoever_is_on_no_side_is_not_compared() -> None:
    """Rivals, forecasts, silence, and how the two relate, say nothing of sides."""
    rival = [
        said_by("China", "opposes", standing="contested", standing_note="Rivals."),
        said_by("Russia"),
    ]
    forecast = [
        said_by("China", on="oil", likelihood="likely"),
        said_by("Russia", "opposes", "oil"),
    ]
    apart = [said_by("China", on="gas"), said_by("Russia", "opposes", "gas")]

    assert different([*rival, *forecast, *apart], context()) == (
        "China and Russia differ on 1 of 1 question, checked June 2019."
    )


def test_actors_who_do_the_same_to_another_are_told_together() -> None:
    ways = [
        alignment(actor=actor(name), counterpart=actor("Maduro"), pattern="hedges")
        for name in ("China", "Russia")
    ]
    assert (
        on_issue([], ways, context()) == "China and Russia hedge against Maduro. Checked June 2019."
    )
    assert on_issue([], ways[:1], context()) == "China hedges against Maduro. Checked June 2019."


def test_what_is_not_known_to_hold_on_the_day_is_told_apart() -> None:
    early = date(1950, 3, 1)
    assert on_issue(
        [said_by("China"), said_by("Russia", "neutral")],
        [alignment(pattern="parallel")],
        context(early),
    ) == (
        "Not known whether already then: supported by China; Russia was neutral; China and "
        "Russia: parallel. Checked June 2019."
    )
    assert two([said_by("China"), said_by("Russia")], [], context(early)) == (
        "Nothing is known for certain. Not counted: 2 claims not known to hold on that day."
    )
