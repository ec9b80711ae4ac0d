"""What is known where a record is shown:
the day, what its sentence can name beside it, and where pages are.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from tracker.values.events import IssueEvent
from tracker.values.nouns import Noun

Body = dict[str, Any]
Key = tuple[Noun, int]
Address = Callable[[Noun, str | int], str]
Origins = Mapping[int, int]  # by source, the one that it passes on


def nowhere(noun: Noun, key: str | int) -> str:
    """Say that there is no page about a record."""
    return ""


def pair_address(key: str, other: str) -> str:
    """Return where the page about two actors is."""
    first, second = sorted((key, other))
    return f"/pairs/{first}/{second}/"


class TurningPoint(NamedTuple):
    """What a claim took the place of, and what took its own;
    None where there is nothing, or it isn't at hand.
    """

    before: Body | None = None
    after: Body | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """`on` is the day in the world, `stale_after` a number of days.

    `questions` are those of issues, by slug, `settled` when those that are were settled, as a date
    of a record, and `sources` the bodies of sources, by number; what is missing there is shown by
    its name alone. `issue` is the slug of that whose question stands beside what is shown; "" for
    none. `actors` are the slugs of those whom all that is shown is about, so that nothing need name
    them. `origins` returns those of sources. `address` returns where the page about a record is, by
    its slug or number; "" for none. `voters` returns the actors of which a vote's sentence says how
    they voted, in this order, each with slug and name, and as `slugs` all that it ever had, by
    which ballots may name it. `turning_points` are those of claims, by noun and number. `events`
    returns what had happened last on issues by the day, by slug.
    """

    on: date
    stale_after: int
    questions: Mapping[str, str | None] = field(default_factory=dict)
    sources: Mapping[int, Body] = field(default_factory=dict)
    address: Address = nowhere
    issue: str = ""
    voters: Callable[[], Sequence[Body]] = tuple
    settled: Mapping[str, Body] = field(default_factory=dict)
    turning_points: Mapping[Key, TurningPoint] = field(default_factory=dict)
    actors: Collection[str] = ()
    origins: Callable[[], Origins] = dict
    events: Callable[[], Mapping[str, IssueEvent]] = dict
