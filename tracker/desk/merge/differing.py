"""Parts that a merge would have twice and that differ: which of the two is right is for people to say, first.

A part that both have in the same words goes where it would be twice. One that says something else is never dropped.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from more_itertools import chunked

from tracker.desk.merge.joining import Pair, gained_rows, values
from tracker.desk.merge.naming import Column, columns
from tracker.history.snapshots import versions
from tracker.models.nouns import records_of
from tracker.models.snapshots import Snapshot
from tracker.models.tables import table_of, tables_of
from tracker.publishing.live import naming
from tracker.publishing.merges import merges_in, with_survivors
from tracker.publishing.status import statuses
from tracker.values.nouns import Noun
from tracker.values.problems import Problem

LONGEST_TEXT = 60  # letters of what differs
AT_THE_DESK = "make the two the same, or take one of them away, first"
IN_PUBLIC = "that is so in what readers see: publish the desk's version first"


def of_both(noun: Noun, pair: Pair, *, is_public: bool = False) -> Iterator[Problem]:
    """Yield which parts of loser and survivor are about the same, and differ."""
    loser, survivor = (snapshot.record.pk for snapshot in pair)
    for table in (table for table in tables_of(noun).values() if table.part):
        key = [name for name in table.key if name != table.owner]
        held = {values(row, key): row for row in pair.survivor.parts[table.part]} if key else {}
        for row in gained_rows(table, pair):
            here = held.get(values(row, key))
            if here is not None and (differ := _differing(here, row)):
                about = [(of, getattr(row, column)) for column, of in table.references.items() if column in key]
                names = " ".join(f"{{{place}}}" for place in range(len(about)))
                says = f"its {_spaced(table.part)} {names} and that of {{{len(about)}}} differ: {{differ}}"
                says = f"{says}; {IN_PUBLIC if is_public else AT_THE_DESK}"
                others = (*about, (noun, loser))
                yield Problem("refused", says, (table.listed_as,), {"differ": differ}, (noun, survivor), others)


def at_the_desk(column: Column, rows: "models.QuerySet[Any]", loser: int, survivor: int) -> Iterator[Problem]:
    """Yield of which records two parts, one of which would be dropped at the desk, differ."""
    parts = list(rows)
    key = column.rest_of_key
    owners = {getattr(row, column.record) for row in parts}
    held = {
        values(row, key): row for row in column.rows.filter(**{column.name: survivor, f"{column.record}__in": owners})
    }
    for row in parts:
        if differ := _differing(held[values(row, key)], row, column.name):
            yield _of_another(column, getattr(row, column.record), loser, survivor, differ, AT_THE_DESK)


def in_public(noun: Noun, loser: int, survivor: int) -> Iterator[Problem]:
    """Yield of which records, edited since, readers see two parts that would be one and differ."""
    for column in columns(noun):
        if not column.rest_of_key:
            continue
        both = (record for record, names in naming(column.owner, [(noun, loser), (noun, survivor)]) if len(names) > 1)
        for ids in chunked(both, column.owner.at_once):
            snapshots = list(_behind(column.owner, ids))
            holding = merges_in(snapshots)
            for snapshot in snapshots:
                yield from _in_one(column, with_survivors(snapshot, holding), loser, survivor)


def _in_one(column: Column, snapshot: Snapshot, loser: int, survivor: int) -> Iterator[Problem]:
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


def _of_another(column: Column, record: int, loser: int, survivor: int, differ: str, remedy: str) -> Problem:
    noun = column.table.references[column.name]
    says = f"its {_spaced(column.part)}s {{0}} and {{1}} become one, and differ: {{differ}}; {remedy}"
    path, others = (column.table.listed_as,), ((noun, survivor), (noun, loser))
    return Problem("refused", says, path, {"differ": differ}, (column.owner, record), others)


def _differing(row: models.Model, other: models.Model, but: str = "") -> str:
    """Return in what two parts differ, but for the column by which they are two; empty if they don't."""
    return ", ".join(
        f"{_spaced(name.removesuffix('_id'))} “{_short(getattr(row, name))}” and “{_short(getattr(other, name))}”"
        for name in table_of(type(row)).own
        if name != but and getattr(row, name) != getattr(other, name)
    )


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _short(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"
