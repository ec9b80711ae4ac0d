"""Alignments and their citations."""

import factory
from factory.django import DjangoModelFactory

from tests.factories.records import RecordFactory, parts
from tests.factories.resolutions import AlignmentResolutionFactory
from tests.factories.stances import CITED


class AlignmentCitationFactory(DjangoModelFactory):
    """A citation of a new source."""

    class Meta:
        model = "tracker.AlignmentCitation"

    alignment = factory.SubFactory("tests.factories.AlignmentFactory", citations=[])
    source = factory.SubFactory("tests.factories.SourceFactory")


class AlignmentFactory(RecordFactory):
    """Two new actors that act together, since 2018, on a new issue; cited once."""

    class Meta:
        model = "tracker.Alignment"

    issue = factory.SubFactory("tests.factories.IssueFactory")
    actor = factory.SubFactory("tests.factories.ActorFactory")
    counterpart = factory.SubFactory("tests.factories.ActorFactory")
    pattern = "coordinated"
    since = "2018"
    basis = "action"
    confidence = "moderate"
    summary = factory.Sequence(lambda n: f"They act together on matter {n}.")
    confirmed_on = "2019-06-03"
    citations = parts(AlignmentCitationFactory, "alignment", default=CITED)
    resolutions = parts(AlignmentResolutionFactory, "alignment")
