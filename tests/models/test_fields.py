"""What values of each kind are taken, and what is told of those that are not."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import pytest
from django.db import models
from django.utils.module_loading import import_string
from msgspec import Meta, Struct

from tests.models.rows import DESK
from tracker.models.fields import (
    AddressField,
    AuthorsField,
    CopyAddressField,
    CountryField,
    DayField,
    DecimalField,
    FlagField,
    LanguageField,
    LineField,
    NamesField,
    ProseField,
    RefField,
    SlugField,
    TermField,
    TermsField,
    TextsField,
    VagueDateField,
    WholeNumberField,
)
from tracker.models.kinds import Kind
from tracker.models.nouns import PARTS, RECORDS
from tracker.values.problems import InvalidError
from tracker.values.vocabularies import Outlet, Position, Theme

OWNERS = {part: noun.value for noun, parts in PARTS.items() for part in parts.values()}
NO_KIND = {"id", "version", "merged_into"}  # what the tracker says, never whoever writes


class Poll(Struct, kw_only=True):
    """Numbers with bounds, and one without."""

    place: Annotated[Annotated[int, Meta(ge=1, le=3)] | None, Meta(description="Which place.")]
    votes: Annotated[Annotated[int, Meta(ge=1)] | None, Meta(description="How many.")]
    share: Annotated[Annotated[float, Meta(ge=0, le=1)] | None, Meta(description="Which part.")]
    score: Annotated[float | None, Meta(description="How many points.")]


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        (LineField("", max_length=3), "NA", "NA"),
        (ProseField(""), " kept as it is ", " kept as it is "),
        (TermField(Position), " supports ", "supports"),
        (TermsField(Theme), ["energy", "trade"], ["energy", "trade"]),
        (TermsField(Theme), ["energy", ""], ["energy"]),
        (TextsField(""), ["None", "NA", ""], ["None", "NA", ""]),
        (FlagField(), True, True),
        (DayField(""), "2019-06-05", date(2019, 6, 5)),
        (VagueDateField(""), "201X", "201X"),
        (VagueDateField(""), "[2019-06-01..2019-06-05]", "[2019-06-01..2019-06-05]"),
        (CountryField(""), "NAM", "NAM"),
        (CountryField(""), " SUN ", "SUN"),
        (LanguageField(""), "zh-Hans", "zh-Hans"),
        (CopyAddressField(""), "https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        (
            CopyAddressField(""),
            "https://example.org/a?utm_source=x",
            "https://example.org/a?utm_source=x",
        ),
        (
            AddressField(""),
            " https://example.org/a?utm_source=x&b=c#d",
            "https://example.org/a?b=c#d",
        ),
        (NamesField(""), {"zh": "中国"}, {"zh": "中国"}),
        (
            AuthorsField(""),
            [{"family": "Stokes", "given": "Jacob"}],
            [{"family": "Stokes", "given": "Jacob"}],
        ),
        (WholeNumberField(Poll, "place"), 1, 1),
        (WholeNumberField(Poll, "place"), 3, 3),
        (DecimalField(Poll, "score", max_digits=4, decimal_places=2), 0.1, Decimal("0.1")),
        (DecimalField(Poll, "score", max_digits=4, decimal_places=2), "99.99", Decimal("99.99")),
        (DecimalField(Poll, "score", max_digits=4, decimal_places=2), -7, Decimal(-7)),
    ],
)
def test_values_are_taken(field: Kind, value: Any, kept: Any) -> None:
    assert field.take(value) == kept


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        (LineField("", max_length=3), "four", "at most 3"),
        (SlugField(), "North Korea", "use lower-case words"),
        (TermField(Position), "suports", "did you mean supports"),
        (TermField(Outlet), "None", "official, state_media, independent, academic, unknown"),
        (TermField(Position), "{0}", "strongly_opposes"),
        (TermsField(Theme), ["energy", "oil"], "energy, defense"),
        (TermsField(Theme), ["energy", "energy"], "each once"),
        (TextsField(""), ["a", "Peking" * 40], "at most 200"),
        (TextsField(""), [1], "list of texts"),
        (DayField(""), "2019-02-30", "calendar"),
        (DayField(""), "20190605", "2019-06-05"),
        (DayField(""), "2019-06", "2019-06-05"),
        (VagueDateField(""), "last December", "201X"),
        (VagueDateField(""), "2019-13", "calendar"),
        (VagueDateField(""), "2019/2020", "interval"),
        (VagueDateField(""), "[2020..2019]", "swap"),
        (CountryField(""), "NA", "write NAM"),
        (CountryField(""), "chn", "write CHN"),
        (CountryField(""), "XXX", "three letters"),
        (CountryField(""), "ddde", "write DDR"),
        (CountryField(""), "YU", "three letters"),
        (LanguageField(""), "English language", "BCP 47"),
        (LanguageField(""), "a" * 36, "BCP 47"),
        (CopyAddressField(""), "javascript:alert(1)", "https://"),
        (AddressField(""), "https://example.org/" + "a" * 2040, "at most 2000"),
        (NamesField(""), {"zh": 1}, "The name for “zh” must be a text"),
        (NamesField(""), {"not a tag!": "x"}, "“not a tag!” is not a language tag"),
        (AuthorsField(""), [{"name": "Stokes"}], "family"),
        (AuthorsField(""), [{"given": "Jacob"}], "family"),
        (
            AuthorsField(""),
            ["Stokes", {"family": ""}],
            "Author 1: write an object .* Author 2: give it a “family” name",
        ),
        (WholeNumberField(Poll, "place"), 4, "from 1 to 3"),
        (DecimalField(Poll, "votes", max_digits=4, decimal_places=2), 0, "at least 1"),
        (WholeNumberField(Poll, "place"), "2", "it is no whole number; write digits only"),
        (WholeNumberField(Poll, "place"), 2.5, "it is no whole number"),
        (WholeNumberField(Poll, "place"), True, "it is no whole number"),
        (DecimalField(Poll, "score", max_digits=4, decimal_places=2), False, "it is no number"),
        (DecimalField(Poll, "score", max_digits=4, decimal_places=2), [1], "it is no number"),
        (DecimalField(Poll, "score", max_digits=4, decimal_places=2), "half", "0.5"),
        (
            DecimalField(Poll, "score", max_digits=4, decimal_places=2),
            0.125,
            "at most 2 digits after",
        ),
        (
            DecimalField(Poll, "score", max_digits=4, decimal_places=2),
            100,
            "at most 2 digits before",
        ),
        (DecimalField(Poll, "score", max_digits=4, decimal_places=2), 1e308, "at most"),
        (DecimalField(Poll, "share", max_digits=4, decimal_places=2), 1.5, "from 0 to 1"),
    ],
)
def test_what_cannot_be_taken_says_what_to_write(field: Kind, value: Any, says: str) -> None:
    with pytest.raises(InvalidError, match=says):
        field.take(value)


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        (ProseField(""), "one\r\ntwo", "one\ntwo"),
        (RefField(""), "a-1", "a-1"),
        (NamesField(""), {"zh": "中国"}, {"zh": "中国"}),
    ],
)
def test_new_values_are_written(field: Kind, value: Any, kept: Any) -> None:
    assert field.written(value) == kept


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        (LineField(""), "one\ntwo", r"U\+000A, which no line of text may have"),
        (ProseField(""), "\u202e", r"U\+202E, which no text may have"),
        (TextsField(""), ["\x1b"], r"U\+001B"),
        (RefField(""), "12", "digits alone"),
        (SlugField(), "12", "digits alone"),
    ],
)
def test_new_values_that_no_record_may_have_are_refused(field: Kind, value: Any, says: str) -> None:
    with pytest.raises(InvalidError, match=says):
        field.written(value)


@pytest.mark.parametrize("model", [*RECORDS.values(), *OWNERS], ids=lambda model: model.__name__)
def test_every_field_that_people_fill_has_a_kind(model: type[models.Model]) -> None:
    without = {
        field.name
        for field in model._meta.concrete_fields
        if not (field.generated or isinstance(field, Kind))
    }

    assert without - {OWNERS.get(model)} <= NO_KIND


@pytest.mark.parametrize("model", DESK, ids=lambda model: model.__name__)
def test_to_migrations_each_is_a_field_of_djangos(model: type[models.Model]) -> None:
    """So a kind comes, goes and changes without a migration."""
    for field in (field for field in model._meta.concrete_fields if isinstance(field, Kind)):
        made_of = import_string(field.deconstruct()[1])
        assert made_of.__module__.startswith("django.")
        assert type(field.clone()) is made_of
        assert field.clone().get_internal_type() == field.get_internal_type()
