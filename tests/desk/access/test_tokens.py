"""Tokens: which texts are known, until when, and how often their use is noted."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.utils import timezone

from tests.factories import TokenFactory, UserFactory
from tests.publishing.review.acting import person
from tracker.desk.access import tokens
from tracker.models import Token

pytestmark = pytest.mark.django_db


def test_a_token_is_known_by_its_text_alone():
    made = tokens.make(user=UserFactory().pk, name="A notebook")

    assert tokens.find(text=made.text) == made.token
    for other in (
        made.text[:-1],
        made.text + "x",
        made.token.digest,
        made.token.prefix,
        "",
        "\x00",
    ):
        assert tokens.find(text=other) is None


@pytest.mark.parametrize("group", ["analysts", "editors", "administrators"])
def test_a_token_comes_with_its_owner_who_may_do_what_they_may(group, django_assert_num_queries):
    owner = person(group)
    owner.user_permissions.add(Permission.objects.get(codename="view_session"))
    made = tokens.make(user=owner.pk, name="A notebook")

    with django_assert_num_queries(1):
        user = tokens.find(text=made.text).user
    rights = user.get_all_permissions()

    assert (user, user.get_username()) == (owner, owner.get_username())
    assert rights == User.objects.get(pk=owner.pk).get_all_permissions()
    assert {"tracker.add_stance", "sessions.view_session"} <= rights


def test_a_superuser_with_a_token_may_do_all_that_there_is():
    made = tokens.make(user=UserFactory(is_superuser=True).pk, name="A notebook")

    assert len(tokens.find(text=made.text).user.get_all_permissions()) == Permission.objects.count()


def test_a_token_that_expired_is_not_known():
    now = timezone.now()
    TokenFactory(text="still", expires_at=now + timedelta(seconds=60))
    TokenFactory(text="no-more", expires_at=now - timedelta(seconds=1))

    assert tokens.find(text="still")
    assert tokens.find(text="no-more") is None


def test_a_token_of_somebody_inactive_is_not_known():
    TokenFactory(text="theirs", user=UserFactory(is_active=False))

    assert tokens.find(text="theirs") is None


def test_use_is_noted_once_a_minute(django_assert_num_queries):
    token = TokenFactory()

    tokens.note_use(token=token)
    token.refresh_from_db()
    first = token.last_used_at
    with django_assert_num_queries(0):
        tokens.note_use(token=token)
    # by a clock that was ahead
    for noted in (first - timedelta(seconds=61), first + timedelta(days=365)):
        Token.objects.update(last_used_at=noted)
        token.refresh_from_db()
        tokens.note_use(token=token)
        token.refresh_from_db()

        assert timezone.now() >= token.last_used_at >= first > timezone.now() - timedelta(minutes=1)
