"""Logging in to the admin: delayed down for who tries."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.core.signing import Signer
from django.db.models.functions import Now
from django.test import Client, override_settings

from tests.factories import TokenFactory, UserFactory
from tracker.models import FailedAttempts

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(db):
    """Somebody with a password."""
    person = UserFactory(username="anna", is_staff=True)
    person.set_password("correct horse")
    person.save()
    return person


def log_in(password: str, name: str = "anna", **headers: str) -> tuple[int, str]:
    """Return the status, and what the form says."""
    page = Client().post(
        "/admin/login/?next=/admin/", {"username": name, "password": password}, **headers
    )
    return page.status_code, " ".join(
        page.context["form"].non_field_errors()
    ) if page.context else ""


def test_who_knows_the_password_gets_in(anna):
    assert log_in("correct horse") == (302, "")
    assert not FailedAttempts.objects.exists()


@pytest.mark.parametrize(
    "after",
    [
        "",
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "///x",
        "/\\\\elsewhere",
        "\x00",
        "\n//x",
    ],
)
def test_who_is_to_be_led_elsewhere_comes_to_the_first_page(anna, after):
    """Both where the address says so and where the form does; there is something there."""
    client, sent = Client(), {"username": "anna", "password": "correct horse", "next": after}

    by_form = client.post("/admin/login/", sent)
    by_address = Client().post(f"/admin/login/?{urlencode({'next': after})}", sent | {"next": ""})

    assert [answer.headers["Location"] for answer in (by_form, by_address)] == ["/admin/"] * 2
    assert client.get("/admin/").status_code == 200


def test_who_has_no_role_yet_is_told_what_to_do_and_nobody_else_is(anna):
    User.objects.update(is_staff=False)

    assert log_in("correct horse") == (
        200,
        "Your account isn’t let in here yet: ask an administrator of the tracker to give you "
        "a role.",
    )
    assert "correct username" in log_in("wrong horse")[1]
    assert set(FailedAttempts.objects.values_list("count", flat=True)) == {1}, (
        "the right password is no guess"
    )


def test_who_tries_passwords_waits_and_even_the_right_one_is_not_looked_at(anna, caplog):
    for number in range(5):
        assert "correct username" in log_in(f"guess {number}")[1]

    FailedAttempts.objects.update(count=12)

    page = Client().post("/admin/login/", {"username": "anna", "password": "correct horse"})

    assert page.status_code == 429
    assert 100 < int(page.headers["Retry-After"]) <= 128
    assert (
        f"Too many failed attempts. Try again in {page.headers['Retry-After']} seconds"
        in page.content.decode()
    )
    assert "login as 'anna' from 127.0.0.1, up to 5 in a row" in caplog.text


def test_a_name_is_logged_without_being_able_to_forge_a_line(anna, caplog):
    log_in("x", name="a\nb")

    assert "login as 'a\\nb'" in caplog.text


def test_behind_a_proxy_it_is_the_proxys_word_that_counts(anna):
    with override_settings(PROXIES=1):
        log_in("x", HTTP_X_FORWARDED_FOR="10.0.0.1, 192.0.2.9")
    log_in("x", HTTP_X_FORWARDED_FOR="10.0.0.1")

    assert set(
        FailedAttempts.objects.filter(key__startswith="address").values_list("key", flat=True)
    ) == {
        "address 192.0.2.9",
        "address 127.0.0.1",
    }


def fails(times: int, *names: str) -> None:
    """Let as many logins fail by each of these names, each as if some time after the one before."""
    for name in names:
        for number in range(times):
            FailedAttempts.objects.update(last_at=Now() - timedelta(minutes=16))
            log_in(f"guess {number}", name)
    FailedAttempts.objects.update(last_at=Now())


def test_a_program_with_a_revoked_token_keeps_nobody_out(anna):
    """Tokens and logins count apart, both ways."""
    TokenFactory(text="good", user=UserFactory(groups=["analysts"], is_staff=True))
    asked = {"headers": {"Authorization": "Bearer revoked"}}
    assert [Client().get("/api/v1/desk/stances/", **asked).status_code for _ in range(40)][
        -1
    ] == 429

    assert log_in("correct horse") == (302, "")

    fails(30, "anna")
    FailedAttempts.objects.filter(key__startswith="tokens").delete()
    assert Client().get("/api/v1/desk/stances/", **asked).status_code == 401
    good = {"headers": {"Authorization": "Bearer good"}}
    assert Client().get("/api/v1/desk/stances/", **good).status_code == 200


def test_at_an_address_where_others_fail_whoever_knows_their_password_gets_in(anna):
    """As in a newsroom behind one address;
    whoever doesn't is told what a name that nobody has is told.
    """
    fails(5, *(f"nobody-{number}" for number in range(6)))

    assert log_in("x", "nobody")[0] == log_in("x")[0] == 429
    assert log_in("correct horse") == (302, "")
    anna.is_active = False
    anna.save()
    assert log_in("correct horse")[0] == 429


def test_in_a_browser_that_is_known_nobody_waits_for_others(anna):
    """Not even for those who try the same name at the same address; but for one's own failures."""
    browser = Client()
    assert (
        browser.post("/admin/login/", {"username": "anna", "password": "correct horse"}).status_code
        == 302
    )
    browser.cookies.pop("sessionid")
    fails(60, "anna")
    assert log_in("correct horse")[0] == 429

    def again(password: str, name: str = "anna") -> int:
        return browser.post("/admin/login/", {"username": name, "password": password}).status_code

    assert again("correct horse", "bert") == 429
    assert again("correct horse") == 302
    browser.cookies.pop("sessionid")
    assert [again("guess") for _ in range(6)] == [200] * 5 + [429]
    assert again("correct horse") == 429


def test_a_session_works_while_its_name_is_tried(anna):
    """Of whatever browser."""
    session = Client()
    session.force_login(anna)
    fails(30, "anna", "nobody")

    assert session.get("/admin/").status_code == 200


def test_a_browser_that_says_that_it_is_known_is_not_believed(anna):
    """Unless it was told so."""
    fails(30, "anna")

    for value in ("", "x", "x:y", Signer(salt="tracker.known_browser").sign_object("anna")):
        browser = Client()
        browser.cookies["known_browser"] = value
        answer = browser.post("/admin/login/", {"username": "anna", "password": "correct horse"})
        assert answer.status_code == 429, value


def test_who_logs_in_again_to_save_is_known_too(anna):
    """By a cookie that no script reads, and that goes to the admin alone."""
    browser = Client()
    sent = {"login-username": "anna", "login-password": "correct horse", "title": "x"}

    browser.post("/admin/tracker/issue/add/", sent)

    cookie = browser.cookies["known_browser"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/admin/", True, "Lax")
