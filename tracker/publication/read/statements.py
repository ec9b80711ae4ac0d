"""The statement of a page of records, one per form of a question: which filters are given, not with which values.

It resolves keys and the edition itself, so that all it says is true of one moment. Documents are looked for in indexes
that hold what most filters need, and read only once it is known which ones the page has.

Claims on some issues (or else stances of some actors) are looked for in one of two ways, between which the statement
itself chooses: where the issues are few, the first of each, merged; where they are many, all in order until the page is
full. PostgreSQL can't choose, since a prepared statement is planned before it is known how many they are.

A search is different: it is written out (`with_search`) and planned for its words. If no order is asked for, the best
come first, but only the latest RANKED of what is found are weighed, and no others come.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache

from tracker.publication.read.connection import BYTES, Standing, one_line
from tracker.publication.read.editions import LATEST, NUMBER, STAMP, By
from tracker.publication.read.keys import BY_SLUG, survivor_of
from tracker.publication.read.search import Search
from tracker.schema.claims import IS_STALE
from tracker.schema.filters import Keys
from tracker.schema.ordering import BY_NAME_AND_RANK, BY_RANK, IN_ITS_NAMES, Order
from tracker.schema.records import CLAIMS, FILTERS, USUAL
from tracker.values.nouns import Noun

FEW = 12
RANKED = 1000
# Statements that are kept, of some 2 kB, which take 0.15 ms to make: whoever asks can combine filters without end.
FORMS = 256
LAST_MADE = (Order("document", "d.id", int, descending=True),)
# As `numbered` in lists.py has it, but in the braces of a format.
BEGINS, STALE, ENDS = """('{{"edition":' || f.opened""", """ || ',"is_stale":' || f.stale""", """ || ',')"""
LINE = """ || (right(f.body, -1) || E'\\n')"""
FOUND = "d.search @@ %(q)s"
# What stands and what is closed have an index each.
FOUND_THEN = f"((d.closed IS NULL AND {FOUND}) OR (d.closed IS NOT NULL AND {FOUND}))"
DRIVERS = {Noun.STANCE: ("under", "issue", "actor"), Noun.ALIGNMENT: ("under", "issue")}
BELOW = """
    below (record) AS (
        SELECT unnest(asked.under) FROM asked
        UNION
        SELECT i.record FROM below b CROSS JOIN LATERAL (
            SELECT i.record FROM tracker_issuedocument i WHERE i.parent = b.record AND {i} OFFSET 0
        ) i
    )
