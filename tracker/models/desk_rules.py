"""The rules of the publication that the desk keeps, too:
what records would break of them, as they would be.

The rules' own queries are asked, of the desk's rows with what becomes of them; so forms, the API,
imports, merging and undoing tell the same. Triggers hold these rules against what comes meanwhile,
and lead to the same words.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from psycopg.sql import SQL, Composable, Identifier, Literal

from tracker.models.nouns import RECORDS
from tracker.models.queries import compose, rows_of
from tracker.models.rules import RULES, compose_rule
from tracker.values.nouns import Noun
from tracker.values.problems import Problem

MOST_NAMED = 5
AS_DOCUMENTS = {  # columns of the desk as rules know them
    Noun.ISSUE: """
        id AS record, parent_id AS parent, question <> '' AS has_question,
        CASE WHEN settled <> '' THEN daterange(public.edtf_earliest(settled), public.edtf_latest(settled), '[]') END
            AS settled
    """,
    **dict.fromkeys(
        (Noun.STANCE, Noun.ALIGNMENT),
        "id AS record, issue_id AS issue, daterange(since_earliest, NULL) AS possible",
    ),
    Noun.SOURCE: "id AS record, derives_from_id AS derives_from",
}
FIELDS = {
    Noun.ISSUE: {"parent", "question", "settled"},
    Noun.STANCE: {"issue"},
    Noun.SOURCE: {"derives_from"},
}
# a query for ids, and what changes in their rows as JSON; null: these go
Becomes = Mapping[Noun, Composable]
OPENED = """
    SELECT {columns} FROM (
        SELECT p.* FROM {becomes} b LEFT JOIN {table} t USING (id)
        CROSS JOIN LATERAL jsonb_populate_record(t, b.becomes || jsonb_build_object('id', b.id)) p
        WHERE b.becomes IS NOT NULL
    ) r
"""
RELATIONS = {
    **dict.fromkeys(("opened", "changed"), f"({OPENED})"),
    "": (
        f"(SELECT {{columns}} FROM {{table}} WHERE id NOT IN (SELECT id FROM {{becomes}}) UNION "
        f"ALL {OPENED})"
    ),
}
BROKEN = """
    WITH {becomes} SELECT record, other, record IN (SELECT id FROM {own}), params::text
    FROM ({query}) broken (record, other, params) ORDER BY 1, 2
"""
NOTHING = SQL("SELECT 0, NULL::jsonb WHERE false")


def rows_becoming(rows: Mapping[int, Mapping[str, Any]]) -> Composable:
    """Return the query for rows, by their ids, with the columns that change."""
    return SQL("SELECT key::int, value FROM jsonb_each({}::jsonb)").format(
        Literal(json.dumps(rows))
    )


def records_becoming(noun: Noun, records: Iterable[Any]) -> dict[int, dict[str, Any]]:
    """Return of records, as they would be, what rules look at; one without a number is 0."""
    of: Any = RECORDS[noun]._meta
    columns = [of.get_field(name).attname for name in FIELDS[noun]]
    return {row.pk or 0: {column: getattr(row, column) for column in columns} for row in records}


def broken_at_desk(
    becomes: Becomes, *, told: Noun | None = None, code: str = "invalid"
) -> Iterator[Problem]:
    """Yield what is wrong when rows have become this, of each record that does,
    or of one beside which others stay.

    With `told`, records of other nouns that only come along are told together,
    of the one that they are about.
    """
    for rule in RULES:
        if (
            rule.desk
            and not rule.asked_of.isdisjoint(becomes)
            and rule.asked_of <= AS_DOCUMENTS.keys()
        ):
            beside: dict[int, list[int]] = defaultdict(list)
            for record, other, is_own, params in rows_of(_query(rule.text, rule.noun, becomes)):
                if is_own and told in (None, rule.noun):
                    filled, others = rule.filled(other, params)
                    yield rule.at_desk(
                        code=code, record=(rule.noun, record), others=others, params=filled
                    )
                else:
                    beside[other].append(record)
            for record, ids in beside.items():
                yield rule.beside(record, ids[:MOST_NAMED], len(ids[MOST_NAMED:]), code=code)


def _query(text: str, own: Noun, becomes: Becomes) -> Composable:
    def name(noun: Noun) -> Identifier:
        return Identifier(f"becoming_{noun}")

    def relation(kind: str, noun: Noun) -> Composable:
        return compose(RELATIONS[kind], noun, columns=SQL(AS_DOCUMENTS[noun]), becomes=name(noun))

    each = (
        SQL("{} (id, becomes) AS ({})").format(name(noun), becomes.get(noun, NOTHING))
        for noun in AS_DOCUMENTS
    )
    return SQL(BROKEN).format(
        becomes=SQL(", ").join(each), own=name(own), query=compose_rule(text, relation)
    )
