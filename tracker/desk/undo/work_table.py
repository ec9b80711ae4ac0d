"""The work of an undo, in a temporary table:
a row for each row of the desk that is to be deleted, restored or changed.

What a row was before is its `target`, as far as its `fields` go. It is `edited` where somebody
changed it after what is undone: that would be lost. Much or little, the same few statements go over
the whole table, and PostgreSQL holds it.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from psycopg.sql import SQL, Composable, Composed, Identifier, Literal

from tracker.models.queries import rows_of, run
from tracker.models.tables import IN_ORDER, TABLES, DeskTable, UniqueKey, tables_of
from tracker.values.nouns import Noun
from tracker.values.problems import Key

# so that a record that is restored has all its parts in its first version
PARTS_FIRST = tuple(
    table
    for noun in IN_ORDER
    for table in sorted(tables_of(noun).values(), key=lambda table: not table.part)
)
# of a row p that is not in the table yet, columns that the table would compute; null:
# may be there any number of times
COMPUTED = {"url_key": SQL("nullif(public.normalised_url(p.url), '')")}
COMPUTED_FROM = {"url_key": "url"}
MAKE = """
    CREATE TEMPORARY TABLE undoing (
        noun text, record int, part text, row int, action text, now jsonb, target jsonb,
            fields text[], edited text[],
        until bigint, left_out boolean DEFAULT false, turn int, PRIMARY KEY (noun, part, row)
    ) ON COMMIT DROP;
    CREATE TEMPORARY TABLE undoing_name (
        noun text, record int, part text, row int, field text, named_noun text, named int,
            is_target boolean
    ) ON COMMIT DROP
"""
OF_A_CHANGE_SET = """
    SELECT o.record, o.row, o.last, f.before, l.after, to_jsonb(t) AS now
    FROM (
        SELECT record, row, min(id) AS first, max(id) AS last FROM tracker_event
        WHERE changeset_id = %(changeset)s AND noun = %(noun)s AND part = %(part)s
          AND (%(only)s::int IS NULL OR record = %(only)s)
        GROUP BY record, row
    ) o
    JOIN tracker_event f ON f.id = o.first JOIN tracker_event l ON l.id = o.last
    LEFT JOIN {table} t ON t.id = o.row
"""
OF_A_VERSION = """
    SELECT %(only)s AS record, coalesce(t.id, (b.before ->> 'id')::int) AS row,
        NULL::bigint AS last,
           b.before, to_jsonb(t) AS after, to_jsonb(t) AS now
    FROM jsonb_array_elements(%(rows)s::jsonb) AS b (before)
    FULL JOIN (SELECT * FROM {table} WHERE {owner} = %(only)s) t ON t.id = (b.before ->> 'id')::int
"""
# A part that was taken away since is an edit of a record that is to go,
# and nothing to one that stays.
FILL = """
    WITH source AS MATERIALIZED ({source}) -- else the row would be made JSON anew for each column
    INSERT INTO undoing (noun, record, part, row, action, now, target, fields, edited, until)
    SELECT %(noun)s, record, %(part)s, row, action, now,
           CASE action WHEN 'restore' THEN %(defaults)s::jsonb || before
                       WHEN 'change' THEN now || (SELECT jsonb_object_agg(c, before -> c)
                           FROM unnest(fields) c) END,
           fields, CASE WHEN now IS NULL AND action <> 'restore' THEN '{{id}}' ELSE edited END, last
    FROM (
        SELECT *, CASE WHEN before IS NULL THEN 'delete' WHEN after IS NULL THEN 'restore'
            ELSE 'change' END AS action
        FROM source WHERE before IS NOT NULL OR after IS NOT NULL
    ) s CROSS JOIN LATERAL (
        SELECT array_agg(c) FILTER (WHERE before ? c AND before -> c IS DISTINCT FROM after -> c
                                    AND before -> c IS DISTINCT FROM now -> c) AS fields,
               array_agg(c) FILTER (WHERE after ? c AND now -> c IS DISTINCT FROM after -> c
                                    AND (before IS NULL OR before -> c IS DISTINCT FROM after -> c
                                                       AND before -> c IS DISTINCT FROM now ->
                                                           c)) AS edited
        FROM unnest(%(columns)s::text[]) c
    ) d
    WHERE CASE action
        WHEN 'delete' THEN now IS NOT NULL OR EXISTS (
            SELECT FROM undoing r
                WHERE (r.noun, r.part, r.row, r.action) = (%(noun)s, '', s.record, 'delete')
        )
        WHEN 'restore' THEN now IS NULL
        ELSE fields IS NOT NULL
    END
