"""A read-only view set of stances, filtered by query parameters, in numbered pages."""

from datetime import date

from django.db.models import F, Prefetch, QuerySet, Value
from django.db.models.functions import Coalesce
from rest_framework.pagination import PageNumberPagination
from rest_framework.viewsets import ReadOnlyModelViewSet

from tests.benchmarks.contestants.plain.serializers import StanceSerializer
from tracker.models import Issue, Stance, StanceCitation, StanceResolution


class Pages(PageNumberPagination):
    """Numbered pages; they always count."""

    page_size = 50
    page_size_query_param = "page_size"


class Stances(ReadOnlyModelViewSet[Stance]):
    """Stances, one or many."""

    pagination_class = Pages
    serializer_class = StanceSerializer
    queryset = Stance.objects.select_related("actor", "issue", "defers_to").prefetch_related(
        Prefetch("citations", StanceCitation.objects.select_related("source").order_by("pk")),
        Prefetch("resolutions", StanceResolution.objects.select_related("source").order_by("pk")),
    )

    def get_queryset(self) -> QuerySet[Stance]:
        """Return the accepted stances that are asked for, the newest first."""
        queryset = super().get_queryset()
        if self.detail:
            return queryset
        newest = Coalesce(F("since_earliest"), Value(date.min))
        queryset = queryset.filter(standing="accepted").order_by(newest.desc(), "-pk")
        if "under" in self.request.query_params:
            queryset = queryset.filter(issue__in=subtree(self.request.query_params["under"]))
        if "actor_kind" in self.request.query_params:
            queryset = queryset.filter(
                actor__kind__in=self.request.query_params["actor_kind"].split(",")
            )
        return queryset


def subtree(slug: str) -> list[int]:
    """Return an issue and all below it."""
    parents = dict(Issue.objects.values_list("pk", "parent"))
    below = set(Issue.objects.filter(slug=slug).values_list("pk", flat=True))
    while more := {issue for issue, parent in parents.items() if parent in below} - below:
        below |= more
    return list(below)
