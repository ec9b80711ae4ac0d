"""Records of the desk with their parts, as the renderer takes them, and whom they name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import models

from tracker.models import Record
from tracker.models.nouns import PARTS, RECORDS, references_of
from tracker.values.nouns import Noun


@dataclass(frozen=True, slots=True)
class Whole:
    """A record and its parts: by the part's name, in the order in which they were added."""

    record: Record
    parts: dict[str, list[models.Model]]

    def named(self) -> set[tuple[Noun, int]]:
        """Return the records that this one and its parts refer to."""
        return {
            (noun, getattr(row, column))
            for row in [self.record, *(part for parts in self.parts.values() for part in parts)]
            for noun, column in references_of(type(row))
            if getattr(row, column) is not None and not _is_owner(row, noun, column)
        }


def load(noun: Noun, ids: Iterable[int]) -> Iterator[Whole]:
    """Read records with their parts from the desk, ordered by id; one query per table."""
    records = list(RECORDS[noun]._default_manager.filter(pk__in=list(ids)).order_by("pk"))
    parts: dict[int, dict[str, list[models.Model]]] = {
        record.pk: {part: [] for part in PARTS[noun]} for record in records
    }
    for part, model in PARTS[noun].items():
        for row in model._default_manager.filter(**{f"{noun}__in": list(parts)}).order_by("pk"):
            parts[getattr(row, f"{noun}_id")][part].append(row)
    return (Whole(record, parts[record.pk]) for record in records)


def _is_owner(row: models.Model, noun: Noun, column: str) -> bool:
    return not isinstance(row, Record) and type(row) in PARTS[noun].values() and column == f"{noun}_id"
