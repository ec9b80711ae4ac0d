"""Merges that readers see:
which record became part of which, in which editions that holds, and how records then read.

A merge changes whom a record names in public, though what was published of it says otherwise; when
a merge ends, as the loser is published again, the record names again whom it named. Both times it
is rendered again, from what was published of it, with the survivors of the merges that hold then.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from typing import Any, NamedTuple

from django.db import models
from psycopg.sql import SQL, Composed

from tracker.history.snapshots import Row, versions
from tracker.models.documents import FOR_EVER
from tracker.models.queries import rows_of
from tracker.models.snapshots import Snapshot
from tracker.models.tables import table_of
from tracker.publishing.batch import Batch, in_chunks
from tracker.publishing.live import LiveDocument, live, naming_besides
from tracker.publishing.names import keys_in, names_with
from tracker.publishing.renames import Renaming, change_of
from tracker.publishing.render import Names, Rendered, render
from tracker.publishing.stage import Stage
from tracker.values.nouns import MERGEABLE, Noun
from tracker.values.vocabularies import Operation

Name = tuple[Noun, int]


class PublicMerge(NamedTuple):
    """One record that is part of another from `edition` on, up to, not including, `undone`;
    by default not yet.
    """

    noun: Noun
    loser: int
    survivor: int
    edition: int = FOR_EVER
    undone: int = FOR_EVER

    def holds_in(self, edition: int) -> bool:
        return self.edition <= edition < self.undone

    @property
    def holds(self) -> bool:
        """Tell whether it holds in the latest edition."""
        return self.undone == FOR_EVER


UNDONE = SQL("""(
    SELECT min(c.edition) FROM tracker_change c WHERE c.noun = m.noun AND c.record = m.record
        AND c.edition > m.edition
)""")
MERGES = SQL("""
    SELECT m.noun, m.record, m.into, m.edition, {} FROM tracker_change m
        WHERE m.operation = 'merged' ORDER BY m.edition
""").format(UNDONE)
# Each record is looked up by the index of its changes, which OFFSET 0 leaves no choice but to use.
MERGES_OF = SQL("""
    WITH RECURSIVE m (noun, record, "into", edition) AS (
        SELECT noun, NULL::int, record, NULL::int
            FROM unnest(%s::text[], %s::int[]) AS asked (noun, record)
        UNION
        SELECT c.* FROM m CROSS JOIN LATERAL (
            SELECT noun, record, "into", edition FROM tracker_change
            WHERE noun = m.noun AND record = m."into" AND operation = 'merged' OFFSET 0
        ) c
    )
    SELECT m.noun, m.record, m.into, m.edition, {} FROM m WHERE m.record IS NOT NULL
        ORDER BY m.edition
