"""What blocks an undo: found before the database would refuse it, and named,
with what to do about it.

The rules themselves are constraints and triggers of the desk; this only explains them.
Only later edits of the same fields, which an undo would lose, are forbidden here and nowhere else.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from psycopg.sql import SQL, Composable, Composed, Identifier, Literal

from tracker.desk.records.keys import FOR_EVER
from tracker.desk.undo.work_table import PARTS_FIRST, columns_of, same, table_query
from tracker.models.desk_rules import FIELDS, broken_at_desk
from tracker.models.nouns import DOCUMENTS
from tracker.models.queries import compose, rows_of
from tracker.models.tables import IN_ORDER, DeskTable
from tracker.publishing.four_eyes import may_publish
from tracker.values.nouns import Noun
from tracker.values.problems import Key, PartRow, Problem

MOST_RECORDS = 5
PUBLIC = "it has been public, so it can't be deleted: withdraw it instead"
RESTORE_FIRST = "it was deleted since: restore it first"
WAS_SEEN = "readers have seen it, so it takes an editor to undo this: leave it out, or ask one"
# a row of the work that will no longer be what it is now:
# deleted, or changed in some of these fields
WILL_DIFFER = """
    w.noun = {noun} AND w.part = {part} AND w.row = t.id AND NOT w.left_out
    AND (w.action = 'delete' OR w.fields && {fields})
"""

EDITED = """
    SELECT u.noun, u.record, u.part, u.row, u.edited, (
        SELECT e.changeset_id FROM tracker_event e
        WHERE e.noun = u.noun AND e.record = u.record AND e.part = u.part AND e.row = u.row
            AND e.id > u.until
          AND (e.before IS NULL OR e.after IS NULL
               OR EXISTS (SELECT FROM unnest(u.edited) c
                   WHERE e.before -> c IS DISTINCT FROM e.after -> c))
        ORDER BY e.id DESC LIMIT 1
    )
    FROM undoing u WHERE u.edited IS NOT NULL AND NOT u.left_out ORDER BY u.part, u.row
"""
ADDED_TO = """
    SELECT u.record, t.id, (
        SELECT e.changeset_id FROM tracker_event e
        WHERE e.noun = {noun} AND e.record = u.record AND e.part = {part} AND e.row = t.id
            AND e.before IS NULL
        ORDER BY e.id DESC LIMIT 1
    )
    FROM undoing u JOIN {table} t ON t.{owner} = u.record
    WHERE u.noun = {noun} AND u.part = '' AND u.action = 'delete' AND NOT u.left_out
        AND NOT EXISTS (
        SELECT FROM undoing w WHERE w.noun = {noun} AND w.part = {part} AND w.row = t.id
            AND w.action = 'delete'
    )
"""
WAS_PUBLIC = """
    SELECT u.noun, u.record FROM undoing u
    WHERE u.part = '' AND u.action = 'delete' AND NOT u.left_out
      AND EXISTS (SELECT FROM tracker_change c WHERE c.noun = u.noun AND c.record = u.record)
"""
TOUCHES_WHAT_WAS_PUBLIC = """
    SELECT DISTINCT u.noun, u.record FROM undoing u
    WHERE NOT u.left_out AND EXISTS (SELECT FROM tracker_change c WHERE c.noun = u.noun
        AND c.record = u.record)
"""
NAMED = """
    SELECT u.record, array_agg(DISTINCT t.{owner}) FROM undoing u JOIN {table} t
        ON t.{field} = u.record
    WHERE u.noun = {named} AND u.part = '' AND u.action = 'delete' AND NOT u.left_out
      AND NOT EXISTS (SELECT FROM undoing w WHERE {will_differ})
    GROUP BY u.record
"""
MISSING = """
    SELECT n.noun, n.record, n.part, n.field, n.named FROM undoing_name n
    JOIN undoing u ON (u.noun, u.part, u.row) = (n.noun, n.part, n.row) AND NOT u.left_out
    LEFT JOIN {table} t ON t.id = n.named
    LEFT JOIN undoing y ON (y.noun, y.part, y.row) = ({noun}, '', n.named) AND NOT y.left_out
    WHERE n.is_target AND n.named_noun = {noun}
      AND CASE y.action WHEN 'restore' THEN false WHEN 'delete' THEN true ELSE t.id IS NULL END
"""
TAKEN_KEYS = """
    SELECT u.record, t.{owner} FROM undoing u
    CROSS JOIN LATERAL jsonb_populate_record(NULL::{table}, u.target) p
    JOIN {table} t ON {same} AND t.id <> u.row
    WHERE {where} AND u.action <> 'delete' AND (u.action = 'restore' OR u.fields && {fields})
      AND NOT EXISTS (SELECT FROM undoing w WHERE {will_differ})
"""
PUBLIC_KEYS = """
    SELECT DISTINCT u.record, d.record FROM undoing u
    JOIN {documents} d ON d.{field} = u.target ->> {column} AND d.record <> u.record
    WHERE {where} AND (u.action = 'restore' OR u.action = 'change' AND {column} = ANY (u.fields))
"""
BECOMING = """
    SELECT row, CASE WHEN action <> 'delete' THEN target END FROM undoing
    WHERE noun = {} AND part = '' AND NOT left_out
