"""All tables: the desk's records and their parts, its history, what is published and released,
and imported files.
"""

from tracker.models.actors import Actor, ActorDocument, Frame, Membership, Predecessor
from tracker.models.acts import Act, ActCitation, ActDocument, ActIssue, ActParticipant
from tracker.models.ahead import Ahead
from tracker.models.alignments import (
    Alignment,
    AlignmentCitation,
    AlignmentDocument,
    AlignmentResolution,
)
from tracker.models.backups import CheckedBackup
from tracker.models.chain import Link
from tracker.models.changes import Change
from tracker.models.changesets import ChangeSet, Event
from tracker.models.citations import Citation
from tracker.models.documents import Document
from tracker.models.editions import Edition
from tracker.models.facts import EditionFacts
from tracker.models.idempotency import KeptAnswer
from tracker.models.issues import CoreInterest, Issue, IssueDocument
from tracker.models.meetings import (
    Discussion,
    Meeting,
    MeetingCitation,
    MeetingDocument,
    Participant,
)
from tracker.models.mentions import Mention
from tracker.models.records import Record
from tracker.models.releases import Release, ReleaseDoi, ReleaseFile, ReleasePiece
from tracker.models.reviews import Review
from tracker.models.rules import RuleChange
from tracker.models.sources import Source, SourceDocument
from tracker.models.stances import Stance, StanceCitation, StanceDocument, StanceResolution
from tracker.models.subjects import ChangeSubject
from tracker.models.throttling import FailedAttempts, Throttle
from tracker.models.tokens import Token
from tracker.models.unchanged import Unchanged
from tracker.models.undoings import Undoing
from tracker.models.uploads import Upload, UploadPiece, UploadRow
from tracker.models.votes import Ballot, Vote, VoteCitation, VoteDocument

__all__ = [
    "Act",
    "ActCitation",
    "ActDocument",
    "ActIssue",
    "ActParticipant",
    "Actor",
    "ActorDocument",
    "Ahead",
    "Alignment",
    "AlignmentCitation",
    "AlignmentDocument",
    "AlignmentResolution",
    "Ballot",
    "Change",
    "ChangeSet",
    "ChangeSubject",
    "CheckedBackup",
    "Citation",
    "CoreInterest",
    "Discussion",
    "Document",
    "Edition",
    "EditionFacts",
    "Event",
    "FailedAttempts",
    "Frame",
    "Issue",
    "IssueDocument",
    "KeptAnswer",
    "Link",
    "Meeting",
    "MeetingCitation",
    "MeetingDocument",
    "Membership",
    "Mention",
    "Participant",
    "Predecessor",
    "Record",
    "Release",
    "ReleaseDoi",
    "ReleaseFile",
    "ReleasePiece",
    "Review",
    "RuleChange",
    "Source",
    "SourceDocument",
    "Stance",
    "StanceCitation",
    "StanceDocument",
    "StanceResolution",
    "Throttle",
    "Token",
    "Unchanged",
    "Undoing",
    "Upload",
    "UploadPiece",
    "UploadRow",
    "Vote",
    "VoteCitation",
    "VoteDocument",
]
