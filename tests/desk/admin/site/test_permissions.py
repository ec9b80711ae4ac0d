"""Who may see, add, change, delete and publish what: every address of the admin, for each group and for nobody."""

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from tests.desk.admin.conftest import logged_in
from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
    UserFactory,
    VoteFactory,
)
from tracker.models import ChangeSet

pytestmark = pytest.mark.django_db
NOUNS = {
    "issue": IssueFactory,
    "actor": ActorFactory,
    "source": SourceFactory,
    "stance": StanceFactory,
    "alignment": AlignmentFactory,
    "meeting": MeetingFactory,
    "vote": VoteFactory,
}
READ = ("changelist", "view", "history")
PEOPLE = ("user",)
GROUPS = ("analysts", "editors", "administrators")
TO_LOGIN, OK, FORBIDDEN = 302, 200, 403


def clients():
    return {"nobody": Client(), **{group: logged_in(group) for group in GROUPS}}


def pages(app, model, key):
    """Return the addresses of a model's pages."""
    root = f"/admin/{app}/{model}/"
    return {
        "changelist": root,
        "add": f"{root}add/",
        "view": f"{root}{key}/change/",
        "delete": f"{root}{key}/delete/",
        "history": f"{root}{key}/history/",
    }


def test_every_model_of_the_admin_is_covered_here():
    registered = {model._meta.model_name for model in admin.site._registry}

    assert registered == {*NOUNS, "changeset", "edition", "token", *PEOPLE}


@pytest.mark.slow
@pytest.mark.parametrize("noun", NOUNS)
def test_records_are_everybodys_in_the_team_and_nobodys_else(noun):
    record = NOUNS[noun]()

    for who, client in clients().items():
        for page, address in pages("tracker", noun, record.pk).items():
            expected = TO_LOGIN if who == "nobody" else OK
            assert client.get(address).status_code == expected, (who, page)


@pytest.mark.parametrize("model", ["changeset", "edition"])
def test_history_and_publication_are_read_by_the_team(published, model):
    published(ActorFactory())
    key = 1 if model == "edition" else ChangeSet.objects.first().pk

    for who, client in clients().items():
        for page, address in pages("tracker", model, key).items():
            expected = TO_LOGIN if who == "nobody" or page == "history" else OK if page in READ else FORBIDDEN
            assert client.get(address).status_code == expected, (who, page)


@pytest.mark.parametrize("model", PEOPLE)
def test_people_are_the_administrators(model):
    key = UserFactory().pk if model == "user" else Group.objects.get(name="editors").pk

    for who, client in clients().items():
        for page, address in pages("auth", model, key).items():
            expected = {"nobody": TO_LOGIN, "administrators": OK}.get(who, FORBIDDEN)
            assert client.get(address).status_code == expected, (who, page)


def test_only_editors_and_administrators_publish():
    actor = ActorFactory()
    selected = {"action": "publish_selected", "_selected_action": [actor.pk]}

    responses = {who: client.post("/admin/tracker/actor/", selected) for who, client in clients().items()}

    assert "admin/site/login_again.html" in [template.name for template in responses.pop("nobody").templates]
    statuses = {who: response.status_code for who, response in responses.items()}
    assert statuses == {"analysts": 302, "editors": OK, "administrators": OK}


@pytest.mark.parametrize("address", ["/admin/", "/admin/tracker/", "/admin/password_change/"])
def test_the_first_page_is_the_teams(address):
    statuses = {who: client.get(address).status_code for who, client in clients().items()}

    assert statuses == {"nobody": TO_LOGIN, "analysts": OK, "editors": OK, "administrators": OK}


def test_searching_is_the_teams():
    ask = {"app_label": "tracker", "model_name": "stance", "field_name": "actor", "term": ""}
    statuses = {who: client.get("/admin/autocomplete/", ask).status_code for who, client in clients().items()}

    assert statuses == {"nobody": TO_LOGIN, "analysts": OK, "editors": OK, "administrators": OK}


def test_somebody_with_an_account_and_no_part_in_the_team_sees_nothing():
    client = Client()
    client.force_login(get_user_model().objects.create_user("stranger"))

    assert client.get("/admin/tracker/stance/").status_code == TO_LOGIN
