"""Alignments in public: their shape, and the filters over them."""

from operator import itemgetter
from typing import Annotated, Any

from django.db.models import Q
from msgspec import Struct

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
from tracker.schema.filters import Applied, Filter, Keys
from tracker.schema.markers import AnyOf, Stored
from tracker.schema.parts import ClaimCitation, Id, Ref, Summary, ToActor
from tracker.values.nouns import Noun
from tracker.values.vocabularies import DIRECTED, Pattern

BINDS = {"directed": sorted(DIRECTED)}


class Alignment(Struct, frozen=True, kw_only=True):
    """One claim: how two actors relate on an issue over a period, as judged by an analyst."""

    id: Id
    ref: Ref
    issue: OnIssue
    actor: Annotated[ToActor, Stored()]
    counterpart: Annotated[ToActor, Stored()]
    pattern: Annotated[Pattern, AnyOf("How they relate.")]
    since: Since
    until: Until
    basis: BasisField
    likelihood: LikelihoodField
    confidence: ConfidenceField
    standing: StandingField
    standing_note: StandingNote
    summary: Summary
    confirmed_on: ConfirmedOn
    citations: list[ClaimCitation]
    resolutions: Resolutions


def pair_of(body: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the two actors of a body in the order in which “and” joins them everywhere,
    whichever comes first in it.

    That is the order of the address of the page about the two.
    """
    return sorted((body["actor"], body["counterpart"]), key=itemgetter("slug"))


def _either_way(parameters: frozenset[str]) -> str:
    if "counterpart" not in parameters:
        return "(d.actor = ANY({actor}) OR d.counterpart = ANY({actor}))"
    return (
        "((d.actor = ANY({actor}) AND d.counterpart = ANY({counterpart})) OR (d.actor = "
        "ANY({counterpart}) AND d.counterpart = ANY({actor}) AND d.pattern <> "
        "ALL(%(directed)s::text[])))"
    )


def _is_either_way(applied: Applied) -> Q:
    if "counterpart" not in applied.parameters:
        return Q(actor__in=applied.value) | Q(counterpart__in=applied.value)
    others = applied.parameters["counterpart"]
    same = Q(actor__in=others, counterpart__in=applied.value) & ~Q(pattern__in=DIRECTED)
    return Q(actor__in=applied.value, counterpart__in=others) | same


def _counterpart(parameters: frozenset[str]) -> str:
    if "actor" in parameters:
        return "true"  # the pair is looked for by `actor`
    same = "d.actor = ANY({counterpart}) AND d.pattern <> ALL(%(directed)s::text[])"
    return f"(d.counterpart = ANY({{counterpart}}) OR ({same}))"


def _is_counterpart(applied: Applied) -> Q:
    if "actor" in applied.parameters:
        return Q()
    return Q(counterpart__in=applied.value) | Q(actor__in=applied.value) & ~Q(pattern__in=DIRECTED)


FILTERS: list[Filter] = [
    *claim_filters(Noun.ALIGNMENT),
    Keys(
        "actor",
        "Alignments of these actors, on either side.",
        _either_way,
        _is_either_way,
        noun=Noun.ACTOR,
        binds=BINDS,
    ),
    Keys(
        "counterpart",
        "With `actor`: alignments of the two, either way round, but a directed pattern only in its "
        "direction. Alone: of these, a directed pattern only towards them.",
        _counterpart,
        _is_counterpart,
        noun=Noun.ACTOR,
        binds=BINDS,
    ),
]
EXAMPLES = Examples(
    "alignment-china-russia-maduro-government-hedged",
    {
        "pair": Example(
            "How do China and Russia work together on North Korea? The latest alignment.",
            "under=north-korea&actor=CHN&counterpart=RUS&page_size=1",
        )
    },
    {"fields": ["issue", "pattern"], "issue": "maduro-government", "counterpart": "russia"},
    {
        "changed": {"summary": "Both stood by him; only one of them said so aloud."},
        "changed again": {"confidence": "low"},
        "changed since": {"pattern": "divergent", **SINCE_THEN},
        "new": {
            "issue": "venezuela-us-sanctions",
            "actor": "RUS",
            "counterpart": "IRN",
            "pattern": "parallel",
            **CLAIM,
        },
        "another": {
            "issue": "venezuela-us-sanctions",
            "actor": "CHN",
            "counterpart": "IRN",
            "pattern": "parallel",
            **CLAIM,
        },
    },
)
