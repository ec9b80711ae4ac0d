"""What is newest: acts, meetings, and positions that began;
nothing of after the day, and nothing that is no fact.
"""

from datetime import date
from typing import Any

from tests.public.cards.documents import act, actor, alignment, issue, meeting, stance
from tests.public.cards.pictures import plate
from tracker.public.cards.news import Event, events, first_screen, newest
from tracker.values.nouns import Noun

SOME_SHARES = {"Assembly": {2015: 0.5, 2016: 0.75, 2017: 0.5}}


def happened(*days: str) -> list[tuple[Noun, Any]]:
    return [
        (Noun.ACT, act(id=number, title=f"Act of {day}", since=day))
        for number, day in enumerate(days)
    ]


def titles(of: list[Event]) -> list[str]:
    return [event.title for event in of]


def test_there_is_one_of_each_kind_the_newest_first() -> None:
    met = [(Noun.MEETING, meeting(id=1, since="2019-01-01", title="A summit"))]
    claims = [
        stance(since="2019-02-01"),
        stance(id=13, since="2019-01-15", issue=issue("sea", "The sea")),
    ]

    found = newest(events([*happened("2019-03-01", "2019-04-01"), *met], claims))

    assert titles(found) == ["Act of 2019-04-01", "Sanctions relief", "A summit"]
    assert [event.when for event in found] == [
        "on 1 April 2019",
        "on 1 February 2019",
        "on 1 January 2019",
    ]
    assert [event.kind for event in found] == ["patrol", "position", "summit"]


def test_where_a_kind_has_none_there_are_more_of_others() -> None:
    claims = [
        stance(id=n, since=f"2019-0{n}-01", issue=issue(f"i{n}", f"Issue {n}")) for n in range(1, 6)
    ]

    assert titles(newest(events([], claims))) == ["Issue 5", "Issue 4", "Issue 3"]
    assert newest(events([], [])) == []


def test_what_is_no_fact_is_no_news() -> None:
    for other in (
        {"likelihood": "likely", "basis": "forecast"},
        {"standing": "contested"},
        {"position": "no_evidence"},
        {"since": None},
    ):
        assert newest(events([], [stance(**{"since": "2019-02-01", **other})])) == []
    assert newest(events([(Noun.ACT, act(since=None))], [])) == []


def test_those_that_began_alike_on_a_day_are_told_together_and_what_was_before() -> None:
    claims = [
        stance(id=1, actor=actor("Russia"), since="2019-02-01", position="opposes"),
        stance(id=2, actor=actor("China"), since="2019-02-01", position="opposes"),
        stance(
            id=3, actor=actor("Iran"), since="2018-02-01", until="2019-01-31", position="neutral"
        ),
        stance(id=4, actor=actor("Iran"), since="2019-02-01", position="opposes"),
        alignment(id=5, since="2019-02-01", pattern="defers"),
    ]

    [event] = [event for event in newest(events([], claims)) if event.first == date(2019, 2, 1)]

    assert event.kind == "changed position"
    assert [(each.who, each.chip.word, each.before) for each in event.beginnings] == [
        ("China and Russia", "opposes", ""),
        ("Iran", "opposes", "neutral"),
        ("", "China defers to Russia", ""),
    ]


def test_nothing_is_shown_of_after_the_day_nor_of_what_may_be_after_it() -> None:
    acted = happened("2019-06-14", "2019-06-16", "2019-06")
    screen = first_screen(
        events(acted, []), SOME_SHARES, plate(), lambda noun, key: f"/{noun.plural}/{key}/"
    )

    assert [(event.title, address) for event, address in screen["newest"]] == [
        ("Act of 2019-06-14", "/acts/0/")
    ]
    assert screen["marks"] == {"acts": (1, date(2019, 6, 14))}
    assert len(screen["pictures"]) == 2
    assert first_screen(events(acted, []), {}, plate(), lambda noun, key: "")["pictures"] == []
