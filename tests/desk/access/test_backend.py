"""Rights of people and of their groups are Django's, read by one statement, once."""

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser, Permission, User

from tests.factories import UserFactory
from tests.publishing.review.acting import person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("group", ["analysts", "editors", "administrators", None])
@pytest.mark.parametrize("own", [[], ["view_session", "add_stance"]])
def test_they_are_what_django_would_say(group, own, django_assert_num_queries):
    user = person(group) if group else UserFactory()
    user.user_permissions.set(Permission.objects.filter(codename__in=own))
    expected = ModelBackend().get_all_permissions(User.objects.get(pk=user.pk))

    user = User.objects.get(pk=user.pk)
    with django_assert_num_queries(1):
        assert user.get_all_permissions() == expected
        assert [user.has_perm(right) for right in sorted(expected)] == [True] * len(expected)
        assert not user.has_perm("tracker.do_what_nobody_may")


def test_who_has_left_and_who_is_nobody_may_nothing():
    left = person("administrators")
    left.is_active = False
    assert (left.get_all_permissions(), AnonymousUser().get_all_permissions()) == (set(), set())
    assert not left.has_perm("tracker.view_stance")


def test_whoever_may_all_may_all():
    assert len(UserFactory(is_superuser=True).get_all_permissions()) == Permission.objects.count()