""").format(UNDONE)


def merges() -> list[PublicMerge]:
    """Return all merges ever made, in the order in which they were published; one query."""
    return _merges(MERGES)


def merges_of(records: Iterable[Name]) -> list[PublicMerge]:
    """Return the merges that hold by which these are part of others, and those of yet others,
    in order; one query.
    """
    names = [*records]
    merges = _merges(
        MERGES_OF, [[noun.value for noun, _ in names], [record for _, record in names]]
    )
    return [merge for merge in merges if merge.holds]


def merges_in(snapshots: Iterable[Snapshot]) -> list[PublicMerge]:
    """Return the merges that hold of whom these records name, as `merges_of` does."""
    return merges_of({name for snapshot in snapshots for name in snapshot.named()})


def _merges(query: Composed, bound: list[Any] | None = None) -> list[PublicMerge]:
    return [
        PublicMerge(Noun(noun), loser, survivor, edition, undone or FOR_EVER)
        for noun, loser, survivor, edition, undone in rows_of(query, bound)
    ]


def with_survivors(
    snapshot: Snapshot, merges: Iterable[PublicMerge], *, twice: bool = False
) -> Snapshot:
    """Return a record as it reads after these merges;
    a part that it then had twice is left out, unless `twice`.
    """
    named = snapshot.named()
    for merge in merges:
        if (merge.noun, merge.loser) in named:
            record, _ = _moved(snapshot.record, merge)
            parts = {
                name: _parts([_moved(row, merge) for row in rows], twice)
                for name, rows in snapshot.parts.items()
            }
            snapshot = Snapshot(record, parts)
            named = snapshot.named()
    return snapshot


def _moved(row: Row, merge: PublicMerge) -> tuple[Row, bool]:
    """Return a row with the survivor where it names the loser, and whether it does."""
    columns = [
        column
        for column, noun in table_of(type(row)).references.items()
        if noun is merge.noun and getattr(row, column) == merge.loser
    ]
    row = copy(row) if columns else row
    for column in columns:
        setattr(row, column, merge.survivor)
    return row, bool(columns)


def _parts(rows: list[tuple[models.Model, bool]], twice: bool) -> list[models.Model]:
    stayed = {key for row, moved in rows if not moved for key in _keys(row)}
    return [row for row, moved in rows if twice or not moved or not stayed.intersection(_keys(row))]


def _keys(row: models.Model) -> list[tuple[object, ...]]:
    """Return what no two parts of a record share, by each constraint that says so."""
    return [
        tuple(getattr(row, column) for column in key.columns)
        for key in table_of(type(row)).unique_keys
    ]


def rendered_again(
    noun: Noun,
    ids: Sequence[int],
    batch: Batch,
    *,
    ending: Collection[PublicMerge] = (),
    beginning: Collection[PublicMerge] = (),
) -> Iterator[tuple[Rendered, LiveDocument]]:
    """Yield records as published,
    with the survivors of merges and the names of the edition that is made.

    Each with its live document. Merges that hold are followed, but those `ending`, and then those
    `beginning`; if some end, only records that then name one of their losers are yielded.
    """
    documents = live(noun, ids)
    published = {record: {document.version} for record, document in documents.items()}
    snapshots = list(versions(noun, published))
    holding = [*(merge for merge in merges_in(snapshots) if merge not in ending), *beginning]
    snapshots = [with_survivors(snapshot, holding) for snapshot in snapshots]
    if ending:
        losers = {(merge.noun, merge.loser) for merge in ending}
        snapshots = [snapshot for snapshot in snapshots if not snapshot.named().isdisjoint(losers)]
    references = names_with(batch, {name for snapshot in snapshots for name in snapshot.named()})
    keys = keys_in(noun, {record: document.body for record, document in documents.items()})
    for snapshot in snapshots:
        record = snapshot.record.pk
        yield render(snapshot, Names(references, keys[record])), documents[record]


def merges_ending(batch: Batch) -> dict[PublicMerge, int]:
    """Return the merges that end as their losers are published again,
    each with the record that is public for it.
    """
    merges = [
        merge
        for noun, ids in in_chunks(batch, MERGEABLE)
        for merge in merges_of((noun, record) for record in ids)
    ]
    return {
        merge: _survivor(merge, merges)
        for merge in merges
        if merge.loser in batch.get(merge.noun, ())
    }


def stage_unmerged(
    stage: Stage, batch: Batch, renamed: Renaming, ending: Mapping[PublicMerge, int]
) -> None:
    """Stage again what a batch doesn't have and what named a survivor only by a merge that ends;
    note it.
    """
    shown = {(merge.noun, survivor) for merge, survivor in ending.items()}
    for noun, ids in naming_besides(batch, shown):
        rows = [
            replace(change_of(rendered, document, renamed), operation=Operation.RENAMED)
            for rendered, document in rendered_again(noun, ids, batch, ending=ending)
        ]
        stage.add(noun, rows)
        renamed.apart.update((noun, row.record) for row in rows)


def _survivor(merge: PublicMerge, merges: Sequence[PublicMerge]) -> int:
    """Return the record that is public for the loser of a merge,
    through those of the survivor if it has some.
    """
    record = merge.survivor
    for later in merges:
        if (later.noun, later.loser) == (merge.noun, record):
            record = later.survivor
    return record
