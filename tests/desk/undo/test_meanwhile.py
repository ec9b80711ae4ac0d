"""What others do at the same moment is waited for, and seen."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.db import connection

from tests.desk.undo.acts import done, edit
from tests.factories import ActorFactory, IssueFactory
from tests.models.rows import row_of
from tests.models.sessions import Session, waits_for_a_lock
from tracker.desk import undo
from tracker.models import Actor
from tracker.values.problems import RefusedError

pytestmark = pytest.mark.django_db(transaction=True)
STANCE = (
    "INSERT INTO tracker_stance (issue_id, actor_id, position, since, until, basis, "
    "likelihood, hedged, instruments, confidence, standing, standing_note, summary, state) "
    "VALUES (%s, %s, 'supports', '', '', 'statement', '', false, '{}', 'low', 'accepted', "
    "'', '', 'editing')"
)


@pytest.fixture
def other() -> Iterator[Session]:
    with closing(Session()) as session:
        session.do("BEGIN")
        yield session


def undone(changeset):
    try:
        return done(lambda: undo.undo(changeset=changeset))
    finally:
        connection.close()


@pytest.mark.parametrize("ends_with", ["COMMIT", "ROLLBACK"])
def test_an_edit_under_way_is_waited_for(other, ends_with):
    issue = IssueFactory(title="Old")
    changed = edit(issue, title="New")
    other.do("UPDATE tracker_issue SET title = 'Newer' WHERE id = %s", issue.pk)

    with ThreadPoolExecutor() as pool:
        undoing = pool.submit(undone, changed)
        assert waits_for_a_lock(undoing)
        other.do(ends_with)

    if ends_with == "COMMIT":
        with pytest.raises(RefusedError, match="it was changed since"):
            undoing.result(timeout=20)
    assert row_of(issue)["title"] == ("Newer" if ends_with == "COMMIT" else "Old")


def test_what_is_being_named_meanwhile_is_not_deleted(other):
    issue = IssueFactory()
    made = []
    changed = done(lambda: made.append(ActorFactory()))
    other.do("SET CONSTRAINTS ALL IMMEDIATE")
    other.do(STANCE, issue.pk, made[0].pk)

    with ThreadPoolExecutor() as pool:
        undoing = pool.submit(undone, changed)
        assert waits_for_a_lock(undoing)
        other.do("COMMIT")

    with pytest.raises(RefusedError, match="is named by something new"):
        undoing.result(timeout=20)
    assert Actor.objects.exists()


def test_two_undo_the_same_once():
    issue = IssueFactory(title="Old")
    changed = edit(issue, title="New")

    with ThreadPoolExecutor() as pool:
        undoing = [pool.submit(undone, changed) for _ in range(2)]
        for future in undoing:
            future.result(timeout=20)

    assert (row_of(issue)["title"], row_of(issue)["version"]) == ("Old", 3)
