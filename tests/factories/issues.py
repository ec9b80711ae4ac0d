"""Issues and whose core interests they are."""

import factory
from factory.django import DjangoModelFactory

from tests.factories.records import RecordFactory, parts


class CoreInterestFactory(DjangoModelFactory):
    """A new actor's core interest in a new issue."""

    class Meta:
        model = "tracker.CoreInterest"

    issue = factory.SubFactory("tests.factories.IssueFactory")
    actor = factory.SubFactory("tests.factories.ActorFactory")
    note = "By its own account."


class IssueFactory(RecordFactory):
    """An issue with a question, at the top of the tree."""

    class Meta:
        model = "tracker.Issue"

    class Params:
        is_settled = factory.Trait(
            settled="2019-07-01",
            settlement="It was voted down.",
            settlement_source=factory.SubFactory("tests.factories.SourceFactory"),
            settlement_locator="the vote",
        )

    slug = factory.Sequence(lambda n: f"issue-{n}")
    title = factory.Sequence(lambda n: f"Issue {n}")
    question = factory.Sequence(lambda n: f"Should matter {n} be settled?")
    core_interests = parts(CoreInterestFactory, "issue")
