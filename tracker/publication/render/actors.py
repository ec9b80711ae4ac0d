"""Actors as readers see them."""

from typing import Any

from tracker.models import Actor
from tracker.publication.render.names import Names
from tracker.publication.render.parts import since_of, until_of
from tracker.schema import records as public
from tracker.schema.parts import Membership
from tracker.values.vocabularies import ActorKind


def shape(actor: Actor, parts: Any, names: Names) -> public.Actor:
    """Return the actor in its public form."""
    return public.Actor(
        id=actor.pk,
        ref=actor.ref,
        slug=actor.slug,
        kind=ActorKind(actor.kind),
        name=actor.name,
        short_name=actor.short_name or None,
        names=actor.names,
        aliases=actor.aliases,
        summary=actor.summary or None,
        iso3=actor.iso3,
        wikidata_id=actor.wikidata_id or None,
        memberships=[
            Membership(
                organization=names.actor(part.organization_id),
                role=part.role or None,
                since=since_of(part),
                until=until_of(part),
                source=names.source(part.source_id) if part.source_id else None,
            )
            for part in parts["membership"]
        ],
    )


def columns(actor: Actor, parts: Any) -> dict[str, Any]:
    """Return what actors are filtered and sorted by."""
    return {"sort": actor.name.casefold(), "slug": actor.slug, "kind": actor.kind, "iso3": actor.iso3}
