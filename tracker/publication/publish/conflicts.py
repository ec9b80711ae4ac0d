"""What on the stage breaks a rule of the publication: found before the database would refuse it, and named.

The rules themselves are constraints of the documents and the edition's own check; this only explains them.
"""

from collections.abc import Iterator
from typing import NamedTuple

from django.db import connection

from tracker.publication.publish.stage import Stage
from tracker.publication.read.keys import BY_SLUG
from tracker.values.nouns import Noun
from tracker.values.problems import Problem

PAIRS = {
    Noun.STANCE: ("o.actor = c.actor AND o.issue = c.issue", "the same actor and issue"),
    Noun.ALIGNMENT: (
        "least(o.actor, o.counterpart) = least(c.actor, c.counterpart) "
        "AND greatest(o.actor, o.counterpart) = greatest(c.actor, c.counterpart) AND o.issue = c.issue",
        "the same pair and issue",
    ),
}


class Rule(NamedTuple):
    """What is said of a field of the records that break it: the query gives them, a value, and the record concerned."""

    field: str
    says: str
    sql: str
    concerned: Noun


def conflicts(stage: Stage) -> list[Problem]:
    """Return what is staged against the rules; a few statements, whatever the number of rows."""
    stage.analyze()
    found = []
    with connection.cursor() as cursor:
        for noun in sorted(stage.nouns):
            for rule in _rules(noun, stage):
                cursor.execute(f"{rule.sql} ORDER BY 1, 3")
                for record, value, other in cursor.fetchall():
                    others = ((rule.concerned, other),) if other else ()
                    params = {"value": value} if value else {}
                    found.append(Problem("refused", rule.says, (rule.field,), params, (noun, record), others))
    return found


def _rules(noun: Noun, stage: Stage) -> Iterator[Rule]:
    if noun in PAIRS:
        yield _one_accepted_at_once(noun)
    yield _of_one_record(noun, "ref", " for ever; choose another")
    if noun in BY_SLUG:
        yield _of_one_record(noun, "slug", " for ever; choose another")
    if noun is Noun.ACTOR:
        yield _of_one_record(noun, "iso3", "", f"AND {_stays('d', noun)}")
    if noun is Noun.STANCE:
        issues = "SELECT record, has_question FROM tracker_issuedocument WHERE closed IS NULL"
        if Noun.ISSUE in stage.nouns:
            issues = _after(Noun.ISSUE, "record, has_question")
        yield Rule(
            "issue",
            "{0} has no question in the publication; publish its question too",
            f"SELECT s.record, NULL, s.issue FROM staged_stance s JOIN ({issues}) i ON i.record = s.issue "
            "WHERE NOT i.has_question",
            Noun.ISSUE,
        )
    if noun is Noun.ISSUE:
        yield Rule(
            "question",
            "{0} is public and a position on it; publish that one as it is now, or retract it, first",
            "SELECT i.record, NULL, s.record FROM staged_issue i JOIN tracker_stancedocument s ON s.issue = i.record "
            f"WHERE NOT i.has_question AND {_stays('s', Noun.STANCE)}",
            Noun.STANCE,
        )
        yield Rule(
            "parent",
            "it would be its own ancestor, since a parent of it was moved at the desk and not in the publication; "
            "publish both together",
            f"""
            WITH RECURSIVE after AS ({_after(Noun.ISSUE, "record, parent")}), above (start, id) AS (
                SELECT record, parent FROM staged_issue
                UNION
                SELECT above.start, after.parent FROM above JOIN after ON after.record = above.id
            )
            SELECT start, NULL, NULL FROM above WHERE id = start
            """,
            Noun.ISSUE,
        )


def _one_accepted_at_once(noun: Noun) -> Rule:
    same, says = PAIRS[noun]
    meets = f"{same} AND o.record <> c.record AND o.asserted && c.asserted AND o.standing = 'accepted'"
    return Rule(
        "standing",
        f"{{0}} is accepted for {says} on days of the same period; "
        "end one before the other begins, or mark one as contested",
        f"""
        SELECT c.record, NULL, o.record FROM staged_{noun} c JOIN staged_{noun} o ON {meets}
        WHERE c.standing = 'accepted'
        UNION ALL
        SELECT c.record, NULL, o.record FROM staged_{noun} c JOIN tracker_{noun}document o ON {meets}
        WHERE c.standing = 'accepted' AND {_stays("o", noun)}
        """,
        noun,
    )


def _of_one_record(noun: Noun, column: str, remedy: str, when: str = "") -> Rule:
    return Rule(
        column,
        f"“{{value}}” belongs to {{0}}{remedy}",
        f"SELECT DISTINCT s.record, s.{column}, d.record FROM staged_{noun} s "
        f"JOIN tracker_{noun}document d ON d.{column} = s.{column} AND d.record <> s.record {when}",
        noun,
    )


def _stays(document: str, noun: Noun) -> str:
    """Return the condition that a document is live and this edition does not touch it."""
    return (
        f"{document}.closed IS NULL AND NOT EXISTS "
        f"(SELECT FROM staged_change c WHERE c.noun = '{noun}' AND c.record = {document}.record)"
    )


def _after(noun: Noun, columns: str) -> str:
    """Return the query for what will be live of a noun that is on the stage."""
    return (
        f"SELECT {columns} FROM staged_{noun} UNION ALL "
        f"SELECT {columns} FROM tracker_{noun}document d WHERE {_stays('d', noun)}"
    )
