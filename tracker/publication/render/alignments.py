"""Alignments as readers see them."""

from typing import Any

from tracker.models import Alignment
from tracker.publication.render.names import Names
from tracker.publication.render.parts import UNKNOWN_BEGINNING, citations, ends_of, since_of, until_of
from tracker.schema import records as public
from tracker.values.periods import asserted, certain, possible
from tracker.values.vocabularies import Basis, Confidence, Likelihood, Pattern, Standing


def shape(alignment: Alignment, parts: Any, names: Names) -> public.Alignment:
    """Return the alignment in its public form."""
    return public.Alignment(
        id=alignment.pk,
        ref=alignment.ref,
        issue=names.issue(alignment.issue_id),
        actor=names.actor(alignment.actor_id),
        counterpart=names.actor(alignment.counterpart_id),
        pattern=Pattern(alignment.pattern),
        since=since_of(alignment),
        until=until_of(alignment),
        basis=Basis(alignment.basis),
        likelihood=Likelihood(alignment.likelihood) if alignment.likelihood else None,
        confidence=Confidence(alignment.confidence),
        standing=Standing(alignment.standing),
        standing_note=alignment.standing_note or None,
        summary=alignment.summary or None,
        confirmed_on=alignment.confirmed_on,
        citations=citations(parts["citation"], names),
    )


def columns(alignment: Alignment, parts: Any) -> dict[str, Any]:
    """Return what alignments are filtered and sorted by, and the days on which they admit no rival."""
    ends = ends_of(alignment)
    return {
        "sort": alignment.since_earliest or UNKNOWN_BEGINNING,
        "issue": alignment.issue_id,
        "actor": alignment.actor_id,
        "counterpart": alignment.counterpart_id,
        "pattern": alignment.pattern,
        "basis": alignment.basis,
        "confidence": alignment.confidence,
        "standing": alignment.standing,
        "possible": str(possible(ends)),
        "certain": str(certain(ends, alignment.confirmed_on)),
        "asserted": str(asserted(ends)),
    }
