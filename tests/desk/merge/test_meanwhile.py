"""What others do at the same moment is waited for, and moves too."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.db import connection

from tests.factories import ActorFactory, IssueFactory
from tests.models.sessions import Session, waits_for_a_lock
from tests.publishing.acts import body, changeset, published, stance_with_all
from tracker.desk.merge import merge
from tracker.models import CoreInterest
from tracker.publishing.publish import Chosen
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db(transaction=True)
INTEREST = "INSERT INTO tracker_coreinterest (issue_id, actor_id, note) VALUES (%s, %s, '')"


def merging(loser: int, survivor: int) -> None:
    try:
        with changeset():
            merge(loser=Chosen(Noun.ACTOR, loser), survivor=Chosen(Noun.ACTOR, survivor))
    finally:
        connection.close()


def test_whoever_names_the_loser_meanwhile_names_the_survivor_afterwards():
    loser, survivor, issue = ActorFactory(), ActorFactory(), IssueFactory()

    with closing(Session()) as other, ThreadPoolExecutor() as pool:
        other.do("BEGIN")
        other.do(INTEREST, issue.pk, loser.pk)
        done = pool.submit(merging, loser.pk, survivor.pk)
        assert waits_for_a_lock(done)
        other.do("COMMIT")
        done.result(timeout=60)

    assert CoreInterest.objects.get().actor_id == survivor.pk


def test_what_is_edited_meanwhile_of_whoever_names_the_loser_waits_at_the_desk():
    stance, survivor = stance_with_all(), ActorFactory()
    published(survivor)
    seen = body(stance)["summary"]

    with closing(Session()) as other, ThreadPoolExecutor() as pool:
        other.do("BEGIN")
        other.do("UPDATE tracker_stance SET summary = 'Half-made.' WHERE id = %s", stance.pk)
        done = pool.submit(merging, stance.actor_id, survivor.pk)
        assert waits_for_a_lock(done)
        other.do("COMMIT")
        done.result(timeout=60)

    stance.refresh_from_db()
    assert (stance.summary, stance.actor_id) == ("Half-made.", survivor.pk)
    assert (body(stance)["summary"], body(stance)["actor"]["slug"]) == (seen, survivor.slug)
