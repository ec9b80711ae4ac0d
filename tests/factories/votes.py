"""Votes, their ballots and citations."""

import factory
from factory.django import DjangoModelFactory

from tests.factories.records import RecordFactory, parts
from tests.factories.stances import CITED


class BallotFactory(DjangoModelFactory):
    """The yes of a new actor."""

    class Meta:
        model = "tracker.Ballot"

    vote = factory.SubFactory("tests.factories.VoteFactory")
    actor = factory.SubFactory("tests.factories.ActorFactory")
    choice = "yes"


class VoteCitationFactory(DjangoModelFactory):
    """A citation of a new source."""

    class Meta:
        model = "tracker.VoteCitation"

    vote = factory.SubFactory("tests.factories.VoteFactory", citations=[])
    source = factory.SubFactory("tests.factories.SourceFactory")


class VoteFactory(RecordFactory):
    """A resolution that a new organization adopted on 28 February 2019, without ballots or a tally;
    cited once.
    """

    class Meta:
        model = "tracker.Vote"

    body = factory.SubFactory("tests.factories.ActorFactory", kind="organization")
    symbol = factory.Sequence(lambda n: f"S/RES/{n}")
    title = factory.Sequence(lambda n: f"Vote {n}")
    held = "2019-02-28"
    kind = "resolution"
    outcome = "adopted"
    ballots = parts(BallotFactory, "vote")
    citations = parts(VoteCitationFactory, "vote", default=CITED)
