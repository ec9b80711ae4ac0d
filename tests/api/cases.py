"""Cases of filters: what a query finds among labelled records, and which values are refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from tests.api.client import Reader
from tracker.schema.records import FILTERS
from tracker.values.nouns import Noun

Finds = Sequence[tuple[str, str]]  # a query string, and the labels of what it finds, in any order
Refuses = Sequence[tuple[str, str]]  # a query string with one value that is refused, and the code of the fault


@dataclass(frozen=True)
class Labelled:
    """Records of one noun by label, and others that they name."""

    noun: Noun
    records: Mapping[str, Any]
    others: Mapping[str, Any]

    def found(self, reader: Reader, query: str) -> list[str]:
        """Return the labels of what a query string finds, in order; a `{label}` in it stands for a record's number."""
        by_id = {record.pk: label for label, record in self.records.items()}
        numbers = {label: record.pk for label, record in {**self.records, **self.others}.items()}
        return [by_id[number] for number in reader.ids(f"{self.noun.plural}/?{query.format(**numbers)}")]


def names(cases: Sequence[tuple[str, str]]) -> set[str]:
    """Return the parameters that cases try."""
    return {name for query, _ in cases for name, _ in parse_qsl(query, keep_blank_values=True)}


def filters(noun: Noun) -> set[str]:
    """Return the names of a noun's filters."""
    return {declared.name for declared in FILTERS[noun]}
