"""Two editions compared, record by record: for the files of a release, and for a page."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from tracker.public.cards.wording import headline, rewordings, title
from tracker.public.formats.releases.moves import (
    PROSE,
    Move,
    Record,
    changed,
    differences,
    with_new_keys,
)
from tracker.public.read import comparison
from tracker.public.read.keys import BY_SLUG
from tracker.schema.records import SHAPES, read_body
from tracker.values.nouns import Noun

Chosen = Mapping[Noun, Collection[int]]
# the address of a record by its key: as it was before, or not
Where = Callable[[Noun, str | int, bool], str]
# Claims first, then what happened, and last what these are about and rest on.
ORDER = sorted(Noun, key=lambda noun: noun in (Noun.ISSUE, Noun.ACTOR, Noun.SOURCE))


def moves(since: int, until: int, chosen: Chosen | None = None) -> Iterator[Move]:
    """Yield what became of each record from one edition to a later one, noun by noun;
    of those that are `chosen`.

    Both name others by the keys of the later one.
    What only calls others by new names is among them.
    """
    keys = comparison.new_slugs(since, until)
    for noun in Noun:
        of = None if chosen is None else chosen.get(noun, ())
        for moved in comparison.moved(noun, since, until, of) if of is None or of else ():
            old, new, into = (
                read_body(noun, body) if body else None
                for body in (moved.old, moved.new, moved.into)
            )
            yield Move(
                noun, old and with_new_keys(old, keys), new, title(noun, into) if into else ""
            )


class Difference(NamedTuple):
    """A record that differs between two editions:
    how it is called, where it is, and what of it changed or it says.

    What of `details` is HTML, texts word by word, is safe.
    `into` is what it was merged into, if it was.
    """

    headline: str
    address: str
    details: list[str]
    into: str


class Part(NamedTuple):
    """Some of what differs, by noun and by what became of it;
    the first and the last of so many in all, from 1.
    """

    groups: list[tuple[Noun, str, list[Difference]]]
    first: int
    last: int
    whole: int


class Kind(NamedTuple):
    """How many records of a noun differ, by what became of them,
    and how many of others are told before them.
    """

    noun: Noun
    counts: Mapping[str, int]
    place: int


@dataclass(frozen=True)
class Comparison:
    """What differs between two editions, claims first, and of each noun what changed first.

    `under`: only of what was about these issues, by number, or any below them.
    `stamp` is the moment of the later one.
    """

    since: int
    until: int
    stamp: int
    under: tuple[int, ...] | None

    @cached_property
    def _differing(self) -> comparison.Differing:
        found = comparison.differing(self.since, self.until, self.under, self.stamp)
        return {noun: found[noun] for noun in ORDER if noun in found}

    @property
    def kinds(self) -> list[Kind]:
        kinds, place = [], 0
        for noun, of in self._differing.items():
            counts = {what: len(records) for what, records in of.items()}
            kinds.append(Kind(noun, counts, place))
            place += sum(counts.values())
        return kinds

    def moves(self) -> Iterator[Move]:
        """Yield all that differs, as files of releases have it."""
        every = {noun: [*chain.from_iterable(of.values())] for noun, of in self._differing.items()}
        return moves(self.since, self.until, None if self.under is None else every)

    def part(self, after: int, size: int, where: Where) -> Part:
        """Return so many of those that differ, after so many others; in a few statements."""
        first, whole = after + 1, sum(sum(kind.counts.values()) for kind in self.kinds)
        last = min(after + size, whole)
        chosen: dict[tuple[Noun, str], list[int]] = {}
        for noun, of in self._differing.items():
            for what, records in of.items():
                if here := [*records[after : after + size]]:
                    chosen[noun, what] = here
                    size -= len(here)
                after = max(0, after - len(records))
        nouns = {
            noun: [record for key, of in chosen.items() if key[0] is noun for record in of]
            for noun, _ in chosen
        }
        found = {
            (move.noun, move.last["id"]): move for move in moves(self.since, self.until, nouns)
        }
        groups = [
            (noun, what, [_told(found[noun, record], where) for record in records])
            for (noun, what), records in chosen.items()
        ]
        return Part(groups, first, last, whole)


def _told(move: Move, where: Where) -> Difference:
    last, key = move.last, "slug" if move.noun in BY_SLUG else "id"
    was = where(move.noun, move.old[key], True) if move.old else ""
    if move.old and move.new:
        details = [*_rewritten(move.noun, move.old, move.new, was)]
    else:
        details = [last["summary"]] if last.get("summary") else []
    now = where(move.noun, last[key], False) if move.new else was
    return Difference(headline(move.noun, last), now, details, move.into)


def _rewritten(noun: Noun, old: Record, new: Record, before: str) -> Iterator[str]:
    """Yield how a record changed, texts first and word by word;
    `before` is where it is as it was.
    """
    fields = {
        field: (old.get(field), new.get(field)) for field, *_ in changed(SHAPES[noun], old, new)
    }
    both = (
        {field: of[place] for field, of in fields.items() if field not in PROSE} for place in (0, 1)
    )
    yield from rewordings(fields, PROSE, before)
    yield from differences(noun, *both)
