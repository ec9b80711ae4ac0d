"""Documents of records with edits that wait, rendered again: from the version that was published, never from the desk.

A merge changes whom a record names in public, though what was published of it says otherwise; when a merge ends, the
record names again whom it named. Both are the same rendering, with the survivors of the merges that hold then.
"""

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import replace

from django.db import models

from tracker.history.snapshots import Row, Snapshot, versions
from tracker.models import Change
from tracker.models.merging import MERGEABLE
from tracker.models.nouns import references_of
from tracker.publication.publish.live import Standing, naming, standing
from tracker.publication.publish.merges import Merge, merges
from tracker.publication.publish.render import Names, Rendered, render
from tracker.publication.publish.render.desk import Whole
from tracker.publication.publish.stage import Stage
from tracker.publication.publish.staging import Batch, Renaming, names_in, staged
from tracker.values.chunks import chunks
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Operation

Name = tuple[Noun, int]


def rendered_again(
    noun: Noun, ids: Sequence[int], holding: Iterable[Merge], batch: Batch, *, if_naming: Iterable[Name] | None = None
) -> Iterator[tuple[Rendered, Standing]]:
    """Yield records as published, with the survivors of these merges and the names of the edition that is made.

    Each with the document that stands of it; only those that then name one of `if_naming`, if that is given.
    """
    stood = standing(noun, ids)
    published = {record: {document.version} for record, document in stood.items()}
    pasts = [with_survivors(past, holding) for past in versions(noun, published)]
    named = {past.record.pk: Whole(*past).named() for past in pasts}
    if if_naming is not None:
        pasts = [past for past in pasts if not named[past.record.pk].isdisjoint(if_naming)]
    known = names_in(batch, {name for past in pasts for name in named[past.record.pk]})
    for past in pasts:
        yield render(past.record, past.parts, Names(known)), stood[past.record.pk]


def stage_unmerged(stage: Stage, batch: Batch, renamed: Renaming) -> None:
    """Stage again what named a survivor only by a merge that ends, as the loser is published again; note it."""
    if not _were_merged(batch):
        return
    found = [merge for merge in merges() if merge.holds]
    ending = [merge for merge in found if merge.loser in batch.get(merge.noun, {})]
    holding = [merge for merge in found if merge not in ending]
    losers = [(merge.noun, merge.loser) for merge in ending]
    shown = {(merge.noun, _stands_for(merge.noun, merge.survivor, found)) for merge in ending}
    for noun in Noun if ending else ():
        others = (record for record, _ in naming(noun, shown) if record not in batch.get(noun, {}))
        for ids in chunks(others):
            rows = [
                replace(staged(rendered, stood, renamed), operation=Operation.RENAMED)
                for rendered, stood in rendered_again(noun, ids, holding, batch, if_naming=losers)
            ]
            stage.add(noun, rows)
            renamed.apart.update((noun, row.record) for row in rows)


def _were_merged(batch: Batch) -> bool:
    """Tell whether any of these was ever merged into another in public: of all merges nothing is read otherwise."""
    merged = Change.objects.filter(operation=Operation.MERGED)
    return any(
        merged.filter(noun=noun, record__in=ids).exists() for noun in MERGEABLE for ids in chunks(batch.get(noun, {}))
    )


def _stands_for(noun: Noun, record: int, found: Sequence[Merge]) -> int:
    """Return the record that stands for one in public, and that one perhaps for another."""
    for merge in found:
        if (merge.noun, merge.loser) == (noun, record):
            record = merge.survivor
    return record


def with_survivors(past: Snapshot, merges: Iterable[Merge], *, twice: bool = False) -> Snapshot:
    """Return a record as it reads after these merges; a part that it then had twice is left out, unless `twice`."""
    named = Whole(*past).named()
    for merge in merges:
        if (merge.noun, merge.loser) in named:
            record, _ = _moved(past.record, merge)
            parts = {name: _parts([_moved(row, merge) for row in rows], twice) for name, rows in past.parts.items()}
            past = Snapshot(record, parts)
            named = Whole(*past).named()
    return past


def _moved(row: Row, merge: Merge) -> tuple[Row, bool]:
    """Return a row with the survivor where it names the loser, and whether it does."""
    columns = [
        column
        for noun, column in references_of(type(row))
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
        tuple(getattr(row, field) for field in _attributes(row, constraint))
        for constraint in row._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
    ]


def _attributes(row: models.Model, constraint: models.UniqueConstraint) -> list[str]:
    return [row._meta.get_field(name).attname for name in constraint.fields]  # type: ignore[union-attr]
