"""Fields that several records share, so that each is declared in one line."""

from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Cast
from msgspec import Struct

from tracker.schema.fields import fields
from tracker.values.vocabularies import Vocabulary


def term(vocabulary: type[Vocabulary], **options: Any) -> "models.CharField[str, str]":
    """Return a field that holds one term of `vocabulary`; its help is the vocabulary's definition."""
    return models.CharField(
        max_length=40, choices=vocabulary.choices, **{"help_text": vocabulary.definition(), **options}
    )


def terms(vocabulary: type[Vocabulary], **options: Any) -> "ArrayField[list[str], list[str]]":
    """Return a field that holds any number of terms of `vocabulary`."""
    return ArrayField(
        models.CharField(max_length=40, choices=vocabulary.choices),
        default=list,
        blank=True,
        **{"help_text": f"{vocabulary.definition()} Any number.", **options},
    )


def text(help_text: str, *, max_length: int = 300, **options: Any) -> "models.CharField[str, str]":
    """Return a line of optional text."""
    return models.CharField(max_length=max_length, blank=True, default="", help_text=help_text, **options)


def prose(help_text: str) -> "models.TextField[str, str]":
    """Return an optional text of any length."""
    return models.TextField(blank=True, default="", help_text=help_text)


def whole_number(shape: type[Struct], name: str) -> "models.SmallIntegerField[int | None, int | None]":
    """Return an optional whole number with the help and the bounds that its public field declares."""
    return models.SmallIntegerField(**_as_declared(shape, name))


def decimal(
    shape: type[Struct], name: str, *, digits: int, places: int
) -> "models.DecimalField[Decimal | None, Decimal | None]":
    """Return an optional number of so many digits, so many of them after the point; the rest as declared."""
    return models.DecimalField(max_digits=digits, decimal_places=places, **_as_declared(shape, name))


def _as_declared(shape: type[Struct], name: str) -> dict[str, Any]:
    declared = fields(shape)[name]
    limits = ((MinValueValidator, declared.meta("ge")), (MaxValueValidator, declared.meta("le")))
    validators = [check(limit) for check, limit in limits if limit is not None]
    # What is null in public is left empty in a form.
    help_text = declared.says.replace("null:", "empty:")
    return {"null": True, "blank": True, "help_text": help_text, "validators": validators}


def vague_date(help_text: str) -> "models.CharField[str, str]":
    """Return a date of the EDTF subset, kept as written; empty if unknown."""
    return models.CharField(max_length=30, blank=True, default="", help_text=help_text)


def first_day(field: str) -> models.GeneratedField:
    """Return the first day that the vague date in `field` can mean; null if that is empty."""
    return _bound(field, "edtf_earliest", f"The first day that “{field}” can mean.")


def last_day(field: str) -> models.GeneratedField:
    """Return the last day that the vague date in `field` can mean; null if that is empty."""
    return _bound(field, "edtf_latest", f"The last day that “{field}” can mean.")


def _bound(field: str, function: str, help_text: str) -> models.GeneratedField:
    day = models.DateField(null=True)
    written = Cast(field, models.TextField())
    return models.GeneratedField(
        expression=models.Func(written, function=function, output_field=day),
        output_field=day,
        db_persist=True,
        help_text=help_text,
    )
