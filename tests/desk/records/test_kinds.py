"""What values of each kind are taken, and what is told of those that are not."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from tracker.desk.records import kinds
from tracker.desk.records.fields import field_of
from tracker.desk.records.kinds import Kind, Reader
from tracker.values.problems import Invalid
from tracker.values.vocabularies import Outlet, Position, Theme


@pytest.mark.parametrize(
    ("read", "value", "kept"),
    [
        (kinds.text(3), "NA", "NA"),
        (kinds.text(), " kept as it is ", " kept as it is "),
        (kinds.term(Position), " supports ", "supports"),
        (kinds.terms(Theme), ["energy", "trade"], ["energy", "trade"]),
        (kinds.terms(Theme), ["energy", ""], ["energy"]),
        (kinds.texts(10), ["None", "NA", ""], ["None", "NA", ""]),
        (kinds.flag, True, True),
        (kinds.day, "2019-06-05", date(2019, 6, 5)),
        (kinds.vague_date, "201X", "201X"),
        (kinds.vague_date, "[2019-06-01..2019-06-05]", "[2019-06-01..2019-06-05]"),
        (kinds.country, "NAM", "NAM"),
        (kinds.country, " SUN ", "SUN"),
        (kinds.language, "zh-Hans", "zh-Hans"),
        (kinds.url(100), "https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        (kinds.url(100), "https://example.org/a?utm_source=x", "https://example.org/a?utm_source=x"),
        (kinds.url(100, untracked=True), " https://example.org/a?utm_source=x&b=c#d", "https://example.org/a?b=c#d"),
        (kinds.names, {"zh": "中国"}, {"zh": "中国"}),
        (kinds.authors, [{"family": "Stokes", "given": "Jacob"}], [{"family": "Stokes", "given": "Jacob"}]),
        (kinds.integer(1, 3), 3, 3),
        (kinds.decimal(4, 2), 0.1, Decimal("0.1")),
        (kinds.decimal(4, 2), "99.99", Decimal("99.99")),
        (kinds.decimal(4, 2), -7, Decimal(-7)),
    ],
)
def test_values_are_taken(read: Reader, value: Any, kept: Any) -> None:
    assert read(value) == kept


@pytest.mark.parametrize(
    ("read", "value", "says"),
    [
        (kinds.text(3), "four", "at most 3"),
        (kinds.matching("[a-z]+", 80, "use letters"), "North Korea", "use letters"),
        (kinds.term(Position), "suports", "did you mean supports"),
        (kinds.term(Outlet), "None", "official, state_media, independent, academic, unknown"),
        (kinds.term(Position), "{0}", "strongly_opposes"),
        (kinds.terms(Theme), ["energy", "oil"], "energy, defense"),
        (kinds.terms(Theme), ["energy", "energy"], "each once"),
        (kinds.texts(3), ["a", "Peking"], "at most 3"),
        (kinds.texts(3), [1], "list of texts"),
        (kinds.day, "2019-02-30", "calendar"),
        (kinds.day, "20190605", "2019-06-05"),
        (kinds.day, "2019-06", "2019-06-05"),
        (kinds.vague_date, "last December", "201X"),
        (kinds.vague_date, "2019-13", "calendar"),
        (kinds.vague_date, "2019/2020", "interval"),
        (kinds.vague_date, "[2020..2019]", "swap"),
        (kinds.country, "NA", "write NAM"),
        (kinds.country, "chn", "write CHN"),
        (kinds.country, "XXX", "three letters"),
        (kinds.country, "ddde", "write DDR"),
        (kinds.country, "YU", "three letters"),
        (kinds.language, "English language", "BCP 47"),
        (kinds.language, "a" * 36, "BCP 47"),
        (kinds.url(100), "javascript:alert(1)", "https://"),
        (kinds.url(20), "https://example.org/long", "at most 20"),
        (kinds.url(2000), "https://example.org/" + "a" * 2040, "at most 2000"),
        (kinds.names, {"zh": 1}, "The name for “zh” must be a text"),
        (kinds.names, {"not a tag!": "x"}, "“not a tag!” is not a language tag"),
        (kinds.authors, [{"name": "Stokes"}], "family"),
        (kinds.authors, [{"given": "Jacob"}], "family"),
        (kinds.authors, ["Stokes", {"family": ""}], "Author 1: write an object .* Author 2: give it a “family” name"),
        (kinds.integer(1, 3), 4, "from 1 to 3"),
        (kinds.integer(1, None), 0, "at least 1"),
        (kinds.decimal(4, 2), "half", "0.5"),
        (kinds.decimal(4, 2), 0.125, "at most 2 digits after"),
        (kinds.decimal(4, 2), 100, "at most 2 digits before"),
        (kinds.decimal(4, 2), 1e308, "at most"),
        (kinds.decimal(4, 2, 0, 1), 1.5, "from 0 to 1"),
    ],
)
def test_what_cannot_be_taken_says_what_to_write(read: Reader, value: Any, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        read(value)


NUMBERS = {
    "importance": (
        models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(3)]),
        Kind.INTEGER,
    ),
    "share": (models.DecimalField(max_digits=4, decimal_places=2), Kind.DECIMAL),
}


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("importance", 2, 2),
        ("share", 0.25, Decimal("0.25")),
        ("share", "0.25", Decimal("0.25")),
        ("share", 3, Decimal(3)),
    ],
)
def test_numbers_are_fields_like_others(name: str, value: Any, kept: Any) -> None:
    field, kind = NUMBERS[name]
    field.name = field.attname = name
    of = field_of(field)

    assert (of.kind, of.required, of.take(value)) == (kind, True, kept)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("importance", "2", "it is no whole number; write digits only"),
        ("importance", 2.5, "it is no whole number"),
        ("importance", True, "it is no whole number"),
        ("importance", 4, "it is out of range; write a number from 1 to 3"),
        ("share", False, "it is no number"),
        ("share", [1], "it is no number"),
    ],
)
def test_numbers_of_another_kind_are_told(name: str, value: Any, says: str) -> None:
    field, _ = NUMBERS[name]
    field.name = field.attname = name

    with pytest.raises(Invalid, match=says):
        field_of(field).take(value)
