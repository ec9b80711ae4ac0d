"""What a survivor becomes:
it keeps what is its own, and gains the parts and names that only the loser had.

At the desk it gains what the desk has of the loser, for readers what they saw of it. Where the two
are not the same, the desk is written twice: first what is public, which is the version that is
published; then the rest, which waits.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from copy import copy
from itertools import chain
from typing import Any, NamedTuple

from django.db import models

from tracker.history.snapshots import versions
from tracker.models.nouns import records_of
from tracker.models.snapshots import Snapshot, load
from tracker.models.tables import DeskTable, tables_of
from tracker.publishing.merges import merges_in, with_survivors
from tracker.publishing.status import statuses
from tracker.values.nouns import Noun

Values = tuple[Any, ...]


class MergedFields(NamedTuple):
    """What a record gains: fields with their new values, and new rows by part."""

    fields: Mapping[str, Any]
    parts: Mapping[str, list[models.Model]]

    def __bool__(self) -> bool:
        return bool(self.fields) or any(self.parts.values())


class MergePair(NamedTuple):
    """Loser and survivor, as they are at the desk or as readers see them."""

    loser: Snapshot
    survivor: Snapshot


def at_the_desk(noun: Noun, loser: int, survivor: int) -> MergePair:
    """Return the two as they are at the desk; they are there."""
    snapshots = {snapshot.record.pk: snapshot for snapshot in load(noun, [loser, survivor])}
    return MergePair(snapshots[loser], snapshots[survivor])


def in_public(noun: Noun, desk: MergePair) -> MergePair | None:
    """Return the two as readers see them, with the survivors of earlier merges;
    None if they don't see the loser.

    One that is in step is as it is at the desk.
    """
    status_of = statuses(noun, [snapshot.record.pk for snapshot in desk])
    published = {
        record: status.version for record, status in status_of.items() if status.version is not None
    }
    if desk.loser.record.pk not in published:
        return None
    behind = {
        snapshot.record.pk: {version}
        for snapshot in desk
        if (version := published[snapshot.record.pk]) != snapshot.record.version
    }
    snapshots = list(versions(noun, behind)) if behind else []
    holding = merges_in(snapshots)
    before = {snapshot.record.pk: with_survivors(snapshot, holding) for snapshot in snapshots}
    return MergePair(*(before.get(snapshot.record.pk, snapshot) for snapshot in desk))


def gains(noun: Noun, pair: MergePair) -> MergedFields:
    fields = _names(pair) if noun is Noun.ACTOR else {}
    return MergedFields(
        fields,
        {table.part: [*_lacking(table, pair)] for table in tables_of(noun).values() if table.part},
    )


def joined(snapshot: Snapshot, gained: MergedFields) -> Snapshot:
    """Return a record with what it gains, unsaved."""
    record = copy(snapshot.record)
    for name, value in gained.fields.items():
        setattr(record, name, value)
    return Snapshot(
        record, {part: [*rows, *gained.parts[part]] for part, rows in snapshot.parts.items()}
    )


def write(noun: Noun, now: Snapshot, becomes: Snapshot) -> None:
    """Write to the desk what makes a record, with its parts, what it becomes;
    rows keep their ids.
    """
    tables = tables_of(noun)
    for part, rows in becomes.parts.items():
        _write_part(tables[part], now.parts[part], rows)
    changed = {
        name: value
        for name in tables[""].own
        if (value := getattr(becomes.record, name)) != getattr(now.record, name)
    }
    if changed:
        records_of(noun).filter(pk=now.record.pk).update(**changed)


def values(row: models.Model, names: Iterable[str]) -> Values:
    return tuple(getattr(row, name) for name in names)


def gained_rows(table: DeskTable, pair: MergePair) -> Iterator[models.Model]:
    """Yield the parts of the loser that the survivor may gain:
    not its membership of the survivor.
    """
    survivor = pair.survivor.record.pk
    columns = [column for column, named in table.references.items() if named is table.noun]
    for row in pair.loser.parts[table.part]:
        if survivor not in values(row, columns):
            yield row


def _lacking(table: DeskTable, pair: MergePair) -> Iterator[models.Model]:
    identifying = [name for name in table.key if name != table.owner] or table.own
    held = {values(row, identifying) for row in pair.survivor.parts[table.part]}
    for row in gained_rows(table, pair):
        if values(row, identifying) not in held:
            new = copy(row)
            new.pk = None
            setattr(new, table.owner, pair.survivor.record.pk)
            yield new


def _names(pair: MergePair) -> dict[str, Any]:
    """Return how an actor is found by the names of the other,
    in the languages in which it has none by them too.
    """
    loser, survivor = (snapshot.record for snapshot in pair)
    held: Any = survivor
    other: Any = loser
    own = {held.name, held.short_name, *held.aliases}
    others = chain((other.name, other.short_name), other.aliases)
    aliases = [*held.aliases, *dict.fromkeys(name for name in others if name and name not in own)]
    names = {**other.names, **held.names}
    new = {"aliases": aliases, "names": names}
    return {name: value for name, value in new.items() if value != getattr(held, name)}


def _write_part(
    table: DeskTable, now: Collection[models.Model], becomes: Collection[models.Model]
) -> None:
    names, rows = table.own, table.model._default_manager
    here = {row.pk: row for row in now}
    kept = {row.pk for row in becomes if row.pk in here}
    spare = [row for row in now if row.pk not in kept]
    new = []
    for row in (row for row in becomes if row.pk not in here):
        same = next(
            (
                left
                for left in spare
                if row.pk is None and values(left, names) == values(row, names)
            ),
            None,
        )
        if same is None:
            new.append(row)
        else:
            spare.remove(same)
    if spare:
        rows.filter(pk__in=[row.pk for row in spare]).delete()
    changed = [
        row
        for row in becomes
        if row.pk in kept and values(row, names) != values(here[row.pk], names)
    ]
    rows.bulk_update(changed, names) if changed else None
    rows.bulk_create(new)
