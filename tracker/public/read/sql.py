"""How the SQL of this package is written: templates with parts, by psycopg's `SQL`;
values are bound, as `%(name)s`.
"""

import typing
from typing import Any, NamedTuple

from psycopg.sql import SQL, Composable, Composed, Identifier, Literal

from tracker.values.nouns import Noun

By = typing.Literal["latest", "edition", "moment", "release"]
LATEST = SQL("(SELECT coalesce(max(number), 0) FROM tracker_edition)")
NUMBER: dict[By, SQL] = {
    "latest": LATEST,
    "edition": SQL("%(edition)s::int"),
    "release": SQL("(SELECT edition FROM tracker_release WHERE version = %(release)s::text)"),
    "moment": SQL("""(
        SELECT CASE WHEN %(moment)s::timestamptz <= greatest(
            clock_timestamp(), (SELECT max(published_at) FROM tracker_edition)
        ) THEN coalesce(max(number), 0) END
        FROM tracker_edition WHERE published_at <= %(moment)s::timestamptz
    )"""),
}


class Scope(NamedTuple):
    """The edition whose documents are read, by SQL for its number;
    of the latest they are known by themselves.
    """

    number: Composable
    is_latest: bool = False

    def live(self, alias: str) -> Composed:
        """Return the condition that the document under an alias was live in the edition."""
        if self.is_latest:
            return SQL("{}.closed IS NULL").format(SQL(alias))
        return SQL("{0}.opened <= {1} AND {0}.gone > {1}").format(SQL(alias), self.number)


OF_EDITION = Scope(NUMBER["edition"])


def write(template: str, *parts: Any, **named: Any) -> str:
    """Return a statement of its parts in one line: short enough for psycopg to keep it parsed."""
    return " ".join(SQL(template).format(*parts, **named).as_string(None).split())


def table_of(noun: Noun) -> Identifier:
    """Return the table of a noun's documents."""
    return Identifier(f"tracker_{noun}document")


def literal(noun: Noun) -> Literal:
    """Return a noun as a constant, for which statements are planned."""
    return Literal(noun.value)


def stamp(number: str) -> Composed:
    """Return SQL for the moment of an edition in microseconds since 1970,
    which tells editions of a number apart.
    """
    return SQL(
        "(SELECT (extract(epoch FROM s.published_at) * 1000000)::bigint FROM tracker_edition "
        "s WHERE s.number = {})"
    ).format(SQL(number))


def as_bytes(text: Composable) -> Composed:
    """Return SQL for a text as bytes:
    what is passed on as it is needn't be made a str in between.
    """
    return SQL("convert_to({}, 'UTF8')").format(text)


BODY = as_bytes(SQL("d.body"))
