"""What several commands take and tell: a user by name, and how far they are."""

import time
from collections.abc import Callable

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError, OutputWrapper

SECOND = 1.0


def user_named(username: str) -> int | None:
    """Return the id of the user with this name; None if no name is given."""
    if not username:
        return None
    user = get_user_model().objects.filter(username=username).values_list("pk", flat=True).first()
    if user is None:
        raise CommandError(f"There is no user “{username}”.")
    return int(user)


def every_second(out: OutputWrapper) -> Callable[[str], None]:
    """Return a function that writes what it is told, if a second has passed since the last line (or the beginning)."""
    last = time.monotonic()

    def tell(text: str) -> None:
        nonlocal last
        if time.monotonic() - last >= SECOND:
            last = time.monotonic()
            out.write(f"… {text}")
            out.flush()

    return tell
