"""Histories that nobody would think of, and what readers ask of them afterwards."""

from datetime import date, timedelta, timezone
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis.strategies import (
    SearchStrategy,
    fixed_dictionaries,
    integers,
    just,
    lists,
    none,
    one_of,
    sampled_from,
    tuples,
)

from tests.consistency.api import check_list
from tests.consistency.cast import ACTORS, CAST, CLAIMS, ISSUES, MEETINGS, SOURCE, called
from tests.consistency.desk import Desk
from tests.consistency.oracle import Label, Oracle, Question, days

Act = tuple[Any, ...]  # the name of a method of the desk, and its arguments
Edit = tuple[Label, dict[str, Any]]
Asked = tuple[int | None, str, Question]  # an edition or moment, a noun, and what is asked of its list

DATES = ["2018", "2018-11", "2018-12", "2018-12-05", "2018-12-06~", "2019~", "2019-02", "2019-02-28"]
EDGES = {edge + timedelta(days=n) for text in DATES for edge in days(text) for n in (-1, 0, 1)}
DAYS = sampled_from(sorted({date(1900, 1, 1), *EDGES}))
MOMENTS = one_of(none(), integers(0, 200), integers(0, 200))
VERBS = ["edit", "revise", "revise", "revise", "publish", "retract"]
NUMBERS = sampled_from([0, 0, 0, 0, 0, 0, 1, 1, 2])  # of the names of a record; at first it has number 0
EAST = timezone(timedelta(hours=8))


def run(*, examples: int) -> settings:
    """Return how a test of histories runs; its examples share their fixtures, and each is undone."""
    shared = [HealthCheck.function_scoped_fixture]
    return settings(max_examples=examples, suppress_health_check=shared)


def edits(records: list[Label], **fields: SearchStrategy[Any]) -> SearchStrategy[Edit]:
    """Return new values for all of these fields of one of these records."""
    return tuples(sampled_from(records), fixed_dictionaries(fields))


def _begins_before_it_ends(edit: Edit) -> bool:
    since, until = edit[1]["since"], edit[1]["until"]
    return not since or not until or days(since)[0] <= days(until)[1]


TERM = sampled_from(["", *DATES])
DATED = one_of(
    edits([*CLAIMS, *MEETINGS], since=TERM, until=TERM).filter(_begins_before_it_ends),
    edits(CLAIMS, confirmed_on=none() | DAYS.map(str)),
    edits(CLAIMS, standing=sampled_from(["accepted", "contested"])),
    edits(ACTORS, kind=sampled_from(["state", "bloc"])),
)
MOVED = edits(ISSUES, parent=none() | sampled_from(ISSUES)) | edits(CLAIMS, issue=sampled_from(ISSUES))
RENAMED = tuples(sampled_from([*ACTORS, *ACTORS, *ISSUES, SOURCE]), sampled_from([1, 2, 0])).map(
    lambda drawn: (drawn[0], called(*drawn))
)


def histories(edit: SearchStrategy[Edit]) -> SearchStrategy[list[Act]]:
    """Return a first edition and from 10 to 30 acts: edits, most published at once, publications, and retractions."""
    drawn = {
        "edit": edit,
        "revise": edit,
        "publish": _some(1, 5),
        "retract": tuples(sampled_from([*CLAIMS, *MEETINGS, *CAST])),
    }
    acts = sampled_from(VERBS).flatmap(lambda verb: drawn[verb].map(lambda arguments: (verb, *arguments)))
    first = _some(5, 12).map(lambda arguments: ("publish", *arguments))
    return tuples(first, lists(acts, min_size=10, max_size=30)).map(lambda parts: [parts[0], *parts[1]])


def _some(fewest: int, most: int) -> SearchStrategy[tuple[list[Label]]]:
    return tuples(lists(sampled_from(CAST), min_size=fewest, max_size=most, unique=True))


def questions(**by_noun: SearchStrategy[Question]) -> SearchStrategy[list[Asked]]:
    """Return what is asked after a history: of the lists of these nouns, in any of its editions or at any moment."""
    kinds = [tuples(MOMENTS, just(noun), asked) for noun, asked in by_noun.items()]
    return lists(one_of(kinds), min_size=20, max_size=40)


def recorded(oracle: Oracle, number: int | None) -> Question:
    """Return one of all ways to ask for an edition: by number, or as of a moment about its own; None: not at all."""
    if number is None:
        return {}
    ways: list[Question] = [{"edition": edition.number} for edition in oracle.editions]
    for edition in oracle.editions[1:]:
        moments = [edition.published_at + timedelta(microseconds=n) for n in (-1, 0, 1)]
        ways += [{"as_of": moment.astimezone(EAST).isoformat()} for moment in moments]
    return ways[number % len(ways)]


def agree(desk: Desk, acts: list[Act], asked: list[Asked]) -> None:
    """Do what a history says, ask, and compare each answer with the oracle's."""
    with desk.for_a_while():
        desk.do(acts)
        for number, noun, question in asked:
            check_list(desk.oracle, noun, {**recorded(desk.oracle, number), **question})
