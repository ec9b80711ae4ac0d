"""All tables: the desk's records and their parts, its history, and what is published."""

from tracker.models.actor import Actor, Membership
from tracker.models.alignment import Alignment
from tracker.models.change import Change
from tracker.models.changeset import ChangeSet, Event
from tracker.models.citation import AlignmentCitation, Citation, MeetingCitation, StanceCitation
from tracker.models.document import (
    ActorDocument,
    AlignmentDocument,
    Document,
    IssueDocument,
    MeetingDocument,
    SourceDocument,
    StanceDocument,
)
from tracker.models.edition import Edition
from tracker.models.issue import CoreInterest, Issue
from tracker.models.meeting import Discussion, Meeting, Participant
from tracker.models.mention import Mention
from tracker.models.record import Record
from tracker.models.source import Source
from tracker.models.stance import Stance

__all__ = [
    "Actor",
    "ActorDocument",
    "Alignment",
    "AlignmentCitation",
    "AlignmentDocument",
    "Change",
    "ChangeSet",
    "Citation",
    "CoreInterest",
    "Discussion",
    "Document",
    "Edition",
    "Event",
    "Issue",
    "IssueDocument",
    "Meeting",
    "MeetingCitation",
    "MeetingDocument",
    "Membership",
    "Mention",
    "Participant",
    "Record",
    "Source",
    "SourceDocument",
    "Stance",
    "StanceCitation",
    "StanceDocument",
]
