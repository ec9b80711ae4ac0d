"""Records and documents narrowed by what several pages and
services ask of them in the same words.
"""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from tracker.models.changes import Change
from tracker.models.indexes import days_meant, possible_days
from tracker.values.vocabularies import Operation

if TYPE_CHECKING:
    from django.db.backends.postgresql.psycopg_any import DateRange


class RecordQuerySet(models.QuerySet[Any]):
    def unmerged(self) -> Self:
        """Return those that are not part of another; claims never are."""
        return self.filter(merged_into=None) if hasattr(self.model, "merged_into") else self

    def with_last_operation(self) -> Self:
        """Have `last_operation` to filter by: what an edition did last with a record;
        empty if it was never public.
        """
        changes = Change.objects.filter(
            noun=self.model._meta.model_name, record=OuterRef("pk")
        ).order_by("-edition")
        return self.alias(
            last_operation=Coalesce(Subquery(changes.values("operation")[:1]), Value(""))
        )

    def not_withdrawn(self) -> Self:
        """Return those that were neither retracted nor merged."""
        return self.unmerged().with_last_operation().exclude(last_operation=Operation.RETRACTED)

    def seen(self) -> Self:
        """Return those that readers see, as they are at the desk or otherwise."""
        unseen = ("", Operation.RETRACTED, Operation.MERGED)
        return self.with_last_operation().exclude(last_operation__in=unseen)

    def with_possible_days(self) -> Self:
        """Have `possible` to filter by: the days on which something may have been so."""
        if day := getattr(self.model, "day", ""):
            return self.alias(possible=days_meant(day))
        return self.alias(
            possible=possible_days(lasts_a_day=getattr(self.model, "lasts_a_day", False))
        )

    def possible_on(self, days: "DateRange[date]") -> Self:
        """Return what may have been so on one of these days."""
        return self.with_possible_days().filter(possible__overlap=days)


class DocumentQuerySet(models.QuerySet[Any]):
    def live(self) -> Self:
        """Return those of the latest edition."""
        return self.filter(closed=None)

    def as_of(self, edition: int) -> Self:
        """Return those that were live in an edition."""
        return self.filter(opened__lte=edition, gone__gt=edition)
