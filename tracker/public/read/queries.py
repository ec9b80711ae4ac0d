"""The statement of a page of records, one per form of a question:
which filters are given, not with which values.

It resolves keys and the edition itself, so that all it says is true of one moment. Documents are
looked for in indexes that hold what most filters need, and read only once it is known which ones
the page has.

Claims on some issues (or else stances of some actors) are looked for in one of two ways, between
which the statement itself chooses: where the issues are few, the first of each, merged; where they
are many, all in order until the page is full. PostgreSQL can't choose, since a prepared statement
is planned before it is known how many they are.

A search is different: it is planned for its words. If no order is asked for, the best come first,
but only the latest RANKED of what is found are weighed, and no others come.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache

from psycopg.sql import SQL, Composable, Composed, Identifier, Literal, Placeholder

from tracker.public.read.keys import BY_SLUG, survivor_of
from tracker.public.read.sql import (
    BODY,
    LATEST,
    NUMBER,
    By,
    Scope,
    as_bytes,
    literal,
    stamp,
    table_of,
    write,
)
from tracker.schema.claims import IS_STALE
from tracker.schema.filters import Filter, Keys, Search
from tracker.schema.ordering import BY_NAME_AND_RANK, BY_RANK, IN_ITS_NAMES, Order
from tracker.schema.records import CLAIMS, FILTERS, USUAL
from tracker.values.nouns import Noun

FEW_RECORDS = 12
MOST_RANKED = 1000
# Statements that are kept, of some 2 kB, which take 0.5 ms to make:
# whoever asks can combine filters without end.
MOST_STATEMENTS = 256
LAST_MADE = (Order("document", "d.id", int, descending=True),)
LINE = SQL("({} || f.opened{} || {}) || (right(f.body, -1) || chr(10))")
DOCUMENT_COLUMNS = [SQL("d.opened"), SQL("d.body")]
COMMA, NOTHING = SQL(", "), SQL("")
DRIVERS = {Noun.STANCE: ("under", "issue", "actor"), Noun.ALIGNMENT: ("under", "issue")}
# OFFSET 0: by its index, issue by issue; a join is planned for a tenth of all, and reads them.
BELOW = SQL("""
    below (record) AS (
        SELECT unnest(asked.under) FROM asked
        UNION
        SELECT i.record FROM below b CROSS JOIN LATERAL (
            SELECT i.record FROM tracker_issuedocument i WHERE i.parent = b.record AND {} OFFSET 0
        ) i
    )
