"""What `manage.py doctor` looks at of the tracker itself;
config/postgres/management/checks.py says how.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.utils import timezone

from tracker.management.backups import last_checked
from tracker.models import ActorDocument
from tracker.publishing.publish import clock_ahead
from tracker.verify.guards import differences

OLDEST_BACKUP = timedelta(days=7)


def check_clock() -> list[CheckMessage]:
    """Return that the last edition is ahead of the clock."""
    return [
        Error(f"{problem.filled(problem.message)}:", problem.filled(problem.remedy))
        for problem in clock_ahead()
    ]


def check_backup() -> Iterator[CheckMessage]:
    """Yield how old the youngest backup is that was checked."""
    made = "Run `manage.py backup DIR`, and `manage.py backup --check FILE` with what it made."
    backup = last_checked()
    if backup is None:
        yield Warning("No backup was checked yet.", made)
    elif timezone.now() - backup.made_at > OLDEST_BACKUP:
        yield Warning(
            f"The youngest backup that was checked is of {backup.made_at:%-d %B %Y}.", made
        )


def check_focus() -> Iterator[CheckMessage]:
    """Yield which actors in focus were never public, once any was:
    readers see an empty column of them.
    """
    if not ActorDocument.objects.exists():
        return
    public = set(
        ActorDocument.objects.filter(slug__in=settings.FOCUS).values_list("slug", flat=True)
    )
    for slug in settings.FOCUS:
        if slug not in public:
            remedy = "Publish the actor, or correct TRACKER_FOCUS."
            yield Warning(
                f"TRACKER_FOCUS names “{slug}”, and no actor was ever published under this slug.",
                remedy,
            )


def check_guards() -> Iterator[CheckMessage]:
    """Yield which functions, triggers, roles and rights aren't as migrations made them."""
    for difference in differences():
        remedy = (
            f"Find out who changed it, and run, as the owner or an administrator: "
            f"{difference.remedy}"
        )
        yield Error(
            f"{difference.what}.",
            f"{remedy}; then `manage.py verify` tells what was done meanwhile.",
        )


DATABASE_CHECKS: dict[str, Callable[[], Iterable[CheckMessage]]] = {
    "the clock": check_clock,
    "the backup": check_backup,
    "the actors in focus": check_focus,
    "functions, triggers, roles and rights": check_guards,
}
