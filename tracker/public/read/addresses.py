"""The keys of all public records, for whoever lists their addresses."""

from datetime import datetime

from psycopg.sql import SQL

from tracker.public.read.connection import rows
from tracker.public.read.keys import BY_SLUG
from tracker.public.read.sql import literal, table_of, write
from tracker.values.nouns import Noun

LARGEST_RECORD = SQL("SELECT {}, coalesce(max(record), 0) FROM {} WHERE closed IS NULL")
ADDRESSES = """
    SELECT d.{}, e.published_at FROM {} d JOIN tracker_edition e ON e.number = d.opened
    WHERE d.closed IS NULL AND d.record > %(after)s::int AND d.record <= %(until)s::int ORDER BY d.record
"""


def largest() -> dict[Noun, int]:
    """Return the largest number of what is public, by noun; 0 if nothing is."""
    of_each = SQL(" UNION ALL ").join(LARGEST_RECORD.format(literal(noun), table_of(noun)) for noun in Noun)
    return {Noun(noun): number for noun, number in rows(write("{}", of_each), {})}


def addresses(noun: Noun, *, after: int, until: int) -> list[tuple[str, datetime]]:
    """Return the keys of what is public, by number after one and up to another, each with its last change's moment."""
    sql = write(ADDRESSES, SQL("slug" if noun in BY_SLUG else "record::text"), table_of(noun))
    return [(key, published_at) for key, published_at in rows(sql, {"after": after, "until": until})]
