"""The public form of each record, declared once: the renderer makes it, OpenAPI describes it, formats lay it out.

In an answer, `edition` (the number of the edition that opened this version) stands before these fields.
"""

from datetime import date
from typing import Annotated, Any

from msgspec import Meta, Struct

from tracker.schema.parts import (
    Citation,
    CoreInterest,
    Date,
    Discussion,
    Membership,
    Participant,
    Reference,
)
from tracker.values.csl import SourceType
from tracker.values.nouns import Noun
from tracker.values.vocabularies import (
    ActorKind,
    Basis,
    Confidence,
    Instrument,
    Likelihood,
    MeetingKind,
    MeetingStatus,
    Outlet,
    Pattern,
    Position,
    Region,
    Reliability,
    Standing,
    Theme,
)

Id = Annotated[int, Meta(description="The record's number; never used again.")]
Ref = Annotated[str | None, Meta(description="A stable text key, set by the import that made the record.")]
Slug = Annotated[str, Meta(description="The key in the record's address.")]
Summary = Annotated[str | None, Meta(description="A few sentences of the team's own.")]
Since = Annotated[Date | None, Meta(description="From when; null: unknown.")]
Until = Annotated[Date | None, Meta(description="Until when, inclusive; null: still so, as far as known.")]
Likely = Annotated[Likelihood | None, Meta(description="How probable a forecast is (ICD 203); null for all else.")]
StandingNote = Annotated[str | None, Meta(description="Why the claim is contested.")]
ConfirmedOn = Annotated[date | None, Meta(description="The day somebody last checked that it still held.")]
Country = Annotated[str | None, Meta(description="ISO 3166-1 alpha-3.", examples=["CHN"])]


class Issue(Struct, frozen=True):
    """A matter on which actors take positions; part of a tree."""

    id: Id
    ref: Ref
    slug: Slug
    title: Annotated[str, Meta(description="The name of the matter.")]
    question: Annotated[
        str | None, Meta(description="The proposition that a position supports or opposes; null for a grouping issue.")
    ]
    summary: Summary
    parent: Annotated[Reference | None, Meta(description="The wider matter that it is part of.")]
    themes: list[Theme]
    region: Region | None
    core_interests: list[CoreInterest]


class Actor(Struct, frozen=True):
    """A state, organization, bloc, person or armed group that takes positions."""

    id: Id
    ref: Ref
    slug: Slug
    kind: ActorKind
    name: Annotated[str, Meta(description="The name in English.")]
    short_name: Annotated[str | None, Meta(description="A shorter name, for tables.")]
    names: Annotated[dict[str, str], Meta(description="Names in other languages, by BCP 47 tag.")]
    aliases: Annotated[list[str], Meta(description="Other names under which it is found.")]
    summary: Summary
    iso3: Country
    wikidata_id: Annotated[str | None, Meta(description="The Wikidata item.", examples=["Q148"])]
    memberships: list[Membership]


class Source(Struct, frozen=True):
    """One published document of somebody else's, described as CSL describes it."""

    id: Id
    ref: Ref
    type: SourceType
    title: Annotated[str, Meta(description="The title as published.")]
    authors: Annotated[list[dict[str, Any]], Meta(description="CSL names, in order.")]
    publisher: Annotated[str | None, Meta(description="Who published it.")]
    container_title: Annotated[str | None, Meta(description="The journal, site or book that it is part of.")]
    issued: Annotated[Date | None, Meta(description="When it was published.")]
    url: Annotated[str | None, Meta(description="Where it is found, outside.")]
    archive_url: Annotated[str | None, Meta(description="An archived copy.")]
    accessed_on: Annotated[date | None, Meta(description="The day it was last read there.")]
    language: Annotated[str | None, Meta(description="Its language, as a BCP 47 tag.")]
    keywords: Annotated[list[str], Meta(description="Topics, as the source gives them.")]
    outlet: Outlet
    reliability: Reliability | None


class Stance(Struct, frozen=True):
    """One claim: this actor holds this position on this issue over this period."""

    id: Id
    ref: Ref
    actor: Reference
    issue: Reference
    position: Position
    score: Annotated[int | None, Meta(description="The position from -2 to 2; null for silent and no_evidence.")]
    since: Since
    until: Until
    basis: Basis
    likelihood: Likely
    hedged: Annotated[bool, Meta(description="Held with visible reserve: the actor covers itself quietly.")]
    defers_to: Annotated[Reference | None, Meta(description="The actor to whose lead this position gives way.")]
    instruments: list[Instrument]
    confidence: Confidence
    standing: Standing
    standing_note: StandingNote
    summary: Summary
    confirmed_on: ConfirmedOn
    citations: list[Citation]


class Alignment(Struct, frozen=True):
    """One claim: how two actors relate on an issue over a period, as judged by an analyst."""

    id: Id
    ref: Ref
    issue: Reference
    actor: Reference
    counterpart: Reference
    pattern: Pattern
    since: Since
    until: Until
    basis: Basis
    likelihood: Likely
    confidence: Confidence
    standing: Standing
    standing_note: StandingNote
    summary: Summary
    confirmed_on: ConfirmedOn
    citations: list[Citation]


class Meeting(Struct, frozen=True):
    """One encounter, planned or held."""

    id: Id
    ref: Ref
    title: Annotated[str, Meta(description="What it is called.")]
    kind: MeetingKind
    status: MeetingStatus
    since: Annotated[Date | None, Meta(description="The first day; null: unknown.")]
    until: Annotated[Date | None, Meta(description="The last day, inclusive; null: it lasts one day.")]
    place: Annotated[str | None, Meta(description="The city or venue.")]
    country: Country
    series: Annotated[str | None, Meta(description="The series that it belongs to.")]
    summary: Summary
    participants: list[Participant]
    issues: list[Discussion]
    citations: list[Citation]


SHAPE = 1
SHAPES: dict[Noun, type[Struct]] = {
    Noun.ISSUE: Issue,
    Noun.ACTOR: Actor,
    Noun.SOURCE: Source,
    Noun.STANCE: Stance,
    Noun.ALIGNMENT: Alignment,
    Noun.MEETING: Meeting,
}
