"""Tokens in the admin: made, shown once, listed and revoked by their owner."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from tests.factories import TokenFactory
from tests.models.rows import execute
from tracker.desk.access import tokens
from tracker.models import Token

pytestmark = pytest.mark.django_db
TOKENS = "/admin/tracker/token/"


def made(client, **typed):
    """Return the page that shows a new token."""
    return client.post(f"{TOKENS}add/", {"name": "A notebook", "lasts": "90", **typed})


def test_a_new_token_is_shown_once_and_works(analyst):
    page = made(analyst)
    text = page.context["token"]

    assert page.status_code == 200
    assert f'value="{text}"' in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    token = tokens.find(text=text)
    assert (token.user, token.name, token.is_read_only) == (analyst.user, "A notebook", False)
    assert abs(token.expires_at - timezone.now() - timedelta(days=90)) < timedelta(minutes=1)
    for address in (TOKENS, f"{TOKENS}{token.pk}/change/", f"{TOKENS}{token.pk}/delete/"):
        assert text not in analyst.get(address).content.decode()


def test_a_token_may_be_limited_to_reading_and_work_for_ever(analyst):
    made(analyst, is_read_only="on", lasts="")

    token = Token.objects.get()
    assert (token.is_read_only, token.expires_at) == (True, None)


def test_a_token_without_a_name_is_not_made(analyst):
    page = made(analyst, name="")

    assert page.context["adminform"].form.errors == {"name": ["This field is required."]}
    assert not Token.objects.exists()


def test_the_database_holds_nothing_by_which_a_token_could_be_used(analyst):
    text = made(analyst).context["token"]
    tables = [
        name
        for (name,) in execute("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'")
    ]
    secret = text.removeprefix(tokens.MARK)

    holders = [
        table
        for table in tables
        if execute(f"SELECT 1 FROM {table} t WHERE t::text LIKE %s", f"%{secret}%")
    ]

    assert holders == []
    assert LogEntry.objects.filter(object_repr__contains="A notebook").exists()
    assert tokens.find(text=Token.objects.get().digest) is None


def test_one_sees_and_revokes_ones_own_tokens_only(analyst, editor):
    made(analyst)
    mine, other = Token.objects.get(), TokenFactory(name="Of somebody else", user=editor.user)

    page = analyst.get(TOKENS).content.decode()
    analyst.post(f"{TOKENS}{other.pk}/delete/", {"post": "yes"})
    analyst.post(f"{TOKENS}{mine.pk}/delete/", {"post": "yes"})

    assert "A notebook" in page
    assert other.name not in page
    assert list(Token.objects.all()) == [other]


def test_a_token_is_never_changed(analyst):
    token = TokenFactory(user=analyst.user, is_read_only=True)

    assert (
        analyst.post(f"{TOKENS}{token.pk}/change/", {"name": "x", "lasts": ""}).status_code == 403
    )
    assert Token.objects.get().is_read_only
