"""Resolutions of forecasts, as claims of both kinds have them:
asked and open, unless it is said otherwise.
"""

import factory
from factory.django import DjangoModelFactory

YES = {"outcome": "yes", "resolved_on": "2019-12-18", "locator": "rcid 9075"}


class ResolutionFactory(DjangoModelFactory):
    """What is asked of a forecast, due long from now; what is resolved cites a new source."""

    class Meta:
        abstract = True

    question = "Will China vote with Russia?"
    criteria = "Yes: it votes against, or abstains. No: it votes for it."
    opens = "2019-06-01"
    due = "2999-12-31"
    whose = "source"
    outcome = "open"
    source = factory.Maybe("is_cited", factory.SubFactory("tests.factories.SourceFactory"))

    class Params:
        is_cited = factory.LazyAttribute(lambda of: of.outcome in ("yes", "no"))


class StanceResolutionFactory(ResolutionFactory):
    class Meta:
        model = "tracker.StanceResolution"

    stance = factory.SubFactory(
        "tests.factories.StanceFactory", basis="forecast", likelihood="likely"
    )


class AlignmentResolutionFactory(ResolutionFactory):
    class Meta:
        model = "tracker.AlignmentResolution"

    alignment = factory.SubFactory(
        "tests.factories.AlignmentFactory", basis="forecast", likelihood="likely"
    )
