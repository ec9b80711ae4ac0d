"""The rules that look at more than one field:
constraints of the tables, held against a record before it is written.

A check constraint whose code names a field, and that says in words what is wrong, is such a rule:
the database, the admin's forms and whoever writes records hold it, and tell it in the same words.
It is asked of the record as it would be, and not where one of its fields can't be taken. What a
field may hold by itself is its kind's to say; what only SQL can say (`Func`, `regex` …) is left to
the database.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from operator import eq, ge, gt, le, lt
from typing import Any, NamedTuple

from django.db import models
from django.utils import timezone

from tracker.desk.records.fields import PartList
from tracker.models.functions import Today
from tracker.models.rules import BY_CODE
from tracker.schema.acts import MOST_QUOTED
from tracker.values.dates import bounds
from tracker.values.nouns import Noun
from tracker.values.problems import Problem
from tracker.values.texts import VISIBLE, is_blank
from tracker.values.vocabularies import TALLY, ActStatus, Basis, Choice, VoteOutcome

Row = Mapping[str, Any]  # by field; a reference is an id
Get = Callable[[Row], Any]
Test = Callable[[Row], bool | None]  # None, as in SQL: unknown
TO_COME = (ActStatus.PLANNED, ActStatus.EXPECTED)
COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": eq,
    "lt": lt,
    "lte": le,
    "gt": gt,
    "gte": ge,
}
ENDS = ("earliest", "latest")  # of a vague date, in columns that the database computes


class ConstraintRule(NamedTuple):
    """A constraint: the fields that it looks at, what it asks of a row, the field that is told,
    and what is said.

    `rule` is its name, if that is the code of a rule of the publication,
    which it holds at the desk.
    """

    fields: frozenset[str]
    test: Test
    field: str
    says: str
    rule: str

    def problem(self, row: Row, *path: str | int) -> Problem:
        value = row[self.field]
        text = str(value) if isinstance(value, str | date) else ""
        return Problem("invalid", self.says, (*path, self.field), value=text, rule=self.rule)


class _OnlySqlKnowsError(Exception):
    """A condition asks what only the database can answer."""


def broken_rules(model: type[models.Model], row: Row, faulty: Collection[str]) -> Iterator[Problem]:
    """Yield what is wrong with a record as it would be,
    apart from what hangs on fields that are faulty anyway.
    """
    for rule in rules(model):
        if rule.fields.isdisjoint(faulty) and rule.test(row) is False:
            yield rule.problem(row)


def too_many(part: PartList, count: int) -> Problem:
    """Return that a record has more items of a part than it may."""
    says = "it has {count} items, and there may be {most} at most"
    params = {"count": count, "most": part.most}
    return Problem("invalid", says, (part.name,), params, remedy="keep those that matter most")


def broken_parts(part: PartList, record: int, items: Sequence[dict[str, Any]]) -> Iterator[Problem]:
    """Yield what is wrong with the items of a part, whose references are resolved;
    not with what could not be taken.
    """
    if len(items) > part.most:
        yield too_many(part, len(items))
        return
    first: dict[tuple[Any, ...], int] = {}
    owner = part.owner.removesuffix("_id")
    for place, item in enumerate(items):
        if any(
            name not in item or (field.required and item[name] is None)
            for name, field in part.fields.items()
        ):
            continue
        row = {**item, owner: record}
        for rule in rules(part.model):
            if rule.test(row) is False:
                yield rule.problem(row, part.name, place)
        if part.is_single and place:
            says, remedy = "there is one already, and there is one at most", "keep one of the two"
            yield Problem("invalid", says, (part.name, place), remedy=remedy)
        once = tuple(item[name] for name in part.once)
        if once and first.setdefault(once, place) != place:
            params = {"same": " and ".join(part.once), "item": first[once] + 1}
            says, remedy = "it has the same {same} as item {item}", "keep one of the two"
            yield Problem("invalid", says, (part.name, place), params, remedy=remedy)


def miscounted(vote: Row, choices: Iterable[str]) -> Iterator[Problem]:
    """Yield what a vote, as it would be, says otherwise than the choices of its ballots."""
    cast = Counter(choices)
    for choice, field in TALLY.items():
        if (counted := vote.get(field)) is not None and cast[choice] > counted:
            params = {"cast": cast[choice], "choice": choice.label, "counted": counted}
            yield BY_CODE["vote_ballots_are_within_its_tally"].at_desk(params=params)
    if vote.get("without_vote") and cast:
        yield BY_CODE["vote_without_vote_has_no_ballots"].at_desk(params={"cast": cast.total()})
    if vote.get("outcome") == VoteOutcome.VETOED and not cast[Choice.NO]:
        yield BY_CODE["vote_veto_is_by_a_permanent_member"].at_desk()


def too_few_take_part(model: type[models.Model], count: int) -> Iterator[Problem]:
    """Yield that fewer take part in a record, as it would be, than its noun needs."""
    if count < getattr(model, "least_participants", 0):
        yield BY_CODE["act_is_of_two_participants"].at_desk()


def resolved_no_forecast(noun: Noun, row: Row, count: int) -> Iterator[Problem]:
    """Yield that a claim, as it would be, has a resolution and is no forecast."""
    if count and row.get("basis") != Basis.FORECAST:
        rule = BY_CODE[f"{noun}_resolution_is_of_a_forecast"]
        yield Problem("invalid", rule.message, (rule.field,), remedy=rule.remedy, rule=rule.code)


def resolved_by_older_source(
    noun: Noun, place: int, *, opens: date | None, issued: date | None, source: str
) -> Iterator[Problem]:
    """Yield that a resolution names a source that was `issued` before the first day that counts."""
    if opens is None or issued is None or issued >= opens:
        return
    rule = BY_CODE[f"{noun}_resolution_source_is_no_older"]
    path, params = (rule.field, place, "source"), {"issued": issued, "opens": opens}
    yield Problem(
        "invalid", rule.message, path, params, remedy=rule.remedy, value=source, rule=rule.code
    )


def quoted_too_much(row: Row, citations: Iterable[Row]) -> Iterator[Problem]:
    """Yield which citations of the text that a record, as it would be,
    says was issued quote more than they may.
    """
    for place, cited in enumerate(citations):
        words = len((cited.get("quote") or "").split())
        if row.get("text") and cited.get("source") == row["text"] and words > MOST_QUOTED:
            problem = BY_CODE["act_quotes_little_of_its_text"].at_desk(
                params={"most": MOST_QUOTED, "words": words}
            )
            yield replace(problem, path=("citations", place, "quote"))


def announced_too_late(
    model: type[models.Model], row: Row, changed: Collection[str]
) -> Iterator[Problem]:
    """Yield that what is to come should have ended before today, if that is what was written now.

    What was announced and is overdue stays as it is until somebody says what became of it.
    """
    if not getattr(model, "plans_ahead", False) or row.get("status") not in TO_COME:
        return
    last = next((bounds(row[end]).latest for end in ("until", "since") if row.get(end)), None)
    if (
        last
        and last < timezone.localdate()
        and not {"status", "since", "until"}.isdisjoint(changed)
    ):
        says = "its last day has passed, so it isn’t to come"
        remedy = "correct the day, or choose “done” or “cancelled”"
        yield Problem("invalid", says, ("status",), value=str(row["status"]), remedy=remedy)


@cache
def rules(model: type[models.Model]) -> list[ConstraintRule]:
    listed = []
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.CheckConstraint) and constraint.violation_error_code:
            fields: set[str] = set()
            try:
                test = _test(model, constraint.condition, fields)
            except _OnlySqlKnowsError:
                continue
            says = (
                str(constraint.violation_error_message)
                .rstrip(".")
                .replace("{", "{{")
                .replace("}", "}}")
            )
            rule = constraint.name if constraint.name in BY_CODE else ""
            listed.append(
                ConstraintRule(frozenset(fields), test, constraint.violation_error_code, says, rule)
            )
    return listed


def _test(model: type[models.Model], condition: Any, fields: set[str]) -> Test:
    """Return what a condition asks of a row, and add to `fields` what it looks at."""
    if isinstance(condition, tuple):
        lookup, value = condition
        return _comparison(model, lookup, value, fields)
    if not isinstance(condition, models.Q) or condition.connector == models.Q.XOR:
        raise _OnlySqlKnowsError
    tests = [_test(model, child, fields) for child in condition.children]
    decides, is_negated = condition.connector == models.Q.OR, condition.negated

    def test(row: Row) -> bool | None:
        holds: bool | None = not decides
        for child in tests:
            if (answer := child(row)) is decides:
                holds = decides
                break
            holds = None if answer is None else holds
        return holds if holds is None or not is_negated else not holds

    return test


def _comparison(model: type[models.Model], lookup: str, value: Any, fields: set[str]) -> Test:
    name, _, how = lookup.partition("__")
    get = _get(model, name, fields)
    if how == "isnull":
        return lambda row: (get(row) is None) is value
    if how == "regex" and value == VISIBLE:
        return lambda row: None if (text := get(row)) is None else not is_blank(text)
    if (how or "exact") not in COMPARISONS:
        raise _OnlySqlKnowsError
    compare, other = COMPARISONS[how or "exact"], _other(model, value, fields)

    def test(row: Row) -> bool | None:
        left, right = get(row), other(row)
        return None if left is None or right is None else compare(left, right)

    return test


def _other(model: type[models.Model], value: Any, fields: set[str]) -> Get:
    """Return what a value is compared with: another field, today, or a constant."""
    if isinstance(value, models.F):
        named: Any = value
        return _get(model, named.name, fields)
    if isinstance(value, Today):
        return lambda row: timezone.localdate()
    if hasattr(value, "resolve_expression"):
        raise _OnlySqlKnowsError
    return lambda row: value


def _get(model: type[models.Model], name: str, fields: set[str]) -> Get:
    field: Any = model._meta.get_field(name)
    base, _, end = name.rpartition("_")
    if field.generated and end not in ENDS:
        raise _OnlySqlKnowsError
    fields.add(base if field.generated else name)
    if field.generated:
        return lambda row: getattr(bounds(row[base]), end) if row[base] else None
    return lambda row: row[name]
