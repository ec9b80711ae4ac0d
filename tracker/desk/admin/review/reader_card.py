"""The card of a claim or a meeting as readers would see it today, for whoever reviews it."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils import timezone

from tracker.desk.admin.site.labels import address
from tracker.desk.records.keys import records
from tracker.models import Actor, ActorDocument
from tracker.models.nouns import noun_of
from tracker.public.cards.cards import SENTENCES, Card, card
from tracker.public.cards.context import PAIR, Body, Context
from tracker.publishing.new_documents import preview
from tracker.values.nouns import Noun


def card_of(record: Any, question: str) -> Card | None:
    """Return the card of a claim or meeting; None for other records, or one that was merged away.

    `question` is that of its issue. Its sources are as they are at the desk, and lead there.
    """
    noun = noun_of(record)
    if noun not in SENTENCES or not (body := preview(noun, record.pk)[1]):
        return None
    context = Context(
        on=timezone.localdate(),
        stale_after=settings.STALE_AFTER,
        questions={body["issue"]["slug"]: question} if body.get("issue") else {},
        sources={
            citation.source_id: _public(citation.source) for citation in record.citations.select_related("source")
        },
        address=lambda named, key: address(named, int(key)) if named is Noun.SOURCE else "",
        voters=_voters,
    )
    return card(noun, body, context)


def _voters() -> list[Body]:
    """Return the two powers, as they are at the desk, with the slugs that they had in public."""
    meant = records(Noun.ACTOR, PAIR, ["slug"])
    return [_voter(slug, meant[slug]) for slug in PAIR]


def _voter(slug: str, meant: Sequence[int]) -> Body:
    for actor in Actor.objects.filter(pk__in=meant):
        ever = ActorDocument.objects.filter(record=actor.pk).values_list("slug", flat=True)
        return {"slug": actor.slug, "name": actor.name, "slugs": [*ever.distinct()]}
    return {"slug": slug, "name": slug.title()}


def _public(source: Any) -> Body:
    """Return of a source what a footnote tells."""
    fields = ("url", "archive_url", "authors", "publisher", "container_title", "language", "outlet", "reliability")
    read = source.accessed_on
    issued = {"edtf": source.issued} if source.issued else None
    return {name: getattr(source, name) for name in fields} | {
        "issued": issued,
        "accessed_on": read.isoformat() if read else None,
    }
