"""Sessions that end: what was typed is kept, and shown to nobody but who typed it."""

import pytest
from django.test import Client

from tests.desk.admin.conftest import logged_in
from tests.desk.admin.records.test_stances import ADD, typed
from tests.factories import ActorFactory, UserFactory
from tracker.models import Actor, ChangeSet, Stance

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough password"


def member(username="anna", group="analysts"):
    """Return a member of a group, who has a password."""
    person = UserFactory(username=username, groups=[group], is_staff=True)
    person.set_password(PASSWORD)
    person.save()
    return person


def fields(page):
    """Return what a page would send again."""
    return dict(page.context["kept"])


def credentials(username="anna", password=PASSWORD):
    return {"login-username": username, "login-password": password, "next": ""}


def test_a_save_without_a_session_asks_for_a_login_and_carries_what_was_typed():
    page = Client().post(
        ADD, typed(summary="Typed <b>by</b> hand", instruments=["military", "legal"])
    )

    assert page.status_code == 200
    assert "What you typed is kept: log in" in page.content.decode()
    assert 'name="summary" value="Typed &lt;b&gt;by&lt;/b&gt; hand"' in page.content.decode()
    assert [value for name, value in page.context["kept"] if name == "instruments"] == [
        "military",
        "legal",
    ]
    assert f'action="{ADD}"' in page.content.decode()
    assert not Stance.objects.exists()


def test_the_login_saves_what_was_typed_in_the_same_request():
    person, client = member(), Client()
    page = client.post(ADD, typed(summary="Typed", reason="Read", _save="Save"))

    answer = client.post(ADD, fields(page) | credentials())

    assert answer.status_code == 302
    assert Stance.objects.get().summary == "Typed"
    assert ChangeSet.objects.get(reason="Read").made_by == person
    assert client.get("/admin/").status_code == 200


def test_a_wrong_password_loses_nothing():
    member()
    page = Client().post(ADD, typed(summary="Typed") | credentials(password="wrong"))

    assert "correct username and password" in page.content.decode()
    assert fields(page)["summary"] == "Typed"
    assert "login-password" not in fields(page)
    assert not Stance.objects.exists()


def test_what_is_wrong_with_the_form_is_said_after_the_login():
    member()
    page = Client().post(ADD, typed(position="") | credentials())

    assert list(page.context["adminform"].form.errors) == ["position"]


def test_somebody_else_may_log_in_but_only_do_what_that_person_may():
    member("rita").groups.clear()
    member("erik", "editors")
    client = Client()

    page = client.post(ADD, typed(summary="Typed") | credentials("rita"))
    assert "log in as somebody who may save it" in page.content.decode()
    assert fields(page)["summary"] == "Typed"
    assert not Stance.objects.exists()

    client.logout()
    assert client.post(ADD, fields(page) | credentials("erik")).status_code == 302
    assert Stance.objects.get().summary == "Typed"


def test_who_has_left_saves_nothing():
    person = member()
    person.is_active = False
    person.save()

    assert Client().post(ADD, typed() | credentials()).status_code == 200
    assert not Stance.objects.exists()


def test_a_form_that_somebody_changed_meanwhile_is_refused_after_the_login_too(analyst, filled):
    member("erik")
    actor = ActorFactory()
    address = f"/admin/tracker/actor/{actor.pk}/change/"
    mine = filled(analyst.get(address)) | {"name": "Mine"}
    Actor.objects.update(name="Theirs")

    page = Client().post(address, mine | credentials("erik"))

    assert "Nothing was saved" in page.content.decode()
    assert Actor.objects.get().name == "Theirs"


def test_passwords_are_never_carried():
    sent = {"old_password": "one secret", "new_password1": "another secret", "username": "x"}

    page = Client().post("/admin/password_change/", sent)

    assert fields(page) == {"username": "x"}
    assert "secret" not in page.content.decode()


def test_nothing_is_shown_but_what_was_sent():
    actor = ActorFactory(name="Ruritania")
    page = Client().post(f"/admin/tracker/actor/{actor.pk}/change/", {"name": "Mine"})

    assert page.status_code == 200
    assert "Ruritania" not in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]


def test_the_page_leads_to_no_other_site():
    member()
    answer = Client().post(ADD, typed() | credentials() | {"next": "https://elsewhere.example/"})

    assert answer.headers["Location"] == "/admin/tracker/stance/"


def test_a_page_that_is_only_looked_at_leads_to_the_login_as_before():
    assert Client().get(ADD).headers["Location"] == f"/admin/login/?next={ADD}"


def test_logging_out_twice_asks_for_nothing():
    assert Client().post("/admin/logout/").headers["Location"] == "/admin/"


# A form that another login has outdated -----------------------------------------------------------


@pytest.fixture
def strict():
    """Return a client whose posts need the token that forms have."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(logged_in("analysts", username="anna").user)
    return client


HERE = {"origin": "http://testserver"}


def test_a_form_older_than_the_login_is_offered_to_be_sent_again(strict):
    page = strict.post(ADD, typed(summary="Typed", csrfmiddlewaretoken="x" * 64), headers=HERE)

    assert page.status_code == 403
    assert fields(page)["summary"] == "Typed"
    assert not Stance.objects.exists()
    token = page.context["csrf_token"]
    again = strict.post(ADD, fields(page) | {"csrfmiddlewaretoken": str(token)}, headers=HERE)
    assert again.status_code == 302
    assert Stance.objects.get().summary == "Typed"


@pytest.mark.parametrize(
    "origin", [{}, {"origin": "https://elsewhere.example"}, {"origin": "null"}]
)
def test_what_another_site_sent_is_not_offered_to_be_sent_again(strict, origin):
    page = strict.post(ADD, typed(summary="Typed"), headers=origin)

    assert page.status_code == 403
    assert "Typed" not in page.content.decode()


def test_a_login_page_that_is_too_old_is_shown_anew():
    sent = {"username": "anna", "password": "secret"}
    answer = Client(enforce_csrf_checks=True).post(
        "/admin/login/?next=/admin/review/waiting/", sent, headers=HERE
    )

    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        "/admin/login/?next=/admin/review/waiting/",
    )


def test_a_form_sent_without_token_and_session_is_no_way_in():
    member()
    page = Client(enforce_csrf_checks=True).post(ADD, typed() | credentials(), headers=HERE)

    assert page.status_code == 403
    assert not Stance.objects.exists()
