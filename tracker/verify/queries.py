"""Queries that find what does not agree, streamed, and the sentence for each row that they find."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, Self

from psycopg.sql import SQL, Composable, Composed, Literal

from tracker.models.queries import chunks_of, compose, rows_of
from tracker.public.read.keys import BY_SLUG
from tracker.publishing.names import NAME_FIELD
from tracker.publishing.render import reference_of
from tracker.schema.parts import Reference, SourceReference
from tracker.values.nouns import Noun

Progress = Callable[[str, int, int], None]  # of what, how many are done, of how many (0: not known)
PAST_NAMES = """
    SELECT n.record, n.edition, {key}, {name}
        FROM unnest(%s::int[], %s::int[]) AS n (record, edition)
    JOIN {documents} d USING (record) WHERE d.opened <= n.edition AND d.gone > n.edition
"""
PastReferences = dict[tuple[Noun, int, int], Reference | SourceReference]


class Check(NamedTuple):
    """A query for what does not agree,
    and the sentence into which the columns of each of its rows go, by position.
    """

    sql: str | Composable
    says: str

    @classmethod
    def of(cls, noun: Noun, template: str, says: str, **parts: Composable) -> Self:
        """Return a query about a noun, as `tracker.models.queries.compose` makes it."""
        return cls(compose(template, noun, **parts), says)

    def complaints(self) -> Iterator[str]:
        """Yield a sentence for each row."""
        for rows in chunks_of(self.sql):
            for row in rows:
                yield self.says.format(*row)


def complaints_of(checks: Mapping[str, Check], progress: Progress) -> Iterator[str]:
    """Yield a sentence for each row that checks find, telling before each what is looked at."""
    for of, check in checks.items():
        progress(of, 0, 0)
        yield from check.complaints()


def past_references(named: Iterable[tuple[Noun, int, int]]) -> PastReferences:
    """Return how an edition referred to a record, by noun, record and edition;
    without those not public in it.

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
    """Return the SQL expression for what others call a document, whose body may be damaged;
    then it is empty.
    """
    name = SQL("CASE WHEN body IS JSON OBJECT THEN body::json ->> {} ELSE '' END")
    return name.format(Literal(NAME_FIELD[noun]))
