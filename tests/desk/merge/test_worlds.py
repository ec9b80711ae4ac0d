"""Random worlds: whatever is edited, published, renamed and merged in whatever order, everything agrees."""

from contextlib import suppress
from random import Random

import pytest

from tests.factories import ActorFactory, AlignmentFactory, IssueFactory, MeetingFactory, SourceFactory, StanceFactory
from tests.publishing.acts import changeset, edited
from tracker.desk.merge import merge
from tracker.models import Change
from tracker.models.nouns import RECORDS
from tracker.publishing.publish import Chosen, publish, retract
from tracker.values.nouns import Noun
from tracker.values.problems import RefusedError
from tracker.verify import verify

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ACTS = 40


class World:
    """A few records of each noun that name each other at random, and a die."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.actors = [ActorFactory(kind="bloc") for _ in range(5)]
        self.issues = [IssueFactory() for _ in range(4)]
        self.sources = [SourceFactory() for _ in range(4)]
        for _ in range(8):
            first, second = self.random.sample(self.actors, 2)
            cited = [{"source": self.random.choice(self.sources), "locator": "p. 1"}]
            year = self.random.randint(2000, 2010)
            StanceFactory(actor=first, issue=self.random.choice(self.issues), since=f"{year}", citations=cited)
            AlignmentFactory(
                actor=first, counterpart=second, issue=self.random.choice(self.issues), since=f"{year}", citations=cited
            )
            meeting = MeetingFactory(citations=cited)
            for actor in self.random.sample(self.actors, 2):
                meeting.participants.create(actor=actor)
            meeting.issues.create(issue=self.random.choice(self.issues))
        for first, second in [self.random.sample(self.actors, 2) for _ in range(3)]:
            first.memberships.get_or_create(organization=second)
            first.predecessors.get_or_create(predecessor=second)
        self.publish_most()

    def act(self) -> None:
        """Do something at random, which may be refused."""
        often = [self.edit, self.edit, self.merge, self.merge]
        acts = [*often, self.edit_parts, self.rename, self.publish_most, self.retract]
        with suppress(RefusedError):
            self.random.choice(acts)()

    def edit(self) -> None:
        record = self.any(Noun.STANCE, Noun.ALIGNMENT, Noun.MEETING)
        edited(record, summary=f"Edited {self.random.random()}.")

    def edit_parts(self) -> None:
        actor, meeting = self.any(Noun.ACTOR), self.any(Noun.MEETING)
        edited(actor, aliases=[f"Alias {self.random.randint(1, 9)}"])
        actor.memberships.filter(role="").delete()
        if (bloc := self.any(Noun.ACTOR)) != actor:
            actor.memberships.get_or_create(organization=bloc, role=f"role {self.random.randint(1, 9)}")
            actor.predecessors.get_or_create(predecessor=bloc)
        meeting.participants.filter(actor=actor).update(role=self.random.choice(["host", "observer", "participant"]))
        meeting.participants.get_or_create(actor=actor)

    def rename(self) -> None:
        record = self.any(Noun.ACTOR)
        edited(record, name=f"Name {self.random.random()}")

    def merge(self) -> None:
        noun = self.random.choice([Noun.ACTOR, Noun.ISSUE, Noun.SOURCE, Noun.MEETING])
        loser, survivor = self.any(noun), self.any(noun)
        with changeset():
            merge(loser=Chosen(noun, loser.pk), survivor=Chosen(noun, survivor.pk))

    def retract(self) -> None:
        noun = self.random.choice([Noun.STANCE, Noun.MEETING])
        with changeset():
            retract(records=[Chosen(noun, self.any(noun).pk)])

    def publish_most(self) -> None:
        """Publish all that names and is named, and so many claims that rivals may meet."""
        records = [Chosen(noun, row.pk) for noun in (Noun.ISSUE, Noun.ACTOR, Noun.SOURCE) for row in self.all(noun)]
        for noun in (Noun.STANCE, Noun.ALIGNMENT, Noun.MEETING):
            records += [Chosen(noun, row.pk) for row in self.all(noun) if self.random.random() < 0.7]
        try:
            with changeset():
                publish(records=records)
        except RefusedError as refusal:
            refused = {problem.record for problem in refusal.problems}
            with changeset():
                publish(records=[record for record in records if (record.noun, record.id) not in refused])

    def all(self, noun):
        rows = RECORDS[noun].objects.order_by("pk")
        return rows.filter(merged_into=None) if hasattr(RECORDS[noun], "merged_into") else rows

    def any(self, *nouns):
        return self.random.choice(list(self.all(self.random.choice(nouns))))


@pytest.mark.parametrize("seed", range(4))
def test_everything_agrees_whatever_is_merged_when(seed):
    world = World(seed)

    for _ in range(ACTS):
        world.act()

    assert Change.objects.filter(operation="merged").exists()
    assert list(verify()) == []
