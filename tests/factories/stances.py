"""Stances and their citations."""

import factory
from factory.django import DjangoModelFactory

from tests.factories.records import RecordFactory, parts
from tests.factories.resolutions import StanceResolutionFactory

CITED = ({"locator_label": "section", "locator": "Introduction, paragraph 1"},)


class StanceCitationFactory(DjangoModelFactory):
    """A citation of a new source."""

    class Meta:
        model = "tracker.StanceCitation"

    stance = factory.SubFactory("tests.factories.StanceFactory", citations=[])
    source = factory.SubFactory("tests.factories.SourceFactory")


class StanceFactory(RecordFactory):
    """A new actor's accepted support, since 2018, on a new issue; cited once."""

    class Meta:
        model = "tracker.Stance"

    actor = factory.SubFactory("tests.factories.ActorFactory")
    issue = factory.SubFactory("tests.factories.IssueFactory")
    position = "supports"
    since = "2018"
    basis = "statement"
    confidence = "moderate"
    summary = factory.Sequence(lambda n: f"It supports matter {n}.")
    confirmed_on = "2019-06-03"
    citations = parts(StanceCitationFactory, "stance", default=CITED)
    resolutions = parts(StanceResolutionFactory, "stance")
