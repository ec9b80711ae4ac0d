"""Findings: what pictures say is seen in them, which is no more than the claims say, and in the tense of the day."""

from datetime import date
from itertools import product

import pytest

from tests.public.cards.documents import ON, actor, alignment, context, issue, stance, vague
from tracker.public.cards.context import Body
from tracker.public.cards.findings import of_actor, of_two, on_differences, on_issue, relation
from tracker.values.vocabularies import Pattern

LATER = date(2026, 11, 27)
PAIR = [actor("China"), actor("Russia")]
OPPOSED = {"China": "supports", "Russia": "opposes"}
SCORES = {"strongly_supports": 2, "strongly_opposes": -2, "supports": 1, "neutral": 0, "opposes": -1, "silent": None}


def said_by(name: str, position: str = "supports", on: str = "relief", **other: object) -> Body:
    fields = {"actor": actor(name), "position": position, "score": SCORES[position], "issue": issue(on, on.title())}
    return stance(**{**fields, **other})


def test_of_an_issue_it_says_who_takes_which_position_and_how_pairs_relate() -> None:
    stances = [said_by("China", hedged=True), said_by("Russia", hedged=True), said_by("United States", "opposes")]
    pairs = [alignment(pattern="parallel"), alignment(pattern="hedges")]

    assert on_issue(stances, pairs, context()) == (
        "Supported by China and Russia, with reserve; opposed by the United States; China and Russia: parallel; "
        "China hedges against Russia."
    )
    assert on_issue([], [], context()) == ""
    turned = {"actor": actor("Russia"), "counterpart": actor("China")}
    assert on_issue([], [*pairs, *({**pair, **turned} for pair in pairs)], context()) == (
        "China and Russia: parallel; China hedges against Russia; Russia hedges against China."
    )
    against = {"pattern": "hedges", "counterpart": actor("Nicolás Maduro")}
    both = [alignment(**against, actor=actor(name)) for name in ("Russia", "China")]
    assert on_issue([], both, context()) == "China and Russia hedge against Nicolás Maduro."


def test_what_nobody_confirmed_for_long_is_told_as_of_then() -> None:
    assert on_issue([said_by("China"), said_by("Russia", "silent")], [], context(LATER)) == (
        "In June 2019, not confirmed since: supported by China; Russia was silent."
    )
    fresh = said_by("Russia", "opposes", confirmed_on="2026-11-01")
    assert on_issue([said_by("China"), fresh], [], context(LATER)) == (
        "Opposed by Russia. When last confirmed (June 2019): supported by China."
    )
    assert of_two(PAIR, [said_by("China"), said_by("Russia")], [alignment(pattern="coordinated")], context(LATER)) == (
        "In June 2019, not confirmed since: China and Russia took the same side on 1 of 1 question."
    )
    assert relation(PAIR, [alignment(pattern="coordinated")], context(LATER)) == (
        "In June 2019, not confirmed since: China and Russia coordinated on 1 issue."
    )
    assert of_actor([said_by("China"), fresh], context(LATER)) == (
        "Opposition on 1 of 1 position. When last confirmed (June 2019): support on 1 of 1."
    )


def test_claims_confirmed_in_several_months_are_told_of_all_of_them_not_of_the_newest() -> None:
    early = [said_by("China"), said_by("Russia")]
    late = [said_by(name, on="sanctions", confirmed_on="2022-02-04") for name in ("China", "Russia")]
    never = [said_by("China", on="talks", confirmed_on=None, since="2019-01-01")]

    assert of_two(PAIR, [*early, *late], [], context(LATER)) == (
        "Between 2019 and 2022, not confirmed since: China and Russia took the same side on 2 of 2 questions."
    )
    assert of_actor([*early[:1], *late[:1]], context(LATER)).startswith("Between 2019 and 2022, ")
    assert of_actor([*early[:1], *never], context(LATER)).startswith(
        "In June 2019, not confirmed since (1 of 2 claims never confirmed): "
    )
    pair = [alignment(confirmed_on="2022-02-04")]
    assert on_differences(PAIR, [[early[:1], early[1:], pair]], context(LATER)).startswith(
        "Between 2019 and 2022, not confirmed since: "
    )


