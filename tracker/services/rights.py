"""What people may do, from the permissions that they and their groups have."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db import connection

OF_A_PERSON = """
    SELECT t.app_label || '.' || p.codename
    FROM auth_permission p JOIN django_content_type t ON t.id = p.content_type_id
    WHERE p.id IN (
        SELECT permission_id FROM auth_user_user_permissions WHERE user_id = {person}
        UNION ALL
        SELECT permission_id FROM auth_group_permissions JOIN auth_user_groups USING (group_id)
        WHERE user_id = {person}
    )
"""
ASKED = OF_A_PERSON.format(person="%(person)s")


class Rights(ModelBackend):
    """Django's own way to know people, but asking for all that somebody may do in one query, which all requests ask."""

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Return all permissions of a person, as `tracker.add_stance`; none for who left."""
        if not user_obj.is_active or user_obj.is_anonymous or user_obj.is_superuser or obj is not None:
            return super().get_all_permissions(user_obj, obj)
        if not hasattr(user_obj, "_perm_cache"):
            with connection.cursor() as cursor:
                cursor.execute(ASKED, {"person": user_obj.pk})
                remember(user_obj, (right for (right,) in cursor.fetchall()))
        found: set[str] = user_obj._perm_cache
        return found


def remember(person: Any, rights: Iterable[str]) -> None:
    """Keep with a person what they may do, where Django keeps it; of a superuser it is not asked."""
    if not person.is_superuser:
        person._perm_cache = set(rights)
