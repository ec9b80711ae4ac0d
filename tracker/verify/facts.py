"""Facts of editions: each row follows from the one before,
and the latest is also counted over all it holds.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from psycopg.sql import SQL, Composable, Literal

from tracker.models import EditionFacts
from tracker.models.queries import rows_of
from tracker.public.read.sql import Scope, literal, table_of
from tracker.schema.evidence import CITES, INDEPENDENT
from tracker.schema.records import CLAIMS, OCCURRENCES
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Basis, MeetingStatus
from tracker.verify.queries import Check, Progress

MISSING = Check(
    """
    SELECT number, 'its facts are missing' FROM tracker_edition e
    WHERE NOT EXISTS (SELECT FROM tracker_editionfacts f WHERE f.edition = e.number)
    UNION ALL
    SELECT edition, 'it has facts, but does not exist' FROM tracker_editionfacts f
    WHERE NOT EXISTS (SELECT FROM tracker_edition e WHERE e.number = f.edition)
    ORDER BY 1
    """,
    "edition {0}: {1}",
)
COUNTED = ("records", "independent", "with_address", "sourceless", "coded")
DIFFERS = SQL("CASE WHEN f.{0} IS DISTINCT FROM a.{0} THEN {1} END")
UNFOLLOWED = Check(
    SQL("""
    SELECT edition, says FROM (
        SELECT f.edition, array_to_string(ARRAY[{differences},
            CASE WHEN f.until IS DISTINCT FROM public.edition_covers(f.edition) THEN 'until' END
        ], ', ') AS says
        FROM tracker_editionfacts f LEFT JOIN tracker_editionfacts b ON b.edition = f.edition - 1
        CROSS JOIN LATERAL public.facts_after(b, f.edition) a
        WHERE f.edition = 1 OR b.edition IS NOT NULL
    ) d WHERE says <> '' ORDER BY edition
    """).format(
        differences=SQL(", ").join(DIFFERS.format(SQL(name), Literal(name)) for name in COUNTED)
    ),
    "edition {0}: its facts don’t follow from the edition before: {1}",
)
# What follows counts a whole edition, and by other queries than those by which the row was written.
LIVE = Scope(SQL("%(edition)s::int"))
COUNT = SQL("SELECT {noun}, count(*) FROM {documents} d WHERE {live}")
CLAIM = SQL(
    "SELECT issue, {independent}, {has_address}, {is_sourceless} FROM {documents} d WHERE {live}"
)
CITES_NOTHING = SQL(
    "NOT EXISTS (SELECT FROM tracker_mention m WHERE m.noun = {0} AND m.document = d.id AND "
    "m.named_noun = {1})"
)
EVIDENCE = SQL("""
    SELECT ARRAY[count(*) FILTER (WHERE n = 0), count(*) FILTER (WHERE n = 1),
        count(*) FILTER (WHERE n = 2),
                 count(*) FILTER (WHERE n > 2)]::int[],
           count(*) FILTER (WHERE has_address), count(*) FILTER (WHERE is_sourceless),
           coalesce(array_agg(DISTINCT issue ORDER BY issue), '{{}}')
    FROM ({}) c (issue, n, has_address, is_sourceless)
""")
HAS_ADDRESS = SQL(CITES.format("public.has_url(o.body)"))
BEGAN = "nullif(d.sort, %(unknown)s::date)"
# Of each noun that tells of days: which of its documents count, and the days of one that do.
NEWEST = {
    **dict.fromkeys(CLAIMS, ("d.basis <> %(forecast)s", (BEGAN, "d.confirmed_on"))),
    **dict.fromkeys(OCCURRENCES, ("d.status <> ALL(%(not_held)s)", (BEGAN,))),
    Noun.VOTE: ("true", ("lower(d.days)",)),
    Noun.SOURCE: ("true", ("lower(d.issued)",)),
}
DAYS = SQL("""
    SELECT {noun}, {body}, max(greatest({days})) FROM {documents} d CROSS JOIN made
    WHERE {live} AND {is_told} GROUP BY 2
""")
UNTIL = SQL("""
    WITH made AS MATERIALIZED (
        SELECT (published_at AT TIME ZONE 'UTC')::date AS day FROM tracker_edition
            WHERE number = %(edition)s
    )
    SELECT noun, body, to_char(day, 'YYYY-MM-DD') FROM ({}) c (noun, body, day)
    WHERE day IS NOT NULL ORDER BY noun COLLATE "C", body
""")


def complaints(progress: Progress) -> Iterator[str]:
    """Yield editions without facts, and facts that are others than those of the edition."""
    progress("facts of editions", 0, 0)
    yield from MISSING.complaints()
    yield from UNFOLLOWED.complaints()
    latest = EditionFacts.objects.order_by("edition").last()
    if latest is not None:
        for name, value in whole(latest.edition).items():
            if getattr(latest, name) != value:
                yield (
                    f"edition {latest.edition}: by its facts {name} is {getattr(latest, name)}, "
                    f"counted it is {value}"
                )


def whole(edition: int) -> dict[str, Any]:
    """Return the facts of an edition, counted over all that it holds."""
    bound = {"edition": edition}
    not_held = [
        MeetingStatus.PLANNED.value,
        MeetingStatus.EXPECTED.value,
        MeetingStatus.CANCELLED.value,
    ]
    counts = rows_of(_union(COUNT), bound)
    [evidence] = rows_of(EVIDENCE.format(_claims()), bound)
    days = {"forecast": Basis.FORECAST.value, "not_held": not_held, "unknown": date.min}
    return {
        "records": {noun: number for noun, number in counts if number},
        **dict(zip(COUNTED[1:], evidence, strict=True)),
        "until": [list(row) for row in rows_of(UNTIL.format(_days()), bound | days)],
    }


def _union(template: SQL) -> Composable:
    parts = (
        template.format(noun=literal(noun), documents=table_of(noun), live=LIVE.live("d"))
        for noun in Noun
    )
    return SQL(" UNION ALL ").join(parts)


def _claims() -> Composable:
    parts = (
        CLAIM.format(
            independent=SQL(INDEPENDENT).format(live=LIVE.live("o")),
            has_address=HAS_ADDRESS.format(live=LIVE.live("o")),
            is_sourceless=CITES_NOTHING.format(literal(noun), literal(Noun.SOURCE)),
            documents=table_of(noun),
            live=LIVE.live("d"),
        )
        for noun in CLAIMS
    )
    return SQL(" UNION ALL ").join(parts)


def _days() -> Composable:
    parts = []
    for noun, (is_told, days) in NEWEST.items():
        not_to_come = (
            SQL("CASE WHEN {0} <= made.day THEN {0} END").format(SQL(day)) for day in days
        )
        parts.append(
            DAYS.format(
                noun=literal(noun),
                body=SQL("d.own_body" if noun is Noun.VOTE else "NULL::int"),
                days=SQL(", ").join(not_to_come),
                documents=table_of(noun),
                live=LIVE.live("d"),
                is_told=SQL(is_told),
            )
        )
    return SQL(" UNION ALL ").join(parts)
