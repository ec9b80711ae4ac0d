"""Who is in the team: one answer for those who are picked, named or given work, and who publish."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet


def members(permission: str = "") -> "QuerySet[Any]":
    """Return the accounts that may log in to the desk, active and with a role (`is_staff`), and have the permission."""
    people: Any = get_user_model()._default_manager
    active: QuerySet[Any] = people.with_perm(permission) if permission else people.filter(is_active=True)
    return active.filter(is_staff=True)
