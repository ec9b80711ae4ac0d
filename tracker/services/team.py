"""Who is in the team: one answer for those who are picked, named or given work, and who publish."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet


def members() -> "QuerySet[Any]":
    """Return the accounts that may log in to the desk: active, and with a role (`is_staff`)."""
    members: QuerySet[Any] = get_user_model()._default_manager.filter(is_active=True, is_staff=True)
    return members
