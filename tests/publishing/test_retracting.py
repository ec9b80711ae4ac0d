"""Retracting, and publishing again what was retracted."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import ActorFactory, IssueFactory, StanceFactory
from tests.publishing.acts import all_of, changes, edited, published, retracted, stance_with_all
from tracker.models import StanceDocument
from tracker.publishing.status import statuses
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Operation

pytestmark = pytest.mark.django_db


def test_a_retraction_closes_documents_and_says_so_for_ever():
    stance = stance_with_all()

    edition = retracted(stance, note="A mistake.")

    assert changes(edition) == {("stance", stance.pk): "retracted"}
    assert not StanceDocument.objects.filter(closed=None).exists()
    change = edition.changes.get()
    assert (change.key, change.changed) == (str(stance.pk), {})
    status = statuses(Noun.STANCE, [stance.pk])[stance.pk]
    assert (status.version, status.operation) == (None, Operation.RETRACTED)


def test_records_that_name_each_other_are_retracted_together():
    one, two = ActorFactory(kind="bloc"), ActorFactory(kind="bloc")
    one.memberships.create(organization=two)
    two.memberships.create(organization=one)
    published(one, two)

    edition = retracted(one, two)

    assert changes(edition) == {("actor", one.pk): "retracted", ("actor", two.pk): "retracted"}


def test_a_record_is_retracted_together_with_all_that_names_it():
    stance = stance_with_all()

    edition = retracted(stance.actor, stance)

    assert changes(edition) == {
        ("actor", stance.actor.pk): "retracted",
        ("stance", stance.pk): "retracted",
    }


def test_a_retracted_record_is_published_again_as_it_is_now():
    stance = stance_with_all()
    retracted(stance)
    edited(stance, summary="Put right.")

    edition = published(stance)

    assert changes(edition) == {("stance", stance.pk): "published"}
    assert edition.changes.get().changed == {}
    spans = StanceDocument.objects.order_by("opened").values_list("opened", "closed")
    assert list(spans) == [(1, 2), (3, None)]


def test_retracting_twenty_takes_as_many_statements_as_retracting_one():
    def statements(count):
        issue = IssueFactory()
        stances = StanceFactory.create_batch(count, issue=issue)
        published(*[record for stance in stances for record in all_of(stance)])
        with CaptureQueriesContext(connection) as queries:
            retracted(issue, *stances)
        return len(queries)

    assert statements(1) == statements(20)
