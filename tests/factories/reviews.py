"""Reviews: by default a comment by somebody new on a new issue."""

import factory
from factory.django import DjangoModelFactory

from tests.factories.issues import IssueFactory
from tracker.models.nouns import noun_of


class ReviewFactory(DjangoModelFactory):
    """One step in the review of `of`, at the version that it has."""

    class Meta:
        model = "tracker.Review"
        exclude = ("of",)

    of = factory.SubFactory(IssueFactory)
    noun = factory.LazyAttribute(lambda review: noun_of(review.of).value)
    record = factory.SelfAttribute("of.pk")
    version = factory.SelfAttribute("of.version")
    step = "commented"
    text = "A remark."
    made_by = factory.SubFactory("tests.factories.UserFactory")
