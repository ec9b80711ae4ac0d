"""Logging in to the admin: slowed down for who tries."""

import pytest
from django.test import Client, override_settings

from tests.factories import UserFactory
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
    page = Client().post("/admin/login/?next=/admin/", {"username": name, "password": password}, **headers)
    return page.status_code, " ".join(page.context["form"].non_field_errors()) if page.context else ""


def test_who_knows_the_password_gets_in(anna):
    assert log_in("correct horse") == (302, "")
    assert not FailedAttempts.objects.exists()


def test_who_tries_passwords_waits_and_even_the_right_one_is_not_looked_at(anna, caplog):
    for number in range(5):
        assert "correct username" in log_in(f"guess {number}")[1]

    FailedAttempts.objects.update(count=12)

    page = Client().post("/admin/login/", {"username": "anna", "password": "correct horse"})

    assert page.status_code == 429
    assert 100 < int(page.headers["Retry-After"]) <= 128
    assert f"Too many failed attempts. Try again in {page.headers['Retry-After']} seconds" in page.content.decode()
    assert "login as 'anna' from 127.0.0.1, up to 5 in a row" in caplog.text


def test_a_name_is_logged_without_being_able_to_forge_a_line(anna, caplog):
    log_in("x", name="a\nb")

    assert "login as 'a\\nb'" in caplog.text


def test_behind_a_proxy_it_is_the_proxys_word_that_counts(anna):
    with override_settings(PROXIES=1):
        log_in("x", HTTP_X_FORWARDED_FOR="10.0.0.1, 192.0.2.9")
    log_in("x", HTTP_X_FORWARDED_FOR="10.0.0.1")

    assert set(FailedAttempts.objects.filter(key__startswith="address").values_list("key", flat=True)) == {
        "address 192.0.2.9",
        "address 127.0.0.1",
    }
