"""Somebody leaves the team: what that ends, and where their work goes."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tests.factories import ActorFactory, StanceFactory
from tests.publishing.review.acting import by, edits, person, steps
from tracker.desk.access.offboarding import offboard
from tracker.publishing.review import assign, send_back, submit
from tracker.publishing.worklists import drafts, sent_back, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(db):
    return person("analysts", username="anna")


@pytest.fixture
def bert(db):
    return person("analysts", username="bert")


@pytest.fixture
def ada(db):
    return person("administrators", username="ada")


def logged_in(who) -> Client:
    """Return somebody's browser."""
    who.save()
    client = Client()
    client.force_login(who)
    return client


def test_who_leaves_is_logged_out_at_once_and_nobody_else_is(anna, bert, ada):
    leaving, staying = logged_in(anna), logged_in(bert)
    assert leaving.get("/admin/").status_code == 200

    by(ada, offboard, user=anna.pk, to=bert.pk)

    anna.refresh_from_db()
    assert not anna.is_active
    assert Session.objects.count() == 1
    assert leaving.get("/admin/").status_code == 302
    assert staying.get("/admin/").status_code == 200


def test_their_work_goes_to_somebody_else(anna, bert, ada):
    draft, back, to_review, own_in_review = (
        ActorFactory(),
        StanceFactory(),
        ActorFactory(),
        ActorFactory(),
    )
    edits(anna, draft, name="Hers")
    by(anna, submit, back, own_in_review)
    by(ada, send_back, back, text="Which decree?")
    by(bert, submit, to_review, to=anna.pk)

    assert by(ada, offboard, user=anna.pk, to=bert.pk, text="Anna has left.") == 3

    assert drafts(of=anna.pk) == sent_back(to=anna.pk) == waiting(to=anna.pk) == []
    assert {(task.noun, task.record) for task in drafts(of=bert.pk)} == {
        ("actor", draft.pk),
        ("stance", back.pk),
    }
    assert [task.record for task in waiting(to=bert.pk)] == [to_review.pk]
    assert steps(draft)[-1][1:] == ("assigned", ada.pk, bert.pk, "Anna has left.")


def test_more_work_than_fits_on_a_page_goes_too(anna, bert, ada):
    records = [ActorFactory() for _ in range(60)]
    by(ada, assign, *records, to=anna.pk)

    assert by(ada, offboard, user=anna.pk, to=bert.pk) == 60


def test_nobody_takes_themselves_out(ada, bert):
    with pytest.raises(ValueError, match="ask another administrator"):
        by(ada, offboard, user=ada.pk, to=bert.pk)


@pytest.mark.parametrize(
    "who", ["the same", "nobody", "somebody who left", "somebody without a role"]
)
def test_their_work_goes_to_somebody_who_is_there(anna, bert, ada, who):
    bert.is_active = False
    bert.save()
    outside = person("analysts", is_staff=False)
    ids = {
        "the same": anna.pk,
        "nobody": 900_001,
        "somebody who left": bert.pk,
        "somebody without a role": outside.pk,
    }

    with pytest.raises(ValueError, match="somebody else"):
        by(ada, offboard, user=anna.pk, to=ids[who])

    anna.refresh_from_db()
    assert anna.is_active
