"""The keys of all public records, for whoever lists their addresses."""

from datetime import datetime

from tracker.publication.read.connection import rows
from tracker.publication.read.keys import BY_SLUG
from tracker.values.nouns import Noun


def addresses(noun: Noun, *, after: int, size: int) -> list[tuple[str, datetime]]:
    """Return up to `size` keys of what is public, by number after one, each with the moment of its last change."""
    key = "d.slug" if noun in BY_SLUG else "d.record::text"
    sql = f"""
        SELECT {key}, e.published_at FROM tracker_{noun}document d JOIN tracker_edition e ON e.number = d.opened
        WHERE d.closed IS NULL AND d.record > %(after)s::int ORDER BY d.record LIMIT %(size)s::int
    """
    return [(key, published_at) for key, published_at in rows(sql, {"after": after, "size": size})]
