"""Nested serializers of a stance, with the fields of its public form."""

from typing import Any

from rest_framework import serializers

from tracker.models import Actor, Issue, Source, Stance, StanceCitation, StanceResolution
from tracker.values.vocabularies import SCORES


class ActorReference(serializers.ModelSerializer[Actor]):
    """An actor that a stance names."""

    url = serializers.SerializerMethodField()

    class Meta:
        model = Actor
        fields = ["url", "slug", "name"]

    def get_url(self, actor: Actor) -> str:
        """Return its address."""
        return f"/api/v1/actors/{actor.slug}/"


class IssueReference(serializers.ModelSerializer[Issue]):
    """An issue that a stance names."""

    url = serializers.SerializerMethodField()
    name = serializers.CharField(source="title")

    class Meta:
        model = Issue
        fields = ["url", "slug", "name"]

    def get_url(self, issue: Issue) -> str:
        """Return its address."""
        return f"/api/v1/issues/{issue.slug}/"


class SourceReference(serializers.ModelSerializer[Source]):
    """A source that a citation names."""

    url = serializers.SerializerMethodField()
    name = serializers.CharField(source="title")

    class Meta:
        model = Source
        fields = ["url", "id", "name"]

    def get_url(self, source: Source) -> str:
        """Return its address."""
        return f"/api/v1/sources/{source.pk}/"


class CitationSerializer(serializers.ModelSerializer[StanceCitation]):
    """One citation."""

    source = SourceReference()

    class Meta:
        model = StanceCitation
        fields = [
            "source",
            "relation",
            "locator_label",
            "locator",
            "quote",
            "quote_language",
            "credibility",
            "ends",
        ]


class ResolutionSerializer(serializers.ModelSerializer[StanceResolution]):
    """What a forecast is asked, and what became of it."""

    source = SourceReference()

    class Meta:
        model = StanceResolution
        exclude = ["id", "stance"]


class StanceSerializer(serializers.ModelSerializer[Stance]):
    """One stance, whole."""

    actor = ActorReference()
    issue = IssueReference()
    defers_to = ActorReference()
    citations = CitationSerializer(many=True)
    resolutions = ResolutionSerializer(many=True)
    score = serializers.SerializerMethodField()
    since = serializers.SerializerMethodField()
    until = serializers.SerializerMethodField()

    class Meta:
        model = Stance
        fields = [
            "id",
            "ref",
            "actor",
            "issue",
            "position",
            "score",
            "since",
            "until",
            "basis",
            "likelihood",
            "hedged",
            "defers_to",
            "instruments",
            "confidence",
            "standing",
            "standing_note",
            "summary",
            "confirmed_on",
            "citations",
            "resolutions",
        ]

    def get_score(self, stance: Stance) -> int | None:
        """Return the position as a number."""
        return SCORES.get(stance.position)

    def get_since(self, stance: Stance) -> dict[str, Any] | None:
        """Return when it began."""
        return vague(stance.since, stance.since_earliest, stance.since_latest)

    def get_until(self, stance: Stance) -> dict[str, Any] | None:
        """Return when it ended."""
        return vague(stance.until, stance.until_earliest, stance.until_latest)


def vague(edtf: str, earliest: Any, latest: Any) -> dict[str, Any] | None:
    """Return a vague date, or None."""
    return {"edtf": edtf, "earliest": earliest, "latest": latest} if edtf else None
