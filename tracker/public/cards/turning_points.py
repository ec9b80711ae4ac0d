"""Turning points: which claim took the place of which, without a gap,
on the same actor or pair and issue.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta
from itertools import pairwise

from tracker.public.cards.age import ends_of
from tracker.public.cards.context import Body, Key, TurningPoint
from tracker.values.nouns import Noun
from tracker.values.periods import Ends
from tracker.values.vocabularies import Position, Standing


def turning_points(claims: Iterable[Body]) -> Mapping[Key, TurningPoint]:
    """Return those of claims, by noun and number:
    of what is accepted, no forecast, and found at all.
    """
    same = defaultdict[tuple[str, ...], list[Body]](list)
    for body in claims:
        found = body.get("position") != Position.NO_EVIDENCE
        if body["standing"] == Standing.ACCEPTED and not body["likelihood"] and found:
            sides = sorted(body[side]["slug"] for side in ("actor", "counterpart") if side in body)
            same[(body["issue"]["slug"], *sides)].append(body)
    points = defaultdict[Key, TurningPoint](TurningPoint)
    for several in same.values():
        for before, after in pairwise(sorted(several, key=_beginning)):
            if _follow(ends_of(before), ends_of(after)):
                points[key_of(before)] = points[key_of(before)]._replace(after=after)
                points[key_of(after)] = points[key_of(after)]._replace(before=before)
    return points


def key_of(body: Body) -> Key:
    """Return the noun and the number of a claim."""
    return (Noun.ALIGNMENT if "pattern" in body else Noun.STANCE), body["id"]


def _beginning(body: Body) -> tuple[str, int]:
    return body["since"]["earliest"] if body["since"] else "", body["id"]


def _follow(ends: Ends, later: Ends) -> bool:
    """Tell whether one may have begun on the very day after another ended."""
    if not (
        ends.until_earliest and ends.until_latest and later.since_earliest and later.since_latest
    ):
        return False
    return (
        later.since_earliest - ends.until_latest <= timedelta(days=1)
        and ends.until_earliest <= later.since_latest
    )
