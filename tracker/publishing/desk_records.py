"""Records of the desk with their parts, as the renderer takes them, and whom they name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models.expressions import RawSQL

from tracker.models import Record
from tracker.models.nouns import PARTS, RECORDS
from tracker.models.tables import table_of
from tracker.values.nouns import Noun


@dataclass(frozen=True, slots=True)
class DeskRecord:
    """A record and its parts: by the part's name, in the order in which they were added."""

    record: Record
    parts: dict[str, list[models.Model]]

    def named(self) -> set[tuple[Noun, int]]:
        """Return the records that this one and its parts refer to."""
        return {
            (noun, record)
            for row in [self.record, *(part for parts in self.parts.values() for part in parts)]
            for column, noun in table_of(type(row)).references.items()
            if (record := getattr(row, column)) is not None
        }

    def cites_enough(self) -> bool:
        """Tell whether it cites what a published record must: a source, and where in it or in which words."""
        citations: Iterable[Any] = self.parts.get("citation", ())
        return not self.record.must_cite or any(citation.locator or citation.quote for citation in citations)


def load(noun: Noun, ids: Iterable[int]) -> Iterator[DeskRecord]:
    """Read records with their parts from the desk, ordered by id; one query per table."""
    records = list(RECORDS[noun]._default_manager.filter(pk__in=ids_query(ids)).order_by("pk"))
    parts: dict[int, dict[str, list[models.Model]]] = {
        record.pk: {part: [] for part in PARTS[noun]} for record in records
    }
    for part, model in PARTS[noun].items():
        for row in model._default_manager.filter(**{f"{noun}__in": ids_query(parts)}).order_by("pk"):
            parts[getattr(row, f"{noun}_id")][part].append(row)
    return (DeskRecord(record, parts[record.pk]) for record in records)


def ids_query(ids: Iterable[int]) -> RawSQL:
    """Return the query for these ids: one parameter, where a list has one for each."""
    return RawSQL("SELECT unnest(%s::int[])", [list(ids)])
