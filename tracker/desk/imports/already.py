"""Claims, meetings and votes of files that are there already, or twice in these: told before they are imported.

They are held against the desk as the files leave it. A row that says that it is contested, or that it is to be created
anyway, is meant to stand beside another, and is left alone.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from more_itertools import chunked

from tracker.desk.imports.tables import is_created_anyway
from tracker.desk.records.alike import sought
from tracker.desk.records.comparing import Action, Compared
from tracker.desk.records.likeness import CODED, Index, Sought, alike, is_contested
from tracker.desk.records.references import References
from tracker.models import Participant
from tracker.values.nouns import Noun
from tracker.values.problems import Place

MOST_COMPARED = 1000  # rows about the same
CHUNK = 2000


class Twin(NamedTuple):
    """A row that may be there already: as records, by their ids, or as earlier rows."""

    noun: Noun
    place: Place
    records: list[int]
    rows: list[Place]


class Already:
    """Takes what files say of claims, meetings and votes, chunk by chunk, and finds which are there already."""

    def __init__(self, references: References) -> None:
        self._references = references
        self._new: dict[Noun, list[tuple[Place, Sought, bool]]] = defaultdict(list)
        self._changed: dict[Noun, dict[int, Sought | None]] = defaultdict(dict)

    def add(self, rows: Sequence[Compared]) -> None:
        """Take rows of one noun, without those that have faults; a statement, if meetings are changed."""
        if not rows or (noun := rows[0].parsed.layout.noun) not in CODED:
            return
        participants = _participants(rows)
        for row in rows:
            if row.action is Action.SAME or (row.is_new and is_contested(row.record)):
                continue
            of = sought(row, self._references, participants.get(row.record.pk, ()))
            if not row.is_new:
                self._changed[noun][row.record.pk] = of
            elif of and row.parsed.place:
                self._new[noun].append((row.parsed.place, of, is_created_anyway(row.parsed.written)))

    def find(self) -> Iterator[Twin]:
        """Yield the new rows that may be there already; a statement for each 2,000."""
        for noun, new in self._new.items():
            changed, files = self._changed[noun], Index(MOST_COMPARED)
            left = Index()
            for pk, of in changed.items():
                if of:
                    left.add(pk, of)
            for chunk in chunked(new, CHUNK):
                here = alike(noun, [of for _, of, _ in chunk], without=changed)
                for (place, of, is_meant), records in zip(chunk, here, strict=True):
                    twin = Twin(noun, place, sorted([*records, *left.find(of)]), files.find(of))
                    files.add(place, of)
                    if not is_meant and (twin.records or twin.rows):
                        yield twin


def _participants(rows: Sequence[Compared]) -> dict[int, list[int]]:
    """Return who takes part in the meetings that are changed and of whose participants nothing is said."""
    changed = [
        row.record.pk
        for row in rows
        if row.action is Action.CHANGED and "participants" in {*row.parsed.layout.parts} - {*row.parsed.parts}
    ]
    known: dict[int, list[int]] = defaultdict(list)
    participants = Participant.objects.filter(meeting__in=changed).values_list("meeting", "actor")
    for meeting, actor in participants if changed else ():
        known[meeting].append(actor)
    return known
