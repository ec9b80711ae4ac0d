"""Meetings, who takes part, what is discussed, and their citations."""

import factory
from factory.django import DjangoModelFactory

from tests.factories.records import RecordFactory, parts
from tests.factories.stances import CITED


class ParticipantFactory(DjangoModelFactory):
    """A new actor taking part."""

    class Meta:
        model = "tracker.Participant"

    meeting = factory.SubFactory("tests.factories.MeetingFactory")
    actor = factory.SubFactory("tests.factories.ActorFactory")


class DiscussionFactory(DjangoModelFactory):
    """A new issue being discussed."""

    class Meta:
        model = "tracker.Discussion"

    meeting = factory.SubFactory("tests.factories.MeetingFactory")
    issue = factory.SubFactory("tests.factories.IssueFactory")


class MeetingCitationFactory(DjangoModelFactory):
    """A citation of a new source."""

    class Meta:
        model = "tracker.MeetingCitation"

    meeting = factory.SubFactory("tests.factories.MeetingFactory", citations=[])
    source = factory.SubFactory("tests.factories.SourceFactory")


class MeetingFactory(RecordFactory):
    """A summit held on 21 May 2019, without participants; cited once."""

    class Meta:
        model = "tracker.Meeting"

    title = factory.Sequence(lambda n: f"Meeting {n}")
    kind = "summit"
    status = "held"
    since = "2019-05-21"
    participants = parts(ParticipantFactory, "meeting")
    issues = parts(DiscussionFactory, "meeting")
    citations = parts(MeetingCitationFactory, "meeting", default=CITED)
