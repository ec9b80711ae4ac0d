"""What a batch at the desk, or what is staged of it, breaks of the rules of the publication: found before the database
would refuse it, and named.

The rules themselves are constraints of the documents and the edition's own check (`models/sql/editions.sql`); this only
explains them.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import QuerySet
from psycopg.sql import SQL, Composable, Composed, Identifier

from tracker.models.nouns import PARTS, RECORDS
from tracker.models.queries import compose, ids_query, rows_of
from tracker.models.snapshots import Snapshot, load
from tracker.public.read.keys import BY_SLUG
from tracker.publishing.batch import Batch, in_chunks
from tracker.publishing.stage import Stage, staged_table
from tracker.values.nouns import MERGEABLE, Noun
from tracker.values.problems import Problem
from tracker.values.vocabularies import TALLY

UNCITED = "a published claim, held meeting or vote cites at least one source, with a locator or a quote"
PAIRS = {
    Noun.STANCE: ("o.actor = c.actor AND o.issue = c.issue", "the same actor and issue"),
    Noun.ALIGNMENT: (
        "least(o.actor, o.counterpart) = least(c.actor, c.counterpart) "
        "AND greatest(o.actor, o.counterpart) = greatest(c.actor, c.counterpart) AND o.issue = c.issue",
        "the same pair and issue",
    ),
}
ONE_ACCEPTED_AT_ONCE = """
    SELECT c.record, NULL, o.record FROM {staged} c JOIN {staged} o ON {meets}
    WHERE c.standing = 'accepted'
    UNION ALL
    SELECT c.record, NULL, o.record FROM {staged} c JOIN {documents} o ON {meets}
    WHERE c.standing = 'accepted' AND {stays}
"""
MEETS = "{} AND o.record <> c.record AND o.asserted && c.asserted AND o.standing = 'accepted'"
OF_ONE_RECORD = """
    SELECT DISTINCT s.record, s.{column}, o.record
    FROM {staged} s JOIN ({owners}) o ON o.{column} = s.{column} AND o.record <> s.record
"""
ON_AN_ISSUE_WITHOUT_A_QUESTION = """
    SELECT s.record, NULL, s.issue FROM staged_stance s JOIN ({issues}) i ON i.record = s.issue WHERE NOT i.has_question
"""
LEAVES_STANCES_WITHOUT_A_QUESTION = """
    SELECT i.record, NULL, s.record FROM staged_issue i JOIN {documents} s ON s.issue = i.record
    WHERE NOT i.has_question AND {stays}
"""
IS_ITS_OWN_ANCESTOR = """
    WITH RECURSIVE after AS ({issues}), above (start, id) AS (
        SELECT record, parent FROM staged_issue
        UNION
        SELECT above.start, after.parent FROM above JOIN after ON after.record = above.id
    )
    SELECT start, NULL, NULL FROM above WHERE id = start
"""
MISCOUNTED = "SELECT record, NULL, NULL FROM staged_vote WHERE cardinality({cast}) > {counted}"
# Who stays as they are name the body by the slug that it had; a slug is one record's for ever.
VETOED_BY_NOBODY = """
    WITH actors AS ({actors}), bodies AS (SELECT record, slug FROM actors UNION {live})
    SELECT v.record, NULL, v.own_body FROM staged_vote v
    WHERE v.outcome = 'vetoed' AND v.own_body IN (SELECT record FROM bodies) AND NOT EXISTS (
        SELECT FROM staged_change c WHERE c.noun = {noun} AND c.record = v.record AND c.operation = 'renamed'
    ) AND NOT EXISTS (
        SELECT FROM actors a JOIN bodies b ON b.record = v.own_body
        WHERE a.record = ANY (v.no) AND public.is_permanent_member(a.body, b.slug, v.days)
    )
"""
STAYS = """
    {document}.closed IS NULL
    AND NOT EXISTS (SELECT FROM staged_change c WHERE c.noun = {noun} AND c.record = {document}.record)
