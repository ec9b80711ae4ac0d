"""What on the stage breaks a rule of the publication: found before the database would refuse it, and named.

The rules themselves are constraints of the documents and the edition's own check; this only explains them.
"""

from dataclasses import dataclass

from django.db import connection

from tracker.publication.staging import Stage
from tracker.values.nouns import Noun

_PAIRS = {
    Noun.STANCE: ("actor, issue", "the same actor and issue"),
    Noun.ALIGNMENT: ("least(actor, counterpart), greatest(actor, counterpart), issue", "the same pair and issue"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason why one record can't be published or retracted."""

    noun: Noun
    id: int
    field: str
    message: str

    def __str__(self) -> str:
        return (
            f"{self.noun} {self.id}: {self.field}: {self.message}"
            if self.field
            else f"{self.noun} {self.id}: {self.message}"
        )


def conflicts(stage: Stage) -> list[Problem]:
    """Return what is staged against the rules; a few statements, whatever the number of rows."""
    return [
        problem
        for noun in sorted(stage.nouns)
        for problem in [
            *(_rivals(noun) if noun in _PAIRS else []),
            *_taken(noun, "ref"),
            *(_taken(noun, "slug") if noun in (Noun.ISSUE, Noun.ACTOR) else []),
            *(_taken(noun, "iso3", only_now=True) if noun is Noun.ACTOR else []),
            *(_questionless(stage) if noun is Noun.STANCE else []),
        ]
    ]


def _rivals(noun: Noun) -> list[Problem]:
    columns, same = _PAIRS[noun]
    return [
        Problem(
            noun,
            record,
            "standing",
            f"{noun} {rival} is accepted for {same} on days of the same period; "
            "end one before the other begins, or mark one as contested",
        )
        for record, rival in _rows(
            f"""
            WITH claims AS (
                SELECT record, asserted, ROW({columns}) AS about FROM staged_{noun} WHERE standing = 'accepted'
            ), standing AS (
                SELECT record, asserted, ROW({columns}) AS about FROM tracker_{noun}document d
                WHERE closed IS NULL AND standing = 'accepted'
                  AND (actor) IN (SELECT actor FROM staged_{noun} {
                "UNION SELECT counterpart FROM staged_alignment" if noun is Noun.ALIGNMENT else ""
            })
                  AND NOT EXISTS (SELECT FROM staged_change c WHERE c.noun = '{noun}' AND c.record = d.record)
            )
            SELECT c.record, r.record
            FROM claims c JOIN (SELECT * FROM claims UNION ALL SELECT * FROM standing) r
              ON r.about = c.about AND r.record <> c.record AND r.asserted && c.asserted
            ORDER BY 1, 2
            """
        )
    ]


def _taken(noun: Noun, column: str, *, only_now: bool = False) -> list[Problem]:
    now = (
        f"""AND d.closed IS NULL AND NOT EXISTS (
        SELECT FROM staged_change c WHERE c.noun = '{noun}' AND c.record = d.record)"""
        if only_now
        else ""
    )
    return [
        Problem(
            noun,
            record,
            column,
            f"“{value}” belongs to {noun} {owner}" + ("" if only_now else " for ever; choose another"),
        )
        for record, value, owner in _rows(
            f"SELECT DISTINCT s.record, s.{column}, d.record FROM staged_{noun} s "
            f"JOIN tracker_{noun}document d ON d.{column} = s.{column} AND d.record <> s.record {now} ORDER BY 1"
        )
    ]


def _questionless(stage: Stage) -> list[Problem]:
    issues = "SELECT record, has_question FROM tracker_issuedocument WHERE closed IS NULL"
    if Noun.ISSUE in stage.nouns:
        issues = (
            "SELECT record, has_question FROM staged_issue UNION ALL "
            f"{issues} AND record NOT IN (SELECT record FROM staged_issue)"
        )
    return [
        Problem(
            Noun.STANCE, record, "issue", f"issue {issue} has no question in the publication; publish its question too"
        )
        for record, issue in _rows(
            f"SELECT s.record, s.issue FROM staged_stance s JOIN ({issues}) i ON i.record = s.issue "
            "WHERE NOT i.has_question ORDER BY 1"
        )
    ]


def _rows(sql: str) -> list[tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())
