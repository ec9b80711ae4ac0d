"""Lines about meetings, issues, actors and sources."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path

from tests.public.cards.documents import (
    SOURCES,
    actor,
    context,
    issue,
    meeting,
    participant,
    vague,
    vote,
)
from tracker.public.cards import record_sentences as sentences
from tracker.public.cards.context import Body
from tracker.values.vocabularies import Choice

READ = Path(__file__).with_name("votes.txt")
CHINA, RUSSIA, STATES = (actor(name) for name in ("China", "Russia", "United States"))
BEGINNING = (
    "“The canal” (S/2019/186), a draft, was rejected in the Security Council on 28 February 2019: "
    "4 in favour, 7 against, 4 abstaining."
)


def test_a_meeting_is_said_with_when_where_who_and_what_about() -> None:
    body = meeting(
        since="2019-06-05",
        until="2019-06-07",
        place="Moscow",
        country="RUS",
        importance=2,
        series="Visits",
        held_as="in_person",
        participants=[
            participant("Russia", "host", "Vladimir Putin"),
            participant("China"),
            participant("European Union"),
            participant("India", "boycotted"),
        ],
        issues=[
            {"issue": issue("a", "One"), "outcome": None},
            {"issue": issue("b", "Two"), "outcome": "Agreed."},
        ],
    )
    assert str(sentences.meeting(body, context())) == (
        "“Summit in Shanghai” was held from 5 to 7 June 2019 in Moscow, Russia. Host: Russia "
        "(Vladimir Putin). Participants: China and the European Union. Boycotted by: India. "
        "Discussed: “One” and “Two”. Form: in person. Series: Visits. Importance: 2 of 3."
    )


def test_a_meeting_that_is_planned_is_said_so_and_afterwards_that_it_is_not_known() -> None:
    body = meeting(
        status="planned",
        kind="envoy_talks",
        since="2019-06",
        issues=[{"issue": issue("a", "One"), "outcome": None}],
    )
    assert str(sentences.meeting(body, context())) == (
        "“Summit in Shanghai”, envoy talks, are planned to take place in June 2019. To be "
        "discussed: “One”."
    )
    assert str(sentences.meeting(body, context(date(2019, 7, 1)))).startswith(
        "“Summit in Shanghai”, envoy talks, were planned to take place in June 2019; whether "
        "it did is not coded."
    )
    body["status"] = "expected"
    assert "are expected to take place in June 2019" in str(sentences.meeting(body, context()))
    body |= {"status": "cancelled", "kind": "call"}
    assert "”, a call, planned to take place in June 2019, was cancelled." in str(
        sentences.meeting(body, context())
    )


def test_what_a_title_says_is_not_said_twice() -> None:
    """Neither the kind of meeting nor the series;
    both are said where the title doesn't have them.
    """
    body = meeting(title="G20 summit in Japan", series="G20 Summit", since="2019-06")
    assert str(sentences.meeting(body, context())) == "“G20 summit in Japan” was held in June 2019."
    body["title"] = "Osaka"
    assert (
        str(sentences.meeting(body, context()))
        == "“Osaka”, a summit, was held in June 2019. Series: G20 Summit."
    )
    body |= {"place": "Camp David", "country": "USA"}
    assert "was held in June 2019 in Camp David, United States." in str(
        sentences.meeting(body, context())
    )
    body["place"] = None
    assert "was held in June 2019 in the United States." in str(sentences.meeting(body, context()))


def test_an_issue_an_actor_and_a_source_are_a_line_each() -> None:
    about = {
        "slug": "a",
        "title": "One",
        "question": "Should it be?",
        "themes": ["trade"],
        "region": "arctic",
        "parent": issue("b", "Two"),
    }
    assert (
        str(sentences.an_issue(about, context()))
        == "One: Should it be? (trade, Arctic), part of “Two”"
    )
    settled = {"settled": vague("2019-02-28"), "settlement": "It was voted down."}
    assert str(sentences.an_issue(about | settled, context())).endswith(
        "part of “Two”. Settled on 28 February 2019: It was voted down."
    )
    state = {"slug": "usa", "name": "United States", "short_name": "US", "kind": "state"}
    assert str(sentences.an_actor(state, context())) == "United States (US), state"
    assert str(sentences.a_source(SOURCES[1], context())) == (
        "Jacob Stokes: “How they work together”. Institute of Peace, June 2019 (webpage)."
    )
    assert actor("x")["slug"] == "x"


def ballots() -> Iterator[tuple[list[Body], dict[str, str], dict[str, str]]]:
    """Yield voters, what they cast in every combination, and their notes;
    and some that differ in other ways.
    """
    choices = [*map(str, Choice), ""]
    for first, other in product(choices, choices):
        yield [CHINA, RUSSIA], {"china": first, "russia": other}, {}
    absent, later = actor("Non-aligned countries"), {"russia": "It meant to abstain."}
    yield [RUSSIA, CHINA], {"china": "no", "russia": "no"}, {}
    yield [RUSSIA, STATES], {"united-states": "abstain"}, {}
    yield [STATES, RUSSIA], {"united-states": "abstain"}, {}
    yield [STATES, RUSSIA], {}, {}
    yield [absent], {absent["slug"]: "absent"}, {}
    yield [CHINA, RUSSIA, STATES], {"china": "yes", "russia": "yes", "united-states": "yes"}, {}
    yield [CHINA, RUSSIA, STATES], {"china": "yes", "russia": "no", "united-states": "yes"}, {}
    yield [CHINA, RUSSIA], {"china": "yes", "russia": "yes"}, later
    yield [CHINA, RUSSIA], {"china": "yes", "russia": "no"}, later


def test_a_vote_says_in_plain_words_how_its_voters_voted() -> None:
    """In every combination, as they were read;
    each voter is named once, and only for whom nothing is known so.
    """
    lines = []
    for voters, cast, notes in ballots():
        sentence = str(
            sentences.vote(vote(cast, notes), context(voters=lambda voters=voters: voters))
        )
        beginning, _, says = sentence.partition(BEGINNING)
        assert (beginning, says[:1], says[-1:], says[1].isupper()) == ("", " ", ".", True)
        assert [says.count(voter["name"]) for voter in voters] == [1] * len(voters)
        unknown = [voter for voter in voters if not cast.get(voter["slug"])]
        assert says.casefold().count("no ballot of") == bool(unknown)
        lines.append(says.strip())
    assert lines == READ.read_text().splitlines()


def test_a_vote_of_no_voter_says_nothing_of_any_and_then_on_what_it_bears() -> None:
    body = vote({"china": "no", "russia": "yes"}, issue=issue("canal", "Canal"))
    assert str(sentences.vote(body, context())) == f"{BEGINNING} The vote bears on “Canal”."
    sentence = sentences.vote(body, context(voters=lambda: [CHINA, RUSSIA]))
    assert (
        str(sentence) == f"{BEGINNING} China voted no; Russia voted yes. The vote bears on “Canal”."
    )
    assert ("Russia", "/actors/russia/") in [(piece.text, piece.href) for piece in sentence]
