"""Versions said to come out as another one: both are rendered again, with the names, and the
survivors of merges, of the editions that opened a document of it. In one of these they must be the
same.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tracker.history.snapshots import versions
from tracker.models.queries import chunks_of, compose
from tracker.models.snapshots import Snapshot
from tracker.publishing.merges import PublicMerge, merges, with_survivors
from tracker.values.nouns import Noun
from tracker.verify.documents import rendered_then
from tracker.verify.queries import PastReferences, Progress, past_references

PAIRS = """
    SELECT u.record, u.version, u.same_as,
        coalesce(array_agg(d.opened) FILTER (WHERE d.opened > 0), '{{}}')
    FROM tracker_unchanged u
    LEFT JOIN {documents} d ON d.record = u.record AND d.version = u.same_as
    WHERE u.noun = {noun} GROUP BY u.id ORDER BY u.record, u.version
"""


class Same(NamedTuple):
    """Two versions of a record, and the editions that opened a document of the older one."""

    record: int
    version: int
    same_as: int
    opened: tuple[int, ...]


Snapshots = dict[tuple[int, int, int], Snapshot]  # by record, version and edition


def complaints(progress: Progress) -> Iterator[str]:
    """Yield the versions that differ from the one as which they are said to come out."""
    merged = merges()
    for noun in Noun:
        progress(f"unchanged versions of {noun.plural}", 0, 0)
        for rows in chunks_of(compose(PAIRS, noun), size=noun.at_once):
            pairs = [
                Same(record, version, same_as, tuple(opened))
                for record, version, same_as, opened in rows
            ]
            yield from _of_chunk(noun, pairs, merged)


def _of_chunk(noun: Noun, pairs: Sequence[Same], merged: Sequence[PublicMerge]) -> Iterator[str]:
    snapshots = _snapshots(noun, pairs, merged)
    names = past_references(
        {
            (*name, edition)
            for (_, _, edition), snapshot in snapshots.items()
            for name in snapshot.named()
        }
    )
    for pair in pairs:
        says = f"{noun} {pair.record}: version {pair.version} is said to be as {pair.same_as}"
        if not pair.opened:
            yield f"{says}, which was never public"
        elif not any(_alike(pair, edition, snapshots, names) for edition in pair.opened):
            yield f"{says}, but is not"


def _snapshots(noun: Noun, pairs: Sequence[Same], merged: Sequence[PublicMerge]) -> Snapshots:
    wanted: dict[int, set[int]] = defaultdict(set)
    for pair in pairs:
        wanted[pair.record] |= {pair.version, pair.same_as}
    by_version = {
        (snapshot.record.pk, snapshot.record.version): snapshot
        for snapshot in versions(noun, wanted)
    }
    return {
        (pair.record, version, edition): with_survivors(
            snapshot, [merge for merge in merged if merge.holds_in(edition)]
        )
        for pair in pairs
        for edition in pair.opened
        for version in (pair.version, pair.same_as)
        if (snapshot := by_version.get((pair.record, version)))
    }


def _alike(pair: Same, edition: int, snapshots: Snapshots, names: PastReferences) -> bool:
    both = (
        snapshots.get((pair.record, version, edition)) for version in (pair.version, pair.same_as)
    )
    later, older = (
        rendered_then(snapshot, names, edition)[0] if snapshot else None for snapshot in both
    )
    return later is not None and older is not None and later.body == older.body