"""


@lru_cache(maxsize=FORMS)
def page(
    noun: Noun, given: frozenset[str], order: tuple[Order, ...], *, as_of: By, further: bool, counted: bool
) -> str:
    """Return the statement; its one row is latest, number, stamp, unknown, count, and an array each, null if empty.

    `unknown` are, as JSON and by the name of a filter, the records that its keys mean, if there is one among them that
    no record ever had. The arrays are of the editions that opened the documents, of their bodies, of whether they are
    stale (where `says_stale` says that this is told), and one for each part of their places: a page is sent at once,
    where rows would be sent piece by piece.
    """
    driver, where = _driver(noun, given), _where(noun, given, as_of)
    stale = [IS_STALE] if says_stale(noun, given) else []
    wanted = ["d.opened", BYTES.format("d.body"), *stale, *(f"f.k{place}" for place in range(len(order)))]
    at_most = RANKED if order == BY_RANK else None
    count = _count(noun, where, driver, at_most=at_most) if counted else "NULL::bigint"
    arrays = ", ".join(f"array_agg({one} ORDER BY {_directed(order, 'f.')})" for one in wanted)
    sql = f"""
        {_with(noun, given, as_of)}, found AS MATERIALIZED ({_found(noun, given, order, as_of, further=further)})
        SELECT a.latest, a.number, {STAMP.format(number="a.number")}, a.unknown, {count}, p.*
        FROM asked a CROSS JOIN (
            SELECT {arrays} FROM found f JOIN tracker_{noun}document d ON d.id = f.id
        ) p
    """
    return _standing(sql, as_of)


@lru_cache(maxsize=FORMS)
def chunk(noun: Noun, given: frozenset[str], order: tuple[Order, ...]) -> str:
    """Return the statement of a part of a whole list, after a place and as of an edition.

    Its one row is the documents as they are sent, each in a line; how many they are; and the parts of the last one's
    place. They are read where they are found: as everything will be, once is enough.
    """
    stale = says_stale(noun, given)
    also = ["d.opened", "d.body", *([f"{IS_STALE} AS stale"] if stale else [])]
    found = _found(noun, given, order, "edition", further=True, also=also)
    in_order = f"ORDER BY {_directed(order, 'f.')}"
    line = f"{BEGINS}{STALE if stale else ''}{ENDS}{LINE}"
    lines = BYTES.format(f"string_agg({line}, '' {in_order})")
    last = ", ".join(f"(array_agg(f.k{place} {in_order}))[count(*)]" for place in range(len(order)))
    sql = f"{_with(noun, given, 'edition')} SELECT {lines}, count(*), {last} FROM ({found}) f"
    return _standing(sql, "edition")


def says_stale(noun: Noun, given: Collection[str]) -> bool:
    """Tell whether the records of a list are told to be stale or not: claims, as of a day."""
    return noun in CLAIMS and "on" in given


def _with(noun: Noun, given: frozenset[str], as_of: By) -> str:
    """Return the beginning of a statement: what is asked for, as SQL before it can use it."""
    driver = _driver(noun, given)
    parts = [
        f"asked AS MATERIALIZED ({_asked(noun, given, as_of)})",
        *([BELOW] if "under" in given else []),
        *([_among(driver)] if driver else []),
    ]
    return f"WITH RECURSIVE {', '.join(parts)}"


def _found(
    noun: Noun, given: frozenset[str], order: tuple[Order, ...], as_of: By, *, further: bool, also: Sequence[str] = ()
) -> str:
    """Return SQL for the first that match, or the best."""
    driver, where = _driver(noun, given), _where(noun, given, as_of)
    if order == BY_RANK:
        return _ranked(noun, where, driver, further=further, also=also)
    return _search(noun, where, order, driver, further=further, also=also)


def _standing(sql: str, as_of: By) -> str:
    number = NUMBER[as_of] if as_of == "edition" else "(SELECT asked.number FROM asked)"
    return one_line(sql.format_map(Standing(number, now=as_of == "latest")))


def _where(noun: Noun, given: frozenset[str], as_of: By) -> str:
    where = _conditions(noun, given, _driver(noun, given))
    return where if as_of == "latest" else where.replace(FOUND, FOUND_THEN)


def _asked(noun: Noun, given: frozenset[str], as_of: By) -> str:
    keyed = [by for by in FILTERS[noun] if isinstance(by, Keys) and by.name in given]
    found = "".join(
        f", ARRAY(SELECT {survivor_of(by.noun, by.by, 'wanted.key')} "
        f'FROM unnest(%({by.name})s::text[]) AS wanted (key)) AS "{by.name}"'
        for by in keyed
    ).format_map(Standing("n.number", now=as_of == "latest"))
    is_unknown = " OR ".join(f'array_position(e."{by.name}", NULL) IS NOT NULL' for by in keyed)
    unknown = f"CASE WHEN {is_unknown} THEN to_json(e)::text END" if keyed else "NULL::text"
    # OFFSET 0 keeps each from being worked out again wherever it is used.
    asked = f"SELECT n.*{found} FROM (SELECT {LATEST} AS latest, {NUMBER[as_of]} AS number OFFSET 0) n"
    return f"SELECT e.*, {unknown} AS unknown FROM ({asked} OFFSET 0) e"


def _driver(noun: Noun, given: frozenset[str]) -> str | None:
    """Return the filter by whose records, one after another, claims may be looked for."""
    if given & {"id", "ref"}:
        return None
    return next((name for name in DRIVERS.get(noun, ()) if name in given), None)


def _column(driver: str) -> str:
    return "actor" if driver == "actor" else "issue"


def _among(driver: str) -> str:
    records = "SELECT record FROM below" if driver == "under" else f"SELECT DISTINCT unnest(asked.{driver}) FROM asked"
    return f"among (record) AS ({records}), many AS MATERIALIZED (SELECT count(*) AS n FROM among)"


def _conditions(noun: Noun, given: frozenset[str], driver: str | None) -> str:
    """Return the conditions of all filters but the driver; the others of its kind are no way to look for anything."""
    parts = ["{d}"]
    for by in FILTERS[noun]:
        if by.name in given and by.name != driver:
            condition = by.condition(given)
            parts.append(f"({condition}) IS TRUE" if driver and by.name in DRIVERS[noun] else condition)
    where = " AND ".join(parts)
    for by in FILTERS[noun]:
        if isinstance(by, Keys):
            where = where.replace(f"%({by.name})s", f'(SELECT asked."{by.name}" FROM asked)::int[]')
    return where


def _search(
    noun: Noun,
    where: str,
    order: tuple[Order, ...],
    driver: str | None,
    *,
    further: bool,
    also: Sequence[str] = (),
    limit: str = "%(limit)s",
) -> str:
    """Return SQL for the first that match: their `id`, the parts of their places, and `also` other columns."""
    beyond = f" AND ({_beyond(order)})" if further else ""
    found = f"SELECT {', '.join(['d.id', _keys(order), *also])} FROM tracker_{noun}document d WHERE {where}{beyond}"
    first = f"ORDER BY {_directed(order)} LIMIT {limit}"
    if driver is None:
        return f"{found} {first}"
    column = _column(driver)
    return f"""
        SELECT * FROM (
            ({found} AND (d.{column} IN (SELECT record FROM among)) IS TRUE AND (SELECT n FROM many) > {FEW} {first})
            UNION ALL
            (SELECT f.* FROM among CROSS JOIN LATERAL ({found} AND d.{column} = among.record {first}) f
             WHERE (SELECT n FROM many) <= {FEW} {first})
        ) f {first}
    """


def _ranked(noun: Noun, where: str, driver: str | None, *, further: bool, also: Sequence[str]) -> str:
    """Return SQL for the best of the latest that match."""
    latest = USUAL[noun] if USUAL[noun][0].descending else LAST_MADE
    columns = [*also, "d.record", "d.search"]
    by_name = noun in BY_SLUG

    def found(condition: str, *columns: str) -> str:
        return _search(noun, f"{where}{condition}", latest, driver, further=False, also=columns, limit=str(RANKED))

    if by_name:
        named = found(f" AND {IN_ITS_NAMES}", *columns, "d.sort", "true AS named")
        others = found(f" AND NOT {IN_ITS_NAMES}", *columns, "d.sort", "false AS named")
        candidates = f"({named}) UNION ALL ({others}) ORDER BY named DESC, {_directed(latest)} LIMIT {RANKED}"
    else:
        candidates = found("", *columns)
    ranking = BY_NAME_AND_RANK if by_name else BY_RANK
    places = [replace(by, sql=f"f.k{place}") for place, by in enumerate(BY_RANK)]
    chosen = ", ".join(["d.id", _keys(ranking), *(one.rpartition(" AS ")[2] for one in also)])
    return f"""
        SELECT * FROM (SELECT {chosen} FROM ({candidates}) d) f
        {f"WHERE {_beyond(places)}" if further else ""} ORDER BY {_directed(BY_RANK)} LIMIT %(limit)s
    """


def _keys(order: Sequence[Order]) -> str:
    return ", ".join(f"{by.sql} AS k{place}" for place, by in enumerate(order))


def with_search(sql: str, search: Search) -> str:
    """Return a statement with a search written out in it."""
    said = {"q": (search.wide, "tsquery"), "exact": (search.exact, "tsquery"), "name": (search.name, "text")}
    written = {name: (text.replace("'", "''").replace("%", "%%"), of) for name, (text, of) in said.items()}
    return re.sub(r"%\((q|exact|name)\)s", lambda found: "'{}'::{}".format(*written[found[1]]), sql)


def _count(noun: Noun, where: str, driver: str | None, *, at_most: int | None = None) -> str:
    """Return SQL for the number of records, one more than `at_most` standing for all that are more."""
    of_one = f" AND d.{_column(driver)} = among.record" if driver else ""
    among = "among CROSS JOIN LATERAL " if driver else ""
    limit = f"LIMIT {at_most + 1}" if at_most is not None else ""
    if limit:
        found = f"SELECT FROM tracker_{noun}document d WHERE {where}{of_one} {limit}"
        return f"(SELECT count(*) FROM (SELECT FROM {among}({found}) d {limit}) c)"
    count = f"SELECT count(*) FROM tracker_{noun}document d WHERE {where}{of_one}"
    return f"(SELECT coalesce(sum(n), 0)::bigint FROM {among}({count}) c (n))"


def _directed(order: tuple[Order, ...], alias: str = "") -> str:
    return ", ".join(f"{alias}k{place} {'DESC' if by.descending else 'ASC'}" for place, by in enumerate(order))


def _beyond(order: Sequence[Order]) -> str:
    """Return the condition that a document comes after a place, bound as %(after_0)s, %(after_1)s and so on."""
    compared = [(by.sql, "<" if by.descending else ">", f"%(after_{place})s") for place, by in enumerate(order)]
    if len({by.descending for by in order}) == 1:  # one comparison of rows, which an index can answer
        sql, than, values = ", ".join(c[0] for c in compared), compared[0][1], ", ".join(c[2] for c in compared)
        return f"({sql}) {than} ({values})"
    return " OR ".join(
        " AND ".join([*(f"{sql} = {value}" for sql, _, value in compared[:place]), " ".join(compared[place])])
        for place in range(len(compared))
    )
