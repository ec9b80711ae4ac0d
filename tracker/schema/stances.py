"""Stances in public: their shape, and the filters over them."""

from collections.abc import Callable
from typing import Annotated

from django.db.models import Q
from msgspec import Meta, Struct

from tracker.schema.claims import (
    BasisField,
    ConfidenceField,
    ConfirmedOn,
    LikelihoodField,
    OnIssue,
    Resolutions,
    Since,
    StandingField,
    StandingNote,
    Until,
    claim_filters,
)  # fmt: skip
from tracker.schema.examples import CLAIM, SINCE_THEN, Example, Examples
from tracker.schema.filters import Filter, Terms
from tracker.schema.markers import AnyOf, Computed
from tracker.schema.number_filters import Number
from tracker.schema.parts import ClaimCitation, Id, Ref, Summary, ToActor
from tracker.values.nouns import Noun
from tracker.values.vocabularies import SCORES, ActorKind, Instrument, Position


class Stance(Struct, frozen=True, kw_only=True):
    """One claim: this actor holds this position on this issue over this period."""

    id: Id
    ref: Ref
    actor: Annotated[ToActor, AnyOf("Stances of these actors.")]
    issue: OnIssue
    position: Annotated[Position, AnyOf("Stances that hold any of these.")]
    score: Annotated[
        int | None,
        Meta(description="The position from -2 to 2; null for silent and no_evidence."),
        Computed("position", SCORES.get),
    ]
    since: Since
    until: Until
    basis: BasisField
    likelihood: LikelihoodField
    hedged: Annotated[
        bool,
        Meta(description="Held with visible reserve: the actor covers itself quietly."),
        AnyOf("Stances held with reserve, or without."),
    ]
    defers_to: Annotated[
        ToActor | None,
        Meta(description="The actor to whose lead this position gives way."),
        AnyOf("Stances that give way to these actors."),
    ]
    instruments: Annotated[
        list[Instrument], AnyOf("Stances pursued by any of these means.", name="instrument")
    ]
    confidence: ConfidenceField
    standing: StandingField
    standing_note: StandingNote
    summary: Summary
    confirmed_on: ConfirmedOn
    citations: list[ClaimCitation]
    resolutions: Resolutions


def _scored(fits: Callable[[int], bool]) -> Q:
    return Q(position__in=[position for position, score in SCORES.items() if fits(score)])


FILTERS: list[Filter] = [
    *claim_filters(Noun.STANCE),
    Terms("actor_kind", "Stances of actors of these kinds.",
          # IS TRUE: looked up in a table that is made once, not joined.
          "(d.actor IN (SELECT o.record FROM tracker_actordocument o "
          "WHERE {live} AND o.kind = ANY(%(actor_kind)s))) IS TRUE",
          lambda applied: Q(actor__kind__in=applied.value), vocabulary=ActorKind),
    Number("min_score", "Stances with at least this score.", "d.score >= %(min_score)s",
          lambda applied: _scored(lambda score: score >= applied.value), minimum=-2, maximum=2),
    Number("max_score", "Stances with at most this score.", "d.score <= %(max_score)s",
          lambda applied: _scored(lambda score: score <= applied.value), minimum=-2, maximum=2),
]  # fmt: skip
EXAMPLES = Examples(
    "stance-russia-maduro-government-hedged",
    {
        "day": Example(
            "Where did Russia stand on Venezuela on 1 March 2019? One stance, and how many "
            "there are.",
            "under=venezuela&actor=RUS&on=2019-03-01&count=true&page_size=1",
        ),
        "scores": Example(
            "Who supports what about North Korea, by score? The latest two stances.",
            "under=north-korea&min_score=1&page_size=2",
        ),
    },
    {
        "fields": ["actor", "issue", "position"],
        "issue": "maduro-government",
        "position": ["supports", "strongly_supports"],
        "min_score": 1,
        "max_score": -1,
        "instrument": "military",
    },
    {
        "changed": {"summary": "It stood by him, with visible reserve."},
        "changed again": {"confidence": "low"},
        "changed since": {"position": "neutral", **SINCE_THEN},
        "new": {"actor": "IRN", "issue": "venezuela-us-sanctions", "position": "opposes", **CLAIM},
        "another": {
            "actor": "IND",
            "issue": "venezuela-us-sanctions",
            "position": "neutral",
            **CLAIM,
        },
        "third": {
            "actor": "PAK",
            "issue": "venezuela-us-sanctions",
            "position": "neutral",
            **CLAIM,
        },
        "fourth": {
            "actor": "IRN",
            "issue": "venezuela-us-sanctions",
            "position": "neutral",
            **CLAIM,
        },
    },
)
