"""What on the stage breaks a rule of the publication: found before the database would refuse it, and named.

The rules themselves are constraints of the documents and the edition's own check; this only explains them.
"""

from django.db import connection

from tracker.publication.publish.stage import Stage
from tracker.publication.read.keys import BY_SLUG
from tracker.values.nouns import Noun
from tracker.values.problems import Problem

_PAIRS = {
    Noun.STANCE: ("o.actor = c.actor AND o.issue = c.issue", "the same actor and issue"),
    Noun.ALIGNMENT: (
        "least(o.actor, o.counterpart) = least(c.actor, c.counterpart) "
        "AND greatest(o.actor, o.counterpart) = greatest(c.actor, c.counterpart) AND o.issue = c.issue",
        "the same pair and issue",
    ),
}


def conflicts(stage: Stage) -> list[Problem]:
    """Return what is staged against the rules; a few statements, whatever the number of rows."""
    stage.analyze()
    return [
        problem
        for noun in sorted(stage.nouns)
        for problem in [
            *(_rivals(noun) if noun in _PAIRS else []),
            *_taken(noun, "ref"),
            *(_taken(noun, "slug") if noun in BY_SLUG else []),
            *(_taken(noun, "iso3", only_now=True) if noun is Noun.ACTOR else []),
            *(_on_questionless_issues(stage) if noun is Noun.STANCE else []),
            *(_losing_their_question() + _own_ancestors() if noun is Noun.ISSUE else []),
        ]
    ]


def _rivals(noun: Noun) -> list[Problem]:
    same, says = _PAIRS[noun]
    meets = f"{same} AND o.record <> c.record AND o.asserted && c.asserted AND o.standing = 'accepted'"
    return [
        Problem(
            "refused",
            f"{{0}} is accepted for {says} on days of the same period; "
            "end one before the other begins, or mark one as contested",
            ("standing",),
            record=(noun, record),
            others=((noun, rival),),
        )
        for record, rival in _rows(
            f"""
            SELECT c.record, o.record FROM staged_{noun} c JOIN staged_{noun} o ON {meets}
            WHERE c.standing = 'accepted'
            UNION ALL
            SELECT c.record, o.record FROM staged_{noun} c JOIN tracker_{noun}document o ON {meets}
            WHERE c.standing = 'accepted' AND {_stays("o", noun)}
            ORDER BY 1, 2
            """
        )
    ]


def _taken(noun: Noun, column: str, *, only_now: bool = False) -> list[Problem]:
    now = f"AND {_stays('d', noun)}" if only_now else ""
    return [
        Problem(
            "refused",
            "“{value}” belongs to {0}" + ("" if only_now else " for ever; choose another"),
            (column,),
            {"value": value},
            (noun, record),
            ((noun, owner),),
        )
        for record, value, owner in _rows(
            f"SELECT DISTINCT s.record, s.{column}, d.record FROM staged_{noun} s "
            f"JOIN tracker_{noun}document d ON d.{column} = s.{column} AND d.record <> s.record {now} ORDER BY 1, 3"
        )
    ]


def _on_questionless_issues(stage: Stage) -> list[Problem]:
    live = "SELECT record, has_question FROM tracker_issuedocument WHERE closed IS NULL"
    issues = _after(Noun.ISSUE, "record, has_question") if Noun.ISSUE in stage.nouns else live
    return [
        Problem(
            "refused",
            "{0} has no question in the publication; publish its question too",
            ("issue",),
            record=(Noun.STANCE, record),
            others=((Noun.ISSUE, issue),),
        )
        for record, issue in _rows(
            f"SELECT s.record, s.issue FROM staged_stance s JOIN ({issues}) i ON i.record = s.issue "
            "WHERE NOT i.has_question ORDER BY 1"
        )
    ]


def _losing_their_question() -> list[Problem]:
    return [
        Problem(
            "refused",
            "{0} is public and a position on it; publish that one as it is now, or retract it, first",
            ("question",),
            record=(Noun.ISSUE, record),
            others=((Noun.STANCE, stance),),
        )
        for record, stance in _rows(
            "SELECT i.record, s.record FROM staged_issue i JOIN tracker_stancedocument s ON s.issue = i.record "
            f"WHERE NOT i.has_question AND {_stays('s', Noun.STANCE)} ORDER BY 1, 2"
        )
    ]


def _own_ancestors() -> list[Problem]:
    return [
        Problem(
            "refused",
            "it would be its own ancestor, since a parent of it was moved at the desk and not in the publication; "
            "publish both together",
            ("parent",),
            record=(Noun.ISSUE, record),
        )
        for (record,) in _rows(
            f"""
            WITH RECURSIVE after AS ({_after(Noun.ISSUE, "record, parent")}), above (start, id) AS (
                SELECT record, parent FROM staged_issue
                UNION
                SELECT above.start, after.parent FROM above JOIN after ON after.record = above.id
            )
            SELECT start FROM above WHERE id = start ORDER BY 1
            """
        )
    ]


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


def _rows(sql: str) -> list[tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())
