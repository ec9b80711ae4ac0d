"""Plain writing: a stance with its citations in one body, by nested serializers, with a token,
as one change.
"""

from hashlib import sha256
from typing import Any

from django.db import transaction
from rest_framework import serializers
from rest_framework.authentication import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.mixins import CreateModelMixin
from rest_framework.permissions import DjangoModelPermissions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from tests.benchmarks.contestants.plain.serializers import StanceSerializer
from tracker.history import changeset
from tracker.models import Actor, Issue, Source, Stance, StanceCitation, Token
from tracker.values.vocabularies import Channel


class WrittenCitation(serializers.ModelSerializer[StanceCitation]):
    """One citation, which names its source by `ref`."""

    source = serializers.SlugRelatedField(slug_field="ref", queryset=Source.objects.all())

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
        ]


class WrittenStance(serializers.ModelSerializer[Stance]):
    """One stance with its citations, which names actors and its issue by slug."""

    actor = serializers.SlugRelatedField(slug_field="slug", queryset=Actor.objects.all())
    issue = serializers.SlugRelatedField(slug_field="slug", queryset=Issue.objects.all())
    defers_to = serializers.SlugRelatedField(
        slug_field="slug", queryset=Actor.objects.all(), required=False
    )
    citations = WrittenCitation(many=True)

    class Meta:
        model = Stance
        fields = [
            "ref",
            "actor",
            "issue",
            "position",
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
        ]

    def create(self, validated_data: dict[str, Any]) -> Stance:
        """Make the stance, and then its citations."""
        cited = validated_data.pop("citations")
        stance = Stance.objects.create(**validated_data)
        for citation in cited:
            StanceCitation.objects.create(stance=stance, **citation)
        return stance

    def to_representation(self, instance: Stance) -> Any:
        """Return it as it is read, with the days that the database made of its dates."""
        instance.refresh_from_db(
            fields=["since_earliest", "since_latest", "until_earliest", "until_latest"]
        )
        return StanceSerializer(instance).data


class Bearer(TokenAuthentication):
    """The desk's tokens, of which a hash is kept."""

    keyword = "Bearer"

    def authenticate_credentials(self, key: str) -> tuple[Any, Any]:
        """Return whose token it is."""
        try:
            token = Token.objects.select_related("user").get(
                digest=sha256(key.encode()).hexdigest()
            )
        except Token.DoesNotExist:
            raise AuthenticationFailed from None
        return token.user, token


class Writing(CreateModelMixin, GenericViewSet[Stance]):
    """Makes stances, by whoever may."""

    queryset = Stance.objects.all()
    serializer_class = WrittenStance
    authentication_classes = [Bearer]
    permission_classes = [DjangoModelPermissions]

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Make one, in one transaction, of which history knows who made it."""
        with (
            changeset(made_by=request.user.pk, reason="", channel=Channel.API),
            transaction.atomic(),
        ):
            return super().create(request, *args, **kwargs)
