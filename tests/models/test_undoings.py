"""Undoings: which change set undid which, once and never itself."""

import pytest

from tests.desk.undo.acts import done, edit, key, undone
from tests.factories import ActorFactory
from tests.models.rows import execute, refused
from tracker.desk import undo
from tracker.models import Actor, Undoing

pytestmark = pytest.mark.django_db
INSERT = "INSERT INTO tracker_undoing (undone_id, by_id, is_whole) VALUES (%s, %s, true)"


def test_an_undo_says_what_it_undid_and_whether_wholly():
    one, two = ActorFactory(name="Old"), ActorFactory(name="Old")
    changed = done(lambda: Actor.objects.update(name="New"))
    part = undone(changed, leaving_out={key(two)})
    edit(one, name="New")

    rest = undone(changed)
    again = done(lambda: undo.undo(changeset=changed))

    assert list(Undoing.objects.order_by("id").values_list("undone", "by", "is_whole")) == [
        (changed, part, False),
        (changed, rest, True),
    ]
    assert again not in (part, rest)


def test_no_change_set_undoes_itself_nor_another_twice():
    changed = edit(ActorFactory(), name="New")
    later = undone(changed)

    with refused("undoing_is_by_another"):
        execute(INSERT, changed, changed)
    with refused("undoing_once"):
        execute(INSERT, changed, later)
