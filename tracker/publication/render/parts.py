"""Pieces that several records render alike."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from tracker.models import Citation as DeskCitation
from tracker.publication.render.names import Names
from tracker.schema.parts import Citation, Date
from tracker.values.csl import Locator
from tracker.values.periods import Ends
from tracker.values.vocabularies import Credibility, Relation

UNKNOWN_BEGINNING = date.min


class HasPeriod(Protocol):
    """Anything whose two ends are vague dates."""

    since: str
    until: str
    since_earliest: date | None
    since_latest: date | None
    until_earliest: date | None
    until_latest: date | None


def vague(edtf: str, earliest: date | None, latest: date | None) -> Date | None:
    """Return a vague date in its public form, or None if there is none."""
    return Date(edtf, earliest, latest) if earliest and latest else None


def since_of(period: HasPeriod) -> Date | None:
    """Return when it began."""
    return vague(period.since, period.since_earliest, period.since_latest)


def until_of(period: HasPeriod) -> Date | None:
    """Return when it ended."""
    return vague(period.until, period.until_earliest, period.until_latest)


def ends_of(period: HasPeriod) -> Ends:
    """Return the first and last days of both ends."""
    return Ends(period.since_earliest, period.since_latest, period.until_earliest, period.until_latest)


def citation(part: DeskCitation, names: Names) -> Citation:
    """Return a citation in its public form."""
    return Citation(
        source=names.source(part.source_id),
        relation=Relation(part.relation),
        locator_label=Locator(part.locator_label) if part.locator_label else None,
        locator=part.locator or None,
        quote=part.quote or None,
        quote_language=part.quote_language or None,
        credibility=Credibility(part.credibility) if part.credibility else None,
    )


def citations(parts: Sequence[DeskCitation], names: Names) -> list[Citation]:
    """Return the citations of a record, in the order in which they were added."""
    return [citation(part, names) for part in parts]
