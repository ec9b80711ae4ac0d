"""The limit of a search: the words of stances kept beside the desk's tables, and ranked as the API says.

The best 1,000 at most of the latest, as ours; nothing is widened by near spellings. `bench_words` holds what is public,
accepted, in the order of lists, and nothing else (`tests.benchmarks.place`).
"""

from psycopg import sql

from tests.benchmarks.contestants.limit_sql import JOINED, RECORD

RANKED = 1000
SEARCH = f"""
    WITH asked AS MATERIALIZED (SELECT websearch_to_tsquery('public.tracker', {{query}}) AS q), found AS MATERIALIZED (
        SELECT id, words FROM bench_words
        WHERE words @@ websearch_to_tsquery('public.tracker', {{query}}) ORDER BY newest DESC, id DESC LIMIT {RANKED}
    ), best AS MATERIALIZED (
        SELECT f.id, ((ts_rank(words, q) + ts_rank(words, q) / 100) * 1000000)::int AS rank FROM found f, asked
        ORDER BY rank DESC, f.id DESC LIMIT {{size}} + 1
    ), shown AS MATERIALIZED (SELECT * FROM best ORDER BY rank DESC, id DESC LIMIT {{size}})
    SELECT (
        SELECT string_agg(row_to_json(r)::text, ',' ORDER BY b.rank DESC, b.id DESC)
        FROM shown b JOIN tracker_stance s ON s.id = b.id {JOINED} CROSS JOIN LATERAL ({RECORD}) r
    ), (SELECT count(*) FROM best) > {{size}}
"""


def search_sql(query: str, size: int) -> sql.Composed:
    """Return the statement for the best `size` stances; written out, so that PostgreSQL plans for these very words."""
    return sql.SQL(SEARCH).format(query=sql.Literal(query), size=sql.Literal(size))
