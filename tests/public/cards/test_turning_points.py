"""Where one claim took the place of another both say so, in sentences;
that nothing was found is of its day.
"""

from datetime import date

import pytest

from tests.public.cards.documents import actor, alignment, citation, context, issue, stance
from tracker.public.cards.age import Age, age, without_nothing
from tracker.public.cards.cards import Card
from tracker.public.cards.chips import chip
from tracker.public.cards.claim_sentences import alignment as alignment_sentence
from tracker.public.cards.claim_sentences import stance as stance_sentence
from tracker.public.cards.turning_points import turning_points
from tracker.values.nouns import Noun

LATER = date(2026, 11, 27)


def chained(*claims, on=LATER):
    return context(on, turning_points=turning_points(claims))


def earlier(**other):
    return stance(
        **{"id": 11, "since": "2018", "until": "2024-12-07", "position": "opposes", **other}
    )


def later(**other):
    return stance(**{"id": 12, "since": "2024-12-08", "confirmed_on": "2026-11-01", **other})


@pytest.mark.parametrize(
    ("until", "since", "follows"),
    [
        ("2024-12-07", "2024-12-08", True),
        ("2024-12-07", "2024-12-09", False),
        ("2024-12-08", "2024-12-08", True),
        ("2024-12-09", "2024-12-08", False),
        ("[2019-03..2019-05]", "[2019-03..2019-05]", True),
        ("2019", "2019-06", True),
        ("2019", "2020", True),
        ("2019", "2020-02", False),
        (None, "2020", False),
    ],
)
def test_one_takes_the_place_of_another_without_a_gap(until, since, follows):
    before, after = earlier(until=until), later(since=since)

    points = turning_points([after, before])

    expected = (
        {(Noun.STANCE, 11): (None, after), (Noun.STANCE, 12): (before, None)} if follows else {}
    )
    assert points == expected


@pytest.mark.parametrize(
    "other",
    [
        {"actor": actor("Iran")},
        {"issue": issue("seoul", "Another")},
        {"standing": "contested"},
        {"likelihood": "likely"},
        {"position": "no_evidence"},
    ],
)
def test_only_what_the_team_holds_of_the_same_and_what_was_found(other):
    assert turning_points([earlier(), later(**other)]) == {}


def test_what_began_on_an_unknown_day_came_first():
    before, after = (
        earlier(since=None, until="[2019-03..2019-05]"),
        later(since="[2019-03..2019-05]"),
    )

    assert turning_points([after, before])[Noun.STANCE, 12].before == before
    sentence = str(stance_sentence(after, chained(before, after)))
    assert "Until some day between March and May 2019 Russia opposed this." in sentence


def test_two_actors_are_the_same_either_way_round():
    before = alignment(id=1, since="2018", until="2024-12-07")
    after = alignment(id=2, since="2024-12-08", actor=actor("Russia"), counterpart=actor("China"))

    assert turning_points([before, after])[Noun.ALIGNMENT, 1].after == after


def test_both_say_so_and_lead_to_each_other():
    before, after = earlier(hedged=True), later()
    about = chained(before, after)

    assert " Since 8 December 2024 Russia has supported this." in str(
        stance_sentence(before, about)
    )
    sentence = stance_sentence(after, about)
    assert " Until 7 December 2024 Russia opposed this, with reserve." in str(sentence)
    assert '<a href="/stances/11/"><bdi>opposed</bdi></a>' in sentence.html


def test_what_nobody_has_confirmed_for_long_is_not_told_as_so():
    before, after = earlier(), later(confirmed_on="2024-12-08")

    assert "From 8 December 2024 on Russia supported this." in str(
        stance_sentence(before, chained(before, after))
    )


def test_a_chain_of_three_and_what_has_ended_since():
    claims = [
        earlier(),
        later(until="2025-05-01"),
        stance(id=13, since="2025-05-02", position="neutral", confirmed_on="2026-11-01"),
    ]
    about = chained(*claims)

    middle = str(stance_sentence(claims[1], about))

    assert "Until 7 December 2024 Russia opposed this." in middle
    assert "Since 2 May 2025 Russia has been neutral on this." in middle
    assert "From 8 December 2024 on Russia supported this." in str(
        stance_sentence(claims[0], about)
    )


def test_of_a_day_before_nothing_is_told_of_what_came_later():
    before, after = earlier(), later()

    assert "has supported" not in str(
        stance_sentence(before, chained(before, after, on=date(2024, 12, 7)))
    )
    assert "has supported" in str(
        stance_sentence(before, chained(before, after, on=date(2024, 12, 8)))
    )


def test_of_two_actors_it_says_what_they_did():
    claims = [
        alignment(id=1, since="2018", until="2021"),
        alignment(id=2, since="2022", until="2023", pattern="hedges"),
        alignment(id=3, since="2024", pattern="divergent", confirmed_on="2026-11-01"),
    ]
    about = chained(*claims)

    assert "From 2022 on China hedged against Russia on this." in str(
        alignment_sentence(claims[0], about)
    )
    assert "Until 2021 they coordinated on this. Since 2024 they have diverged on this." in str(
        alignment_sentence(claims[1], about)
    )


def test_a_source_that_tells_that_it_ended_says_so_in_its_footnote():
    html = Card(
        Noun.STANCE,
        earlier(citations=[citation(ends=True), citation(ends=False), citation()]),
        context(),
    ).html

    assert html.count("Tells that it ended:") == 1


def test_that_nothing_was_found_is_of_the_day_on_which_one_looked():
    nothing = stance(position="no_evidence")
    about = context(LATER)

    assert age(nothing, about) is Age.LOOKED_FOR
    assert age(nothing, context(date(2019, 6, 1))) is Age.NOW
    assert chip(Noun.STANCE, nothing, about).notes == ("looked for in June 2019",)
    sentence = str(stance_sentence(nothing, about))
    assert "in June 2019, nothing was found on where Russia stood on this" in sentence
    assert sentence.endswith("Looked for on 1 June 2019.")
    assert "confirmed" not in sentence
    assert without_nothing([nothing, later()]) == [later()]
    assert without_nothing([nothing]) == [nothing]
