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
from typing import Any
from urllib.parse import parse_qs

import psycopg
from isal import igzip

from tests.benchmarks.contestants.limit_search import search_sql
from tests.benchmarks.contestants.limit_sql import page_sql, record_sql

Start = Callable[[str, list[tuple[str, str]]], object]
PAGE = 50
SMALLEST_COMPRESSED = 1000  # bytes, as of ours
PLANS = "-c plan_cache_mode=force_generic_plan -c jit=off"
here = threading.local()


def connection() -> "psycopg.Connection[tuple[Any, ...]]":
    """Return this thread's connection."""
    if not hasattr(here, "connection"):
        here.connection = psycopg.connect(
            os.environ["BENCH_DSN"], autocommit=True, prepare_threshold=0, options=PLANS
        )
    kept: psycopg.Connection[tuple[Any, ...]] = here.connection
    return kept


def application(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
    """Answer /stances/ (under, actor_kind, page_size, count, cursor;
    or q, page_size) and /stances/{id}/.
    """
    path, query = environ["PATH_INFO"], parse_qs(environ["QUERY_STRING"])
    body = (
        record(int(path[9:-1]))
        if path != "/stances/"
        else search(query)
        if "q" in query
        else page(query)
    )
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


def search(query: dict[str, list[str]]) -> bytes:
    """Return the stances that fit a search best as JSON."""
    with connection().cursor(binary=True) as cursor:
        cursor.execute(search_sql(query["q"][0], int(query["page_size"][0])), prepare=False)
        results, there_is_more = cursor.fetchone()
    return f'{{"more":{"true" if there_is_more else "false"},"results":[{results or ""}]}}'.encode()


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
    counted = "count" in query
    with connection().cursor(binary=True) as cursor:
        cursor.execute(page_sql(after=after is not None, counted=counted), parameters)
        results, sort, number, there_is_more, count = cursor.fetchone()
    following = "null"
    if there_is_more:
        cursor_text = urlsafe_b64encode(f"{sort} {number}".encode()).decode()
        kept = "&".join(f"{name}={query[name][0]}" for name in query if name != "cursor")
        following = f'"/stances/?{kept}&cursor={cursor_text}"'
    head = f'"count":{count},' if counted else ""
    return f'{{"next":{following},{head}"results":[{results}]}}'.encode()
