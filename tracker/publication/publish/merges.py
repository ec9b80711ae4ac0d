"""Merges that readers see: which record became part of which, and in which editions that holds."""

from typing import NamedTuple

from django.db import connection

from tracker.models.documents import STANDING_FOR_EVER
from tracker.values.nouns import Noun


class Merge(NamedTuple):
    """One record that is part of another from `edition` on, up to, not including, `undone`; by default not yet."""

    noun: Noun
    loser: int
    survivor: int
    edition: int = STANDING_FOR_EVER
    undone: int = STANDING_FOR_EVER

    def holds_in(self, edition: int) -> bool:
        """Tell whether it holds in an edition."""
        return self.edition <= edition < self.undone

    @property
    def holds(self) -> bool:
        """Tell whether it holds in the latest edition."""
        return self.undone == STANDING_FOR_EVER


def merges() -> list[Merge]:
    """Return all merges, in the order in which they were published; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT m.noun, m.record, m.into, m.edition, (
                SELECT min(c.edition) FROM tracker_change c
                WHERE c.noun = m.noun AND c.record = m.record AND c.edition > m.edition
            ) FROM tracker_change m WHERE m.operation = 'merged' ORDER BY m.edition
            """
        )
        return [
            Merge(Noun(noun), loser, survivor, edition, undone or STANDING_FOR_EVER)
            for noun, loser, survivor, edition, undone in cursor.fetchall()
        ]
