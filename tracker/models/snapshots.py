"""A record with its parts, as the desk has it or as it was at a version, and whom it names."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db import models

from tracker.models.nouns import PARTS, records_of
from tracker.models.queries import ids_query
from tracker.models.records import Record
from tracker.models.tables import table_of
from tracker.values.nouns import Noun
from tracker.values.problems import Key

Parts = dict[str, list[models.Model]]


class Snapshot(NamedTuple):
    """A record at the version that it carries;
    its parts by name, in the order in which they were added.
    """

    record: Record
    parts: Parts

    def named(self) -> set[Key]:
        """Return the records that this one and its parts refer to."""
        return {
            (noun, record)
            for row in [self.record, *(part for parts in self.parts.values() for part in parts)]
            for column, noun in table_of(type(row)).references.items()
            if (record := getattr(row, column)) is not None
        }

    def cites_enough(self) -> bool:
        """Tell whether it cites what a published record must:
        a source, and where in it or in which words.
        """
        citations: Iterable[Any] = self.parts.get("citation", ())
        return not self.record.must_cite or any(
            citation.locator or citation.quote for citation in citations
        )


def load(noun: Noun, ids: Iterable[int]) -> Iterator[Snapshot]:
    """Read records with their parts from the desk, ordered by id; one query per table."""
    records: list[Record] = list(records_of(noun).filter(pk__in=ids_query(ids)).order_by("pk"))
    parts = load_parts(noun, [record.pk for record in records])
    return (Snapshot(record, parts[record.pk]) for record in records)


def load_parts(noun: Noun, records: Iterable[int]) -> dict[int, Parts]:
    """Read the parts of records from the desk; one query per table."""
    parts: dict[int, Parts] = {record: {part: [] for part in PARTS[noun]} for record in records}
    for part, model in PARTS[noun].items():
        for row in model._default_manager.filter(**{f"{noun}__in": ids_query(parts)}).order_by(
            "pk"
        ):
            parts[getattr(row, f"{noun}_id")][part].append(row)
    return parts
