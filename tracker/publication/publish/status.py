"""Whether records are public, and which version of the desk is: asked by the edges that show the desk."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from tracker.schema.parts import address
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Operation, State


@dataclass(frozen=True, slots=True)
class Status:
    """What the publication says of a record: the version and edition that stand, or None; and what happened last.

    A later version of the desk that came out as the one that stands, stands as well. `last` is the last version that
    readers saw, standing or not; 0: none. `key` is that of its address, once it has been public.
    """

    version: int | None = None
    edition: int | None = None
    operation: Operation | None = None
    last: int = 0
    key: str = ""

    def address(self, noun: Noun) -> str:
        """Return where readers find the record, or that it is there no more; nothing if it was never public."""
        return address(noun, self.key) if self.key else ""

    def word(self, *, state: str, version: int) -> str:
        """Return the one word for a record at the desk: draft, in_review, published, changed or retracted."""
        if self.version == version:
            return "published"
        if self.is_in_review(state=state, version=version):
            return "in_review"
        if self.version is not None:
            return "changed"
        return "draft" if self.operation is None else "retracted"

    def is_in_review(self, *, state: str, version: int) -> bool:
        """Tell whether a record is up for review; that is over once readers saw it, whatever its state says."""
        return state == State.IN_REVIEW and version > self.last


NEVER_PUBLIC = Status()


def statuses(noun: Noun, ids: Iterable[int]) -> dict[int, Status]:
    """Return the status of each of these records, in one query; records never public have NEVER_PUBLIC."""
    ids = list(ids)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT c.record, coalesce(u.version, d.version), d.opened, c.operation, {last_seen(noun, "c.record")}, c.key
            FROM (
                SELECT DISTINCT ON (record) record, operation, key FROM tracker_change
                WHERE noun = %s AND record = ANY(%s) ORDER BY record, edition DESC
            ) c LEFT JOIN tracker_{noun}document d ON d.record = c.record AND d.closed IS NULL
            LEFT JOIN LATERAL (
                SELECT max(version) AS version FROM tracker_unchanged
                WHERE noun = %s AND record = c.record AND same_as = d.version
            ) u ON true
            """,
            [noun.value, ids, noun.value],
        )
        found = {
            record: Status(version, edition, Operation(operation), last, key)
            for record, version, edition, operation, last, key in cursor.fetchall()
        }
    return {record: found.get(record, NEVER_PUBLIC) for record in ids}


def last_seen(noun: Noun, record: str) -> str:
    """Return the SQL expression for the last version of a record that readers saw; 0 if they saw none."""
    return f"""greatest(
        0,
        (SELECT max(version) FROM tracker_{noun}document WHERE record = {record}),
        (SELECT max(version) FROM tracker_unchanged WHERE noun = '{noun}' AND record = {record})
    )"""
