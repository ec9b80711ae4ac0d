"""Steps taken while somebody else is at the same record:
one after the other, and the later one is told.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from tests.factories import ActorFactory
from tests.models.conftest import session
from tests.models.sessions import waits_for_a_lock
from tests.publishing.review.acting import at, person
from tracker import history
from tracker.models import Review
from tracker.publishing.review import approve, submit
from tracker.values.problems import RefusedError
from tracker.values.vocabularies import Channel

__all__ = ["session"]
pytestmark = pytest.mark.django_db(transaction=True)


def by(who: Any, act: Callable[..., Any], *chosen: Any) -> Any:
    with history.changeset(made_by=who.pk, reason="", channel=Channel.ADMIN):
        return act(records=chosen)


def elsewhere(*call: Any) -> "Future[Any]":
    def run() -> Any:
        try:
            return by(*call)
        finally:
            connection.close()

    pool = ThreadPoolExecutor(1)
    future = pool.submit(run)
    pool.shutdown(wait=False)
    return future


def test_an_approval_waits_for_an_edit_and_is_refused_then(session):
    anna, erik, actor = person("analysts"), person("editors"), ActorFactory()
    by(anna, submit, at(actor))
    editing = session()
    editing.do("BEGIN")
    editing.do("UPDATE tracker_actor SET name = 'Another' WHERE id = %s", actor.pk)

    approving = elsewhere(erik, approve, at(actor))
    assert waits_for_a_lock(approving)
    editing.do("COMMIT")

    with pytest.raises(RefusedError, match="it was changed since"):
        approving.result(timeout=20)
    assert not Review.objects.filter(step="approved").exists()


def test_of_two_who_submit_at_once_the_second_is_told(session):
    anna, actor = person("analysts"), ActorFactory()
    submitting = session()
    submitting.do("BEGIN")
    submitting.do("UPDATE tracker_actor SET state = 'in_review' WHERE id = %s", actor.pk)

    second = elsewhere(anna, submit, at(actor))
    assert waits_for_a_lock(second)
    submitting.do("COMMIT")

    with pytest.raises(RefusedError, match="it was changed since"):
        second.result(timeout=20)


def test_a_review_by_raw_sql_waits_for_an_edit_and_is_refused_then(session):
    erik, actor = person("editors"), ActorFactory()
    editing, reviewing = session(), session()
    editing.do("BEGIN")
    editing.do("UPDATE tracker_actor SET name = 'Another' WHERE id = %s", actor.pk)

    approving = reviewing.start(
        "INSERT INTO tracker_review (noun, record, version, step, text, made_by_id) "
        "VALUES ('actor', %s, 1, %s, '', %s)",
        *(actor.pk, "approved", erik.pk),
    )
    assert reviewing.waits(approving)
    editing.do("COMMIT")

    with pytest.raises(Exception, match="has version 2, not 1"):
        approving.result(timeout=20)
