"""Forecasts in public: what is asked of all of them together,
and what is answered of each and of how well they did.
"""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from tracker.schema.filters import Day, Terms
from tracker.schema.parts import Address, Id, Ref, Resolution, Summary, ToActor, ToIssue, VagueDate
from tracker.values.scores import FEW
from tracker.values.vocabularies import Forecaster, ForecastOutcome, Likelihood, Standing

ON = Day(
    "on",
    "As far as was known on this day: what was decided later is open, and what is overdue is "
    "counted.",
)
WHOSE = Terms(
    "whose", "Only forecasts of these; scores too are of these alone.", vocabulary=Forecaster
)
OUTCOME = Terms(
    "outcome", "Only forecasts of which this became; those without a resolution are left out.",
    vocabulary=ForecastOutcome, example="yes",
)  # fmt: skip
Share = Annotated[float, Meta(ge=0, le=1)]


class TermScore(Struct, frozen=True, kw_only=True):
    """How often forecasts of one term came about, beside what the term says."""

    likelihood: Likelihood
    least: Annotated[Share, Meta(description="The least probability that the term says (ICD 203).")]
    most: Annotated[Share, Meta(description="The greatest.")]
    probability: Annotated[Share, Meta(description="The middle of the two, by which it is scored.")]
    scored: Annotated[int, Meta(description="How many are scored.")]
    yes: Annotated[int, Meta(description="How many of these came about.")]
    share: Annotated[Share | None, Meta(description="What share that is; null of none.")]
    low: Annotated[Share | None, Meta(description="The lower end of its 95 % interval (Wilson).")]
    high: Annotated[Share | None, Meta(description="The upper end.")]
    too_few: Annotated[bool, Meta(description=f"Whether these are under {FEW}.")]


class ForecastScores(Struct, frozen=True, kw_only=True):
    """How well forecasts did that were asked before they were decided; all null where none was.

    By term, `brier` = `reliability` - `resolution` + `uncertainty` (Murphy 1973).
    """

    scored: Annotated[int, Meta(description="How many came about or did not.")]
    brier: Annotated[
        float | None,
        Meta(description="The mean square of probability less outcome: 0 at best, 1 at worst."),
    ]
    log: Annotated[
        float | None,
        Meta(description="The mean logarithm of the probability of what happened: 0 at best."),
    ]
    reliability: Annotated[
        float | None,
        Meta(description="How far the terms are from how often they came about: 0 at best."),
    ]
    resolution: Annotated[
        float | None, Meta(description="How far the terms tell cases apart: the more, the better.")
    ]
    uncertainty: Annotated[
        float | None, Meta(description="How hard it was: the variance of the outcomes.")
    ]
    terms: Annotated[list[TermScore], Meta(description="By term, from the least likely.")]


class ForecastCounts(Struct, frozen=True, kw_only=True):
    """How many forecasts are scored or not, each told once."""

    scored: Annotated[int, Meta(description="Those that came about or did not.")]
    open: Annotated[
        int, Meta(description="Those that aren't decided; with `on`, and aren't overdue.")
    ]
    overdue: Annotated[
        int | UnsetType,
        Meta(description="There where `on` is given: open ones whose due day has passed."),
    ] = UNSET
    ambiguous: Annotated[int, Meta(description="Those whose criteria say yes and no.")]
    void: Annotated[int, Meta(description="Those whose premise fell away.")]
    retrospective: Annotated[
        int, Meta(description="Those that were asked when the outcome could be known.")
    ]
    unasked: Annotated[
        int, Meta(description="Those without a resolution: nobody has said how they are decided.")
    ]


class Forecast(Struct, frozen=True, kw_only=True):
    """A claim of what is to come, and what became of it."""

    claim: Annotated[
        str, Meta(description="Which kind of claim.", examples=["stance", "alignment"])
    ]
    url: Address
    id: Id
    ref: Ref
    issue: ToIssue
    actor: ToActor
    counterpart: Annotated[
        ToActor | None, Meta(description="Of an alignment, the other actor; of a stance null.")
    ]
    since: Annotated[VagueDate | None, Meta(description="From when; null: unknown.")]
    until: Annotated[
        VagueDate | None,
        Meta(description="Until when, inclusive; null: not ended, as far as known."),
    ]
    likelihood: Likelihood
    probability: Annotated[Share, Meta(description="The middle of what the term says.")]
    standing: Standing
    summary: Summary
    resolution: Annotated[
        Resolution | None, Meta(description="What is asked, and what became of it.")
    ]
    brier: Annotated[
        Share | None,
        Meta(description="Its own square of probability less outcome; null: not scored."),
    ]


class Forecasts(Struct, frozen=True, kw_only=True):
    """One page of forecasts, the first due first, and how well all of them did."""

    edition: Annotated[int, Meta(description="The edition that answered; 0 before the first.")]
    next: Annotated[
        str | None,
        Meta(
            description="The next page, absolute; null on the last.",
            extra_json_schema={"format": "uri"},
        ),
    ]
    count: Annotated[
        int | UnsetType, Meta(description="How many results there are in all, if asked for.")
    ] = UNSET
    counts: ForecastCounts
    scores: ForecastScores
    results: Annotated[list[Forecast], Meta(description="The results.")]
