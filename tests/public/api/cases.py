"""Cases of filters: what a query finds among labelled records, and which values are refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import parse_qsl

import pytest

from tests.factories import FACTORIES
from tests.public.api.client import Reader
from tests.public.api.publishing import publish_whole
from tracker.schema.days import FirstDay, LastDay
from tracker.schema.fields import Field, fields
from tracker.schema.filters import (
    Codes,
    Day,
    Filter,
    Flag,
    Ids,
    Keys,
    Pair,
    Refs,
    Search,
    Since,
    Terms,
    Texts,
    Under,
    Words,
)
from tracker.schema.markers import AnyOf, Bounds
from tracker.schema.number_filters import Numbers
from tracker.schema.records import FILTERS, SHAPES, _filters
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Vocabulary

Finds = Sequence[tuple[str, str]]  # a query string, and the labels of what it finds, in any order
# a query string with one value that is refused, and the code of the fault
Refuses = Sequence[tuple[str, str]]

NO_KEYS = [("nobody", "unknown"), ("nobody,", "invalid")]
NO_MONTHS = [
    (day, "invalid")
    for day in ("0000", "201X", "2019-00", "2019-13", "2019-13-01", "2019-06-31", "June")
]
# values that a filter refuses, by its type, with the code of the fault
WRONG: Mapping[type[Filter], Sequence[tuple[str, str]]] = {
    Terms: [("no-such-term", "invalid"), ("", "invalid")],
    Words: [("no-such-word", "invalid")],
    Keys: NO_KEYS,
    Under: NO_KEYS,
    Pair: [
        ("china", "invalid"),
        ("china,china", "invalid"),
        ("china,russia,india", "invalid"),
        ("china,nobody", "unknown"),
    ],
    Ids: [
        *[(number, "invalid") for number in ("x", "0", "-1", "1;2", "99999999999", "9" * 40)],
        ("2147483647", "unknown"),
    ],
    Refs: NO_KEYS,
    Texts: [("", "invalid")],
    Codes: [("no such code", "invalid"), ("", "invalid")],
    Search: [("-korea", "invalid")],
    Day: [
        (day, "invalid")
        for day in (
            "yesterday",
            "2019-02-29",
            "2019-02-30",
            "2019-02",
            "2019-4-1",
            "20190201",
            "0000-01-01",
        )
    ],
    FirstDay: NO_MONTHS,
    LastDay: NO_MONTHS,
    Since: [
        ("99", "unknown"),
        ("2019-01-01", "invalid"),
        ("9999-01-01T00:00:00Z", "future"),
    ],
    Flag: [(flag, "invalid") for flag in ("yes", "1", "maybe", "")],
}


@dataclass(frozen=True)
class Labelled:
    """Records of one noun by label, and others that they name."""

    noun: Noun
    records: Mapping[str, Any]
    others: Mapping[str, Any]

    def labels(self, reader: Reader, query: str) -> list[str]:
        """Return the labels of what a query string finds, in order;
        a `{label}` in it stands for a record's number.
        """
        by_id = {record.pk: label for label, record in self.records.items()}
        numbers = {label: record.pk for label, record in {**self.records, **self.others}.items()}
        return [
            by_id[number] for number in reader.ids(f"{self.noun.plural}/?{query.format(**numbers)}")
        ]


def names(cases: Sequence[tuple[str, str]]) -> set[str]:
    return {name for query, _ in cases for name, _ in parse_qsl(query, keep_blank_values=True)}


def filters(noun: Noun) -> set[str]:
    """Return the names of a noun's filters."""
    return {declared.name for declared in FILTERS[noun]}


def refused(noun: Noun) -> Refuses:
    """Return what each filter of a noun refuses by itself, as its type says."""
    return [
        (f"{declared.name}={value}", code)
        for declared in FILTERS[noun]
        for value, code in _wrong(declared)
    ]


def _wrong(declared: Filter) -> Sequence[tuple[str, str]]:
    if not isinstance(declared, Numbers):
        return WRONG[type(declared)]
    outside = (declared.minimum - 1, declared.maximum + 1)
    return [(str(value), "invalid") for value in (*outside, "1.5", "26th")]


def optional(noun: Noun) -> dict[str, Field]:
    """Return the filters that marks make of terms and numbers which may be left out, by name,
    each with its field.

    They are alike, so a new one needs no case of its own: `of_optional_fields` has them.
    """
    return {
        made.name: field
        for field in fields(SHAPES[noun]).values()
        if field.is_optional and not field.is_list
        if (field.is_a(Vocabulary) and field.mark(AnyOf)) or field.mark(Bounds)
        for made in _filters(field)
    }


def of_optional_fields(noun: Noun) -> tuple[Labelled, Finds]:
    """Publish a record with nothing in such fields,
    and for each two with its first value and its last.
    """
    make = FACTORIES[noun]
    records, finds = {"none": make()}, []
    for field in {field.name: field for field in optional(noun).values()}.values():
        name, is_term = field.name, field.is_a(Vocabulary)
        least, *_, most = field.type.values if is_term else (field.meta("ge"), field.meta("le"))
        first, last = f"{name}-first", f"{name}-last"
        records |= {first: make(**{name: least}), last: make(**{name: most})}
        if is_term:
            finds += [
                (f"{name}={least}", first),
                (f"{name}={most}", last),
                (f"{name}={least},{most}", f"{first} {last}"),
            ]
        else:
            finds += [(f"min_{name}={least}", f"{first} {last}"), (f"min_{name}={most}", last)]
            finds += [(f"max_{name}={most}", f"{first} {last}"), (f"max_{name}={least}", first)]
    publish_whole(*records.values())
    return Labelled(noun, records, {}), finds


class Filters:
    """What holds of every filter of a noun, alone and with others;
    a module's class says which noun and which cases.
    """

    noun: ClassVar[Noun]
    finds: ClassVar[Finds]
    refuses: ClassVar[Refuses]

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        if "labels" in metafunc.fixturenames:
            metafunc.parametrize(("query", "labels"), self.finds)
        if "code" in metafunc.fixturenames:
            metafunc.parametrize(("query", "code"), [*refused(self.noun), *self.refuses])

    def test_a_filter_finds_what_matches_and_nothing_else(
        self, reader: Reader, labelled: Labelled, query: str, labels: str
    ) -> None:
        assert sorted(labelled.labels(reader, query)) == sorted(labels.split())

    def test_a_value_that_does_not_fit_is_refused(
        self, reader: Reader, labelled: Labelled, query: str, code: str
    ) -> None:
        assert reader.faults(f"{self.noun.plural}/?{query}") == [(query.partition("=")[0], code)]

    def test_every_filter_is_tried(self) -> None:
        """Those of optional fields elsewhere, all alike."""
        expected = filters(self.noun) - optional(self.noun).keys()
        assert expected - names(self.finds) == set()
