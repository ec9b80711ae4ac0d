"""Who may do what at the desk:
every address and method, read from the resolver, for everybody there is.

A new address fails here until it is said who may use it.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from tests.desk.api.working import Worker, faults
from tests.factories import TokenFactory, UserFactory
from tests.models.rows import execute
from tests.public.api.test_urls import populate
from tracker.models import ChangeSet, Issue, Token

pytestmark = [pytest.mark.slow, pytest.mark.gate, pytest.mark.django_db]
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
READING, WRITING, EDITING = "whoever reads", "whoever writes", "editors"
# by view, who may use which of its methods; any other is a 405
MAY: dict[str, dict[str, str]] = {
    "DeskList": {"GET": READING, "POST": WRITING},
    "DeskDetail": {"GET": READING, "PATCH": WRITING, "DELETE": WRITING},
    "DeskHistory": {"GET": READING},
    "DeskCompare": {"GET": READING},
    "DeskTurningPoint": {"POST": WRITING},
    "DeskChanges": {"GET": READING},
    "DeskSubmit": {"POST": WRITING},
    "DeskConfirm": {"POST": WRITING},
    "DeskConfirmSeveral": {"POST": WRITING},
    "DeskApprove": {"POST": EDITING},
    "DeskSendBack": {"POST": EDITING},
    "DeskPublish": {"POST": EDITING},
    "DeskPublishSeveral": {"POST": EDITING},
    "DeskRetract": {"POST": EDITING},
    "DeskProposeRetraction": {"POST": WRITING},
    "DeskMerge": {"POST": EDITING},
    "DeskProposeMerge": {"POST": WRITING},
    "DeskRevert": {"POST": WRITING},  # and of what readers have seen editors: test_verbs
    "DeskUndo": {"POST": WRITING},
    "DeskReleases": {"POST": EDITING},
    "DeskImports": {"GET": READING, "POST": WRITING},
    "DeskImportDetail": {"GET": READING, "DELETE": WRITING},
    "DeskImportRows": {"GET": READING},
    "DeskImportChoose": {"POST": WRITING},
    "DeskImportApply": {"POST": WRITING},
}
IN_THE_TEAM = {
    "reads only": {READING},
    "analyst": {READING, WRITING},
    "editor": {READING, WRITING, EDITING},
    "administrator": {READING, WRITING, EDITING},
    "analyst's session": {READING, WRITING},
}
UNKNOWN = ("nobody", "expired", "revoked", "left", "other scheme", "nonsense")
OUTSIDE = ("stranger", "no staff")


def routes(patterns: Any = None, before: str = "") -> Iterator[tuple[str, type]]:
    """Yield the route and the view of every address of the desk."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from (
                routes(pattern.url_patterns, route) if route.startswith("api") or not before else ()
            )
        elif route.startswith("api/v1/desk/"):
            yield f"/{route}", pattern.callback.cls


@pytest.fixture
def addresses() -> list[tuple[str, str]]:
    """Each address of the desk, of a record that there is, with the name of its view."""
    records = populate(1)
    keys = {noun.plural: getattr(record, "slug", record.pk) for noun, record in records.items()}
    change_set = ChangeSet.objects.first().pk
    return [
        (
            route.replace("<str:key>", str(keys.get(route.split("/")[4])))
            .replace("<uuid:change_set>", str(change_set))
            .replace("<int:upload>", "1"),
            view.__name__,
        )
        for route, view in routes()
    ]


def token(group: str, **fields: Any) -> dict[str, str]:
    """Return the headers of a new member of a group with a new token."""
    fields.setdefault("user", UserFactory(groups=[group], is_staff=True))
    made = TokenFactory.build(
        **{**fields, "text": f"tracker_{group}-{len(fields)}-{Token.objects.count()}"}
    )
    made.save()
    return {"Authorization": f"Bearer tracker_{group}-{len(fields)}-{Token.objects.count() - 1}"}


def headers_of(who: str) -> dict[str, str]:
    """Return the headers by which somebody is known."""
    match who:
        case "reads only":
            return token("editors", is_read_only=True)
        case "analyst" | "editor" | "administrator":
            return token(f"{who}s")
        case "expired":
            return token("editors", expires_at=timezone.now() - timedelta(hours=1))
        case "left":
            return token(
                "editors", user=UserFactory(groups=["editors"], is_staff=True, is_active=False)
            )
        case "revoked":
            headers = token("editors")
            Token.objects.all().delete()
            return headers
        case "stranger":
            return token("nothing")
        case "no staff":
            return token("editors", user=UserFactory(groups=["editors"]))
        case "other scheme":
            return {"Authorization": token("editors")["Authorization"].replace("Bearer", "Token")}
        case "nonsense":
            return {"Authorization": "Bearer"}
    return {}


