"""Sources."""

import factory

from tests.factories.records import RecordFactory


class SourceFactory(RecordFactory):
    """A web page of 3 June 2019."""

    class Meta:
        model = "tracker.Source"

    type = "webpage"
    title = factory.Sequence(lambda n: f"Source {n}")
    issued = "2019-06-03"
    url = factory.Sequence(lambda n: f"https://example.org/sources/{n}")
