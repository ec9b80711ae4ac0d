"""The rules of the publication, in every edition:
each in the text that bound it then, as the file of rules has it.

What breaks a rule only as it was added or changed later is no fault: it was allowed to be so.
"""

from collections.abc import Iterator
from itertools import groupby, pairwise

from django.db import DataError, transaction
from psycopg.sql import SQL, Literal

from tracker.models.documents import FOR_EVER
from tracker.models.queries import chunks_of, rows_of, run
from tracker.models.rule import digest_of
from tracker.models.rules import BY_CODE, PLANS, compose_rule, relations_of
from tracker.verify.queries import Check, Progress

BROKEN = """
    SELECT record, other, params::text, number FROM public.tracker_edition e
    CROSS JOIN LATERAL ({}) broken (record, other, params)
    WHERE e.number >= {} AND e.number < {} ORDER BY 4, 1, 2, 3
"""
# What was decided before an edition binds from it on;
# but for what held already when such decisions were first kept.
BACKDATED = Check(
    """
    SELECT rule, edition, made_at FROM (
        SELECT *, coalesce(link, (SELECT max(number) + 1 FROM tracker_edition), 1) AS next,
               row_number() OVER (PARTITION BY rule ORDER BY id) = 1 AND edition = 1 AS held_already
        FROM tracker_rulechange
    ) r WHERE edition <> next AND NOT held_already ORDER BY id
    """,
    "rule {0}: it is said to bind from edition {1} on, which was not the next one at "
    "{2:%Y-%m-%d %H:%M:%S}",
)


def complaints(progress: Progress) -> Iterator[str]:
    """Yield what breaks a rule in an edition that it bound,
    and rules that are said to hold otherwise than they do.
    """
    yield from BACKDATED.complaints()
    rows = rows_of(
        "SELECT rule, text_digest, edition FROM tracker_rulechange ORDER BY rule, edition, id"
    )
    changes = {
        code: [row[1:] for row in of_rule] for code, of_rule in groupby(rows, lambda row: row[0])
    }
    for code in sorted(BY_CODE.keys() | changes.keys()):
        held = changes.get(code, [])
        rule = BY_CODE.get(code)
        if not held or not rule or held[-1][0] != digest_of(rule.text):
            yield (
                f"rule {code}: its text in tracker/models/rules.py is not the one that the "
                f"database says binds now"
            )
        if held and rule and rule.from_first and held[0][1] != 1:
            yield (
                f"rule {code}: it binds from edition {held[0][1]} on by the database, and from "
                f"the first in fact"
            )
        for (digest, first), (_, until) in pairwise([*held, ("", FOR_EVER)]):
            if digest:
                progress(f"rule {code}", 0, 0)
                yield from _broken(code, digest, first, until)


def _broken(code: str, digest: str, first: int, until: int) -> Iterator[str]:
    try:
        rule = BY_CODE[code]
        text = rule.text_of(digest)
    except KeyError:
        yield (
            f"rule {code}: tracker/models/rules.py lacks the text that binds from edition "
            f"{first} on, {digest}"
        )
        return
    relation = relations_of(SQL("e.number"), SQL("opened = e.number"))
    query = SQL(BROKEN).format(compose_rule(text, relation), Literal(first), Literal(until))
    try:
        with transaction.atomic():
            for name, value in {**PLANS, "enable_nestloop": "on"}.items():
                run("SELECT set_config(%s, %s, true)", [name, value])
            for rows in chunks_of(query):
                for *row, edition in rows:
                    problem = rule.problem(*row)
                    yield (
                        f"edition {edition}: {rule.noun} {row[0]}: "
                        f"{problem.filled(problem.message)}"
                    )
            transaction.set_rollback(True)  # to the settings of before
    except DataError:
        yield f"rule {code}: it can’t be asked of editions from {first} on, as a body is damaged"
