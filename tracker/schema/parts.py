"""Pieces of which the records' public shapes are made.
What is not there is null, never an empty text.
"""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from tracker.schema.markers import Ordered, RefersTo, SinceShape
from tracker.values.csl import Locator
from tracker.values.nouns import Noun
from tracker.values.vocabularies import (
    Choice,
    Credibility,
    Forecaster,
    ForecastOutcome,
    ParticipantRole,
    Relation,
    VoteKind,
)

Address = Annotated[
    str,
    Meta(
        description="A root-relative address in this API.",
        extra_json_schema={"format": "uri-reference"},
    ),
]


class Reference(Struct, frozen=True):
    """An actor or issue that a record refers to, by the name it has in the edition that answers."""

    url: Address
    slug: Annotated[str, Meta(description="The key of the record.")]
    name: Annotated[str, Meta(description="The name of an actor, the title of an issue.")]


class SourceReference(Struct, frozen=True):
    """A source that a record refers to."""

    url: Address
    id: Annotated[int, Meta(description="The key of the source.")]
    name: Annotated[str, Meta(description="The title of the source.")]


class VagueDate(Struct, frozen=True):
    """A date as the evidence has it, and the first and last day that it can mean,
    both inclusive.
    """

    edtf: Annotated[
        str, Meta(description="As written, in a subset of EDTF (ISO 8601-2).", examples=["2018-12"])
    ]
    earliest: Annotated[date, Meta(description="The first day that it can mean.")]
    latest: Annotated[date, Meta(description="The last day that it can mean.")]


ToActor = Annotated[Reference, RefersTo(Noun.ACTOR)]
ToIssue = Annotated[Reference, RefersTo(Noun.ISSUE)]
ToSource = Annotated[SourceReference, RefersTo(Noun.SOURCE)]

# Fields that several nouns have.
Id = Annotated[int, Meta(description="The record's number; never used again.")]
Ref = Annotated[
    str | None, Meta(description="A stable text key, set by the import that made the record.")
]
Slug = Annotated[str, Meta(description="The key in the record's address."), Ordered()]
Summary = Annotated[str | None, Meta(description="A few sentences of the team's own.")]
Country = Annotated[
    str | None,
    Meta(description="ISO 3166-1 alpha-3; of a former state ISO 3166-3.", examples=["CHN"]),
]


class Citation(Struct, frozen=True):
    """One source that backs a claim or contradicts it, and where in it."""

    source: ToSource
    relation: Relation
    locator_label: Locator | None
    locator: Annotated[
        str | None, Meta(description="Where in the source.", examples=["Venezuela, paragraph 2"])
    ]
    quote: Annotated[str | None, Meta(description="The words of the source.")]
    quote_language: Annotated[
        str | None, Meta(description="The quote's language, as a BCP 47 tag.")
    ]
    credibility: Credibility | None


class ClaimCitation(Citation, frozen=True):
    """One source that backs a claim, contradicts it, or tells that it ended, and where in it."""

    ends: Annotated[
        bool | None,
        Meta(description="Whether the source tells that it was so no longer."),
        SinceShape(shape=2),
    ]


class Resolution(Struct, frozen=True, kw_only=True):
    """What a forecast is asked, by what it is decided and when, and what became of it."""

    question: Annotated[str, Meta(description="A question of yes or no.")]
    criteria: Annotated[str, Meta(description="What counts as yes, and what as no.")]
    opens: Annotated[date, Meta(description="The first day that counts.")]
    due: Annotated[date, Meta(description="The last day that counts.")]
    whose: Forecaster
    outcome: ForecastOutcome
    resolved_on: Annotated[
        date | None, Meta(description="The day of what decided it; null: it is open.")
    ]
    note: Annotated[str | None, Meta(description="What happened; of ambiguous and void ones, why.")]
    source: Annotated[ToSource | None, Meta(description="The source that says so.")]
    locator: Annotated[str | None, Meta(description="Where in it.", examples=["Executive summary"])]
    retrospective: Annotated[
        bool,
        Meta(
            description=(
                "Whether it was written when the outcome could be known: it is never scored then."
            )
        ),
    ]


class CoreInterest(Struct, frozen=True):
    """An actor that counts the issue among its core interests."""

    actor: ToActor
    note: Annotated[str | None, Meta(description="In what way.")]


class Membership(Struct, frozen=True):
    """What an actor is a member of, or the state in which a person holds an office."""

    organization: ToActor
    role: Annotated[str | None, Meta(description="As what.", examples=["permanent member"])]
    since: VagueDate | None
    until: VagueDate | None
    source: ToSource | None


class Succession(Struct, frozen=True):
    """Another actor that an actor follows."""

    predecessor: ToActor
    since: Annotated[
        VagueDate | None, Meta(description="From when on it is in that place; null: unknown.")
    ]


class Frame(Struct, frozen=True):
    """For which period and kinds all recorded votes of a body are here,
    so that agreement can be counted over them.
    """

    kinds: Annotated[
        list[VoteKind], Meta(description="Of which kinds all recorded votes are here.")
    ]
    since: Annotated[
        VagueDate | None, Meta(description="From when on all are here; null: from its first vote.")
    ]
    until: Annotated[
        VagueDate | None, Meta(description="Until when all are here; null: to this day.")
    ]
    note: Annotated[
        str | None, Meta(description="What that means in words, and what is missing all the same.")
    ]
    source: Annotated[ToSource | None, Meta(description="The list of votes that was taken over.")]


class Participant(Struct, frozen=True):
    """An actor that takes part in a meeting or an act, or stays away from it."""

    actor: ToActor
    represented_by: ToActor | None
    role: ParticipantRole


class Discussion(Struct, frozen=True):
    """An issue that a meeting discusses, or on which an act bears."""

    issue: ToIssue
    outcome: Annotated[str | None, Meta(description="What came of it.")]


class Ballot(Struct, frozen=True):
    """What one member cast in a vote, as tables have it."""

    actor: Annotated[str, Meta(description="The key of the actor."), RefersTo(Noun.ACTOR)]
    choice: Choice
    note: Annotated[str | None, Meta(description="What is to be said of it.")]


class Ballots(Struct, frozen=True):
    """What members cast in a vote, by the keys of actors alone:
    so many votes of many members fit into a page.
    """

    yes: Annotated[
        list[str], Meta(description="Who voted in favour.", examples=[["china", "russia"]])
    ]
    no: Annotated[list[str], Meta(description="Who voted against.")]
    abstain: Annotated[list[str], Meta(description="Who abstained.")]
    absent: Annotated[list[str], Meta(description="Who was a member and not there.")]
    not_participating: Annotated[
        list[str], Meta(description="Who said that it takes no part in the vote.")
    ]
    notes: Annotated[
        dict[str, str],
        Meta(
            description=(
                "What is to be said of a ballot, such as what was meant, by the actor's key."
            )
        ),
    ]


def address(noun: Noun, key: str | int) -> str:
    """Return the root-relative address of a record."""
    return f"/api/v1/{noun.plural}/{key}/"
