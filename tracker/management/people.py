"""People, as commands are told of them."""

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError


def user_named(username: str) -> int | None:
    """Return the id of the user with this name; None if no name is given."""
    if not username:
        return None
    found = get_user_model().objects.filter(username=username).values_list("pk", flat=True).first()
    if found is None:
        raise CommandError(f"There is no user “{username}”.")
    return int(found)
