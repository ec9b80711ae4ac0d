"""What people may do: exactly what Django says, in one query."""

from typing import Any

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser, Permission, User

from tests.factories import UserFactory
from tests.services.reviewing.acting import person
from tracker.services.rights import Rights

pytestmark = pytest.mark.django_db

GROUPS = ["analysts", "editors", "administrators"]


def again(user: User) -> Any:
    """Return somebody of whom nothing is known yet."""
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("group", GROUPS)
def test_all_rights_are_those_that_django_knows(group: str, django_assert_num_queries: Any) -> None:
    """Of the group, and of a person's own; asked for once."""
    user = again(person(group))
    user.user_permissions.add(Permission.objects.get(codename="view_session"))
    user, other = again(user), again(user)

    with django_assert_num_queries(1):
        found = Rights().get_all_permissions(user)
        assert user.has_perms(["tracker.add_stance", "sessions.view_session"])
        assert user.has_module_perms("tracker")
    assert found == ModelBackend().get_all_permissions(other)
    assert len(found) > 20


def test_whoever_has_no_group_may_do_nothing() -> None:
    assert Rights().get_all_permissions(UserFactory()) == set()


def test_whoever_left_may_do_nothing() -> None:
    user = person("administrators")
    user.is_active = False

    assert Rights().get_all_permissions(user) == Rights().get_all_permissions(AnonymousUser()) == set()
    assert not user.has_perm("tracker.view_stance")


def test_a_superuser_may_do_all_that_there_is() -> None:
    user = UserFactory(is_superuser=True)

    assert user.has_perm("tracker.add_edition")
    assert len(Rights().get_all_permissions(user)) == Permission.objects.count()
