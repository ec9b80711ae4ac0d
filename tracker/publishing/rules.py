"""What a batch at the desk, or what is staged of it, breaks of the rules of the publication:
found before the database would refuse it, and named.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db.models import QuerySet
from psycopg.sql import SQL, Composable, Identifier

from tracker.models.nouns import PARTS, RECORDS, own_columns
from tracker.models.queries import compose, ids_query, rows_of
from tracker.models.rule import Rule
from tracker.models.rules import BY_CODE, RULES, compose_rule
from tracker.models.snapshots import load
from tracker.publishing.batch import Batch, in_chunks
from tracker.publishing.stage import Stage, staged_table
from tracker.values.nouns import MERGEABLE, Noun
from tracker.values.problems import Problem

# What stands for the relations of a rule, of a noun of which documents are staged. What is renamed
# is staged later, and says what it said. Conditions stand around a UNION, not in it, and without
# joins, so that rules look documents up by index through it.
STAGED = "(SELECT {columns} FROM {staged})"
DOCUMENTS = "(SELECT {columns} FROM {documents})"
NOTHING = "(SELECT {columns} FROM {documents} WHERE false)"
AFTER = """(
    SELECT {columns} FROM (
        SELECT {columns}, NULL::int AS closed, true AS is_new FROM {staged}
        UNION ALL
        SELECT {columns}, closed, false FROM {documents}
    ) d WHERE closed IS NULL AND (is_new
        OR record NOT IN (SELECT record FROM staged_change WHERE noun = {noun}))
)"""
TODAY = "(SELECT (clock_timestamp() AT TIME ZONE 'UTC')::date AS day)"
RELATIONS = {
    "": AFTER,
    "day": TODAY,
    "opened": STAGED,
    "changed": """(
        SELECT {columns} FROM {staged} WHERE record NOT IN (
            SELECT record FROM staged_change WHERE noun = {noun} AND operation = 'renamed'
        )
    )""",
    "past": "(SELECT {columns} FROM {staged} UNION ALL SELECT {columns} FROM {documents})",
    "written": DOCUMENTS,
}
# Of one of which the edition does nothing.
LIVE_RELATIONS = {
    "day": TODAY,
    "": "(SELECT {columns} FROM {documents} WHERE closed IS NULL)",
    "opened": NOTHING,
    "changed": NOTHING,
    "past": DOCUMENTS,
    "written": DOCUMENTS,
}
OF_ONE_RECORD = """
    SELECT DISTINCT s.record, o.record, jsonb_build_object('value', s.{column})
        FROM {{opened_{noun}}} s
    JOIN {{{among}{noun}}} o ON o.{column} = s.{column} AND o.record <> s.record
"""
ONE = "SELECT {place}, record, other, params::text FROM ({query}) broken (record, other, params)"


def _of_one_record(noun: Noun, column: str) -> Rule:
    among, until = ("", "") if column == "iso3" else ("written_", " for ever; choose another")
    return Rule(
        code="",  # none that may change: documents have it by their triggers
        noun=noun,
        field=column,
        concerned=noun,
        message=f"“{{value}}” belongs to {{0}}{until}",
        text=OF_ONE_RECORD.format(noun=noun, column=column, among=among),
    )


KEYS = [
    _of_one_record(noun, column)
    for noun in Noun
    for column in ("ref", "slug", "iso3")
    if column in own_columns(noun)
]


def merged(batch: Batch) -> Iterator[Problem]:
    """Yield which records are part of others."""
    for noun, ids in in_chunks(batch, MERGEABLE):
        rows: QuerySet[Any] = (
            RECORDS[noun]._default_manager.filter(pk__in=ids_query(ids)).order_by("pk")
        )
        for record, survivor in rows.filter(merged_into__isnull=False).values_list(
            "pk", "merged_into"
        ):
            says, others = "it was merged into {0}; publish that one", ((noun, survivor),)
            yield Problem("refused", says, ("merged_into",), record=(noun, record), others=others)


def uncited(batch: Batch) -> Iterator[Problem]:
    """Yield which records of the desk lack the citation that they must have to be published."""
    for noun, ids in in_chunks(batch, [noun for noun in Noun if "citation" in PARTS[noun]]):
        rule = BY_CODE[f"{noun}_cites_a_source"]
        yield from (
            rule.problem(snapshot.record.pk)
            for snapshot in load(noun, ids)
            if not snapshot.cites_enough()
        )


def broken_rules(stage: Stage) -> list[Problem]:
    """Return what is staged against the rules, and whose keys belong to others; one statement."""
    stage.analyze()
    rules, query = _compose(RULES, frozenset(stage.nouns))
    return [rules[place].problem(*row) for place, *row in rows_of(query)] if rules else []


@cache
def _compose(binding: tuple[Rule, ...], nouns: frozenset[Noun]) -> tuple[list[Rule], str]:
    """Return the rules that are asked where documents of nouns are staged,
    and the query for what breaks them.
    """
    rules = [rule for rule in (*binding, *KEYS) if not rule.asked_of.isdisjoint(nouns)]

    def relation(kind: str, noun: Noun) -> Composable:
        columns = SQL(", ").join(map(Identifier, ("record", "body", *own_columns(noun))))
        template = (RELATIONS if noun in nouns else LIVE_RELATIONS)[kind]
        return compose(template, noun, columns=columns, staged=staged_table(noun))

    each = (
        SQL(ONE).format(place=place, query=compose_rule(rule.text, relation))
        for place, rule in enumerate(rules)
    )
    return rules, (SQL(" UNION ALL ").join(each) + SQL(" ORDER BY 1, 2, 3, 4")).as_string(None)
