"""The people of the team in forms: whoever is logged in, and who can be picked."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest

from tracker.desk.admin.site.labels import name_of
from tracker.publishing.team import members


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody who is in the team, or also who was; nobody is named as the empty label says."""

    def __init__(self, *, with_former: bool = False, empty_label: str = "anybody", **options: Any) -> None:
        people = get_user_model()._default_manager.all() if with_former else members()
        super().__init__(queryset=people.order_by("username"), required=False, empty_label=empty_label, **options)

    def label_from_instance(self, obj: AbstractUser) -> str:
        return name_of(obj)


def whoever(request: HttpRequest) -> int:
    """Return the id of who is logged in."""
    return int(request.user.pk or 0)
