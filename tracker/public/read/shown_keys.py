"""By which keys records are told of where the one they had
lived only in editions that are withheld.
"""

from collections.abc import Collection
from functools import cache

from django.conf import settings
from psycopg.sql import SQL

from tracker.public.read.connection import rows
from tracker.public.read.keys import BY_SLUG
from tracker.public.read.sql import LATEST, literal, table_of, write
from tracker.public.read.withheld import is_withheld
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Operation

ENDS = (Operation.RETRACTED, Operation.MERGED)  # these are told by the key of the edition before
Record = tuple[str, int]  # a noun, and the number of a record


def hides_key(edition: int, operation: str) -> bool:
    """Tell whether the key that a change is told by is one of an edition that is withheld."""
    return is_withheld(edition) or (operation in ENDS and is_withheld(edition - 1))


def shown_keys(records: Collection[Record], *, edition: int) -> dict[Record, str]:
    """Return the last key, up to an edition, that each record had in one that is shown;
    its number if there is none.

    One statement, if any of them has a slug.
    """
    keys = {(noun, record): str(record) for noun, record in records}
    slugged = [(noun, record) for noun, record in keys if noun in BY_SLUG]
    if slugged:
        first, last = zip(*settings.WITHHELD, strict=True)
        bound = {
            "nouns": [noun for noun, _ in slugged],
            "records": [record for _, record in slugged],
            "edition": edition,
            "first": [*first],
            "last": [*last],
        }
        keys |= {(noun, record): slug for noun, record, slug in rows(_statement(), bound)}
    return keys


@cache
def _statement() -> str:
    documents = SQL(" UNION ALL ").join(
        SQL("SELECT {} AS noun, record, slug, opened, gone FROM {}").format(
            literal(Noun(noun)), table_of(Noun(noun))
        )
        for noun in sorted(BY_SLUG)
    )
    return write(
        """
        SELECT w.noun, w.record, d.slug
            FROM unnest(%(nouns)s::text[], %(records)s::int[]) AS w (noun, record)
        CROSS JOIN LATERAL (
            SELECT slug FROM ({documents}) d
            WHERE d.noun = w.noun AND d.record = w.record AND EXISTS (
                SELECT FROM tracker_edition e
                WHERE e.number >= d.opened AND e.number < d.gone AND e.number <= %(edition)s::int
                    AND (
                    e.number = {latest} OR NOT EXISTS (
                        SELECT FROM unnest(%(first)s::bigint[], %(last)s::bigint[])
                            AS s (first, last)
                        WHERE e.number BETWEEN s.first AND s.last
                    )
                )
            ) ORDER BY d.opened DESC LIMIT 1
        ) d
        """,
        documents=documents,
        latest=LATEST,
    )
