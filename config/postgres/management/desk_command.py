"""The base of commands that need the desk's own connections."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class DeskCommand(BaseCommand):
    """A command that is refused where readers alone are served."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run it; raise CommandError where TRACKER_DESK is off."""
        if not settings.DESK:
            raise CommandError(
                "TRACKER_DESK is off: run this where the desk is served, or leave it out."
            )
        return super().execute(*args, **options)
