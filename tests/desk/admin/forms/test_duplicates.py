"""A new claim or meeting that is there already is told in the form,
and saved all the same when asked again.
"""

import pytest

from tests.desk.admin.conftest import errors
from tests.desk.admin.records.test_stances import ADD, typed
from tests.factories import ActorFactory, MeetingFactory, StanceFactory
from tracker.models import Meeting, Stance

pytestmark = pytest.mark.django_db
NOTHING = "Nothing is saved yet. Change that one, or save again if this is another."


def again(stance, **more):
    """Return what is typed for another stance of the same actor on the same issue."""
    return typed(**{"since": "2019"} | more) | {"actor": stance.actor_id, "issue": stance.issue_id}


def test_a_stance_that_is_there_is_told_with_a_link_and_saved_when_asked_again(analyst, filled):
    stance = StanceFactory(since="2018")

    page = analyst.post(ADD, again(stance))

    [says] = errors(page)["__all__"]
    link = f'<a href="/admin/tracker/stance/{stance.pk}/change/">'
    assert says.startswith(f"Already here, with the same actor and issue, at the same time: {link}")
    assert NOTHING in says
    assert says in page.content.decode()
    assert Stance.objects.count() == 1
    assert analyst.post(ADD, filled(page)).status_code == 302
    assert Stance.objects.count() == 2


def test_one_that_came_meanwhile_is_told_too(analyst, filled):
    stance = StanceFactory(since="2018")
    page = analyst.post(ADD, again(stance))
    StanceFactory(since="2019", actor=stance.actor, issue=stance.issue)

    page = analyst.post(ADD, filled(page))

    assert errors(page)["__all__"][0].count("<a ") == 2


def test_a_change_is_never_asked_about(analyst, filled):
    stance = StanceFactory(since="2018")
    StanceFactory(since="2018", actor=stance.actor, issue=stance.issue)
    address = f"/admin/tracker/stance/{stance.pk}/change/"

    assert (
        analyst.post(address, filled(analyst.get(address)) | {"confidence": "low"}).status_code
        == 302
    )


def test_a_meeting_of_the_same_participants_on_that_day_is_told(analyst, filled):
    one, other = ActorFactory(), ActorFactory()
    there = MeetingFactory(since="2019-06-05", participants=[{"actor": one}, {"actor": other}])
    add = "/admin/tracker/meeting/add/"
    form = filled(analyst.get(add)) | {
        "title": "Talks",
        "kind": "summit",
        "status": "held",
        "since": "2019-06-05",
        "participants-TOTAL_FORMS": "2",
        "participants-0-actor": other.pk,
        "participants-0-role": "participant",
        "participants-1-actor": one.pk,
        "participants-1-role": "host",
        "citations-0-source": there.citations.get().source_id,
    }

    page = analyst.post(add, form)
    assert "the same participants, on the same day" in errors(page)["__all__"][0]
    assert analyst.post(add, form | {"since": "2019-06-06"}).status_code == 302
    assert analyst.post(add, form | {"participants-1-DELETE": "on"}).status_code == 302
    assert analyst.post(add, filled(page)).status_code == 302
    assert Meeting.objects.count() == 4
