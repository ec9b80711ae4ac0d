# ruff: noqa: S608 - SQL put together from nouns of ours
"""Versions said to come out as another one: both are rendered again, with the names of the edition that opened it."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from tracker.history.past import Past, versions
from tracker.publication.render import Names, render
from tracker.publication.render.desk import Whole
from tracker.publication.then import KnownThen, references_then
from tracker.services.verification.statements import Progress, chunks_of
from tracker.values.nouns import Noun


class Same(NamedTuple):
    """Two versions of a record, and the edition that first opened a document of the older one; None: no edition did."""

    record: int
    version: int
    same_as: int
    opened: int | None


def complaints(progress: Progress) -> Iterator[str]:
    """Yield the versions that differ from the one as which they are said to come out."""
    for noun in Noun:
        progress(f"unchanged versions of {noun.plural}", 0, 0)
        for rows in chunks_of(
            f"""
            SELECT u.record, u.version, u.same_as, min(d.opened) FROM tracker_unchanged u
            LEFT JOIN tracker_{noun}document d ON d.record = u.record AND d.version = u.same_as
            WHERE u.noun = %s GROUP BY u.id ORDER BY u.record, u.version
            """,
            [noun.value],
        ):
            yield from _of_chunk(noun, [Same._make(row) for row in rows])


def _of_chunk(noun: Noun, pairs: list[Same]) -> Iterator[str]:
    wanted: dict[int, set[int]] = defaultdict(set)
    for pair in pairs:
        wanted[pair.record] |= {pair.version, pair.same_as}
    pasts = {(past.record.pk, past.record.version): past for past in versions(noun, wanted)}
    both = {pair: [pasts.get((pair.record, version)) for version in (pair.version, pair.same_as)] for pair in pairs}
    names = references_then(
        {
            (*name, pair.opened)
            for pair, (later, older) in both.items()
            for past in filter(None, (later, older))
            if pair.opened is not None
            for name in Whole(*past).named()
        }
    )
    for pair, (later, older) in both.items():
        says = f"{noun} {pair.record}: version {pair.version} is said to be as {pair.same_as}"
        if pair.opened is None:
            yield f"{says}, which was never public"
        elif later is None or older is None or _body(later, pair.opened, names) != _body(older, pair.opened, names):
            yield f"{says}, but is not"


def _body(past: Past, edition: int, names: KnownThen) -> str:
    named = Whole(*past).named()
    known = {name: names[(*name, edition)] for name in named if (*name, edition) in names}
    return render(past.record, past.parts, Names(known)).body
