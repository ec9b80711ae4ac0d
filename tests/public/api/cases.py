"""Cases of filters: what a query finds among labelled records, and which values are refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import parse_qsl

import pytest

from tests.public.api.client import Reader
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

    def labels(self, reader: Reader, query: str) -> list[str]:
        """Return the labels of what a query string finds, in order; a `{label}` in it stands for a record's number."""
        by_id = {record.pk: label for label, record in self.records.items()}
        numbers = {label: record.pk for label, record in {**self.records, **self.others}.items()}
        return [by_id[number] for number in reader.ids(f"{self.noun.plural}/?{query.format(**numbers)}")]


def names(cases: Sequence[tuple[str, str]]) -> set[str]:
    return {name for query, _ in cases for name, _ in parse_qsl(query, keep_blank_values=True)}


def filters(noun: Noun) -> set[str]:
    """Return the names of a noun's filters."""
    return {declared.name for declared in FILTERS[noun]}


class Filters:
    """What holds of every filter of a noun, alone and with others; a module's class says which noun and which cases."""

    noun: ClassVar[Noun]
    finds: ClassVar[Finds]
    refuses: ClassVar[Refuses]

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        if "labels" in metafunc.fixturenames:
            metafunc.parametrize(("query", "labels"), self.finds)
        if "code" in metafunc.fixturenames:
            metafunc.parametrize(("query", "code"), self.refuses)

    def test_a_filter_finds_what_matches_and_nothing_else(
        self, reader: Reader, labelled: Labelled, query: str, labels: str
    ) -> None:
        assert sorted(labelled.labels(reader, query)) == sorted(labels.split())

    def test_a_value_that_does_not_fit_is_refused(
        self, reader: Reader, labelled: Labelled, query: str, code: str
    ) -> None:
        assert reader.faults(f"{self.noun.plural}/?{query}") == [(query.partition("=")[0], code)]

    def test_every_filter_is_tried(self) -> None:
        """With values that fit and with values that don't."""
        assert filters(self.noun) <= names(self.finds)
        assert filters(self.noun) <= names(self.refuses)
