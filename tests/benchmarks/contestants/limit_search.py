"""The limit of a search:
the words of stances kept beside the desk's tables, and ranked as the API says.

The best 1,000 at most of the latest, as ours; nothing is widened by near spellings. `bench_words`
holds what is public, accepted, in the order of lists, and nothing else (`tests.benchmarks.place`).
"""

from psycopg import sql

from tests.benchmarks.contestants.limit_sql import JOINED, RECORD
from tracker.public.read.search import ENGLISH
from tracker.values.nearness import other_forms

RANKED = 1000
QUERY = sql.SQL("websearch_to_tsquery('public.tracker', {})")
SEARCH = f"""
    WITH asked AS MATERIALIZED (SELECT {{exact}} AS exact, {{wide}} AS wide),
        found AS MATERIALIZED (
        SELECT id, words FROM bench_words
        WHERE words @@ ({{wide}}) ORDER BY newest DESC, id DESC LIMIT {RANKED}
    ), best AS MATERIALIZED (
        SELECT f.id, ((ts_rank(words, exact) + ts_rank(words, wide) / 100) * 1000000)::int AS rank
            FROM found f, asked
        ORDER BY rank DESC, f.id DESC LIMIT {{size}} + 1
    ), shown AS MATERIALIZED (SELECT * FROM best ORDER BY rank DESC, id DESC LIMIT {{size}})
    SELECT (
        SELECT string_agg(row_to_json(r)::text, ',' ORDER BY b.rank DESC, b.id DESC)
        FROM shown b JOIN tracker_stance s ON s.id = b.id {JOINED} CROSS JOIN LATERAL ({RECORD}) r
    ), (SELECT count(*) FROM best) > {{size}}
"""


def search_sql(query: str, size: int) -> sql.Composed:
    """Return the statement for the best `size` stances;
    written out, so that PostgreSQL plans for these very words.
    """
    words = sql.SQL(" && ").join(
        QUERY.format(sql.Literal(_in_any_form(word))) for word in query.split()
    )
    return sql.SQL(SEARCH).format(
        exact=QUERY.format(sql.Literal(query)), wide=words, size=sql.Literal(size)
    )


def _in_any_form(word: str) -> str:
    """Return a word with its singular or plural, as the search asks for both."""
    forms = other_forms(word) if ENGLISH.fullmatch(word) else ()
    return " or ".join([word, *forms])