def client_of(who: str) -> Client:
    """Return somebody's client: a browser that is logged in, or a program."""
    client = Client(headers=headers_of(who))
    if who == "analyst's session":
        person = UserFactory(groups=["analysts"], is_staff=True)
        person.save()
        client.force_login(person)
    return client


def test_every_view_is_known_here():
    assert {view.__name__ for _, view in routes()} == set(MAY)


@pytest.mark.parametrize("who", IN_THE_TEAM)
def test_everybody_in_the_team_may_do_what_they_may_and_nothing_else(addresses, who):
    client, rights = client_of(who), IN_THE_TEAM[who]
    wrong = []

    for address, view in addresses:
        for method in METHODS:
            response = client.generic(method, address, b"{}", content_type="application/json")
            needed = MAY[view].get(method)
            is_let_in = response.status_code not in (401, 403, 405)
            expected = needed in rights if needed else False
            if is_let_in != expected or (needed is None) != (response.status_code == 405):
                wrong.append((method, address, response.status_code))

    assert wrong == []


@pytest.mark.parametrize("who", [*UNKNOWN, *OUTSIDE])
def test_nobody_else_gets_in_or_changes_anything(addresses, who):
    client, status = client_of(who), 403 if who in OUTSIDE else 401
    before = everything()
    asked = [(address, view, method) for address, view in addresses for method in METHODS]
    responses = [
        # each from elsewhere, or they would be slowed down
        (
            client.generic(
                method, address, b"{}", "application/json", REMOTE_ADDR=f"192.0.2.{place}"
            ),
            method,
            view,
        )
        for place, (address, view, method) in enumerate(asked)
    ]

    assert {
        (response.status_code, method, view)
        for response, method, view in responses
        if method in MAY[view]
    } == {(status, method, view) for view, methods in MAY.items() for method in methods}
    for answer, method, view in responses:
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.status_code in (status, 405 if method not in MAY[view] else status)
        if answer.status_code == 401:
            assert answer.headers["WWW-Authenticate"] == 'Bearer realm="desk"'
    assert everything() == before


def everything() -> list[Any]:
    """Return how many rows there are of what matters."""
    tables = (
        "tracker_event",
        "tracker_edition",
        "tracker_review",
        "tracker_keptanswer",
        "tracker_token",
    )
    return [execute(f"SELECT count(*) FROM {table}") for table in tables]


def test_a_session_writes_with_its_csrf_token_only(db):
    person = UserFactory(groups=["analysts"], is_staff=True)
    person.save()
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    issue = {"slug": "korea", "title": "Korea"}

    def post(**headers):
        return client.post(
            "/api/v1/desk/issues/", issue, content_type="application/json", headers=headers
        )

    assert post().status_code == 403
    client.get("/admin/password_change/")
    made = post(**{"X-CSRFToken": client.cookies["csrftoken"].value})

    assert made.status_code == 201
    assert Issue.objects.get().slug == "korea"


def test_a_token_needs_no_csrf_token(anna):
    anna.client = Client(enforce_csrf_checks=True)

    assert anna.post("issues/", {"slug": "korea", "title": "Korea"}).status_code == 201


def test_what_the_publication_answers_does_not_depend_on_a_token(anna, reader):
    populate(1)

    with_token = anna.client.get(
        "/api/v1/stances/", headers={"Authorization": f"Bearer {anna.token}"}
    )
    assert with_token.content == reader.get("stances/").content
    assert Token.objects.get().last_used_at is None


def test_use_of_a_token_is_noted(anna):
    anna.read("stances/")

    assert Token.objects.get().last_used_at is not None


def test_rights_that_a_person_has_alone_count_too(db):
    worker = Worker("nothing")
    worker.user.user_permissions.set(
        Permission.objects.filter(codename__in=["view_issue", "add_issue"])
    )

    assert worker.get("issues/").status_code == 200
    assert faults(worker.post("issues/", {})) >= {("/slug", "required")}
    assert worker.get("stances/").status_code == 403


@pytest.mark.parametrize("address", ["issues", "issues/korea", "publish", "changes"])
def test_an_address_without_its_slash_leads_to_the_one_with_it_by_any_method(anna, address):
    for method in ("GET", "POST", "PATCH"):
        response = anna.ask(method, f"{address}?page_size=2", {})
        assert (response.status_code, response.headers["Location"]) == (
            308,
            f"/api/v1/desk/{address}/?page_size=2",
        )


@pytest.mark.parametrize("address", ["", "nothing/", "stances/1/nothing/"])
def test_what_leads_nowhere_is_a_problem(anna, address):
    assert anna.get(address).headers["Content-Type"] == "application/problem+json"
