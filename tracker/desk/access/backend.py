"""Who may what: Django's rights of a person and of their groups,
read by one statement where Django takes two.
"""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AbstractBaseUser, Permission


class Backend(ModelBackend):
    """Rights are read once for each object of a person, so once a request."""

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        if not user_obj.is_active or user_obj.is_superuser or obj is not None:
            return super().get_all_permissions(user_obj, obj)
        if not hasattr(user_obj, "rights"):
            user_obj.rights = _rights(user_obj)
        rights: set[str] = user_obj.rights
        return rights


def _rights(user: AbstractBaseUser) -> set[str]:
    own, of_groups = (
        Permission.objects.filter(**by)
        .order_by()
        .values_list("content_type__app_label", "codename")
        for by in ({"user": user}, {"group__user": user})
    )
    return {f"{app}.{codename}" for app, codename in own.union(of_groups, all=True)}
