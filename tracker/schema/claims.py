"""What stances and alignments have in common in public:
fields of a claim, and the filters over claims.
"""

from datetime import date
from functools import partial
from typing import Annotated, Any

from django.conf import settings
from django.db.models import Q
from msgspec import Meta

from tracker.schema.days import period
from tracker.schema.evidence import evidence_filters
from tracker.schema.filters import Applied, Filter, Flag, Ids, Under, Words
from tracker.schema.markers import AnyOf, DefaultOrder, SinceShape, Stored
from tracker.schema.parts import Resolution, ToIssue, VagueDate
from tracker.schema.settlement import BEFORE, WHENEVER, held_when_settled
from tracker.values.nouns import Noun
from tracker.values.periods import stale_before
from tracker.values.vocabularies import Basis, Confidence, Likelihood, Position, Standing

OnIssue = Annotated[ToIssue, AnyOf("Claims on these issues.")]
Since = Annotated[VagueDate | None, Meta(description="From when; null: unknown."), DefaultOrder()]
Until = Annotated[
    VagueDate | None, Meta(description="Until when, inclusive; null: not ended, as far as known.")
]
BasisField = Annotated[Basis, AnyOf("What the claim rests on.")]
LikelihoodField = Annotated[
    Likelihood | None, Meta(description="How probable a forecast is (ICD 203); null for all else.")
]
ConfidenceField = Annotated[Confidence, AnyOf("How well the evidence bears it.")]
StandingField = Annotated[Standing, Stored()]
StandingNote = Annotated[str | None, Meta(description="Why the claim is contested.")]
ConfirmedOn = Annotated[
    date | None, Meta(description="The day somebody last checked that it still held."), Stored()
]
Resolutions = Annotated[
    list[Resolution],
    Meta(
        description=(
            "Of a forecast, what became of it: one at most; empty if nobody has said how it is "
            "decided."
        )
    ),
    SinceShape(shape=3),
]
ANY_CLAIM = "any"
# Of a document `d`: what has no end, is not told as of when it was settled, and nobody had
# confirmed for so many days; that nothing was found is of the day on which one looked.
_UNCONFIRMED = (
    f"(upper_inf(d.possible) AND coalesce(d.confirmed_on < %(on)s::date - %(stale_after)s::int, "
    f"true) AND NOT {BEFORE}"
)
IS_STALE = {
    Noun.STANCE: f"{_UNCONFIRMED} AND d.position <> %(nothing_found)s)",
    Noun.ALIGNMENT: f"{_UNCONFIRMED})",
}


def staleness() -> dict[str, Any]:
    """Return what IS_STALE binds besides the day."""
    return {"stale_after": settings.STALE_AFTER, "nothing_found": Position.NO_EVIDENCE.value}


def unconfirmed(noun: Noun, on: date) -> Q:
    """Return the condition that a claim at the desk is stale on a day."""
    stale = Q(until_latest=None) & (
        Q(confirmed_on=None) | Q(confirmed_on__lt=stale_before(on, settings.STALE_AFTER))
    )
    stale &= ~held_when_settled(on)
    return stale & ~Q(position=Position.NO_EVIDENCE) if noun is Noun.STANCE else stale


def _stale(noun: Noun, parameters: frozenset[str]) -> str:
    return f"{IS_STALE[noun]} = %(stale)s" if "on" in parameters else "true"


def _is_stale(noun: Noun, applied: Applied) -> Q:
    if "on" not in applied.parameters:
        return Q()
    stale = unconfirmed(noun, applied.parameters["on"])
    return stale if applied.value else ~stale


def _settled(parameters: frozenset[str]) -> str:
    return f"{BEFORE if 'on' in parameters else WHENEVER} = %(settled)s"


def _is_settled(applied: Applied) -> Q:
    settled = held_when_settled(applied.parameters.get("on"))
    return settled if applied.value else ~settled


def claim_filters(noun: Noun) -> list[Filter]:
    """Return the filters of a noun's claims that no field says."""
    return [
        *period(
            also=(
                " Each claim says, as `is_stale`, whether it is; one that is read by its address "
                "says only that."
            )
        ),
        Under(
            "under",
            "Claims on these issues and all below them.",
            "d.issue IN (SELECT record FROM below)",
            lambda applied: Q(issue__in=applied.value),
            noun=Noun.ISSUE,
        ),
        Words(
            "standing",
            "Accepted claims (the default, except with `id`), contested ones, or any.",
            "(%(any)s = ANY(%(standing)s::text[]) OR d.standing = ANY(%(standing)s))",
            lambda applied: Q() if ANY_CLAIM in applied.value else Q(standing__in=applied.value),
            words=(*Standing.values, ANY_CLAIM),
            binds={"any": ANY_CLAIM},
        ),
        Flag(
            "stale",
            "With `on`: only claims without an end that nobody had confirmed for a year (or "
            "as long as this tracker says) by then, or only others.",
            partial(_stale, noun),
            partial(_is_stale, noun),
            example=False,
        ),
        Flag(
            "settled",
            "Only claims that held when the question of their issue was settled (with `on`: "
            "before that day), of which they are told, or only others.",
            _settled,
            _is_settled,
            example=False,
        ),
        Flag(
            "with_settled",
            "With `on`: also claims that held when the question of their issue was settled before "
            "that day, as pages show them.",
            "true",
            lambda applied: Q(),
            example=True,
        ),
        Ids(
            "source",
            "Claims that cite these sources.",
            "EXISTS (SELECT FROM tracker_mention m WHERE m.named_noun = {named_noun} AND "
            "m.named = ANY({source}) AND m.noun = {noun} AND m.document = d.id)",
            lambda applied: applied.having("citations", Q(source__in=applied.value)),
            noun=Noun.SOURCE,
        ),
        *evidence_filters(),
    ]
