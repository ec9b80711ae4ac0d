"""What a merge would do, and what blocks it: to be shown before it is done."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from more_itertools import chunked

from tracker.desk.merge import differing
from tracker.desk.merge.joining import Pair, at_the_desk, in_public
from tracker.desk.merge.naming import Column, columns
from tracker.desk.merge.rivals import beside, rivals
from tracker.models import Issue, Stance
from tracker.models.nouns import records_of
from tracker.models.tree import below
from tracker.publishing.live import live
from tracker.values.nouns import Noun
from tracker.values.problems import Problem

Rows = dict[Column, list[int]]


@dataclass(slots=True)
class MergePlan:
    """What a merge would do at the desk: the rows that would name the survivor, by the column that names the loser.

    `dropped` are parts that would say the same twice (a participant of one meeting, say), so those of the loser go;
    `contested` are claims, the loser's or drafts of the survivor's, each with one beside which it can't be accepted.
    `desk` are the two as they are at the desk, `public` as readers see them, if they see the loser.
    """

    noun: Noun
    loser: int
    survivor: int
    moved: Rows = field(default_factory=dict)
    dropped: Rows = field(default_factory=dict)
    contested: dict[Noun, dict[int, int]] = field(default_factory=dict)
    desk: Pair | None = None
    public: Pair | None = None
    problems: list[Problem] = field(default_factory=list)


def plan(*, noun: Noun, loser: int, survivor: int) -> MergePlan:
    """Return what merging `loser` into `survivor` would do; a number of queries that does not depend on how much."""
    what = MergePlan(noun, loser, survivor)
    what.problems.extend(_unfit(what))
    if what.problems:
        return what
    what.desk = at_the_desk(noun, loser, survivor)
    what.public = in_public(noun, what.desk)
    what.problems.extend([*_between(what), *_differing(what)])
    for column in columns(noun):
        twice = _twice(what, column)
        dropped = set(twice.values_list("pk", flat=True))
        what.problems.extend(differing.at_the_desk(column, twice, loser, survivor) if dropped else ())
        moved = [row for row in column.named(loser).order_by("pk").values_list("pk", flat=True) if row not in dropped]
        if dropped:
            what.dropped[column] = sorted(dropped)
        if moved:
            what.moved[column] = moved
    what.contested.update(rivals(noun, loser, survivor))
    return what


def lock_what_names(noun: Noun, loser: int, survivor: int) -> dict[Noun, dict[int, int]]:
    """Lock the records that name one, or whose parts do, and the survivor's claims beside them, in one order.

    Return their versions by noun and id.
    """
    named: dict[Noun, set[int]] = defaultdict(set, beside(noun, loser, survivor))
    for column in columns(noun):
        named[column.owner].update(column.named(loser).values_list(column.record, flat=True))
    versions: dict[Noun, dict[int, int]] = {}
    for owner in Noun:
        for ids in chunked(sorted(named[owner]), owner.at_once):
            rows = records_of(owner).filter(pk__in=ids).order_by("pk").select_for_update(no_key=True)
            versions.setdefault(owner, {}).update(rows.values_list("pk", "version"))
    return versions


def _unfit(plan: MergePlan) -> Iterator[Problem]:
    """Yield why the two can't be merged at all."""
    if plan.loser == plan.survivor:
        says = "it can't be merged into itself; choose another"
        yield Problem("refused", says, ("into",), record=(plan.noun, plan.loser))
        return
    names = dict.fromkeys((plan.loser, plan.survivor))
    merged = dict(records_of(plan.noun).filter(pk__in=names).values_list("pk", "merged_into"))
    for record in names:
        if record not in merged:
            yield Problem("refused", "there is no such record", record=(plan.noun, record))
        elif merged[record] is not None:
            says, others = "it was merged into {0}; choose that one", ((plan.noun, merged[record]),)
            yield Problem("refused", says, ("merged_into",), record=(plan.noun, record), others=others)
    public = live(plan.noun, names)
    if plan.loser in public and plan.survivor not in public:
        says = "it is not public, but what is merged into it is; publish it first"
        yield Problem("refused", says, record=(plan.noun, plan.survivor))


def _between(plan: MergePlan) -> Iterator[Problem]:
    for first, second in _pairs(plan.noun):
        between = models.Q(**{first.name: plan.loser, second: plan.survivor})
        if second != first.record:
            between |= models.Q(**{first.name: plan.survivor, second: plan.loser})
        for record in first.rows.filter(between).values_list(first.record, flat=True):
            says = f"it is between the two, which become one; name another {plan.noun} in it, or delete it"
            yield Problem("refused", says, (first.name.removesuffix("_id"),), record=(first.owner, record))
    if plan.noun is Noun.ISSUE:
        yield from _of_the_tree(plan)


def _differing(plan: MergePlan) -> Iterator[Problem]:
    if plan.desk:
        yield from differing.of_both(plan.noun, plan.desk)
    if plan.public:
        if any(seen is not held for seen, held in zip(plan.public, plan.desk or (), strict=True)):
            yield from differing.of_both(plan.noun, plan.public, is_public=True)
        yield from differing.in_public(plan.noun, plan.loser, plan.survivor)


def _pairs(noun: Noun) -> Iterator[tuple[Column, str]]:
    """Yield the pairs of columns of one table that name records of a noun, which must be two."""
    listed = columns(noun)
    for column in listed:
        if column.part and column.owner is noun:
            yield column, column.record
        for other in listed:
            if other.table is column.table and other.name < column.name:
                yield column, other.name


def _of_the_tree(plan: MergePlan) -> Iterator[Problem]:
    issues, survivor = Issue.objects.in_bulk([plan.survivor]), (Noun.ISSUE, plan.survivor)
    if plan.survivor in below([plan.loser]):
        says = "it lies below the issue that is to be merged into it; move it elsewhere first"
        yield Problem("refused", says, ("parent",), record=survivor)
    if not issues[plan.survivor].question and (count := Stance.objects.filter(issue=plan.loser).count()):
        says = "it has no question, but {count} stances are to move to it; give it one first"
        yield Problem("refused", says, ("question",), {"count": count}, survivor)


def _twice(plan: MergePlan, column: Column) -> Any:
    """Return the rows that name the loser where a row like it names the survivor already."""
    if not column.rest_of_key:
        return column.rows.none()
    others = {name: models.OuterRef(name) for name in column.rest_of_key}
    like = column.rows.filter(**{column.name: plan.survivor}, **others)
    return column.named(plan.loser).filter(models.Exists(like))
