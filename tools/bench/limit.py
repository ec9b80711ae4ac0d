"""The limit: how fast PostgreSQL itself builds the JSON of a page from the desk's tables,
and nothing else happens.

A bare WSGI application: no framework, no validation, no headers but those that HTTP needs. One
prepared statement per request, on a connection that each thread keeps; the answer comes back as one
value, in binary.
"""

import os
import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any
from urllib.parse import parse_qs

import psycopg
from isal import igzip

Start = Callable[[str, list[tuple[str, str]]], object]
PAGE = 50
SMALLEST_COMPRESSED = 1000  # bytes, as of ours
PLANS = "-c plan_cache_mode=force_generic_plan -c jit=off"
here = threading.local()
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


def connection() -> "psycopg.Connection[tuple[Any, ...]]":
    """Return this thread's connection."""
    if not hasattr(here, "connection"):
        here.connection = psycopg.connect(
            os.environ["BENCH_DSN"], autocommit=True, prepare_threshold=0, options=PLANS
        )
    kept: psycopg.Connection[tuple[Any, ...]] = here.connection
    return kept


def application(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
    """Answer /stances/ (under, actor_kind, page_size, cursor) and /stances/{id}/."""
    path, query = environ["PATH_INFO"], parse_qs(environ["QUERY_STRING"])
    body = page(query) if path == "/stances/" else record(int(path[9:-1]))
    headers = [("Content-Type", "application/json")]
    if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "") and len(body) >= SMALLEST_COMPRESSED:
        body = igzip.compress(body, 2, mtime=0)
        headers.append(("Content-Encoding", "gzip"))
    start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
    return [body]


def record(number: int) -> bytes:
    """Return one stance as JSON."""
    with connection().cursor(binary=True) as cursor:
        cursor.execute(record_sql(), {"id": number})
        row: tuple[str] | None = cursor.fetchone()
    return row[0].encode() if row else b"{}"


def page(query: dict[str, list[str]]) -> bytes:
    """Return one page of stances as JSON."""
    size = int(query["page_size"][0]) if "page_size" in query else PAGE
    after = urlsafe_b64decode(query["cursor"][0]).decode().split() if "cursor" in query else None
    parameters = {
        "under": query["under"],
        "kind": query["actor_kind"][0].split(","),
        "size": size,
        "sort": after[0] if after else None,
        "id": int(after[1]) if after else None,
    }
    with connection().cursor(binary=True) as cursor:
        cursor.execute(page_sql(after=after is not None), parameters)
        rows: list[Any] = cursor.fetchall()
    results, sort, number, there_is_more = rows[0]
    following = "null"
    if there_is_more:
        cursor_text = urlsafe_b64encode(f"{sort} {number}".encode()).decode()
        kept = "&".join(f"{name}={query[name][0]}" for name in query if name != "cursor")
        following = f'"/stances/?{kept}&cursor={cursor_text}"'
    return f'{{"next":{following},"results":[{results}]}}'.encode()


@cache
def record_sql() -> str:
    """Return the statement for one stance by its id."""
    return (
        f"SELECT row_to_json(r)::text FROM ({RECORD} FROM tracker_stance s {JOINED} WHERE s.id = "
        f"%(id)s) r"
    )


@cache
def page_sql(*, after: bool) -> str:
    """Return the statement for a page: its records, and where the next begins, if there is one.

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
            FROM found) > %(size)s
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