def test_one_fresh_claim_makes_nothing_of_the_old_ones_fresh() -> None:
    """A question is fresh if both positions are; the others are told with when they were confirmed last."""
    old = [said_by(name, on=on) for on in ("relief", "talks") for name in ("China", "Russia")]
    apart = [said_by("China", on="bases"), said_by("Russia", "opposes", "bases", confirmed_on="2021-05-01")]
    half = said_by("China", on="relief", confirmed_on="2026-11-01")
    fresh = [said_by(name, on="sanctions", confirmed_on="2026-11-01") for name in ("China", "Russia")]

    then = "China and Russia took the same side on 2 of 3 questions, not on Bases."
    assert of_two(PAIR, [*old, *apart, half], [], context(LATER)) == (
        f"Between 2019 and 2021, not confirmed since: {then}"
    )
    assert of_two(PAIR, [*old, *apart, half, *fresh], [], context(LATER)) == (
        "China and Russia take the same side on 1 of 1 question; on 2 of 3 more when last confirmed (2019–2021)."
    )
    never = [said_by(name, on="talks", confirmed_on=None, since="2019-01-01") for name in ("China", "Russia")]
    assert of_two(PAIR, [*fresh, *never], [], context(LATER)).endswith(
        "question; on 1 of 1 more by claims that nobody has confirmed."
    )
    assert of_two(PAIR, [*fresh, *never, *old[:2]], [], context(LATER)).endswith(
        "question; on 2 of 2 more when last confirmed (June 2019; 2 never)."
    )
    columns = [[[china], [russia], []] for china, russia in (old[:2], old[2:], apart, fresh)]
    assert on_differences(PAIR, columns, context(LATER)) == (
        "China and Russia differ on 0 of 1 issue; on 1 of 3 more when last confirmed (2019–2021)."
    )
    ways = [alignment(pattern="parallel"), alignment(pattern="coordinated", confirmed_on="2026-11-01")]
    assert relation(PAIR, ways, context(LATER)) == (
        "China and Russia coordinate on 1 issue; they diverged or competed on 0 of 1 more when last confirmed (June "
        "2019)."
    )


def test_rivals_and_forecasts_are_named_as_such_or_not_counted() -> None:
    rival = said_by("China", "opposes", standing="contested", standing_note="Others say otherwise.")
    forecast = said_by("Russia", basis="forecast", likelihood="likely")

    assert on_issue([rival, forecast], [], context()) == (
        "No position of Russia is coded for 15 June 2019, only a forecast. Opposed by China, contested; Russia is "
        "forecast to support, likely (55–80 %)."
    )
    left_out = "Nothing is known for certain. Not counted: 1 contested claim and 1 forecast."
    assert of_actor([rival, forecast], context()) == of_two(PAIR, [rival, forecast], [], context()) == left_out


def test_of_many_positions_on_an_issue_it_says_how_many_more_there_are() -> None:
    many = [alignment(counterpart=actor(f"Another actor {number}"), pattern="defers") for number in range(9)]
    assert on_issue([], many, context()).endswith("China defers to Another actor 4; and 4 more.")


def test_of_many_actors_who_say_the_same_it_names_three() -> None:
    stances = [said_by(f"Actor {number}") for number in range(6)]
    assert on_issue(stances, [], context()) == "Supported by Actor 0, Actor 1, Actor 2 and 3 more."
    assert on_issue(stances[:4], [], context()) == "Supported by Actor 0, Actor 1, Actor 2 and Actor 3."


@pytest.mark.parametrize("on", [ON, LATER])
def test_whatever_there_is_a_finding_is_two_lines(on: date) -> None:
    """By letters, of which a line has room for some 115: of what is fresh, old and settled, with reserve or not."""
    names = [f"A republic {number}" for number in range(12)]
    about = context(on, settled={"canal": vague("2019-06-10")})
    several = [
        said_by(name, position, issue_, hedged=hedged, confirmed_on=day, id=number)
        for number, name in enumerate(names)
        for position, hedged in product(SCORES, (False, True))
        for issue_, day in (("relief", "2019-06-01"), ("canal", "2019-06-01"), ("oil", "2026-11-01"), ("gas", None))
    ]
    related = [alignment(pattern=pattern, counterpart=actor(name), confirmed_on=day)
               for pattern, name, day in product(Pattern, names, ("2019-06-01", "2026-11-01"))]  # fmt: skip
    of_one = [body for body in several if body["actor"]["name"] == names[0]]
    two = [body for body in several if body["actor"]["name"] in names[:2]]
    findings = (on_issue(several, related, about), of_actor(of_one, about), of_two(PAIR, two, related, about))

    assert [finding for finding in findings if not 0 < len(finding) <= 215] == []


