"""Small records for tests: one factory per noun and per part;
claims and held meetings come with a citation.

A record is made at the desk by plain INSERTs (channel `sql`), never published.
`StanceFactory(citations=[])` makes one without a citation, `StanceFactory(citations=[{"source":
source, "locator": "p. 3"}])` says which; `participants` and `issues` of a meeting, `ballots` of a
vote, `memberships`, `predecessors` and `frames` of an actor, and `core_interests` of an issue, and
`resolutions` of a claim are given alike, and empty by default.
"""

from tests.factories.actors import ActorFactory, FrameFactory, MembershipFactory, PredecessorFactory
from tests.factories.acts import (
    ActCitationFactory,
    ActFactory,
    ActIssueFactory,
    ActParticipantFactory,
)
from tests.factories.alignments import AlignmentCitationFactory, AlignmentFactory
from tests.factories.issues import CoreInterestFactory, IssueFactory
from tests.factories.meetings import (
    DiscussionFactory,
    MeetingCitationFactory,
    MeetingFactory,
    ParticipantFactory,
)
from tests.factories.people import UserFactory
from tests.factories.resolutions import AlignmentResolutionFactory, StanceResolutionFactory
from tests.factories.reviews import ReviewFactory
from tests.factories.sources import SourceFactory
from tests.factories.stances import StanceCitationFactory, StanceFactory
from tests.factories.tokens import TokenFactory
from tests.factories.votes import BallotFactory, VoteCitationFactory, VoteFactory
from tracker.models.nouns import RECORDS

__all__ = [
    "FACTORIES",
    "ActCitationFactory",
    "ActFactory",
    "ActIssueFactory",
    "ActParticipantFactory",
    "ActorFactory",
    "AlignmentCitationFactory",
    "AlignmentFactory",
    "AlignmentResolutionFactory",
    "BallotFactory",
    "CoreInterestFactory",
    "DiscussionFactory",
    "FrameFactory",
    "IssueFactory",
    "MeetingCitationFactory",
    "MeetingFactory",
    "MembershipFactory",
    "ParticipantFactory",
    "PredecessorFactory",
    "ReviewFactory",
    "SourceFactory",
    "StanceCitationFactory",
    "StanceFactory",
    "StanceResolutionFactory",
    "TokenFactory",
    "UserFactory",
    "VoteCitationFactory",
    "VoteFactory",
]

FACTORIES = {noun: globals()[f"{model.__name__}Factory"] for noun, model in RECORDS.items()}
