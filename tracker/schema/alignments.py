"""Alignments in public: their shape, and the filters over them."""

from typing import Annotated

from django.db.models import Q
from msgspec import Struct

from tracker.schema.claims import (
    Borne,
    ConfirmedOn,
    Held,
    Likely,
    OnIssue,
    RestsOn,
    Since,
    StandingNote,
    Until,
    claim_filters,
)  # fmt: skip
from tracker.schema.examples import CLAIM, Example, Examples
from tracker.schema.filters import Asked, Filter, Keys
from tracker.schema.markers import AnyOf, Kept
from tracker.schema.parts import Citation, Id, Ref, Summary, ToActor
from tracker.values.nouns import Noun
from tracker.values.vocabularies import DIRECTED, Pattern

_DIRECTED = ", ".join(f"'{pattern.value}'" for pattern in sorted(DIRECTED))


class Alignment(Struct, frozen=True, kw_only=True):
    """One claim: how two actors relate on an issue over a period, as judged by an analyst."""

    id: Id
    ref: Ref
    issue: OnIssue
    actor: Annotated[ToActor, Kept()]
    counterpart: Annotated[ToActor, Kept()]
    pattern: Annotated[Pattern, AnyOf("How they relate.")]
    since: Since
    until: Until
    basis: RestsOn
    likelihood: Likely
    confidence: Borne
    standing: Held
    standing_note: StandingNote
    summary: Summary
    confirmed_on: ConfirmedOn
    citations: list[Citation]


def _either_way(given: frozenset[str]) -> str:
    if "counterpart" not in given:
        return "(d.actor = ANY(%(actor)s) OR d.counterpart = ANY(%(actor)s))"
    return (
        "((d.actor = ANY(%(actor)s) AND d.counterpart = ANY(%(counterpart)s)) OR (d.actor = ANY(%(counterpart)s) "
        f"AND d.counterpart = ANY(%(actor)s) AND d.pattern NOT IN ({_DIRECTED})))"
    )


def _is_either_way(asked: Asked) -> Q:
    if "counterpart" not in asked.given:
        return Q(actor__in=asked.value) | Q(counterpart__in=asked.value)
    others = asked.given["counterpart"]
    same = Q(actor__in=others, counterpart__in=asked.value) & ~Q(pattern__in=DIRECTED)
    return Q(actor__in=asked.value, counterpart__in=others) | same


def _counterpart(given: frozenset[str]) -> str:
    if "actor" in given:
        return "true"  # the pair is looked for by `actor`
    return (
        f"(d.counterpart = ANY(%(counterpart)s) OR (d.actor = ANY(%(counterpart)s) AND d.pattern NOT IN ({_DIRECTED})))"
    )


def _is_counterpart(asked: Asked) -> Q:
    if "actor" in asked.given:
        return Q()
    return Q(counterpart__in=asked.value) | Q(actor__in=asked.value) & ~Q(pattern__in=DIRECTED)


FILTERS: list[Filter] = [
    *claim_filters(Noun.ALIGNMENT),
    Keys("actor", "Alignments of these actors, on either side.", _either_way, _is_either_way, noun=Noun.ACTOR),
    Keys("counterpart", "With `actor`: alignments of the two, either way round, but a directed pattern only in its "
         "direction. Alone: of these, a directed pattern only towards them.", _counterpart, _is_counterpart,
         noun=Noun.ACTOR),
]  # fmt: skip
EXAMPLES = Examples(
    "alignment-china-russia-maduro-government-hedged",
    {"pair": Example("How do China and Russia work together on North Korea? The latest alignment.",
                     "under=north-korea&actor=CHN&counterpart=RUS&page_size=1")},
    {"fields": ["issue", "pattern"], "issue": "maduro-government", "counterpart": "russia"},
    {
        "changed": {"summary": "Both stood by him; only one of them said so aloud."},
        "changed again": {"confidence": "low"},
        "new": {
            "issue": "venezuela-us-sanctions", "actor": "RUS", "counterpart": "IRN", "pattern": "parallel", **CLAIM,
        },
        "another": {
            "issue": "venezuela-us-sanctions", "actor": "CHN", "counterpart": "IRN", "pattern": "parallel", **CLAIM,
        },
    },
)  # fmt: skip
