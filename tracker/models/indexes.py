"""Indexes that several tables share: by them the desk's lists come in order, and find what wants attention."""

from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce

from tracker.values.vocabularies import Basis, MeetingStatus, Standing

STILL_SO = Q(until="")
CONTESTED = Q(standing=Standing.CONTESTED)
FORECAST = Q(basis=Basis.FORECAST)
AHEAD = Q(status__in=[MeetingStatus.PLANNED, MeetingStatus.EXPECTED])
NOT_ARCHIVED = ~Q(url="") & Q(archive_url="")


def possible_days(*, lasts_a_day: bool = False) -> Func:
    """Return the expression of the days on which something may have been so; a meeting without an end lasts a day."""
    last = Coalesce("until_latest", "since_latest") if lasts_a_day else F("until_latest")
    return Func(F("since_earliest"), last, Value("[]"), function="daterange", output_field=DateRangeField())


def period_indexes(table: str, *, lasts_a_day: bool = False) -> list[models.Index]:
    """Return the indexes of what has a period: the latest first, and by its possible days."""
    return [
        models.Index(F("since_latest").desc(nulls_last=True), F("id").desc(), name=f"{table}_latest"),
        GistIndex(possible_days(lasts_a_day=lasts_a_day), name=f"{table}_possible"),
    ]


def claim_indexes(table: str) -> list[models.Index]:
    """Return the indexes of a claim: of its period, and of what wants attention."""
    return [
        *period_indexes(table),
        models.Index(fields=["id"], condition=CONTESTED, name=f"{table}_contested"),
        models.Index(fields=["since_latest", "id"], condition=FORECAST, name=f"{table}_forecasts"),
        models.Index(
            F("confirmed_on").asc(nulls_first=True), F("id").asc(), condition=STILL_SO, name=f"{table}_unconfirmed"
        ),
    ]
