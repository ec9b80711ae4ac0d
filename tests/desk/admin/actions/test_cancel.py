"""The way back without doing anything: a link on every page that asks before something is done."""

import re

import pytest
from django.test import Client

from tests.desk.admin.conftest import address
from tests.factories import ActorFactory, IssueFactory, TokenFactory
from tests.publishing.acts import edited, published
from tests.publishing.review.acting import edits
from tracker.models import ChangeSet

pytestmark = pytest.mark.django_db
ACTORS = "/admin/tracker/actor/"
LIST = f"{ACTORS}?q=Ruritania"
ACTIONS = (
    "submit_selected",
    "assign_selected",
    "change_selected",
    "approve_and_publish_selected",
    "publish_selected",
    "delete_selected",
)


def ways_back(client: Client, address: str, **sent: object) -> list[str]:
    """Return where the links called “Cancel” lead to, of a page,
    or of what a form is answered with.
    """
    page = client.post(address, sent) if sent else client.get(address)
    assert page.status_code == 200
    return re.findall(
        r'<a href="([^"]*)"[^>]*>Cancel</a>', page.content.decode().split('id="content"')[1]
    )


def test_pages_of_a_record_lead_back_to_it(administrator: Client) -> None:
    actor, other = ActorFactory(name="Ruritania"), ActorFactory()
    issue, wider = IssueFactory(), IssueFactory()
    blocked = ActorFactory(name="Freedonia", memberships=[{"organization": other}])
    of_actor, of_issue = f"{ACTORS}{actor.pk}", f"/admin/tracker/issue/{issue.pk}"

    for page in ("merge/", f"merge/?into={other.pk}", "merge/?into=", "delete/"):
        assert ways_back(administrator, f"{of_actor}/{page}") == [f"{of_actor}/change/"], page
    for page in ("move/", f"move/?parent={wider.pk}", f"move/?parent={issue.pk}"):
        assert ways_back(administrator, f"{of_issue}/{page}") == [f"{of_issue}/change/"], page
    assert ways_back(administrator, f"{ACTORS}{blocked.pk}/merge/?into={other.pk}") == [
        f"{ACTORS}{blocked.pk}/change/"
    ]
    edited(actor, name="Ruritania again")
    assert ways_back(administrator, f"{of_actor}/version/1/put-back/") == [f"{of_actor}/history/"]


def test_pages_of_what_is_no_record_lead_back_to_it(administrator: Client, analyst: Client) -> None:
    published(actor := ActorFactory())
    edits(analyst.user, actor, name="Ruritania")
    changeset = f"/admin/tracker/changeset/{ChangeSet.objects.get(made_by=analyst.user).pk}"
    person = f"/admin/auth/user/{analyst.user.pk}"
    token = TokenFactory(user=administrator.user)

    assert ways_back(administrator, "/admin/tracker/edition/1/release/") == [
        "/admin/tracker/edition/1/change/"
    ]
    assert ways_back(administrator, f"{changeset}/undo/") == [f"{changeset}/change/"]
    assert ways_back(administrator, f"{person}/offboard/") == [f"{person}/change/"]
    assert ways_back(administrator, f"/admin/tracker/token/{token.pk}/delete/") == [
        "/admin/tracker/token/"
    ]


def test_a_step_with_a_selection_leads_back_to_the_list_as_it_was_narrowed(
    administrator: Client,
) -> None:
    actors = [ActorFactory(name=f"Ruritania {number}").pk for number in range(2)]

    for action in ACTIONS:
        assert ways_back(
            administrator, LIST, action=action, _selected_action=actors, index="0"
        ) == [LIST], action


@pytest.mark.parametrize("page", ["change", "review"])
def test_a_step_from_the_page_of_a_record_leads_back_to_that(
    administrator: Client, page: str
) -> None:
    published(actor := ActorFactory())
    other, sent = IssueFactory(), {"_selected_action": actor.pk, "index": "0", "from_page": page}

    for action in ("submit_selected", "publish_selected", "retract_selected"):
        assert ways_back(administrator, ACTORS, action=action, **sent) == [address(actor, page)], (
            action
        )
    together = {"action": "publish_selected", "also": f"issue:{other.pk}:1"}
    assert ways_back(administrator, ACTORS, **sent, **together) == [address(actor, page)]
