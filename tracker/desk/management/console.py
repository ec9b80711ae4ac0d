"""What several commands take, ask and tell:
a user by name, whether they may write, and how far they are.
"""

import time
from collections.abc import Callable

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from tracker.apps import TrackerConfig

SECOND = 1.0


class WritingCommand(BaseCommand):
    """A command that writes, and refuses a database of another version in one line."""

    requires_migrations_checks = True

    def check_migrations(self) -> None:
        """Raise CommandError instead of telling what isn't applied yet."""
        if why := TrackerConfig.why_not_write(MigrationRecorder(connection).applied_migrations()):
            raise CommandError(why)


def user_named(username: str) -> int | None:
    """Return the id of the user with this name; None if no name is given."""
    if not username:
        return None
    user = get_user_model().objects.filter(username=username).values_list("pk", flat=True).first()
    if user is None:
        raise CommandError(f"There is no user “{username}”.")
    return int(user)


def every_second(out: OutputWrapper) -> Callable[[str], None]:
    """Return a function that writes what it is told,
    if a second has passed since the last line (or the beginning).
    """
    last = time.monotonic()

    def tell(text: str) -> None:
        nonlocal last
        if time.monotonic() - last >= SECOND:
            last = time.monotonic()
            out.write(f"… {text}")
            out.flush()

    return tell
