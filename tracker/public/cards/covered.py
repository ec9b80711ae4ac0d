"""Up to which day an edition has what, in words:
for the first page, and for who cites a release.
"""

from collections.abc import Iterable
from typing import NamedTuple

from tracker.public.cards.grammar import takes_article
from tracker.schema.parts import Frame
from tracker.schema.responses import Covers
from tracker.values import days
from tracker.values.nouns import BY_PLURAL, Noun

# else by their plurals
CALLED = {Noun.STANCE: "positions", Noun.ALIGNMENT: "relations of two actors"}


class Covered(NamedTuple):
    """How records of a kind are called, whose votes they are (name and slug, "" of others),
    and up to when they go.
    """

    records: str
    body: str
    slug: str
    until: str


def covered(covers: Iterable[Covers]) -> list[Covered]:
    return [
        Covered(
            CALLED.get(BY_PLURAL[of.resource], of.resource),
            of.body.name if of.body else "",
            of.body.slug if of.body else "",
            f"up to {days.day(of.until)}{_complete(of)}",
        )
        for of in covers
    ]


def in_a_sentence(covers: Iterable[Covers]) -> str:
    """Return all of it as a sentence; "" of nothing."""
    parts = [
        f"{of.records}{f' of {_the(of.body)}' if of.body else ''} {of.until}"
        for of in covered(covers)
    ]
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _the(name: str) -> str:
    return f"the {name}" if takes_article(name) else name


def _complete(of: Covers) -> str:
    """Say for which periods all votes are here, and if no later ones come,
    that the set is closed.
    """
    periods = list(dict.fromkeys(map(_period, sorted(of.frames, key=_first_day))))
    closed = "; this set is closed" if of.closed else ""
    return f" (complete {' and '.join(periods)}{closed})" if periods else ""


def _first_day(frame: Frame) -> str:
    return frame.since.earliest.isoformat() if frame.since else ""


def _period(frame: Frame) -> str:
    since = (
        f"from {days.when({'edtf': frame.since.edtf})}" if frame.since else "from its first vote"
    )
    return (
        f"{since} until {days.when({'edtf': frame.until.edtf})}" if frame.until else f"{since} on"
    )
