"""Somebody leaves the team, by a page of the administrators."""

import pytest

from tests.admin.conftest import messages
from tests.factories import ActorFactory
from tests.services.reviewing.acting import edits, steps
from tracker.services.reviewing import drafts

pytestmark = pytest.mark.django_db


def address(client):
    return f"/admin/auth/user/{client.user.pk}/offboard/"


def main(page):
    return page.content.decode().split('id="content-main"')[1]


def test_somebody_is_taken_out_of_the_team_and_their_work_goes_to_another(administrator, analyst, editor):
    actor = ActorFactory()
    edits(analyst.user, actor, name="Hers")
    assert address(analyst) in administrator.get(f"/admin/auth/user/{analyst.user.pk}/change/").content.decode()

    answer = administrator.post(address(analyst), {"to": editor.user.pk, "text": "Anna has left."}, follow=True)

    assert messages(answer) == ["Anna Schmidt is out of the team; 1 record went to erik."]
    assert [task.record for task in drafts(of=editor.user.pk)] == [actor.pk]
    assert steps(actor)[-1][1:] == ("assigned", administrator.user.pk, editor.user.pk, "Anna has left.")
    assert analyst.get("/admin/").status_code == 302
    assert address(analyst) not in answer.content.decode()


def test_the_work_must_go_to_somebody_else(administrator, analyst):
    for to in ("", analyst.user.pk, 900_001):
        page = administrator.post(address(analyst), {"to": to})
        assert page.context["form"].errors["to"]
    assert analyst.get("/admin/").status_code == 200


def test_nobody_takes_themselves_out(administrator, analyst):
    page = administrator.post(address(administrator), {"to": analyst.user.pk})

    assert "Nobody takes themselves out of the team; ask another administrator" in main(page)
    assert administrator.get("/admin/").status_code == 200


def test_only_administrators_take_anybody_out(analyst, editor):
    for client in (analyst, editor):
        assert client.post(address(analyst), {"to": editor.user.pk}).status_code == 403
    analyst.user.refresh_from_db()
    assert analyst.user.is_active


def test_an_account_that_there_is_not(administrator):
    assert administrator.get("/admin/auth/user/900001/offboard/").status_code == 404
