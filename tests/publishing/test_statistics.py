"""How long many rows take doesn't rest on what PostgreSQL has counted:
a large import is published at once.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, NamedTuple

import pytest
from django.db import connection
from psycopg.errors import Diagnostic

from tests.publishing.acts import edited, many_stances, published, retracted
from tracker.models import Issue, Stance

pytestmark = pytest.mark.django_db
MANY = 300
THOUSANDS = 3_000
ANALYZED = {"never": (0, -1), "when it held nothing": (1000, 0)}
EXPLAINED = {
    "log_min_duration": "0",
    "log_nested_statements": "on",
    "log_analyze": "on",
    "log_format": "json",
}


class Planned(NamedTuple):
    """A node of a plan, the rows that it looked at, and the text of its statement."""

    node: dict[str, Any]
    rows: float
    text: str


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the nodes of a plan, but for those that count rows of tests before, which are gone."""
    if plan["Node Type"] != "Bitmap Index Scan":
        yield plan
    for inner in plan.get("Plans", ()):
        yield from nodes(inner)


def rows_of(node: dict[str, Any]) -> float:
    """Return how many rows a node of a plan looked at, all its loops together."""
    removed = sum(count for name, count in node.items() if name.startswith("Rows Removed by"))
    rows: float = (node["Actual Rows"] + removed) * node["Actual Loops"]
    return rows


@contextmanager
def looked_at(acting_as: Callable[[str], AbstractContextManager[None]]) -> Iterator[list[Planned]]:
    """Note the nodes of the plan of each statement, also of those in functions."""
    noted: list[Planned] = []

    def note(diagnostic: Diagnostic) -> None:
        if plan := (diagnostic.message_primary or "").partition("plan:\n")[2]:
            entry = json.loads(plan)
            noted.extend(
                Planned(node, rows_of(node), entry["Query Text"]) for node in nodes(entry["Plan"])
            )

    with acting_as("NONE"), connection.cursor() as cursor:
        cursor.execute("LOAD 'auto_explain'")
        for name, value in {**EXPLAINED, "log_timing": "off", "log_level": "notice"}.items():
            cursor.execute(f"SET LOCAL auto_explain.{name} = '{value}'")
    connection.connection.add_notice_handler(note)
    yield noted
    connection.connection.remove_notice_handler(note)


@pytest.mark.parametrize(("pages", "rows"), ANALYZED.values(), ids=ANALYZED)
def test_many_rows_are_looked_at_once_each(acting_as, pages, rows):
    """A plan that is made for no rows joins each of them to all of the others."""
    with acting_as("NONE"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pg_class SET relpages = %s, reltuples = %s WHERE relkind = 'r' AND "
            "relname LIKE 'tracker_%%'",
            [pages, rows],
        )

    with looked_at(acting_as) as noted:
        first = many_stances(MANY)
        stances = list(Stance.objects.filter(pk__gte=first))
        published(*stances)
        edited(Issue.objects.get(), title="Another title")
        published(Issue.objects.get())
        retracted(*stances)
        Stance.objects.filter(pk__in=[stance.pk for stance in stances]).update(
            summary="In other words."
        )
        published(*stances)
        Stance.objects.filter(pk__gte=many_stances(MANY)).delete()

    assert len(noted) > 1000
    assert [(each.rows, each.text) for each in noted if each.rows > 20 * MANY] == []
    of_each_row = {
        text: times for text, times in Counter(each.text for each in noted).items() if times >= MANY
    }
    sums = {text: sum(each.rows for each in noted if each.text == text) for text in of_each_row}
    assert [
        (looked, text) for text, looked in sums.items() if looked > 100 * of_each_row[text]
    ] == []


def test_a_small_edition_proves_itself_by_few_rows(
    acting_as: Callable[[str], AbstractContextManager[None]],
) -> None:
    """However many documents there are,
    all of them opened by the one edition that PostgreSQL has counted.
    """
    stances = list(Stance.objects.filter(pk__gte=many_stances(MANY)))
    published(*stances)
    with acting_as("NONE"), connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    with looked_at(acting_as) as noted:
        edited(stances[0], summary="In other words.")
        published(stances[0])

    in_functions = [
        each for each in noted if re.search(r'FROM \(?.*public"?\."?tracker_', each.text)
    ]
    assert len(in_functions) > 50
    assert [(each.rows, each.text) for each in in_functions if each.rows > 10] == []


def test_an_edition_finds_what_opens_by_the_index_of_that(
    acting_as: Callable[[str], AbstractContextManager[None]],
) -> None:
    """Another index that has the edition behind other columns would be read from end to end."""
    stances = list(Stance.objects.filter(pk__gte=many_stances(THOUSANDS)))
    published(*stances)
    with acting_as("NONE"), connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    with looked_at(acting_as) as noted:
        edited(stances[0], summary="In other words.")
        published(stances[0])

    by_edition = [
        each.node
        for each in noted
        if re.match(r"\(*opened (=|>=)", each.node.get("Index Cond", ""))
    ]
    of_stances = {
        node["Index Name"] for node in by_edition if node["Index Name"].startswith("stance_")
    }
    assert of_stances == {"stance_opened"}
