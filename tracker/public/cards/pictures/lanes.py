"""Lanes of a timeline: claims by actor and pair, or by issue."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from msgspec import Struct

from tracker.public.cards.context import Body, Context
from tracker.public.cards.grammar import whose
from tracker.values.nouns import Noun

Claim = tuple[Noun, Body]


class Lane(Struct, frozen=True):
    """A line of the picture: whose or what it is, and the claims in it."""

    name: str
    href: str
    claims: Sequence[Claim]

    @property
    def is_dated(self) -> bool:
        """Tell whether a beginning or an end of any of them is known."""
        return any(body["since"] or body["until"] for _, body in self.claims)


def by_actor(claims: Iterable[Claim], context: Context) -> list[Lane]:
    """Return a lane for each actor, and after them one for each pair, by name."""
    return _lanes(claims, context, lambda noun, body: (
        whose(body), "" if noun is Noun.ALIGNMENT else body["actor"]["slug"], Noun.ACTOR
    ))  # fmt: skip


def by_issue(claims: Iterable[Claim], context: Context) -> list[Lane]:
    """Return a lane for each issue, by title."""
    return _lanes(
        claims, context, lambda _, body: (body["issue"]["name"], body["issue"]["slug"], Noun.ISSUE)
    )


def _lanes(
    claims: Iterable[Claim], context: Context, of: Callable[[Noun, Body], tuple[str, str, Noun]]
) -> list[Lane]:
    lanes: dict[tuple[str, str, Noun], list[Claim]] = {}
    for noun, body in claims:
        lanes.setdefault(of(noun, body), []).append((noun, body))
    return [
        Lane(name, context.address(noun, slug) if slug else "", claims)
        for (name, slug, noun), claims in sorted(
            lanes.items(), key=lambda lane: (not lane[0][1], lane[0][0].casefold())
        )
    ]


class Labels(NamedTuple):
    """What bars must say since their lane doesn't: whose claim it is, on which issue."""

    actors: bool
    issues: bool


def labels_of(lanes: Sequence[Lane]) -> Labels:
    """Return what the bars of these lanes must say."""
    return Labels(
        any(len({whose(body) for _, body in lane.claims}) > 1 for lane in lanes),
        any(len({body["issue"]["slug"] for _, body in lane.claims}) > 1 for lane in lanes),
    )
