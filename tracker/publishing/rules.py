"""What a batch at the desk, or what is staged of it, breaks of the rules of the publication: found before the database
would refuse it, and named.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from psycopg.sql import SQL, Composable, Identifier

from tracker.models.nouns import PARTS, RECORDS, own_columns
from tracker.models.queries import compose, ids_query, rows_of
from tracker.models.rules import BY_CODE, RULES, compose_rule
from tracker.models.snapshots import load
from tracker.publishing.batch import Batch, in_chunks
from tracker.publishing.stage import Stage, staged_table
from tracker.values.nouns import MERGEABLE, Noun
from tracker.values.problems import Problem

# What stands for the relations of a rule, of a noun of which documents are staged. What is renamed is staged later, and
# says what it said. Conditions stand around a UNION, not in it, and without joins, so that rules look documents up by
# index through it.
STAGED = "(SELECT {columns} FROM {staged})"
DOCUMENTS = "(SELECT {columns} FROM {documents})"
NOTHING = "(SELECT {columns} FROM {documents} WHERE false)"
AFTER = """(
    SELECT {columns} FROM (
        SELECT {columns}, NULL::int AS closed, true AS is_new FROM {staged}
        UNION ALL
        SELECT {columns}, closed, false FROM {documents}
    ) d WHERE closed IS NULL AND (is_new OR record NOT IN (SELECT record FROM staged_change WHERE noun = {noun}))
)"""
RELATIONS = {
    "": AFTER,
    "opened": STAGED,
    "changed": """(
        SELECT {columns} FROM {staged} WHERE record NOT IN (
            SELECT record FROM staged_change WHERE noun = {noun} AND operation = 'renamed'
        )
    )""",
    "past": "(SELECT {columns} FROM {staged} UNION ALL SELECT {columns} FROM {documents})",
}
# Of one of which the edition does nothing.
LIVE_RELATIONS = {
    "": "(SELECT {columns} FROM {documents} WHERE closed IS NULL)",
    "opened": NOTHING,
    "changed": NOTHING,
    "past": DOCUMENTS,
}
OF_ONE_RECORD = """
    SELECT DISTINCT s.record, o.record, s.{column} FROM {staged} s
    JOIN {owners} o ON o.{column} = s.{column} AND o.record <> s.record
    ORDER BY 1, 2
"""
IN_ORDER = "SELECT record, other, params::text FROM ({}) broken (record, other, params) ORDER BY 1, 2, 3"


def merged(batch: Batch) -> Iterator[Problem]:
    """Yield which records are part of others."""
    for noun, ids in in_chunks(batch, MERGEABLE):
        rows: QuerySet[Any] = RECORDS[noun]._default_manager.filter(pk__in=ids_query(ids)).order_by("pk")
        for record, survivor in rows.filter(merged_into__isnull=False).values_list("pk", "merged_into"):
            says, others = "it was merged into {0}; publish that one", ((noun, survivor),)
            yield Problem("refused", says, ("merged_into",), record=(noun, record), others=others)


def uncited(batch: Batch) -> Iterator[Problem]:
    """Yield which records of the desk lack the citation that they must have to be published."""
    for noun, ids in in_chunks(batch, [noun for noun in Noun if "citation" in PARTS[noun]]):
        rule = BY_CODE[f"{noun}_cites_a_source"]
        yield from (rule.problem(snapshot.record.pk) for snapshot in load(noun, ids) if not snapshot.cites_enough())


def broken_rules(stage: Stage) -> list[Problem]:
    """Return what is staged against the rules; a few statements, whatever the number of rows."""
    stage.analyze()

    def relation(kind: str, noun: Noun) -> Composable:
        template = (RELATIONS if noun in stage.nouns else LIVE_RELATIONS)[kind]
        return _compose(template, noun, columns=_columns("record", "body", *own_columns(noun)))

    problems = []
    for rule in RULES:
        if not rule.asked_of.isdisjoint(stage.nouns):
            query = SQL(IN_ORDER).format(compose_rule(rule.text, relation))
            problems += [rule.problem(*row) for row in rows_of(query)]
    for noun in sorted(stage.nouns):
        for column in ("ref", "slug", "iso3"):
            if column in own_columns(noun):
                problems += _of_another(noun, column)
    return problems


def _of_another(noun: Noun, column: str) -> Iterator[Problem]:
    """Yield who is staged with a key that belongs to another record: for ever, or, of a country's code, now."""
    owners = AFTER if column == "iso3" else LIVE_RELATIONS["past"]
    among = _compose(owners, noun, columns=_columns("record", column))
    says = "“{value}” belongs to {0}" if column == "iso3" else "“{value}” belongs to {0} for ever; choose another"
    for record, other, value in rows_of(_compose(OF_ONE_RECORD, noun, column=Identifier(column), owners=among)):
        yield Problem("refused", says, (column,), {"value": value}, (noun, record), ((noun, other),))


def _columns(*names: str) -> Composable:
    return SQL(", ").join(map(Identifier, names))


def _compose(template: str, noun: Noun, **parts: Composable) -> Composable:
    return compose(template, noun, staged=staged_table(noun), **parts)
