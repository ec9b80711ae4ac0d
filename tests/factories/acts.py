"""Acts, who takes part, on what they bear, and their citations."""

import factory
from factory.django import DjangoModelFactory

from tests.factories.records import RecordFactory, parts
from tests.factories.stances import CITED


class ActParticipantFactory(DjangoModelFactory):
    """A new actor taking part."""

    class Meta:
        model = "tracker.ActParticipant"

    act = factory.SubFactory("tests.factories.ActFactory")
    actor = factory.SubFactory("tests.factories.ActorFactory")


class ActIssueFactory(DjangoModelFactory):
    """A new issue on which it bears."""

    class Meta:
        model = "tracker.ActIssue"

    act = factory.SubFactory("tests.factories.ActFactory")
    issue = factory.SubFactory("tests.factories.IssueFactory")


class ActCitationFactory(DjangoModelFactory):
    """A citation of a new source."""

    class Meta:
        model = "tracker.ActCitation"

    act = factory.SubFactory("tests.factories.ActFactory", citations=[])
    source = factory.SubFactory("tests.factories.SourceFactory")


class ActFactory(RecordFactory):
    """An exercise of two new actors on 21 May 2019; cited once."""

    class Meta:
        model = "tracker.Act"

    title = factory.Sequence(lambda n: f"Act {n}")
    kind = "exercise"
    status = "done"
    since = "2019-05-21"
    participants = parts(ActParticipantFactory, "act", default=({}, {}))
    issues = parts(ActIssueFactory, "act")
    citations = parts(ActCitationFactory, "act", default=CITED)
