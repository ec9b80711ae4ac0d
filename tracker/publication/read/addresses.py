"""The keys of all public records, for whoever lists their addresses."""

from datetime import datetime

from tracker.publication.read.connection import rows
from tracker.publication.read.keys import BY_SLUG
from tracker.values.nouns import Noun


def largest() -> dict[Noun, int]:
    """Return the largest number of what is public, by noun; 0 if nothing is."""
    sql = " UNION ALL ".join(
        f"SELECT '{noun}', coalesce(max(record), 0) FROM tracker_{noun}document WHERE closed IS NULL" for noun in Noun
    )
    return {Noun(noun): number for noun, number in rows(sql, {})}


def addresses(noun: Noun, *, after: int, until: int) -> list[tuple[str, datetime]]:
    """Return the keys of what is public, by number after one and up to another, each with its last change's moment."""
    key = "d.slug" if noun in BY_SLUG else "d.record::text"
    sql = f"""
        SELECT {key}, e.published_at FROM tracker_{noun}document d JOIN tracker_edition e ON e.number = d.opened
        WHERE d.closed IS NULL AND d.record > %(after)s::int AND d.record <= %(until)s::int ORDER BY d.record
    """
    return [(key, published_at) for key, published_at in rows(sql, {"after": after, "until": until})]
