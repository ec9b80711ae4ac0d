"""Every address of the admin and every action, for each group, for nobody,
and for who has an account and no rights.

The addresses are read from the site, so that a new page fails here until it is said who may see it.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.test import Client, RequestFactory

from tests.desk.admin.conftest import logged_in
from tests.factories import FACTORIES, ActorFactory, TokenFactory, UserFactory
from tests.models.rows import execute
from tracker.desk.records.duplicates import DUPLICATE_KEYS
from tracker.models import ChangeSet
from tracker.schema.records import CLAIMS
from tracker.values.nouns import MERGEABLE

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
TEAM = ("analysts", "editors", "administrators")
WHO = ("nobody", "stranger", *TEAM)
MODEL_PAGES = ("changelist", "add", "history", "delete", "change")
RECORD_PAGES = (*MODEL_PAGES, "review", "version", "compare", "put_back", "restore", "export")
HISTORY = ("changeset", "edition")
PEOPLE = ("user",)
OWN = "token"
PASSWORD, OFFBOARD = "auth_user_password_change", "auth_user_offboard"
# what needs no more than an account, by the status for it
OF_THE_SITE = {
    "index": 200,
    "login": 302,  # who is logged in is led to the first page
    "logout": 405,  # by POST only
    "password_change": 200,
    "password_change_done": 200,
    "jsi18n": 200,
    "days": 200,
    "find": 200,
    "autocomplete": 403,  # without saying of which field
    "view_on_site": 404,  # records have no such page
}
# nobody sees what somebody else uploaded, and is led to where one uploads
IMPORTING = {"import": 200, "import_template": 200, "import_preview": 302, "import_errors": 302}


def addresses(patterns: Any = None, before: str = "/admin/") -> Iterator[tuple[str, str]]:
    """Yield the name and the route of every page; redirects and what finds no page have no name."""
    for pattern in admin.site.get_urls() if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns, route)
        elif pattern.name:
            yield pattern.name, route


def expected(name: str, who: str) -> int:
    """Return the status with which a page answers somebody's GET."""
    if who == "nobody":
        return 200 if name == "login" else 302
    if name in OF_THE_SITE:
        return OF_THE_SITE[name]
    if name in IMPORTING:
        return (
            IMPORTING[name]
            if who in TEAM
            else 403
            if name in ("import", "import_template")
            else 302
        )
    if name in (PASSWORD, OFFBOARD):
        return 200 if who == "administrators" else 403
    _, model, page = (
        name.split("_", 2)
        if name != "app_list" and not name.startswith("worklist_")
        else ("", "", name)
    )
    if page == "release" and who == "analysts":
        return 403
    if page == "restore":
        return 404  # it was not deleted
    if model in PEOPLE:
        return 200 if who == "administrators" else 403
    if model == OWN and (page == "history" or (page in ("change", "delete") and who in TEAM)):
        return 302  # it is somebody else's
    if model in HISTORY and page == "history":
        return 302
    if who == "stranger" or (model in HISTORY and page in ("add", "delete")):
        return 404 if name == "app_list" else 403
    return 200


def client_of(who: str) -> Client:
    """Return the browser of a member of a group, of somebody without a group, or of nobody."""
    if who == "nobody":
        return Client()
    if who == "stranger":
        client = logged_in("analysts", username="stranger")
        client.user.groups.clear()
        return client
    return logged_in(who)


@pytest.fixture
def keys(published) -> dict[str, Any]:
    """Return the key of a row of each model."""
    published(ActorFactory())
    return {
        **{str(noun): factory().pk for noun, factory in FACTORIES.items()},
        "changeset": ChangeSet.objects.first().pk,
        "edition": 1,
        "user": UserFactory().pk,
        "token": TokenFactory().pk,
    }


def filled(name: str, route: str, keys: dict[str, Any]) -> str:
    """Return the address of one page of a route."""
    if name == "app_list":
        return "/admin/tracker/"
    model = route.split("/")[3] if route.count("/") > 3 else ""
    key = str(keys.get(model, 1))
    return (
        route.replace("<path:object_id>", key)
        .replace("<int:record>/compare/", f"{key}/compare/?old=1&new=1")
        .replace("<int:record>", key)
        .replace("<int:version>", "1")
        .replace("<uuid:changeset>", key)
        .replace("<path:content_type_id>", "1")
        .replace("<id>", key)
        .replace("<int:user>", key)
        .replace("<int:edition>", key)
        .replace("<int:upload>", "1")
        .replace("<slug:noun>.<slug:kind>", "stances.csv")
    )


