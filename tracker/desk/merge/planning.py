"""What a merge would do, and what blocks it: to be shown before it is done.

A part that both have in the same words goes where it would be twice. One that says something else
is never dropped: which of the two is right is for people to say, first.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from more_itertools import chunked
from psycopg.sql import SQL, Identifier, Literal

from tracker.desk.merge.joining import MergePair, at_the_desk, gained_rows, in_public, values
from tracker.desk.merge.naming import ReferenceColumn, columns
from tracker.desk.merge.rivals import beside, rivals
from tracker.history.snapshots import versions
from tracker.models.desk_rules import FIELDS, broken_at_desk
from tracker.models.nouns import records_of
from tracker.models.snapshots import Snapshot
from tracker.models.tables import table_of, tables_of
from tracker.public.cards import wording
from tracker.publishing.live import live, naming
from tracker.publishing.merges import merges_in, with_survivors
from tracker.publishing.status import statuses
from tracker.values.nouns import Noun
from tracker.values.problems import Problem

Rows = dict[ReferenceColumn, list[int]]
LONGEST_TEXT = 60  # letters of what differs
AT_THE_DESK = "make the two the same, or take one of them away, first"
IN_PUBLIC = "that is so in what readers see: publish the desk's version first"


@dataclass(slots=True)
class MergePlan:
    """What a merge would do at the desk:
    the rows that would name the survivor, by the column that names the loser.

    `dropped` are parts that would say the same twice (a participant of one meeting, say), so those
    of the loser go; `contested` are claims, the loser's or drafts of the survivor's, each with one
    beside which it can't be accepted. `desk` are the two as they are at the desk, `public` as
    readers see them, if they see the loser.
    """

    noun: Noun
    loser: int
    survivor: int
    moved: Rows = field(default_factory=dict)
    dropped: Rows = field(default_factory=dict)
    contested: dict[Noun, dict[int, int]] = field(default_factory=dict)
    desk: MergePair | None = None
    public: MergePair | None = None
    problems: list[Problem] = field(default_factory=list)


def plan(*, noun: Noun, loser: int, survivor: int) -> MergePlan:
    """Return what merging `loser` into `survivor` would do;
    a number of queries that does not depend on how much.
    """
    what = MergePlan(noun, loser, survivor)
    what.problems.extend(_unfit(what))
    if what.problems:
        return what
    what.desk = at_the_desk(noun, loser, survivor)
    what.public = in_public(noun, what.desk)
    what.problems.extend([*_between(what), *_differing_parts(what)])
    for column in columns(noun):
        twice = _twice(what, column)
        dropped = set(twice.values_list("pk", flat=True))
        what.problems.extend(
            _differing_at_the_desk(column, twice, loser, survivor) if dropped else ()
        )
        moved = [
            row
            for row in column.named(loser).order_by("pk").values_list("pk", flat=True)
            if row not in dropped
        ]
        if dropped:
            what.dropped[column] = sorted(dropped)
        if moved:
            what.moved[column] = moved
    what.contested.update(rivals(noun, loser, survivor))
    return what


def lock_what_names(noun: Noun, loser: int, survivor: int) -> dict[Noun, dict[int, int]]:
    """Lock the records that name one, or whose parts do, and the survivor's claims beside them,
    in one order.

    Return their versions by noun and id.
    """
    named: dict[Noun, set[int]] = defaultdict(set, beside(noun, loser, survivor))
    for column in columns(noun):
        named[column.owner].update(column.named(loser).values_list(column.record, flat=True))
    versions: dict[Noun, dict[int, int]] = {}
    for owner in Noun:
        for ids in chunked(sorted(named[owner]), owner.at_once):
            rows = (
                records_of(owner).filter(pk__in=ids).order_by("pk").select_for_update(no_key=True)
            )
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
            yield Problem(
                "refused", says, ("merged_into",), record=(plan.noun, record), others=others
            )
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
            says = (
                f"it is between the two, which become one; name another {plan.noun} in it, or "
                f"delete it"
            )
            yield Problem(
                "refused", says, (first.name.removesuffix("_id"),), record=(first.owner, record)
            )
    if plan.noun in (Noun.ISSUE, Noun.SOURCE):
        yield from _of_rules(plan)


def _differing_parts(plan: MergePlan) -> Iterator[Problem]:
    if plan.desk:
        yield from _differing_in_both(plan.noun, plan.desk)
    if plan.public:
        if any(seen is not held for seen, held in zip(plan.public, plan.desk or (), strict=True)):
            yield from _differing_in_both(plan.noun, plan.public, is_public=True)
        yield from _differing_in_public(plan.noun, plan.loser, plan.survivor)


def _pairs(noun: Noun) -> Iterator[tuple[ReferenceColumn, str]]:
    """Yield the pairs of columns of one table that name records of a noun, which must be two."""
    listed = columns(noun)
    for column in listed:
        if column.part and column.owner is noun:
            yield column, column.record
        for other in listed:
            if other.table is column.table and other.name < column.name:
                yield column, other.name


def _of_rules(plan: MergePlan) -> Iterator[Problem]:
    moved = SQL("SELECT id, {}::jsonb FROM {} WHERE {} = {}")
    becomes = {
        column.owner: moved.format(
            Literal(json.dumps({column.name: plan.survivor})),
            Identifier(column.table.name),
            Identifier(column.name),
            Literal(plan.loser),
        )
        for column in columns(plan.noun)
        if column.name.removesuffix("_id") in FIELDS.get(column.owner, ())
    }
    yield from broken_at_desk(becomes, told=plan.noun, code="refused")


def _twice(plan: MergePlan, column: ReferenceColumn) -> Any:
    """Return the rows that name the loser where a row like it names the survivor already."""
    if not column.rest_of_key:
        return column.rows.none()
    others = {name: models.OuterRef(name) for name in column.rest_of_key}
    like = column.rows.filter(**{column.name: plan.survivor}, **others)
    return column.named(plan.loser).filter(models.Exists(like))


def _differing_in_both(
    noun: Noun, pair: MergePair, *, is_public: bool = False
) -> Iterator[Problem]:
    """Yield which parts of loser and survivor are about the same, and differ."""
    loser, survivor = (snapshot.record.pk for snapshot in pair)
    for table in (table for table in tables_of(noun).values() if table.part):
        key = [name for name in table.key if name != table.owner]
        held = {values(row, key): row for row in pair.survivor.parts[table.part]} if key else {}
        for row in gained_rows(table, pair):
            here = held.get(values(row, key))
            if here is not None and (differ := _differing(here, row)):
                about = [
                    (of, getattr(row, column))
                    for column, of in table.references.items()
                    if column in key
                ]
                names = " ".join(f"{{{place}}}" for place in range(len(about)))
                says = (
                    f"its {wording.plain(table.part)} {names} and that of {{{len(about)}}} "
                    f"differ: {{differ}}"
                )
                says = f"{says}; {IN_PUBLIC if is_public else AT_THE_DESK}"
                others = (*about, (noun, loser))
                yield Problem(
                    "refused",
                    says,
                    (table.listed_as,),
                    {"differ": differ},
                    (noun, survivor),
                    others,
                )


def _differing_at_the_desk(
    column: ReferenceColumn, rows: "models.QuerySet[Any]", loser: int, survivor: int
) -> Iterator[Problem]:
    """Yield of which records two parts, one of which would be dropped at the desk, differ."""
    parts = list(rows)
    key = column.rest_of_key
    owners = {getattr(row, column.record) for row in parts}
    held = {
        values(row, key): row
        for row in column.rows.filter(**{column.name: survivor, f"{column.record}__in": owners})
    }
    for row in parts:
        if differ := _differing(held[values(row, key)], row, column.name):
            yield _of_another(
                column, getattr(row, column.record), loser, survivor, differ, AT_THE_DESK
            )


def _differing_in_public(noun: Noun, loser: int, survivor: int) -> Iterator[Problem]:
    """Yield of which records, edited since, readers see two parts that would be one and differ."""
    for column in columns(noun):
        if not column.rest_of_key:
            continue
        both = (
            record
            for record, names in naming(column.owner, [(noun, loser), (noun, survivor)])
            if len(names) > 1
        )
        for ids in chunked(both, column.owner.at_once):
            snapshots = list(_behind(column.owner, ids))
            holding = merges_in(snapshots)
            for snapshot in snapshots:
                yield from _in_one(column, with_survivors(snapshot, holding), loser, survivor)


def _in_one(
    column: ReferenceColumn, snapshot: Snapshot, loser: int, survivor: int
) -> Iterator[Problem]:
    key = column.rest_of_key
    rows = snapshot.parts[column.part]
    held = {values(row, key): row for row in rows if getattr(row, column.name) == survivor}
    for row in rows:
        here = held.get(values(row, key)) if getattr(row, column.name) == loser else None
        if here is not None and (differ := _differing(here, row, column.name)):
            yield _of_another(column, snapshot.record.pk, loser, survivor, differ, IN_PUBLIC)


def _behind(owner: Noun, ids: Iterable[int]) -> Iterator[Snapshot]:
    """Yield records, as they were published, that were edited since."""
    desk = dict(records_of(owner).filter(pk__in=list(ids)).values_list("pk", "version"))
    status_of = statuses(owner, desk)
    published = {
        record: {status.version}
        for record, status in status_of.items()
        if status.version is not None and status.version != desk[record]
    }
    return versions(owner, published) if published else iter(())


def _of_another(
    column: ReferenceColumn, record: int, loser: int, survivor: int, differ: str, remedy: str
) -> Problem:
    noun = column.table.references[column.name]
    says = (
        f"its {wording.plain(column.part)}s {{0}} and {{1}} become one, and differ: {{differ}}; "
        f"{remedy}"
    )
    path, others = (column.table.listed_as,), ((noun, survivor), (noun, loser))
    return Problem("refused", says, path, {"differ": differ}, (column.owner, record), others)


def _differing(row: models.Model, other: models.Model, but: str = "") -> str:
    """Return in what two parts differ, but for the column by which they are two;
    empty if they don't.
    """
    return ", ".join(
        f"{wording.plain(name.removesuffix('_id'))} “{_short(getattr(row, name))}” and "
        f"“{_short(getattr(other, name))}”"
        for name in table_of(type(row)).own
        if name != but and getattr(row, name) != getattr(other, name)
    )


def _short(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"