"""
EVER = "SELECT {columns} FROM {documents}"
LIVE = "SELECT {columns} FROM {documents} d WHERE d.closed IS NULL"
AFTER = "SELECT {columns} FROM {staged} UNION ALL SELECT {columns} FROM {documents} d WHERE {stays}"


class Rule(NamedTuple):
    """What is said of a field of the records that break it: the query gives them, a value, and the record concerned."""

    field: str
    says: str
    sql: Composable
    concerned: Noun


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
        yield from uncited_of(noun, load(noun, ids))


def uncited_of(noun: Noun, snapshots: Iterable[Snapshot]) -> Iterator[Problem]:
    """Yield which of these records of a noun lack it."""
    for snapshot in snapshots:
        if not snapshot.cites_enough():
            yield Problem("refused", UNCITED, ("citations",), record=(noun, snapshot.record.pk))


def broken_rules(stage: Stage) -> list[Problem]:
    """Return what is staged against the rules; a few statements, whatever the number of rows."""
    stage.analyze()
    problems = []
    for noun in sorted(stage.nouns):
        for rule in _rules(noun, stage):
            for record, value, other in rows_of(SQL("{} ORDER BY 1, 3").format(rule.sql)):
                others = ((rule.concerned, other),) if other else ()
                params = {"value": value} if value else {}
                problems.append(Problem("refused", rule.says, (rule.field,), params, (noun, record), others))
    return problems


def _rules(noun: Noun, stage: Stage) -> Iterator[Rule]:
    if noun in PAIRS:
        yield _one_accepted_at_once(noun)
    yield _of_one_record(noun, "ref", " for ever; choose another")
    if noun in BY_SLUG:
        yield _of_one_record(noun, "slug", " for ever; choose another")
    if noun is Noun.ACTOR:
        yield _of_one_record(noun, "iso3", "", owners=AFTER)
    if noun is Noun.VOTE:
        yield from _of_votes(stage)
    if noun is Noun.STANCE:
        issues = AFTER if Noun.ISSUE in stage.nouns else LIVE
        yield Rule(
            "issue",
            "{0} has no question in the publication; publish its question too",
            compose(ON_AN_ISSUE_WITHOUT_A_QUESTION, noun, issues=_of_noun(issues, Noun.ISSUE, "has_question")),
            Noun.ISSUE,
        )
    if noun is Noun.ISSUE:
        yield Rule(
            "question",
            "{0} is public and a position on it; publish that one as it is now, or withdraw it, first",
            compose(LEAVES_STANCES_WITHOUT_A_QUESTION, Noun.STANCE, stays=_stays(Noun.STANCE, "s")),
            Noun.STANCE,
        )
        yield Rule(
            "parent",
            "it would be its own ancestor, since a parent of it was moved at the desk and not in the publication; "
            "publish both together",
            compose(IS_ITS_OWN_ANCESTOR, noun, issues=_of_noun(AFTER, Noun.ISSUE, "parent")),
            Noun.ISSUE,
        )


def _of_votes(stage: Stage) -> Iterator[Rule]:
    for choice, counted in TALLY.items():
        yield Rule(
            "ballots",
            f"more members cast “{choice.label}” than the tally counts; correct the ballots or the tally",
            compose(MISCOUNTED, Noun.VOTE, cast=Identifier(choice), counted=Identifier(counted)),
            Noun.VOTE,
        )
    yield Rule(
        "outcome",
        "no permanent member of {0} is known to have voted against it, so it can’t be told as vetoed; add the ballot "
        "or the membership (“permanent member”), or choose another outcome",
        compose(
            VETOED_BY_NOBODY,
            Noun.VOTE,
            actors=_of_noun(AFTER if Noun.ACTOR in stage.nouns else LIVE, Noun.ACTOR, "slug", "body"),
            live=_of_noun(LIVE, Noun.ACTOR, "slug"),
        ),
        Noun.ACTOR,
    )


def _one_accepted_at_once(noun: Noun) -> Rule:
    same, says = PAIRS[noun]
    meets = SQL(MEETS).format(SQL(same))
    return Rule(
        "standing",
        f"{{0}} is accepted for {says} on days of the same period; "
        "end one before the other begins, or mark one as contested",
        compose(ONE_ACCEPTED_AT_ONCE, noun, staged=staged_table(noun), meets=meets, stays=_stays(noun, "o")),
        noun,
    )


def _of_one_record(noun: Noun, column: str, remedy: str, owners: str = EVER) -> Rule:
    among = _of_noun(owners, noun, column)
    of = compose(OF_ONE_RECORD, noun, staged=staged_table(noun), column=Identifier(column), owners=among)
    return Rule(column, f"“{{value}}” belongs to {{0}}{remedy}", of, noun)


def _stays(noun: Noun, document: str) -> Composed:
    """Return the condition that a document is live and this edition does not touch it."""
    return compose(STAYS, noun, document=SQL(document))


def _of_noun(query: str, noun: Noun, *columns: str) -> Composed:
    """Return the query for a noun, as it is live or will be after this edition: its records and some columns."""
    names = SQL(", ").join(map(Identifier, ("record", *columns)))
    return compose(query, noun, columns=names, staged=staged_table(noun), stays=_stays(noun, "d"))
