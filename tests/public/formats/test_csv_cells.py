"""Cells of documents as CSV has them are made by a function a kind:
they are what any value of a row would be.
"""

from datetime import date
from enum import Enum
from typing import Any

import pytest
from msgspec import Struct

from tracker.public.formats.csv import cell, quoted
from tracker.public.formats.csv_documents import FieldColumns, layout, layout_of, parts
from tracker.schema.fields import Field, fields
from tracker.schema.records import SHAPES
from tracker.values.nouns import Noun

TEXTS = ["plain", "=1", 'a "b"', "a, b", "a\r\nb", "'"]
SHAPES_OF_ALL = {**{noun.value: SHAPES[noun] for noun in Noun}, **{
    f"{noun} {name}": shape for noun in Noun for name, shape in parts(noun).items()
}}  # fmt: skip


def values(field: Field) -> list[Any]:
    """Return what a field may have as JSON: nothing, if it may, and values of its type."""
    ones = _ones(field.type)
    return [[], ones[:1], ones] if field.is_list else [*[None] * field.is_optional, *ones]


def _ones(kind: Any) -> list[Any]:
    if kind is dict:
        return [{}, {"zh": 'a "b", c'}]
    if issubclass(kind, Struct):
        of = [values(field) for field in fields(kind).values()]
        return [
            dict(zip(fields(kind), [ones[place % len(ones)] for ones in of], strict=True))
            for place in range(1, 7)
        ]
    if issubclass(kind, Enum):
        return [term.value for term in kind]
    return {bool: [True, False], int: [0, -2, 7], date: ["2019-06-05"]}.get(kind, TEXTS)


def expected(group: FieldColumns, value: Any) -> list[str]:
    # a country code is no value of the field
    pairs = zip(group.values(value), group.columns, strict=False)
    return [quoted(cell(each, column.is_text)) for each, column in pairs]


@pytest.mark.parametrize("name", SHAPES_OF_ALL)
def test_a_cell_is_what_its_value_comes_to(name: str) -> None:
    shape = SHAPES_OF_ALL[name]
    for group, field in zip(layout_of(shape), fields(shape).values(), strict=True):
        for value in values(field):
            assert list(group.cells(value)) == expected(group, value), (field.name, value)


IRAN, UN = ({"url": "", "slug": slug, "name": slug} for slug in ("iran", "un"))


@pytest.mark.parametrize(("value", "code"), [(IRAN, "IRN"), (UN, ""), (None, "")])
def test_a_country_code_stands_behind_its_actor(value: dict[str, str] | None, code: str) -> None:
    (actor,) = (group for group in layout(Noun.STANCE) if group.field == "actor")
    assert list(actor.with_codes({"iran": "IRN"})(value)) == [*expected(actor, value), code]
