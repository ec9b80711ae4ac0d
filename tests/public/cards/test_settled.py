"""What held when a question was settled is told as of that day:
in sentences, chips, findings and pictures.
"""

from datetime import date
from typing import Any

import pytest

from tests.public.cards.documents import actor, alignment, context, issue, stance, vague
from tests.public.cards.sides import different, two
from tests.public.cards.test_findings import PAIR, said_by
from tracker.public.cards.age import Age, age, holds
from tracker.public.cards.chips import cautions, chip
from tracker.public.cards.claim_sentences import alignment as alignment_sentence
from tracker.public.cards.claim_sentences import stance as stance_sentence
from tracker.public.cards.context import Context
from tracker.public.cards.findings import of_actor, on_issue, relation
from tracker.values.nouns import Noun

DAY, LATER = date(2019, 7, 1), date(2026, 11, 27)
FORBIDDEN = ("confirmed since", "ever confirmed", "has supported", "supports", "coordinate on")


def settled(on: date = LATER, day: str = "2019-07-01", **others: str) -> Context:
    """Return a context in which the question about Pyongyang is settled, and others are."""
    days_of = {slug: vague(of) for slug, of in {"pyongyang": day, **others}.items()}
    return context(on, settled=days_of)


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2018", None, Age.SETTLED),
        (None, None, Age.SETTLED),
        ("2019-07-01", None, Age.SETTLED),
        ("2019-07", "2019-07", Age.SETTLED),  # perhaps it began later, or had ended
        ("2018", "2019-07-01", Age.SETTLED),
        ("2018", "2030", Age.SETTLED),
        ("2018", "2019-06-30", Age.ENDED),
        ("2019-07-02", None, Age.STALE),
        ("2027", None, Age.TO_COME),
    ],
)
def test_a_claim_is_of_the_day_on_which_its_question_was_settled_if_it_held_then(
    since, until, expected
) -> None:
    body = stance(since=since, until=until)

    assert age(body, settled()) is expected
    assert holds(body, settled()) is (expected in (Age.SETTLED, Age.STALE))


def test_it_is_so_from_the_day_after_and_of_a_vague_day_from_the_last_that_it_can_mean() -> None:
    body = stance(since="2018")

    assert [age(body, settled(date(2019, 7, day))) for day in (1, 2)] == [Age.NOW, Age.SETTLED]
    assert [age(body, settled(date(2019, *day), "2019-07")) for day in ((7, 31), (8, 1))] == [
        Age.NOW,
        Age.SETTLED,
    ]
    assert age(body, settled(day="2019-07")) is Age.SETTLED
    assert age(stance(since="2018", issue=issue("another", "Another")), settled()) is Age.STALE


def test_sentences_are_of_that_day() -> None:
    about = settled()

    assert str(stance_sentence(stance(since="2018"), about)) == (
        "On “Sanctions relief” (“Should sanctions on Pyongyang be eased?”), on 1 July 2019, "
        "when the question was settled, Russia supported this (from 2018), as stated. "
        "Moderate confidence. Last confirmed on 1 June 2019."
    )
    assert str(alignment_sentence(alignment(since="2018"), about)) == (
        "On 1 July 2019, when the question was settled, China and Russia coordinated on "
        "“Sanctions relief” (from 2018), as stated. Moderate confidence. Last confirmed on 1 "
        "June 2019."
    )
    assert str(stance_sentence(stance(position="no_evidence", confirmed_on=None), about)).endswith(
        "on 1 July 2019, when the question was settled, nothing was found on where Russia "
        "stood on this (from an unknown day). Basis: statement. Moderate confidence."
    )
    assert "in July 2019, when the question was settled, " in str(
        stance_sentence(stance(), settled(day="2019-07"))
    )
    forecast = stance(since="2018", basis="forecast", likelihood="likely")
    assert "it was likely (55–80 %), by forecast, that Russia would support this" in str(
        stance_sentence(forecast, about)
    )