"""


def blockers(by: int | None) -> tuple[Problem, ...]:
    """Return what blocks somebody's undo, by noun and record;
    a few statements, whatever the number of rows.

    One that is about a change made since has its change set in the param `changeset`,
    one about a part that in `part`.
    """
    of_keys = chain(_taken_keys(), _public_keys())
    problems = chain(
        _seen(by), _edited(), _added_to(), _public(), _named(), _missing(), of_keys, _of_rules()
    )
    return tuple(sorted(problems, key=_place))


def _place(blocker: Problem) -> tuple[int, int]:
    assert blocker.record is not None
    return IN_ORDER.index(blocker.record[0]), blocker.record[1]


def _seen(by: int | None) -> Iterator[Problem]:
    """Yield what has been public, to somebody who may not publish."""
    if by is None or may_publish(by):
        return
    for noun, record in rows_of(TOUCHES_WHAT_WAS_PUBLIC):
        yield _problem(WAS_SEEN, noun, record)


def _edited() -> Iterator[Problem]:
    for noun, record, part, row, edited, changeset in rows_of(EDITED):
        about = {"changeset": changeset, **({"part": PartRow(part, row)} if part else {})}
        if edited == ["id"]:
            says = "its {part} was deleted since: put that back first" if part else RESTORE_FIRST
        else:
            says = (
                f"{'{part}' if part else 'it'} was changed since ({_fields(edited)}): undo that "
                f"first"
            )
        yield _problem(says, noun, record, **about)


def _added_to() -> Iterator[Problem]:
    for table in PARTS_FIRST:
        if table.part:
            for record, row, changeset in rows_of(table_query(table, ADDED_TO)):
                says, part = "{part} was added since: undo that first", PartRow(table.part, row)
                yield _problem(says, table.noun, record, changeset=changeset, part=part)


def _public() -> Iterator[Problem]:
    for noun, record in rows_of(WAS_PUBLIC):
        yield _problem(PUBLIC, noun, record)


def _named() -> Iterator[Problem]:
    for table in PARTS_FIRST:
        for field, named in table.foreign_keys.items():
            if field == table.owner:
                continue
            about = {"field": Identifier(field), "named": Literal(named.value)}
            for record, ids in rows_of(_compose(table, NAMED, [field], **about)):
                says = f"it is named by {_list(ids)}: change or delete these first"
                yield _problem(says, named, record, _keys(table.noun, ids))


def _missing() -> Iterator[Problem]:
    for noun in IN_ORDER:
        for of, record, part, field, named in rows_of(compose(MISSING, noun)):
            if part and field == f"{of}_id":
                yield _problem(RESTORE_FIRST, of, record)
            else:
                says = f"{_fields([field])} was {{0}}, which is not there: restore that first"
                yield _problem(says, of, record, ((noun, named),))


def _taken_keys() -> Iterator[Problem]:
    for table in PARTS_FIRST:
        for key in table.unique_keys:
            columns = columns_of(key)
            for record, other in rows_of(_compose(table, TAKEN_KEYS, columns, same=same(key))):
                whose, others = (
                    ("another row of it", ())
                    if other == record
                    else ("{0}", ((table.noun, other),))
                )
                says = f"{_fields(columns)}: {whose} has it meanwhile: change that first"
                yield _problem(says, table.noun, record, others)


def _public_keys() -> Iterator[Problem]:
    """Yield which keys would be those that another record was public with meanwhile."""
    for table in PARTS_FIRST:
        for column in (
            () if table.part else (column for column in FOR_EVER if column in table.written)
        ):
            documents = Identifier(DOCUMENTS[table.noun]._meta.db_table)
            about = {"documents": documents, "field": Identifier(column), "column": Literal(column)}
            for record, other in rows_of(table_query(table, PUBLIC_KEYS, **about)):
                says = (
                    f"{_fields([column])}: {{0}} was public with it meanwhile, and keeps it for "
                    f"ever: leave this out"
                )
                yield _problem(says, table.noun, record, ((table.noun, other),))


def _of_rules() -> Iterator[Problem]:
    becomes = {noun: SQL(BECOMING).format(Literal(noun.value)) for noun in FIELDS}
    return broken_at_desk(becomes, code="refused")


def _problem(
    says: str, noun: str, record: int, others: tuple[Key, ...] = (), **params: Any
) -> Problem:
    return Problem("refused", says, params=params, record=(Noun(noun), record), others=others)


def _compose(table: DeskTable, template: str, fields: list[str], **parts: Composable) -> Composed:
    """Return a query about a table,
    some rows of which will no longer be what they are in these fields.
    """
    about = {"fields": Literal(fields), **parts}
    return table_query(
        table,
        template,
        will_differ=table_query(table, WILL_DIFFER, fields=about["fields"]),
        **about,
    )


def _fields(columns: Any) -> str:
    return ", ".join(f"“{column.removesuffix('_id')}”" for column in columns)


def _list(ids: list[int]) -> str:
    return (
        f"{{others}} and {len(ids) - MOST_RECORDS} more" if len(ids) > MOST_RECORDS else "{others}"
    )


def _keys(noun: Noun, ids: list[int]) -> tuple[Key, ...]:
    return tuple((noun, pk) for pk in ids[:MOST_RECORDS])
