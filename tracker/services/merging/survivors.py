"""Records of the past with the survivors of merges in place of those that were merged into them."""

from collections.abc import Collection, Iterable
from copy import copy

from django.db import models

from tracker.history.past import Past, Row
from tracker.models.merging import MERGEABLE
from tracker.publication.merges import Merge
from tracker.publication.render.desk import Whole, references_of
from tracker.services.merging.naming import records
from tracker.values.nouns import Noun


def with_survivors(past: Past, merges: Iterable[Merge], *, twice: bool = False) -> Past:
    """Return a record as it reads after these merges; a part that it then had twice is left out, unless `twice`."""
    named = Whole(*past).named()
    for merge in merges:
        if (merge.noun, merge.loser) in named:
            record, _ = _moved(past.record, merge)
            parts = {name: _parts([_moved(row, merge) for row in rows], twice) for name, rows in past.parts.items()}
            past = Past(record, parts)
            named = Whole(*past).named()
    return past


def survivors(noun: Noun, ids: Collection[int]) -> dict[int, int]:
    """Return the records that stand at the desk for those of `ids` that were merged; two queries at most if none is.

    One more query for each further merge in a row.
    """
    if noun not in MERGEABLE or not ids:
        return {}
    found: dict[int, int] = {}
    into = _merged(noun, ids)
    while into:
        found = {loser: into.get(survivor, survivor) for loser, survivor in found.items()} | into
        into = _merged(noun, set(into.values()))
    return found


def _merged(noun: Noun, ids: Collection[int]) -> dict[int, int]:
    return dict(records(noun).filter(pk__in=ids, merged_into__isnull=False).values_list("pk", "merged_into"))


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
