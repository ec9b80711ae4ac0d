"""What records were called in past editions, as their documents say, and SQL for it."""

from collections import defaultdict
from collections.abc import Iterable

from psycopg.sql import SQL, Composed, Literal

from tracker.models.queries import compose, rows_of
from tracker.public.read.keys import BY_SLUG
from tracker.publishing.names import NAME_FIELD
from tracker.publishing.render import reference_of
from tracker.schema.parts import Reference, SourceReference
from tracker.values.nouns import Noun

PAST_NAMES = """
    SELECT n.record, n.edition, {key}, {name} FROM unnest(%s::int[], %s::int[]) AS n (record, edition)
    JOIN {documents} d USING (record) WHERE d.opened <= n.edition AND d.gone > n.edition
"""
PastReferences = dict[tuple[Noun, int, int], Reference | SourceReference]


def past_references(named: Iterable[tuple[Noun, int, int]]) -> PastReferences:
    """Return how an edition referred to a record, by noun, record and edition; without those not public in it.

    One query per noun.
    """
    by_noun: dict[Noun, list[tuple[int, int]]] = defaultdict(list)
    for noun, record, edition in named:
        by_noun[noun].append((record, edition))
    return {
        (noun, record, edition): reference_of(noun, key, name)
        for noun, pairs in by_noun.items()
        for record, edition, key, name in rows_of(
            compose(PAST_NAMES, noun, key=key_of(noun), name=name_of(noun)),
            [[record for record, _ in pairs], [edition for _, edition in pairs]],
        )
    }


def key_of(noun: Noun) -> SQL:
    """Return the SQL expression for the key in a document's address."""
    return SQL("slug" if noun in BY_SLUG else "record::text")


def name_of(noun: Noun) -> Composed:
    """Return the SQL expression for what others call a document, whose body may be damaged; then it is empty."""
    name = SQL("CASE WHEN body IS JSON OBJECT THEN body::json ->> {} ELSE '' END")
    return name.format(Literal(NAME_FIELD[noun]))
