"""Which model each noun is, and which parts belong to it."""

from functools import cache
from graphlib import TopologicalSorter
from typing import Any

from django.db import models

from tracker.models.actors import Actor, Frame, Membership, Predecessor
from tracker.models.alignments import Alignment
from tracker.models.citations import AlignmentCitation, MeetingCitation, StanceCitation, VoteCitation
from tracker.models.documents import (
    ActorDocument,
    AlignmentDocument,
    Document,
    IssueDocument,
    MeetingDocument,
    SourceDocument,
    StanceDocument,
    VoteDocument,
)
from tracker.models.issues import CoreInterest, Issue
from tracker.models.meetings import Discussion, Meeting, Participant
from tracker.models.querysets import RecordQuerySet
from tracker.models.records import Record
from tracker.models.sources import Source
from tracker.models.stances import Stance
from tracker.models.votes import Ballot, Vote
from tracker.schema.fields import fields
from tracker.schema.records import SHAPES
from tracker.values.nouns import Noun

RECORDS: dict[Noun, type[Record]] = {
    Noun.ISSUE: Issue,
    Noun.ACTOR: Actor,
    Noun.SOURCE: Source,
    Noun.STANCE: Stance,
    Noun.ALIGNMENT: Alignment,
    Noun.MEETING: Meeting,
    Noun.VOTE: Vote,
}
DOCUMENTS: dict[Noun, type[Document]] = {
    Noun.ISSUE: IssueDocument,
    Noun.ACTOR: ActorDocument,
    Noun.SOURCE: SourceDocument,
    Noun.STANCE: StanceDocument,
    Noun.ALIGNMENT: AlignmentDocument,
    Noun.MEETING: MeetingDocument,
    Noun.VOTE: VoteDocument,
}
# by noun, the name of each part in events, with its table; the record is the foreign key named like the noun
PARTS: dict[Noun, dict[str, type[models.Model]]] = {
    Noun.ISSUE: {"core_interest": CoreInterest},
    Noun.ACTOR: {"membership": Membership, "predecessor": Predecessor, "frame": Frame},
    Noun.SOURCE: {},
    Noun.STANCE: {"citation": StanceCitation},
    Noun.ALIGNMENT: {"citation": AlignmentCitation},
    Noun.MEETING: {"participant": Participant, "discussion": Discussion, "citation": MeetingCitation},
    Noun.VOTE: {"ballot": Ballot, "citation": VoteCitation},
}


def records_of(noun: Noun) -> RecordQuerySet:
    records: RecordQuerySet = RECORDS[noun]._default_manager.all()
    return records


@cache
def own_columns(noun: Noun) -> tuple[str, ...]:
    """Return the columns that only this noun's documents have, and `ref`."""
    common = {field.name for field in Document._meta.get_fields()} - {"ref"}
    return tuple(
        field.column
        for field in DOCUMENTS[noun]._meta.concrete_fields
        if field.column is not None and field.name not in common
    )


def noun_of(record: Record | type[Record]) -> Noun:
    """Return the noun of a record or of its model."""
    return Noun(record._meta.model_name or "")


@cache
def fields_in_order(model: type[models.Model]) -> tuple["models.Field[Any, Any]", ...]:
    """Return the columns of a table in the order in which files and history have them.

    That is the order of the public form, where a record has one; what that lacks comes first.
    """
    public = fields(SHAPES[noun_of(model)]) if issubclass(model, Record) else {}
    places = {name: place for place, name in enumerate(public)}
    return tuple(sorted(model._meta.concrete_fields, key=lambda field: places.get(field.name, -1)))


@cache
def references_of(model: type[models.Model]) -> tuple[tuple[Noun, str], ...]:
    """Return the columns of a table that name records, each with the noun of these; a survivor is not named."""
    return tuple(
        (noun_of(field.related_model), field.attname)
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.name != "merged_into"
        and isinstance(field.related_model, type)
        and issubclass(field.related_model, Record)
    )


def _named_by(noun: Noun) -> set[Noun]:
    models = (RECORDS[noun], *PARTS[noun].values())
    return {named for model in models for named, _ in references_of(model) if named is not noun}


# each after those that its records name: so they are written, as triggers look at what is named; claims come last
IN_ORDER = tuple(TopologicalSorter({noun: _named_by(noun) for noun in reversed(Noun)}).static_order())
