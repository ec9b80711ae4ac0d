"""Questions to lists, as tests ask them, and how PostgreSQL answers."""

from collections.abc import Callable
from typing import Any

from django.db import connections
from django.test.utils import CaptureQueriesContext

from tracker.public.read.editions import AsOf
from tracker.public.read.lists import ListPage, Question, page
from tracker.schema.records import USUAL
from tracker.values.nouns import Noun


def listed(
    noun: Noun, chosen: dict[str, Any] | None = None, *, edition: int | None = None, **asked: Any
) -> ListPage:
    """Return what a question comes to:
    the first 50 of the latest edition in the usual order, but for what is said.
    """
    usual = {
        "order": USUAL[noun],
        "as_of": AsOf(edition),
        "after": None,
        "size": 50,
        "counts": False,
    }
    return page(Question(noun, chosen or {}, **{**usual, **asked}))


def plan(ask: Callable[[], object], *turned_off: str) -> str:
    """Return how PostgreSQL does the one statement that is asked,
    without some ways in which it could.
    """
    with CaptureQueriesContext(connections["publication"]) as asked:
        ask()
    [query] = asked.captured_queries
    with connections["publication"].cursor() as cursor:
        for way in turned_off:
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN {query['sql']}")
        return "\n".join(line for (line,) in cursor.fetchall())