"""
NAMES = """
    INSERT INTO undoing_name
    SELECT noun, record, part, row, {field}, {named}, (now ->> {field})::int, false FROM undoing
    WHERE noun = {noun} AND part = {part} AND now ->> {field} IS NOT NULL
    UNION ALL
    SELECT noun, record, part, row, {field}, {named}, (target ->> {field})::int, true FROM undoing
    WHERE noun = {noun} AND part = {part} AND target ->> {field} IS NOT NULL
      AND (action = 'restore' OR {field} = ANY(fields))
"""
LEAVE_OUT = """
    UPDATE undoing SET left_out = true
    WHERE (noun, record) IN (SELECT * FROM unnest(%s::text[], %s::int[])) AND NOT left_out
"""
# What is left alone keeps what it names from being deleted;
# what is left deleted, what names it from being restored.
EXCLUDE_DEPENDENTS = """
    UPDATE undoing SET left_out = true WHERE NOT left_out AND (noun, record) IN (
        SELECT y.noun, y.record FROM undoing_name n
        JOIN undoing x ON (x.noun, x.part, x.row) = (n.noun, n.part, n.row) AND x.left_out
        JOIN undoing y ON (y.noun, y.part, y.row) = (n.named_noun, '', n.named)
            AND y.action = 'delete'
        WHERE NOT n.is_target
        UNION
        SELECT n.noun, n.record FROM undoing_name n
        JOIN undoing y ON (y.noun, y.part, y.row) = (n.named_noun, '', n.named)
            AND y.action = 'restore'
        WHERE n.is_target AND y.left_out
    )
"""


@contextmanager
def work_table() -> Iterator[None]:
    """Make the tables of an undo, inside a transaction, and take them away."""
    run(MAKE)
    yield
    run("DROP TABLE undoing, undoing_name")


def of_changeset(changeset: UUID, only: Key | None = None) -> None:
    """Fill in what a change set did, or what it did to one record."""
    touched = set(
        rows_of(
            "SELECT DISTINCT noun, part FROM tracker_event WHERE changeset_id = %s", [changeset]
        )
    )
    for table in TABLES:
        if (table.noun.value, table.part) in touched and (only is None or only[0] is table.noun):
            _fill(table, OF_A_CHANGE_SET, changeset=changeset, only=only and only[1])


def of_version(noun: Noun, record: int, rows: dict[str, list[str]]) -> None:
    """Fill in what a record lacks to be as it was: by part, its rows then, as JSON;
    the record itself under "".
    """
    for part, table in tables_of(noun).items():
        _fill(table, OF_A_VERSION, only=record, rows=f"[{','.join(rows[part])}]")


def leave_out(keys: Iterable[Key]) -> None:
    """Leave records out, and what hangs on them; what refers to what is known from here on."""
    for table in TABLES:
        for field, named in table.foreign_keys.items():
            run(table_query(table, NAMES, field=Literal(field), named=Literal(named.value)))
    run("ANALYZE undoing; ANALYZE undoing_name")
    nouns, ids = zip(*keys, strict=True) if (keys := list(keys)) else ((), ())
    if run(LEAVE_OUT, [[str(noun) for noun in nouns], list(ids)]):
        while run(EXCLUDE_DEPENDENTS):
            pass


def table_query(table: DeskTable, template: str, **parts: Composable) -> Composed:
    """Return a query about a table:
    of its `{noun}` and `{part}`, its `{table}` and the column of its `{owner}`.

    `{where}` is the condition that a row of the work, `u`,
    is one of this table that is to be written.
    """
    noun, part = Literal(table.noun.value), Literal(table.part)
    where = SQL("u.noun = {} AND u.part = {} AND NOT u.left_out").format(noun, part)
    of_table = {
        "noun": noun,
        "part": part,
        "table": Identifier(table.name),
        "owner": Identifier(table.owner),
    }
    return SQL(template).format(**of_table, where=where, **parts)


def columns_of(key: UniqueKey) -> list[str]:
    """Return the columns of a key as they are written."""
    return [COMPUTED_FROM.get(column, column) for column in key.columns]


def same(key: UniqueKey) -> Composed:
    """Return the condition that a row `t` of a table has the key of `p`, which is not in it yet."""
    return SQL(" AND ").join(
        SQL("{} = {}").format(
            Identifier("t", column), COMPUTED.get(column, Identifier("p", column))
        )
        for column in key.columns
    )


def _fill(table: DeskTable, source: str, **parameters: Any) -> None:
    # what stands in columns about which a row of the past says nothing
    defaults = {column: table.fields[column].get_default() for column in table.written}
    run(
        table_query(table, FILL, source=table_query(table, source)),
        {
            "noun": table.noun.value,
            "part": table.part,
            "columns": list(table.written),
            "defaults": json.dumps(defaults, cls=DjangoJSONEncoder),
            **parameters,
        },
    )
