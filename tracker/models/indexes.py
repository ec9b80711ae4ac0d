"""Indexes that several tables share:
by them the desk's lists come in order, and find what wants attention.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q, TextField
from django.db.models.functions import Coalesce

from tracker.values.vocabularies import Basis, MeetingStatus, Standing

WITHOUT_END = Q(until="")
CONTESTED = Q(standing=Standing.CONTESTED)
FORECAST = Q(basis=Basis.FORECAST)
TO_COME = Q(status__in=[MeetingStatus.PLANNED, MeetingStatus.EXPECTED])
NOT_ARCHIVED = ~Q(url="") & Q(archive_url="")


def possible_days(*, lasts_a_day: bool = False) -> Func:
    """Return the expression of the days on which something may have been so;
    a meeting without an end lasts a day.
    """
    last = Coalesce("until_latest", "since_latest") if lasts_a_day else F("until_latest")
    return _days_between(F("since_earliest"), last)


def days_meant(field: str) -> Func:
    """Return the expression of the days that a vague date can mean."""
    return _days_between(F(f"{field}_earliest"), F(f"{field}_latest"))


def _days_between(first: Any, last: Any) -> Func:
    return Func(first, last, function="days_between", output_field=DateRangeField())


def listed_by(table: str, latest: str, *fields: str) -> list[models.Index]:
    """Return the indexes of a list, the latest first:
    of all of it, and of what has one value in one of the fields.
    """
    order = (F(latest).desc(nulls_last=True), F("id").desc())
    narrowed = [
        models.Index(F(field).asc(), *order, name=f"{table}_by_{field}") for field in fields
    ]
    return [models.Index(*order, name=f"{table}_latest"), *narrowed]


def period_indexes(table: str, *fields: str, lasts_a_day: bool = False) -> list[models.Index]:
    """Return the indexes of what has a period: the latest first, and by its possible days."""
    possible = GistIndex(possible_days(lasts_a_day=lasts_a_day), name=f"{table}_possible")
    return [*listed_by(table, "since_latest", *fields), possible]


def claim_indexes(table: str, *fields: str) -> list[models.Index]:
    """Return the indexes of a claim: of its period, and of what wants attention."""
    return [
        *period_indexes(table, "basis", "confidence", *fields),
        models.Index(fields=["id"], condition=CONTESTED, name=f"{table}_contested"),
        models.Index(fields=["since_latest", "id"], condition=FORECAST, name=f"{table}_forecasts"),
        models.Index(
            F("confirmed_on").asc(nulls_first=True),
            F("id").asc(),
            condition=WITHOUT_END,
            name=f"{table}_unconfirmed",
        ),
    ]


def search_index(table: str, *found_by: str | Func) -> GinIndex:
    """Return the index of what a table's records are found by at the desk."""
    words = Func(*found_by, function="folded", output_field=TextField())
    return GinIndex(OpClass(words, name="gin_trgm_ops"), name=f"{table}_words")


def joined(field: str | Func) -> Func:
    return Func(field, function="joined", output_field=TextField())


def spellings(field: str) -> Func:
    return joined(Func(field, function="spellings", output_field=ArrayField(TextField())))


def texts_of(field: str) -> Func:
    return Func(field, function="texts_of", output_field=TextField())
