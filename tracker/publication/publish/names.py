"""What documents call the records that they refer to: in the latest edition, in earlier ones, or if published now."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from psycopg.sql import SQL, Composed, Identifier, Literal

from tracker.models.queries import compose, rows_of
from tracker.publication.publish.batch import Batch
from tracker.publication.publish.render import reference_of
from tracker.publication.read.keys import BY_SLUG
from tracker.schema.parts import Reference, SourceReference
from tracker.values.nouns import Noun

NAME_FIELD = {Noun.ISSUE: "title", Noun.ACTOR: "name", Noun.SOURCE: "title"}
NAMES = "SELECT record, {key}, {name} FROM {documents} WHERE closed IS NULL AND record = ANY(%s)"
PAST_NAMES = """
    SELECT n.record, n.edition, {key}, {name} FROM unnest(%s::int[], %s::int[]) AS n (record, edition)
    JOIN {documents} d USING (record) WHERE d.opened <= n.edition AND d.gone > n.edition
"""
NAMES_AT_DESK = SQL(" UNION ALL ").join(
    compose(
        "SELECT {noun}, id, {key}, {name} FROM {table} WHERE id = ANY(%s)",
        noun,
        key=SQL("slug" if noun in BY_SLUG else "NULL"),
        name=Identifier(name),
    )
    for noun, name in NAME_FIELD.items()
)
References = dict[tuple[Noun, int], Reference | SourceReference]
PastReferences = dict[tuple[Noun, int, int], Reference | SourceReference]


def references(named: Iterable[tuple[Noun, int]]) -> References:
    """Return how documents of the latest edition refer to those of the named records that are public."""
    return {
        (noun, record): reference_of(noun, key, name)
        for noun, records in _by_noun(named).items()
        for record, key, name in rows_of(compose(NAMES, noun, key=key_of(noun), name=name_of(noun)), [records])
    }


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


def names_at_desk(named: Iterable[tuple[Noun, int]]) -> References:
    """Return how records are called at the desk; one query."""
    by_noun = _by_noun(named)
    if not by_noun:
        return {}
    return {
        (Noun(noun), record): reference_of(Noun(noun), slug or record, name)
        for noun, record, slug, name in rows_of(NAMES_AT_DESK, [by_noun.get(noun, []) for noun in NAME_FIELD])
    }


def names_with(batch: Batch, named: Collection[tuple[Noun, int]]) -> References:
    """Return how an edition of this batch refers to those named: as published with it, else as they are public."""
    published_too = {(noun, record) for noun, record in named if record in batch.get(noun, ())}
    return {**references(name for name in named if name not in published_too), **names_at_desk(published_too)}


def key_of(noun: Noun) -> SQL:
    """Return the SQL expression for the key in a document's address."""
    return SQL("slug" if noun in BY_SLUG else "record::text")


def name_of(noun: Noun) -> Composed:
    """Return the SQL expression for what others call a document, whose body may be damaged; then it is empty."""
    name = SQL("CASE WHEN body IS JSON OBJECT THEN body::json ->> {} ELSE '' END")
    return name.format(Literal(NAME_FIELD[noun]))


def _by_noun(named: Iterable[tuple[Noun, int]]) -> dict[Noun, list[int]]:
    by_noun: dict[Noun, list[int]] = defaultdict(list)
    for noun, record in named:
        by_noun[noun].append(record)
    return by_noun
