"""What documents of earlier editions called the records that others named."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection

from tracker.publication.publish.live import NAME, key_of
from tracker.publication.publish.render import reference_of
from tracker.schema.parts import Reference, SourceReference
from tracker.values.nouns import Noun

KnownThen = dict[tuple[Noun, int, int], Reference | SourceReference]


def references_then(named: Iterable[tuple[Noun, int, int]]) -> KnownThen:
    """Return how an edition referred to a record, by noun, record and edition; without those not public in it.

    One query per noun.
    """
    by_noun: dict[Noun, list[tuple[int, int]]] = defaultdict(list)
    for noun, record, edition in named:
        by_noun[noun].append((record, edition))
    return {
        (noun, record, edition): reference_of(noun, key, name)
        for noun, pairs in by_noun.items()
        for record, edition, key, name in _names(noun, pairs)
    }


def name_of(noun: Noun) -> str:
    """Return the SQL expression for what others call a document, whose body may be damaged; then it is empty."""
    return f"CASE WHEN body IS JSON OBJECT THEN body::json ->> '{NAME[noun]}' ELSE '' END"


def _names(noun: Noun, pairs: list[tuple[int, int]]) -> list[tuple[int, int, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT n.record, n.edition, {key_of(noun)}, {name_of(noun)}
            FROM unnest(%s::int[], %s::int[]) AS n (record, edition)
            JOIN tracker_{noun}document d USING (record)
            WHERE d.opened <= n.edition AND d.gone > n.edition
            """,
            [[record for record, _ in pairs], [edition for _, edition in pairs]],
        )
        names: list[tuple[int, int, str, str]] = cursor.fetchall()
        return names
