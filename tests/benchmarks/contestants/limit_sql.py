"""The statements of the limit:
the public JSON of stances, built by PostgreSQL from the desk's tables.
"""

from functools import cache

NEWEST = "coalesce(s.since_earliest, '0001-01-01'::date)"
SCORE = (
    "CASE s.position WHEN 'strongly_opposes' THEN -2 WHEN 'opposes' THEN -1 WHEN 'neutral' THEN 0 "
    "WHEN 'supports' THEN 1 WHEN 'strongly_supports' THEN 2 END"
)


def _reference(plural: str, alias: str, name: str) -> str:
    return (
        f"(SELECT row_to_json(r) FROM (SELECT '/api/v1/{plural}/' || {alias}.slug || '/' AS "
        f"url, {alias}.slug, {alias}.{name} AS name) r)"
    )


def _date(end: str) -> str:
    return (
        f"CASE WHEN s.{end} <> '' THEN (SELECT row_to_json(r) FROM (SELECT s.{end} AS edtf, "
        f"s.{end}_earliest AS earliest, s.{end}_latest AS latest) r) END"
    )


CITATIONS = """
    (SELECT coalesce(json_agg(row_to_json(c)), '[]') FROM (
        SELECT (SELECT row_to_json(r) FROM (
                   SELECT '/api/v1/sources/' || o.id || '/' AS url, o.id,
                       o.title AS name) r) AS source,
               c.relation, nullif(c.locator_label, '') AS locator_label,
                   nullif(c.locator, '') AS locator,
               nullif(c.quote, '') AS quote, nullif(c.quote_language, '') AS quote_language,
               nullif(c.credibility, '') AS credibility, c.ends
        FROM tracker_stancecitation c JOIN tracker_source o ON o.id = c.source_id
        WHERE c.stance_id = s.id ORDER BY c.id) c)
"""
RESOLUTIONS = """
    (SELECT coalesce(json_agg(row_to_json(r)), '[]') FROM (
        SELECT r.question, r.criteria, r.opens, r.due, r.whose, r.outcome, r.resolved_on,
            nullif(r.note, '') AS note,
               CASE WHEN o.id IS NOT NULL THEN (SELECT row_to_json(n) FROM (
                   SELECT '/api/v1/sources/' || o.id || '/' AS url, o.id,
                       o.title AS name) n) END AS source,
               nullif(r.locator, '') AS locator, r.retrospective
        FROM tracker_stanceresolution r LEFT JOIN tracker_source o ON o.id = r.source_id
        WHERE r.stance_id = s.id ORDER BY r.id) r)
"""
RECORD = f"""
    SELECT s.id, s.ref, {_reference("actors", "a", "name")} AS actor,
        {_reference("issues", "i", "title")} AS issue,
           s.position, {SCORE} AS score, {_date("since")} AS since, {_date("until")} AS until,
               s.basis,
           nullif(s.likelihood, '') AS likelihood, s.hedged,
           CASE WHEN d.id IS NOT NULL THEN {_reference("actors", "d", "name")} END AS defers_to,
           s.instruments, s.confidence, s.standing, nullif(s.standing_note, '') AS standing_note,
           nullif(s.summary, '') AS summary, s.confirmed_on, {CITATIONS} AS citations,
           {RESOLUTIONS} AS resolutions
"""
JOINED = """
    JOIN tracker_actor a ON a.id = s.actor_id JOIN tracker_issue i ON i.id = s.issue_id
    LEFT JOIN tracker_actor d ON d.id = s.defers_to_id
"""
BELOW = """
    below (id) AS (
        SELECT id FROM tracker_issue WHERE slug = ANY(%(under)s::text[])
        UNION SELECT i.id FROM tracker_issue i JOIN below b ON i.parent_id = b.id
    ), many AS MATERIALIZED (SELECT count(*) AS n FROM below)
"""
CHOSEN = """
    s.standing = 'accepted'
    AND (s.actor_id IN (SELECT id FROM tracker_actor WHERE kind = ANY(%(kind)s::text[]))) IS TRUE
"""
FEW = 12


@cache
def record_sql() -> str:
    """Return the statement for one stance by its id."""
    return (
        f"SELECT row_to_json(r)::text FROM ({RECORD} FROM tracker_stance s {JOINED} WHERE s.id = "
        f"%(id)s) r"
    )


@cache
def page_sql(*, after: bool, counted: bool) -> str:
    """Return the statement for a page:
    its records, where the next begins, if there is one, and the count.

    Few issues are searched one by one and merged, many all in order;
    in indexes alone, until it is known which records the page has.
    """
    return f"""
        WITH RECURSIVE {BELOW}, found AS MATERIALIZED ({_search(after=after)}),
            shown AS MATERIALIZED (
            SELECT s.*, f.newest FROM (SELECT * FROM found ORDER BY newest DESC, id DESC
                LIMIT %(size)s) f
            JOIN tracker_stance s ON s.id = f.id
        )
        SELECT (
            SELECT string_agg(row_to_json(r)::text, ',' ORDER BY s.newest DESC, s.id DESC)
            FROM shown s {JOINED} CROSS JOIN LATERAL ({RECORD}) r
        ), last.newest::text, last.id, (SELECT count(*)
            FROM found) > %(size)s, {_count() if counted else "NULL"}
        FROM (SELECT newest, id FROM shown ORDER BY newest, id LIMIT 1) last
    """


def _search(*, after: bool) -> str:
    beyond = f"AND ({NEWEST}, s.id) < (%(sort)s::date, %(id)s)" if after else ""
    newest = f"SELECT {NEWEST} AS newest, s.id FROM tracker_stance s WHERE {CHOSEN} {beyond}"
    first = "ORDER BY newest DESC, id DESC LIMIT %(size)s + 1"
    return f"""
        SELECT * FROM (
            ({newest} AND (s.issue_id IN (SELECT id FROM below)) IS TRUE
                AND (SELECT n FROM many) > {FEW} {first})
            UNION ALL
            (SELECT s.* FROM below CROSS JOIN LATERAL ({newest} AND s.issue_id = below.id {first}) s
             WHERE (SELECT n FROM many) <= {FEW} {first})
        ) s {first}
    """


def _count() -> str:
    each = f"SELECT count(*) FROM tracker_stance s WHERE {CHOSEN} AND s.issue_id = below.id"
    return f"(SELECT sum(n)::bigint FROM below CROSS JOIN LATERAL ({each}) c (n))"
