"""References: what a document names is public, under that name,
in every edition in which the document was live.

That a document opened with the right names is seen where it is rendered again (documents);
here, that they stayed so.
"""

from collections.abc import Iterator

from psycopg.sql import SQL, Composable, Literal

from tracker.models.documents import FOR_EVER
from tracker.public.read.sql import literal, table_of
from tracker.publishing.names import NAME_FIELD
from tracker.schema.grouping import grouped
from tracker.schema.parts import address
from tracker.schema.records import SHAPES
from tracker.values.nouns import Noun
from tracker.verify.queries import Check, Progress, key_of, name_of


def complaints(progress: Progress) -> Iterator[str]:
    """Yield who is named though not public, who is called by a name of before,
    and mentions by no document.
    """
    for noun in Noun:
        progress(f"references of {noun.plural}", 0, 0)
        for named in NAME_FIELD:
            for query in (_not_public(noun, named), _renamed(noun, named)):
                yield from query.complaints()
        yield from _by_nobody(noun).complaints()


def _not_public(noun: Noun, named: Noun) -> Check:
    return Check.of(
        noun,
        """
        WITH hidden (record, first, until) AS (
            SELECT record, gone, lead(opened, 1, {for_ever}) OVER (PARTITION BY record
                ORDER BY opened, id)
            FROM {named_documents}
            UNION ALL
            SELECT record, 0, min(opened) FROM {named_documents} GROUP BY record
            UNION ALL
            SELECT DISTINCT m.named, 0, {for_ever} FROM tracker_mention m
            WHERE m.named_noun = {named}
              AND NOT EXISTS (SELECT FROM {named_documents} d WHERE d.record = m.named)
        )
        SELECT d.record, m.named, greatest(d.opened, h.first)
        FROM hidden h
        JOIN tracker_mention m ON m.named = h.record AND m.named_noun = {named} AND m.noun = {noun}
        JOIN {documents} d ON d.id = m.document AND d.opened < h.until AND d.gone > h.first
        WHERE h.first < h.until
        ORDER BY 1, 3, 2
        """,
        f"{noun} {{0}}: it names {named} {{1}}, which is not public in edition {{2}}",
        **_named(named),
        for_ever=Literal(FOR_EVER),
    )


def _renamed(noun: Noun, named: Noun) -> Check:
    return Check.of(
        noun,
        """
        WITH called AS (
            SELECT record, opened, {key} AS key, {name} AS name,
                   lag({key}) OVER in_time AS old_key, lag({name}) OVER in_time AS old_name
            FROM {named_documents} WINDOW in_time AS (PARTITION BY record ORDER BY opened, id)
        )
        SELECT d.record, m.named, c.opened, c.old_name, c.old_key, c.name, c.key
        FROM called c
        JOIN tracker_mention m ON m.named = c.record AND m.named_noun = {named} AND m.noun = {noun}
        JOIN {documents} d ON d.id = m.document AND d.opened < c.opened AND d.gone > c.opened
        WHERE c.old_key IS NOT NULL AND (c.key, c.name) IS DISTINCT FROM (c.old_key, c.old_name)
          AND {is_called}
        ORDER BY 1, 3, 2
        """,
        f"{noun} {{0}}: in edition {{2}} it still calls {named} {{1}} “{{3}}” ({{4}}), not "
        f"“{{5}}” ({{6}})",
        **_named(named),
        key=key_of(named),
        name=name_of(named),
        is_called=_is_called(noun, named),
    )


def _is_called(noun: Noun, named: Noun) -> Composable:
    """Return the condition that a document calls a record by its name,
    where some stand in it by their keys alone.
    """
    if all(mark.noun is not named for _, mark in grouped(SHAPES[noun])):
        return SQL("true")
    before, after = f'"url":"{address(named, "%")}"'.split("%")
    return SQL("strpos(d.body, {} || c.old_key || {}) > 0").format(Literal(before), Literal(after))


def _named(named: Noun) -> dict[str, Composable]:
    return {"named": literal(named), "named_documents": table_of(named)}


def _by_nobody(noun: Noun) -> Check:
    return Check.of(
        noun,
        """
        SELECT document, named_noun, named FROM tracker_mention m
        WHERE noun = {noun} AND NOT EXISTS (SELECT FROM {documents} WHERE id = document)
        ORDER BY document, named_noun, named
        """,
        f"mentions: {noun} document {{0}} is said to name {{1}} {{2}}, but does not exist",
    )
