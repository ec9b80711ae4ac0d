"""Actors, their memberships, predecessors and frames."""

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


class PredecessorFactory(DjangoModelFactory):
    """A new state that another new one follows."""

    class Meta:
        model = "tracker.Predecessor"

    actor = factory.SubFactory("tests.factories.ActorFactory")
    predecessor = factory.SubFactory("tests.factories.ActorFactory")


class FrameFactory(DjangoModelFactory):
    """All resolutions of a new organization, of half a century."""

    class Meta:
        model = "tracker.Frame"

    actor = factory.SubFactory("tests.factories.ActorFactory", kind="organization")
    kinds = ["resolution"]
    since = "1971-09-21"
    until = "2020-12-31"
    note = factory.Sequence(lambda n: f"Frame {n}.")


class ActorFactory(RecordFactory):
    """A state without a code."""

    class Meta:
        model = "tracker.Actor"

    slug = factory.Sequence(lambda n: f"actor-{n}")
    kind = "state"
    name = factory.Sequence(lambda n: f"Actor {n}")
    memberships = parts(MembershipFactory, "actor")
    predecessors = parts(PredecessorFactory, "actor")
    frames = parts(FrameFactory, "actor")
