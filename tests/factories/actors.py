"""Actors and their memberships."""

import factory
from factory.django import DjangoModelFactory

from tests.factories.records import RecordFactory, parts


class MembershipFactory(DjangoModelFactory):
    """A membership of a new organization."""

    class Meta:
        model = "tracker.Membership"

    actor = factory.SubFactory("tests.factories.ActorFactory")
    organization = factory.SubFactory("tests.factories.ActorFactory", kind="organization")
    role = "member"


class ActorFactory(RecordFactory):
    """A state without a code."""

    class Meta:
        model = "tracker.Actor"

    slug = factory.Sequence(lambda n: f"actor-{n}")
    kind = "state"
    name = factory.Sequence(lambda n: f"Actor {n}")
    memberships = parts(MembershipFactory, "actor")