""")


@lru_cache(maxsize=MOST_STATEMENTS)
def page(
    noun: Noun,
    parameters: frozenset[str],
    order: tuple[Order, ...],
    *,
    as_of: By,
    further: bool,
    counted: bool,
) -> str:
    """Return the statement; its one row is latest, number, stamp, unknown, count,
    and an array each, null if empty.

    `unknown` are, as JSON and by the name of a filter, the records that its keys mean, if there is
    one among them that no record ever had. The arrays are of the editions that opened the
    documents, of their bodies, of whether they are stale (where `says_stale` says that this is
    told), and one for each part of their places: a page is sent at once, where rows would be sent
    piece by piece.
    """
    query = _Query(noun, parameters, as_of)
    in_order = _directed(order, SQL("f."))
    stale = [query.is_stale] if says_stale(noun, parameters) else []
    wanted = [
        SQL("d.opened"),
        BODY,
        *stale,
        *(SQL("f.{}").format(_key(place)) for place in range(len(order))),
    ]
    return write(
        """
        {begin}, found AS MATERIALIZED ({found})
        SELECT a.latest, a.number, {stamp}, a.unknown, {count}, p.*
        FROM asked a CROSS JOIN (SELECT {arrays} FROM found f JOIN {documents} d ON d.id = f.id) p
        """,
        begin=query.begin(),
        found=query.matching(order, further=further),
        stamp=stamp("a.number"),
        count=query.count(MOST_RANKED if order == BY_RANK else None)
        if counted
        else SQL("NULL::bigint"),
        arrays=COMMA.join(
            SQL("array_agg({} ORDER BY {})").format(column, in_order) for column in wanted
        ),
        documents=query.documents,
    )


@lru_cache(maxsize=MOST_STATEMENTS)
def chunk(noun: Noun, parameters: frozenset[str], order: tuple[Order, ...]) -> str:
    """Return the statement of a part of a whole list, after a place and as of an edition.

    Its one row is the documents as they are sent, each in a line; how many they are; and the parts
    of the last one's place. They are read where they are found: as everything will be, once is
    enough.
    """
    query = _Query(noun, parameters, "edition")
    stale = says_stale(noun, parameters)
    in_order = _directed(order, SQL("f."))
    is_stale = SQL(" || {} || f.stale").format(Literal(',"is_stale":')) if stale else NOTHING
    line = LINE.format(Literal('{"edition":'), is_stale, Literal(","))
    return write(
        "{begin} SELECT {lines}, count(*), {last} FROM ({found}) f",
        begin=query.begin(),
        lines=as_bytes(SQL("string_agg({}, '' ORDER BY {})").format(line, in_order)),
        last=COMMA.join(
            SQL("(array_agg(f.{} ORDER BY {}))[count(*)]").format(_key(place), in_order)
            for place in range(len(order))
        ),
        found=query.matching(
            order, further=True, also=[*DOCUMENT_COLUMNS, *([query.stale] if stale else [])]
        ),
    )


def says_stale(noun: Noun, parameters: Collection[str]) -> bool:
    """Tell whether the records of a list are told to be stale or not: claims, as of a day."""
    return noun in CLAIMS and "on" in parameters


class _Query:
    """The parts of a statement that depend on the filters that are
    given and on the edition that is asked for.
    """

    def __init__(self, noun: Noun, parameters: frozenset[str], as_of: By) -> None:
        self.noun, self.as_of = noun, as_of
        self.documents = table_of(noun)
        self.filters = [by for by in FILTERS[noun] if by.name in parameters]
        self.parameters = parameters
        number = NUMBER[as_of] if as_of == "edition" else SQL("(SELECT asked.number FROM asked)")
        self.scope = Scope(number, as_of == "latest")
        self.is_stale = SQL(IS_STALE.get(noun, "false")).format(live=self.scope.live("o"))
        self.stale = SQL("{} AS stale").format(self.is_stale)
        # the filter by whose records, one after another, claims may be looked for
        drivers = () if parameters & {"id", "ref"} else DRIVERS.get(noun, ())
        self.driver = next((name for name in drivers if name in parameters), None)
        self.column = SQL("d.actor" if self.driver == "actor" else "d.issue")
        conditions = [self._condition(by) for by in self.filters if by.name != self.driver]
        self.where = SQL(" AND ").join([self.scope.live("d"), *conditions])

    def begin(self) -> Composed:
        """Return the beginning of a statement: what is asked for, as SQL before it can use it."""
        parts: list[Composable] = [SQL("asked AS MATERIALIZED ({})").format(self._answering())]
        if "under" in self.parameters:
            parts.append(BELOW.format(self.scope.live("i")))
        if self.driver:
            keyed = SQL("SELECT DISTINCT unnest(asked.{}) FROM asked").format(SQL(self.driver))
            records = SQL("SELECT record FROM below") if self.driver == "under" else keyed
            parts.append(SQL("among (record) AS ({})").format(records))
            parts.append(SQL("many AS MATERIALIZED (SELECT count(*) AS n FROM among)"))
        return SQL("WITH RECURSIVE {}").format(COMMA.join(parts))

    def matching(
        self, order: tuple[Order, ...], *, further: bool, also: Sequence[Composable] = ()
    ) -> Composed:
        """Return SQL for the first that match, or the best:
        their `id`, the parts of their places, and `also` columns.

        They come after a place if they are `further`.
        """
        if order == BY_RANK:
            return self._best(further=further, also=also)
        beyond = SQL(" AND ({})").format(_beyond(order)) if further else NOTHING
        return self._first(SQL("{}{}").format(self.where, beyond), order, also, SQL("%(limit)s"))

    def count(self, at_most: int | None) -> Composed:
        """Return SQL for the number of records,
        one more than `at_most` standing for all that are more.
        """
        counted = SQL("FROM {} d WHERE {}").format(self.documents, self.where)
        among = NOTHING
        if self.driver:
            counted = SQL("{} AND {} = among.record").format(counted, self.column)
            among = SQL("among CROSS JOIN LATERAL ")
        if at_most is None:
            count = SQL("(SELECT coalesce(sum(n), 0)::bigint FROM {}(SELECT count(*) {}) c (n))")
            return count.format(among, counted)
        limited = SQL(
            "(SELECT count(*) FROM (SELECT FROM {0}(SELECT {1} LIMIT {2}) d LIMIT {2}) c)"
        )
        return limited.format(among, counted, Literal(at_most + 1))

    def _answering(self) -> Composed:
        """Return SQL for the editions, the records that keys mean, by filter,
        and which of these are unknown.
        """
        keyed = [by for by in self.filters if isinstance(by, Keys)]
        scope = Scope(SQL("n.number"), self.scope.is_latest)
        means = SQL(", ARRAY(SELECT {} FROM unnest({}::text[]) AS wanted (key)) AS {}")
        meanings = [
            means.format(
                survivor_of(by.noun, by.by, SQL("wanted.key"), scope),
                Placeholder(by.name),
                Identifier(by.name),
            )
            for by in keyed
        ]
        unknown: Composable = SQL("NULL::text")
        if keyed:
            missing = [
                SQL("array_position(e.{}, NULL) IS NOT NULL").format(Identifier(by.name))
                for by in keyed
            ]
            unknown = SQL("CASE WHEN {} THEN to_json(e)::text END").format(
                SQL(" OR ").join(missing)
            )
        # OFFSET 0 keeps each from being worked out again wherever it is used.
        return SQL(
            "SELECT e.*, {} AS unknown "
            "FROM (SELECT n.*{} FROM (SELECT {} AS latest, {} AS number OFFSET 0) n OFFSET 0) e"
        ).format(unknown, NOTHING.join(meanings), LATEST, NUMBER[self.as_of])

    def _condition(self, by: Filter) -> Composed:
        """Return the condition of a filter;
        one of the driver's kind is no way to look for anything.
        """
        keys = {
            other.name: SQL("(SELECT asked.{} FROM asked)::int[]").format(Identifier(other.name))
            for other in FILTERS[self.noun]
            if isinstance(other, Keys)
        }
        of_keys = {"named_noun": literal(by.noun)} if isinstance(by, Keys) else {}
        parts = {
            "noun": literal(self.noun),
            "number": self.scope.number,
            "live": self.scope.live("o"),
            **of_keys,
        }
        condition = SQL(by.condition(self.parameters)).format(**parts, **keys)
        # what is live and what is closed have an index each
        if isinstance(by, Search) and not self.scope.is_latest:
            condition = SQL(
                "((d.closed IS NULL AND {0}) OR (d.closed IS NOT NULL AND {0}))"
            ).format(condition)
        return (
            SQL("({}) IS TRUE").format(condition)
            if self.driver and by.name in DRIVERS[self.noun]
            else condition
        )

    def _first(
        self,
        where: Composable,
        order: tuple[Order, ...],
        also: Sequence[Composable],
        limit: Composable,
    ) -> Composed:
        columns = COMMA.join([SQL("d.id"), _keys(order), *also])
        query = SQL("SELECT {} FROM {} d WHERE {}").format(columns, self.documents, where)
        first = SQL("ORDER BY {} LIMIT {}").format(_directed(order), limit)
        if self.driver is None:
            return SQL("{} {}").format(query, first)
        return SQL("""
            SELECT * FROM (
                ({found} AND ({column} IN (SELECT record FROM among)) IS TRUE
                    AND (SELECT n FROM many) > {few} {first})
                UNION ALL
                (SELECT f.* FROM among
                    CROSS JOIN LATERAL ({found} AND {column} = among.record {first}) f
                 WHERE (SELECT n FROM many) <= {few} {first})
            ) f {first}
        """).format(found=query, column=self.column, few=Literal(FEW_RECORDS), first=first)

    def _best(self, *, further: bool, also: Sequence[Composable]) -> Composed:
        """Return SQL for the best of the latest that match."""
        latest = USUAL[self.noun] if USUAL[self.noun][0].descending else LAST_MADE
        columns, most = [*also, SQL("d.record"), SQL("d.search")], Literal(MOST_RANKED)
        if by_name := self.noun in BY_SLUG:
            candidates = SQL("({}) UNION ALL ({}) ORDER BY named DESC, {} LIMIT {}").format(
                *(
                    self._first(
                        SQL("{} AND {}{}").format(
                            self.where, SQL("" if named else "NOT "), SQL(IN_ITS_NAMES).format()
                        ),
                        latest,
                        [*columns, SQL("d.sort"), SQL("{} AS named").format(Literal(named))],
                        most,
                    )
                    for named in (True, False)
                ),
                _directed(latest),
                most,
            )
        else:
            candidates = self._first(self.where, latest, columns, most)
        ranking = BY_NAME_AND_RANK if by_name else BY_RANK
        places = [replace(by, sql=f"f.k{place}") for place, by in enumerate(BY_RANK)]
        return SQL("""
            SELECT * FROM (SELECT {columns} FROM ({candidates}) d) f
            {beyond} ORDER BY {first} LIMIT %(limit)s
        """).format(
            columns=COMMA.join(
                [
                    SQL("d.id"),
                    _keys(ranking),
                    *(SQL("d.stale") if column is self.stale else column for column in also),
                ]
            ),
            candidates=candidates,
            beyond=SQL("WHERE {}").format(_beyond(places)) if further else NOTHING,
            first=_directed(BY_RANK),
        )


def _sql(by: Order) -> Composed:
    return SQL(by.sql).format(lowest=Literal(by.lowest))


def _keys(order: Sequence[Order]) -> Composed:
    return COMMA.join(
        SQL("{} AS {}").format(_sql(by), _key(place)) for place, by in enumerate(order)
    )


def _key(place: int) -> Identifier:
    return Identifier(f"k{place}")


def _directed(order: Sequence[Order], alias: SQL = NOTHING) -> Composed:
    return COMMA.join(
        SQL("{}{} {}").format(alias, _key(place), SQL("DESC" if by.descending else "ASC"))
        for place, by in enumerate(order)
    )


def _beyond(order: Sequence[Order]) -> Composed:
    """Return the condition that a document comes after a place, bound as %(after_0)s,
    %(after_1)s and so on.
    """
    places = [
        (_sql(by), SQL("<" if by.descending else ">"), Placeholder(f"after_{n}"))
        for n, by in enumerate(order)
    ]
    # one comparison of rows, which an index can answer
    if len({by.descending for by in order}) == 1:
        keys, (than, *_), values = zip(*places, strict=True)
        return SQL("({}) {} ({})").format(COMMA.join(keys), than, COMMA.join(values))
    equal = [SQL("{} = {}").format(key, value) for key, _, value in places]
    return SQL(" OR ").join(
        SQL(" AND ").join([*equal[:n], SQL("{} {} {}").format(*place)])
        for n, place in enumerate(places)
    )
