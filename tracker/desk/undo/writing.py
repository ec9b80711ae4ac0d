"""Writing what the work says, a statement per table.

First what was merged is a record of its own again, for others to name. Then goes what is to go,
records before their parts, so that each goes whole, in one event; foreign keys are looked at when
all is done. Then the rest in turns: a row waits for the next turn while another one still has what
it needs, such as a slug that was handed on. What is left when a turn writes nothing waits in a
circle. Last comes what is to be merged again, when nothing names it any more.
"""

import re
from dataclasses import replace
from typing import Any

from django.db import DatabaseError, transaction
from psycopg.sql import SQL, Composable, Identifier, Literal

from tracker.desk.records.database_errors import problem_of
from tracker.desk.undo.work_table import PARTS_FIRST, columns_of, same, table_query
from tracker.models.queries import rows_of, run
from tracker.models.tables import SURVIVOR, TABLES, DeskTable
from tracker.values.nouns import Noun
from tracker.values.problems import PartRow, Problem, RefusedError

FAILING = re.compile(r"Failing row contains \((\d+)")
SAYS = {
    "busy": "somebody else is changing some of this at this moment; try again",
    "gone": (
        "something that this names was deleted meanwhile, or what it would delete is named by "
        "something new; look again"
    ),
}
CIRCLE = (
    "it and others would have to exchange what only one of them can have: change one of them by "
    "hand first"
)
DELETE = (
    "DELETE FROM {table} t USING undoing u WHERE {where} AND u.action = 'delete' AND t.id = u.row"
)
STAND_AGAIN = """
    UPDATE {table} t SET merged_into_id = NULL FROM undoing u
    WHERE {where} AND 'merged_into_id' = ANY(u.fields) AND u.target ->> 'merged_into_id' IS NULL
        AND t.id = u.row
"""
WAIT_TO_BE_MERGED = """
    UPDATE undoing u SET turn = 0
    WHERE {where} AND 'merged_into_id' = ANY(u.fields) AND u.target ->> 'merged_into_id' IS NOT NULL
"""
# A stance moves away from an issue before that loses its question.
TAKE_TURN = """
    UPDATE undoing u SET turn = %(turn)s WHERE {where} AND u.action <> 'delete' AND u.turn IS NULL
    {free} AND NOT (u.noun = 'issue' AND u.part = '' AND 'question' = ANY(u.fields)
        AND u.target ->> 'question' = ''
                    AND EXISTS (SELECT FROM tracker_stance t WHERE t.issue_id = u.record))
    AND NOT (u.noun = 'issue' AND u.part = '' AND u.action = 'change'
        AND 'parent_id' = ANY(u.fields) AND EXISTS (
        WITH RECURSIVE above (id) AS (
            SELECT (u.target ->> 'parent_id')::int
            UNION
            SELECT i.parent_id FROM tracker_issue i JOIN above ON i.id = above.id
        )
        SELECT FROM above WHERE id = u.record OR EXISTS (
            SELECT FROM undoing w WHERE w.noun = 'issue' AND w.part = '' AND w.record = above.id
            AND w.action = 'change' AND 'parent_id' = ANY(w.fields) AND w.turn IS NULL
                AND NOT w.left_out
        )
    ))
"""
FREE = """
    AND (u.action = 'change' AND NOT u.fields && {fields} OR NOT EXISTS (
        SELECT FROM jsonb_populate_record(NULL::{table}, u.target) p JOIN {table} t ON {same}
            AND t.id <> u.row
    ))
"""
CHANGE = """
    UPDATE {table} t SET ({columns}) = ROW({values})
    FROM undoing u CROSS JOIN LATERAL jsonb_populate_record(NULL::{table}, u.target) p
    WHERE {where} AND u.action = 'change' AND u.turn = %(turn)s AND t.id = u.row
"""
RESTORE = """
    INSERT INTO {table} (id, {columns})
    SELECT p.id, {values} FROM undoing u
        CROSS JOIN LATERAL jsonb_populate_record(NULL::{table}, u.target) p
    WHERE {where} AND u.action = 'restore' AND u.turn = %(turn)s ORDER BY p.id
"""
WAITING = """
    SELECT noun, record FROM undoing WHERE action <> 'delete' AND NOT left_out AND turn IS NULL
    ORDER BY noun, record
"""


def write() -> None:
    """Do the work.

    Raise RefusedError with records that wait for each other,
    or with what the database has against it.
    """
    try:
        with transaction.atomic():
            _write()
    except DatabaseError as error:
        raise RefusedError([_problem_of(error)]) from error


def _write() -> None:
    mergeable = [table for table in TABLES if SURVIVOR in table.written]
    for table in mergeable:
        _run(table, STAND_AGAIN)
        _run(table, WAIT_TO_BE_MERGED)
    for table in reversed(PARTS_FIRST):
        _run(table, DELETE)
    turn = 1
    while sum([_write_round(table, turn) for table in PARTS_FIRST]):
        turn += 1
    if waiting := rows_of(WAITING):
        raise RefusedError(
            Problem("refused", CIRCLE, record=(Noun(noun), record)) for noun, record in waiting
        )
    for table in mergeable:
        _run(table, CHANGE)
    # What is checked when a transaction ends is checked here,
    # where a refusal can still be told in words.
    run("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def _write_round(table: DeskTable, turn: int) -> int:
    free = [
        table_query(table, FREE, fields=Literal(columns_of(key)), same=same(key))
        for key in table.unique_keys
    ]
    written = _run(table, TAKE_TURN, turn, free=SQL("").join(free))
    if written:
        _run(table, CHANGE, turn)
        _run(table, RESTORE, turn)
    return written


def _run(table: DeskTable, template: str, turn: int = 0, **parts: Composable) -> int:
    columns = SQL(", ").join(map(Identifier, table.written))
    values = SQL(", ").join(Identifier("p", column) for column in table.written)
    return run(
        table_query(table, template, columns=columns, values=values, **parts), {"turn": turn}
    )


def _problem_of(error: DatabaseError) -> Problem:
    """Return what the database says, of which row if it tells;
    raise the error if the change is not to blame.
    """
    problem = problem_of(error)
    if problem is None:
        raise error
    says = SAYS.get(problem.code, problem.message)
    diagnosis: Any = error.__cause__.diag  # type: ignore[union-attr]
    row = FAILING.search(diagnosis.message_detail or "")
    table = next((table for table in TABLES if table.name == diagnosis.table_name), None)
    if row and table and not table.part:
        return replace(problem, message=says, record=(table.noun, int(row[1])))
    says = f"{problem.field}: {says}" if problem.field else says
    if row and table:
        part = PartRow(table.part, int(row[1]))
        ((record,),) = rows_of(
            "SELECT record FROM undoing WHERE (noun, part, row) = (%s, %s, %s)", [table.noun, *part]
        )
        params = {**problem.params, "part": part}
        return replace(
            problem,
            message=f"{{part}}: {says}",
            path=(),
            params=params,
            record=(table.noun, record),
        )
    return replace(problem, message=says, path=())
