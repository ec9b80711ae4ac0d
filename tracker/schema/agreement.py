"""How much actors agree, in public: what is asked, and what is answered of each pair."""

from typing import Annotated

from msgspec import Meta, Struct

from tracker.schema.days import FIRST, LAST, FirstDay, LastDay
from tracker.schema.filters import Flag, Keys, OneOf, Several, Terms, Under, Words
from tracker.schema.number_filters import Number
from tracker.schema.parts import Address, Frame, ToActor
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Theme, VoteKind

FEW = 20  # votes under which a measure says little
MOST_INTERVALS = 200  # rows of one answer that have any
ANY_KIND = "any"
BUCKETS = ("year", "session", "issue", "theme", "none")
ACTORS = Several("actors", "All pairs of these.", noun=Noun.ACTOR)
ACTOR = Keys(
    "actor",
    "This one, with everybody who cast a ballot. Give this or `actors`; without either, only "
    "`frames` come.",
    noun=Noun.ACTOR,
)
BODY = Keys(
    "body",
    "Over votes of these bodies; usually of all that have a frame.",
    noun=Noun.ACTOR,
    example="united-nations-general-assembly",
)
ISSUE = Keys("issue", "Over votes that bear on these issues.", noun=Noun.ISSUE)
UNDER = Under("under", "Over votes that bear on these issues or any below them.", noun=Noun.ISSUE)
FROM = FirstDay("from", f"Over votes possibly held on this day or later{FIRST}.")
TO = LastDay("to", f"Over votes possibly held on this day or earlier{LAST}.")
THEME = Terms("theme", "Over votes about any of these.", vocabulary=Theme, example="security")
OF_VOTES = (ISSUE, UNDER, THEME, FROM, TO)  # filters of votes, as their list has them
KIND = Words(
    "kind",
    f"Over votes of these kinds, or of `{ANY_KIND}`; usually all but amendments and paragraphs.",
    words=(*VoteKind.values, ANY_KIND),
)
BY = OneOf(
    "by",
    "One row for each year (of a session of the General Assembly the one in which it began, "
    "else of the day), session, issue or theme of the votes, which those without are not in; "
    "or, as usual, for all together.",
    words=BUCKETS,
)
UNANIMOUS = OneOf(
    "unanimous",
    "Whether votes with only one of yes, no and abstaining are left out (`drop`, as usual) "
    "or kept.",
    words=("drop", "keep"),
)
INTERVAL = Flag("interval", f"With 95 % intervals; at most {MOST_INTERVALS} rows then.")
MIN_COMPARED = Number(
    "min_compared",
    "Only rows in which at least so many votes are compared.",
    minimum=0,
    maximum=999_999,
    example=20,
)

Votes = Annotated[int, Meta(description="How many votes.", ge=0)]
NoSeat = Annotated[
    int,
    Meta(
        description=(
            "How many votes in which it cast nothing and for certain had no seat, by its "
            "memberships of the body; of an actor of whom none are known, 0."
        ),
        ge=0,
    ),
]
Value = float | None


class BodyFrame(Frame, frozen=True):
    """A frame over which it is counted, and whose it is."""

    body: Annotated[ToActor, Meta(description="The organization that decides.")]


class LeftOut(Struct, frozen=True):
    """How many votes are not compared, each told once,
    under the first of these that holds for either of the two.
    """

    unanimous: Votes
    no_seat: NoSeat
    not_evidenced: Votes
    no_ballot: Votes
    absent: Votes
    not_participating: Votes
    without_vote: Annotated[
        int,
        Meta(
            description=(
                "How many of the frame were adopted without a vote, which holds before all others."
            ),
            ge=0,
        ),
    ]


class Cast(Struct, frozen=True):
    """What one of the two did:
    yes, abstain and no in the votes compared, the others in all but unanimous ones.
    """

    yes: Votes
    abstain: Votes
    no: Votes
    no_seat: NoSeat
    not_evidenced: Votes
    no_ballot: Votes
    absent: Votes
    not_participating: Votes


class Interval(Struct, frozen=True):
    """A 95 % interval of a measure: the percentiles of its values over 1,000 draws of days."""

    low: Annotated[Value, Meta(description="Its lower end; null: see `undefined`.")]
    high: Annotated[Value, Meta(description="Its upper end.")]
    undefined: Annotated[str | None, Meta(description="Why there is none.", examples=["few_days"])]
    undefined_draws: Annotated[int, Meta(description="How many of the draws had no value.")]


class Intervals(Struct, frozen=True):
    """Of each measure."""

    identical: Interval
    mean: Interval
    s: Interval
    kappa: Interval
    pi: Interval
    alpha: Interval


class Agreement(Struct, frozen=True, kw_only=True):
    """How much two actors agree over the votes of a bucket in which both cast yes,
    no or an abstention.
    """

    first: ToActor
    second: ToActor
    bucket: Annotated[
        str | None,
        Meta(description="The year, session, issue or theme; null: all.", examples=["2011"]),
    ]
    frame: Annotated[int, Meta(description="How many votes there are, by the frame.")]
    compared: Annotated[int, Meta(description="In how many both cast yes, no or an abstention.")]
    too_few: Annotated[bool, Meta(description=f"Whether these are under {FEW}.")]
    left_out: LeftOut
    first_cast: Cast
    second_cast: Cast
    identical: Annotated[
        Value, Meta(description="The share of votes compared in which both cast the same.")
    ]
    mean: Annotated[
        Value,
        Meta(description="1 less the mean distance over the largest, of no, abstention and yes."),
    ]
    s: Annotated[
        Value,
        Meta(description="S of Signorino and Ritter (1999): from -1 to 1, twice `mean` less 1."),
    ]
    kappa: Annotated[
        Value,
        Meta(description="Cohen's κ with squared weights: corrected for chance by each one's own."),
    ]
    pi: Annotated[
        Value,
        Meta(description="Scott's π with squared weights: corrected for chance by what both cast."),
    ]
    alpha: Annotated[Value, Meta(description="Krippendorff's α of interval data.")]
    undefined: Annotated[
        dict[str, str],
        Meta(description="Why measures that are null are.", examples=[{"kappa": "no_variation"}]),
    ]
    intervals: Annotated[Intervals | None, Meta(description="If asked for.")]
    evidence: Annotated[Address, Meta(description="The votes compared in which the two differ.")]


class Agreements(Struct, frozen=True):
    """Pairs in the order in which they are asked for, of each its buckets in order;
    and over what it is counted.
    """

    edition: Annotated[int, Meta(description="The edition that answered; 0 before the first.")]
    frames: Annotated[list[BodyFrame], Meta(description="Over which votes it is counted.")]
    results: Annotated[list[Agreement], Meta(description="The rows.")]
