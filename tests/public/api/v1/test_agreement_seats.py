"""Votes in which a member cast nothing because it had no seat, as far as memberships are known."""

from datetime import date
from typing import Any

import pytest

from tests.factories import ActorFactory, MembershipFactory
from tests.public.api.client import Reader
from tests.public.api.v1.assembly import ALL, CAST, World, rows

pytestmark = pytest.mark.django_db
SEATS: dict[str, list[dict[str, Any]]] = {
    "china": [],
    "russia": [{"role": "permanent member", "since": ""}],
    "usa": [{"role": "elected member", "since": "1971-10", "until": "1972"}],
    "india": [
        {"role": "member", "since": "", "until": "1972-11-15"},
        {"role": "member", "since": "[1974-10..1975-06]"},
    ],
    "france": [{"role": "member", "since": "1973-10-09"}],
}


def seat(world: World, slug: str, *memberships: dict[str, Any], body: Any = None) -> None:
    """Give an actor memberships, usually of the body that has a frame."""
    for membership in memberships:
        MembershipFactory(
            actor=world.actors[slug], organization=body or world.assembly, **membership
        )


def left_out(reader: Reader, query: str = "actors=china,russia") -> dict[str, int]:
    [row] = rows(reader, query)
    return {reason: number for reason, number in row["left_out"].items() if number}


def test_who_had_no_seat_is_told_from_whose_ballot_is_missing(reader: Reader, world: World) -> None:
    seat(world, "russia", {"role": "member", "since": "1973-01-01", "until": "1973-12-31"})
    world.vote("yes", None, "no", held="1972-12-31")
    world.vote("yes", None, "no", held="1973-01-01")
    world.vote("yes", None, "no", held="1973-12-31")
    world.vote("yes", None, "no", held="1974-01-01")
    world.publish()

    assert left_out(reader) == {"no_seat": 2, "no_ballot": 2}
    [row] = rows(reader, "actors=china,russia")
    assert [row[cast]["no_seat"] for cast in ("first_cast", "second_cast")] == [0, 2]
    assert left_out(reader, "actors=russia,china") == {"no_seat": 2, "no_ballot": 2}


@pytest.mark.parametrize(
    ("held", "membership", "reason"),
    [
        ("1972", {"since": "1973"}, "no_seat"),
        ("1973-03-01", {"since": "1973"}, "no_ballot"),
        ("1973-03-01", {"since": "1973-04"}, "no_seat"),
        ("1973-03", {"since": "1973-03-31"}, "no_ballot"),
        ("1973-03-01", {"since": "[1972-10..1973-05]"}, "no_ballot"),
        ("1973-03-01", {"since": "1971", "until": "1972"}, "no_seat"),
        ("1973-03-01", {"since": "", "until": "1972-12"}, "no_seat"),
        ("1973-03-01", {"since": "", "until": "1973"}, "no_ballot"),
        ("1973-03-01", {"since": ""}, "no_ballot"),
        ("1973-03-01", {"since": "1971"}, "no_ballot"),
    ],
)  # fmt: skip
def test_vague_days_count_as_a_seat(reader, world, held, membership, reason):
    seat(world, "russia", {"role": "member", **membership})
    world.vote("yes", None, "no", held=held, session=None)
    world.publish()

    assert left_out(reader) == {reason: 1}


def test_no_seat_comes_first_but_a_ballot_before_it(reader: Reader, world: World) -> None:
    """Who had none is missing for certain, whether or not all ballots are evidenced;
    who cast something had one.
    """
    seat(world, "russia", {"role": "member", "since": "1974"})
    world.vote("yes", None, "no", ballots_complete=False)
    world.vote("absent", None, "no", "yes")
    world.vote(None, None, "no", "yes", ballots_complete=False)
    world.vote("yes", "no")
    world.publish()

    assert left_out(reader) == {"no_seat": 3}
    assert rows(reader, "actors=china,russia")[0]["compared"] == 1


def test_memberships_of_other_bodies_and_of_other_editions_say_nothing(
    reader: Reader, world: World
) -> None:
    seat(world, "russia", {"role": "member", "since": "1974"}, body=world.council)
    world.vote("yes", None, "no")
    before = world.publish()
    seat(world, "russia", {"role": "member", "since": "1974"})
    world.publish()

    assert left_out(reader) == {"no_seat": 1}
    assert left_out(reader, f"actors=china,russia&edition={before}") == {"no_ballot": 1}


def test_each_actor_has_its_own_seats_however_many_are_asked_for(
    reader: Reader, world: World
) -> None:
    """Against memberships and ballots as lists have them:
    of few actors and of many, whose statements differ.
    """
    for slug, memberships in SEATS.items():
        seat(world, slug, *memberships)
    for n in range(3):
        world.actors[f"member-{n}"] = ActorFactory(slug=f"member-{n}")
    world.some(60)
    world.publish()
    votes = reader.walk("votes/?in_frame=true&kind=resolution&unanimous=false")
    terms = {
        actor["slug"]: [
            (part["since"] and part["since"]["earliest"], part["until"] and part["until"]["latest"])
            for part in actor["memberships"]
        ]
        for actor in reader.walk("actors/")
    }

    def did(vote: dict[str, Any], actor: str) -> str:
        day = vote["held"]["edtf"]
        assert date.fromisoformat(day)
        if cast := next((word for word in CAST if word and actor in vote["ballots"][word]), ""):
            return cast
        had_none = all(
            (since and day < since) or (until and until < day) for since, until in terms[actor]
        )
        if terms[actor] and had_none:
            return "no_seat"
        return "no_ballot" if vote["ballots_complete"] else "not_evidenced"

    everybody = f"{ALL},member-0,member-1,member-2"
    answered = [row for actors in (ALL, everybody) for row in rows(reader, f"actors={actors}")]
    for row in answered:
        both = [{did(vote, row[side]["slug"]) for side in ("first", "second")} for vote in votes]
        compared = [not cast - {"yes", "no", "abstain"} for cast in both]
        assert row["compared"] == sum(compared)
        assert row["left_out"]["no_seat"] == sum("no_seat" in cast for cast in both)
        evidenced = [cast for cast in both if "no_seat" not in cast]
        assert row["left_out"]["not_evidenced"] == sum(
            "not_evidenced" in cast for cast in evidenced
        )
    assert {bool(row["left_out"]["no_seat"]) for row in answered} == {True, False}