def test_one_that_begins_later_is_told_of_the_day_asked_for_and_reopens_the_question() -> None:
    body = stance(since="2026-05", confirmed_on="2026-11-01")

    assert age(body, settled()) is Age.NOW
    assert str(stance_sentence(body, settled())).endswith(
        "Russia has supported this since May 2026, as stated. The question had been settled "
        "on 1 July 2019. Moderate confidence. Last confirmed on 1 November 2026."
    )
    assert "settled" not in str(stance_sentence(stance(since="2018"), settled(date(2019, 6, 1))))


def test_chips_say_it_in_words_and_matrices_once_a_row() -> None:
    shown = chip(Noun.STANCE, stance(since="2018"), settled())

    assert str(shown) == "+ supported, when settled, on 1 July 2019"
    assert "settled" in shown.classes.split()
    assert "stale" not in shown.classes.split()
    assert shown.ageless_notes == ()
    assert cautions(stance(since="2018"), settled()) == "when settled, on 1 July 2019"


def test_findings_count_it_by_its_day() -> None:
    about = settled(relief="2019-07-01", canal="2020-03-05")
    pair = [said_by("China"), said_by("Russia")]
    fresh = [said_by(name, on="gas", confirmed_on="2026-11-01") for name in ("China", "Russia")]
    old = [said_by(name, on="oil") for name in ("China", "Russia")]
    canal = [said_by("China", on="canal"), said_by("Russia", "opposes", on="canal")]

    assert (
        on_issue(pair, [], about)
        == "On 1 July 2019, when it was settled: supported by China and Russia."
    )
    assert two([*fresh, *old, *pair, *canal], [], about) == (
        "China and Russia take the same side on 1 of 1 question, checked November 2026. Of 1 "
        "more (last checked June 2019), they agreed on 1. Of 2 decided (2019–2020), they "
        "agreed on 1."
    )
    assert two([*old, *pair], [], about) == (
        "When last checked (June 2019), China and Russia took the same side on 1 of 1 "
        "question. Of 1 decided (July 2019), they agreed on 1."
    )
    assert (
        two(pair, [], about)
        == "When decided (July 2019), China and Russia took the same side on 1 of 1 question."
    )
    assert two([*pair, *canal], [], about) == (
        "When decided (2019–2020), China and Russia took the same side on 1 of 2 questions. "
        "They differed on Canal."
    )
    assert of_actor([*fresh, pair[0], canal[0]], about) == (
        "Support on 2 of 2 positions. Checked November 2026. When settled (2019–2020): "
        "support on 2 of 2."
    )
    assert relation(PAIR, [alignment(pattern="coordinated")], about) == (
        "On 1 July 2019, when it was settled: China and Russia coordinated on 1 issue."
    )
    assert different([*fresh, *pair, *canal], about) == (
        "China and Russia differ on 0 of 1 question, checked November 2026. Of 2 decided "
        "(2019–2020), they differed on 1."
    )
    assert (
        different(pair, about)
        == "When decided (July 2019), China and Russia differed on 0 of 1 question."
    )


def test_a_question_of_which_one_side_is_settled_and_the_other_later_is_not_compared() -> None:
    about = settled(relief="2019-07-01")
    reopened = said_by("Russia", since="2026-05", confirmed_on="2026-11-01")

    assert two([said_by("China"), reopened], [], about) == (
        "Nothing is known for certain. Not counted: 2 claims of one actor only, or silent."
    )
    both: list[dict[str, Any]] = [reopened, {**reopened, "actor": actor("China")}]
    assert two([said_by("China"), said_by("Russia"), *both], [], about) == (
        "China and Russia take the same side on 1 of 1 question, checked November 2026."
    )


def test_no_sentence_of_a_settled_question_tells_it_as_of_today() -> None:
    about = settled()
    bodies = [
        stance(since=since, confirmed_on=day)
        for since in (None, "2018")
        for day in (None, "2019-06-01")
    ]

    said = [str(stance_sentence(body, about)) for body in bodies] + [
        str(chip(Noun.STANCE, b, about)) for b in bodies
    ]
    said += [
        on_issue(bodies, [alignment()], about),
        of_actor([said_by("China", issue=bodies[0]["issue"])], about),
    ]
    assert not [text for text in said for word in FORBIDDEN if word in text]
