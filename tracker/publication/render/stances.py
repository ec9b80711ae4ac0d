"""Stances as readers see them."""

from typing import Any

from tracker.models import Stance
from tracker.publication.render.names import Names
from tracker.publication.render.parts import UNKNOWN_BEGINNING, citations, ends_of, since_of, until_of
from tracker.schema import records as public
from tracker.values.periods import asserted, certain, possible
from tracker.values.vocabularies import SCORES, Basis, Confidence, Instrument, Likelihood, Position, Standing


def shape(stance: Stance, parts: Any, names: Names) -> public.Stance:
    """Return the stance in its public form."""
    return public.Stance(
        id=stance.pk,
        ref=stance.ref,
        actor=names.actor(stance.actor_id),
        issue=names.issue(stance.issue_id),
        position=Position(stance.position),
        score=SCORES.get(stance.position),
        since=since_of(stance),
        until=until_of(stance),
        basis=Basis(stance.basis),
        likelihood=Likelihood(stance.likelihood) if stance.likelihood else None,
        hedged=stance.hedged,
        defers_to=names.actor_or_none(stance.defers_to_id),
        instruments=[Instrument(instrument) for instrument in stance.instruments],
        confidence=Confidence(stance.confidence),
        standing=Standing(stance.standing),
        standing_note=stance.standing_note or None,
        summary=stance.summary or None,
        confirmed_on=stance.confirmed_on,
        citations=citations(parts["citation"], names),
    )


def columns(stance: Stance, parts: Any) -> dict[str, Any]:
    """Return what stances are filtered and sorted by, and the days on which they admit no rival."""
    ends = ends_of(stance)
    return {
        "sort": stance.since_earliest or UNKNOWN_BEGINNING,
        "issue": stance.issue_id,
        "actor": stance.actor_id,
        "position": stance.position,
        "score": SCORES.get(stance.position),
        "basis": stance.basis,
        "confidence": stance.confidence,
        "standing": stance.standing,
        "hedged": stance.hedged,
        "defers_to": stance.defers_to_id,
        "instruments": stance.instruments,
        "possible": str(possible(ends)),
        "certain": str(certain(ends, stance.confirmed_on)),
        "asserted": str(asserted(ends)),
    }
