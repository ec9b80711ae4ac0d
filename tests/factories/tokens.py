"""Tokens; the text of one made here is `text`, which nobody but the test knows."""

from hashlib import sha256

import factory
from factory.django import DjangoModelFactory


class TokenFactory(DjangoModelFactory):
    """A token that may do all that a new person may, and doesn't expire."""

    class Meta:
        model = "tracker.Token"
        exclude = ("text",)

    text = factory.Sequence(lambda n: f"tracker_secret-{n}")
    user = factory.SubFactory("tests.factories.UserFactory")
    name = "A notebook"
    prefix = factory.LazyAttribute(lambda token: token.text[:14])
    digest = factory.LazyAttribute(lambda token: sha256(token.text.encode()).hexdigest())