def test_of_an_actor_it_counts_positions() -> None:
    stances = [said_by("Russia", on=on) for on in ("a", "b")] + [said_by("Russia", "silent", "c")]
    assert of_actor(stances, context()) == "Support on 2, silent on 1 of 3 positions."
    strong = [said_by("Russia", f"strongly_{term}", term) for term in ("supports", "opposes")]
    assert of_actor([*stances, *strong], context()) == "Support on 3, opposition on 1, silent on 1 of 5 positions."
    assert (
        of_actor(stances, context(date(1950, 3, 1)))
        == "Nothing is known for certain. Not counted: 3 claims not known to hold on that day."
    )


@pytest.mark.parametrize(
    ("other", "questions"),
    [
        ("supports", "2 of 2 questions"),
        ("opposes", "1 of 2 questions, not on Relief"),
        ("neutral", "1 of 2 questions, not on Relief"),
        ("silent", "1 of 1 question"),
    ],
)
def test_of_two_it_says_where_they_are_not_on_the_same_side(other: str, questions: str) -> None:
    stances = [said_by("China"), said_by("Russia", other), said_by("China", on="talks"), said_by("Russia", on="talks")]
    assert of_two(PAIR, stances, [], context()) == f"China and Russia take the same side on {questions}."
    if other == "silent":
        assert of_two(PAIR, stances[:2], [], context()) == (
            "Nothing is known for certain. Not counted: 2 claims of one actor only, or silent."
        )


def test_of_many_questions_on_which_two_differ_it_names_two() -> None:
    stances = [said_by(name, on=on, position=position) for on in "abcd" for name, position in OPPOSED.items()]
    assert of_two(PAIR, stances, [], context()).endswith(" on 0 of 4 questions, not on A, nor on B, nor on 2 more.")


def test_of_many_ways_it_names_the_most_frequent_and_how_the_two_are_apart() -> None:
    many = {"parallel": 9, "coordinated": 5, "defers": 2, "complementary": 1, "divergent": 1}
    fresh = [alignment(pattern=way, confirmed_on="2026-11-01") for way, number in many.items() for _ in range(number)]
    old = [alignment(pattern=way) for way in ("parallel", "competing", "divergent")]
    assert relation(PAIR, [*fresh, *old], context(LATER)) == (
        "China and Russia act in parallel on 9 issues, coordinate on 5, diverge on 1 and relate otherwise on 3; they "
        "diverged or competed on 2 of 3 more when last confirmed (June 2019)."
    )


def test_of_two_it_says_how_they_relate() -> None:
    ways = [alignment(pattern=pattern) for pattern in ("parallel", "parallel", "coordinated", "defers")]
    assert (
        of_two(PAIR, [], ways, context())
        == relation(PAIR, ways, context())
        == ("China and Russia act in parallel on 2 issues, coordinate on 1 and see one defer to the other on 1.")
    )
    assert of_two(PAIR, [], ways[3:], context(LATER)).endswith(
        "China and Russia saw one defer to the other on 1 issue."
    )
    assert relation(PAIR, [], context()) == ""


def test_it_says_on_how_many_issues_two_differ() -> None:
    apart = [said_by("China")], [said_by("Russia", "opposes")], []
    same = [said_by("China")], [said_by("Russia")], [alignment(pattern="parallel")]
    rival = [said_by("China")], [], [alignment(pattern="competing", standing="contested", standing_note="Rivals.")]
    unknown = [said_by("China")], [], []
    assert on_differences(PAIR, [apart, same, rival, unknown], context()) == (
        "China and Russia differ on 1 of 2 issues; on 1 more by claims that are contested, forecast or only possible."
    )
    assert on_differences(PAIR, [unknown], context()) == ""


def test_actors_who_do_the_same_to_another_are_told_together() -> None:
    ways = [alignment(actor=actor(name), counterpart=actor("Maduro"), pattern="hedges") for name in ("China", "Russia")]
    assert on_issue([], ways, context()) == "China and Russia hedge against Maduro."
    assert on_issue([], ways[:1], context()) == "China hedges against Maduro."


def test_what_is_not_known_to_hold_on_the_day_is_told_apart() -> None:
    early = date(1950, 3, 1)
    assert on_issue(
        [said_by("China"), said_by("Russia", "neutral")], [alignment(pattern="parallel")], context(early)
    ) == ("Not known whether already then: supported by China; Russia was neutral; China and Russia: parallel.")
    assert of_two(PAIR, [said_by("China"), said_by("Russia")], [], context(early)) == (
        "Nothing is known for certain. Not counted: 2 claims not known to hold on that day."
    )