def test_every_page_is_one_that_is_known_here():
    names = {name for name, _ in addresses()}

    known = {f"tracker_{noun}_{page}" for noun in FACTORIES for page in RECORD_PAGES}
    known |= {f"tracker_{noun}_merge" for noun in MERGEABLE}
    known |= {f"tracker_{model}_{page}" for model in (*HISTORY, OWN) for page in MODEL_PAGES}
    known |= {f"auth_{model}_{page}" for model in PEOPLE for page in MODEL_PAGES}
    known |= {
        "tracker_issue_move",
        "tracker_changeset_undo",
        "tracker_changeset_deleted",
        "tracker_edition_release",
    }
    known |= {f"tracker_{noun}_alike" for noun, key in DUPLICATE_KEYS.items() if key}
    known |= {f"tracker_{noun}_still_so" for noun in CLAIMS}
    known |= {
        "worklist_waiting",
        "worklist_sent-back",
        "worklist_drafts",
        "app_list",
        PASSWORD,
        OFFBOARD,
        *OF_THE_SITE,
    }
    known |= set(IMPORTING)
    assert names == known


@pytest.mark.parametrize("who", WHO)
def test_every_page_is_shown_to_whom_it_is_for(keys, who):
    client = client_of(who)

    statuses = {
        name: client.get(filled(name, route, keys)).status_code for name, route in addresses()
    }

    assert statuses == {name: expected(name, who) for name in statuses}


@pytest.mark.parametrize("who", ["nobody", "stranger"])
def test_nobody_else_changes_anything_by_any_page(keys, who):
    client = client_of(who)
    before = everything()

    for name, route in addresses():
        if name not in OF_THE_SITE:
            sent = {
                "verb": "submit",
                "seen": "1",
                "text": "x",
                "post": "yes",
                "name": "x",
                "username": "x",
            }
            answer = client.post(filled(name, route, keys), sent)
            # nobody is asked to log in, with what was sent kept
            assert answer.status_code == (200 if who == "nobody" else expected(name, who)), name
            assert who != "nobody" or "admin/site/login_again.html" in [
                template.name for template in answer.templates
            ], name

    assert everything() == before


@pytest.mark.parametrize("who", TEAM)
def test_every_action_is_offered_to_whom_it_is_for(who):
    request = RequestFactory().get("/admin/")
    request.user = client_of(who).user
    pages = admin.site._registry.items()
    offered = {
        model._meta.model_name: set(model_admin.get_actions(request))
        for model, model_admin in pages
    }

    records = {"submit_selected", "assign_selected", "change_selected", "delete_selected"}
    if who != "analysts":
        records |= {"approve_and_publish_selected", "publish_selected", "retract_selected"}
    expected = dict.fromkeys(FACTORIES, records)
    expected |= {noun: records | {"confirm_selected"} for noun in ("stance", "alignment")}
    expected |= {model: set() for model in HISTORY}
    expected |= {OWN: set()}
    expected |= {
        model: {"delete_selected"} if who == "administrators" else set() for model in PEOPLE
    }
    assert offered == expected


@pytest.mark.parametrize(
    "action",
    [
        "approve_and_publish_selected",
        "publish_selected",
        "retract_selected",
        "submit_selected",
        "confirm_selected",
        "assign_selected",
        "change_selected",
    ],
)
def test_an_action_that_is_not_offered_does_nothing(keys, action):
    client = client_of("stranger")
    client.user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    before = everything()

    client.post(
        "/admin/tracker/stance/",
        {"action": action, "_selected_action": [keys["stance"]], "confirmed": "yes"},
    )

    assert everything() == before


def test_who_may_only_look_reviews_nothing(keys):
    client = client_of("stranger")
    client.user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    address = f"/admin/tracker/stance/{keys['stance']}/review/"
    before = everything()

    page = client.get(address)

    assert page.status_code == 200
    assert 'name="verb"' not in page.content.decode()
    for verb in ("approve", "send_back", "withdraw", "assign", "comment"):
        assert client.post(address, {"verb": verb, "seen": "2", "text": "x"}).status_code == 403
    assert everything() == before


def everything() -> dict[str, int]:
    """Count the rows of every table, and the versions of records."""
    tables = [
        name
        for (name,) in execute("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'")
    ]
    counts = {
        table: execute(f"SELECT count(*) FROM {table}")[0][0]
        for table in tables
        if table != "django_session"
    }
    versions = {
        f"versions of {noun}": execute(f"SELECT sum(version) FROM tracker_{noun}")[0][0]
        for noun in FACTORIES
    }
    return counts | versions
