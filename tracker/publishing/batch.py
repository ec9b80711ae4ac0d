"""A batch: the records that are published together, by noun and id,
each with the version that was reviewed.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from heapq import merge
from itertools import groupby, pairwise
from typing import NamedTuple

from more_itertools import chunked

from tracker.schema.filters import LARGEST_ID
from tracker.values.nouns import Noun

Batch = dict[Noun, Mapping[int, int]]  # by noun and id, the version that is published
AS_IT_IS = 0  # no version: whichever it has
BITS, RUN = 32, 131_072  # of a version in a number; how many numbers are sorted at once
VERSION = (1 << BITS) - 1  # as a version: one that no row has


class Chosen(NamedTuple):
    """A record to publish or retract, at the version that was reviewed; None: as it is now."""

    noun: Noun
    id: int
    version: int | None = None


class Versions(Mapping[int, int]):
    """Versions of records by id, ascending, in eight bytes each:
    as a dict a million of them takes a hundred megabytes.

    Each is a number, the id before the version.
    Of an id that is given more than once the highest version holds.
    """

    def __init__(self, numbers: "array[int]") -> None:
        if any(after <= before for before, after in pairwise(numbers)):
            runs = [
                array("q", sorted(numbers[at : at + RUN])) for at in range(0, len(numbers), RUN)
            ]
            numbers = array(
                "q",
                (max(each) for _, each in groupby(merge(*runs), key=lambda number: number >> BITS)),
            )
        self._numbers = numbers

    def __getitem__(self, record: int) -> int:
        place = bisect_left(self._numbers, record << BITS)
        if place == len(self._numbers) or self._numbers[place] >> BITS != record:
            raise KeyError(record)
        return self._numbers[place] & VERSION

    def __iter__(self) -> Iterator[int]:
        return (number >> BITS for number in self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


def by_noun(records: Iterable[Chosen]) -> Batch:
    """Return the versions at which records are chosen, by noun and id.

    What no row can have as its id or version, as a page sends it that was tampered with,
    is one that none has.
    """
    numbers: dict[Noun, array[int]] = defaultdict(lambda: array("q"))
    for noun, record, version in records:
        reviewed = AS_IT_IS if version is None else version if 0 < version < VERSION else VERSION
        numbers[noun].append(min(max(record, 0), LARGEST_ID) << BITS | reviewed)
    return {noun: Versions(each) for noun, each in numbers.items()}


def in_chunks(
    records: Mapping[Noun, Iterable[int]], nouns: Iterable[Noun] = tuple(Noun)
) -> Iterator[tuple[Noun, list[int]]]:
    """Yield the ids of these nouns' records in chunks, ascending: one order for all publishers."""
    for noun in nouns:
        for ids in chunked(records.get(noun, ()), noun.at_once):
            yield noun, ids
