"""What `manage.py doctor` looks at of the tracker itself; config/postgres/management/checks.py says how."""

from collections.abc import Callable, Iterable, Iterator

from django.core.checks import CheckMessage, Error

from tracker.services.publishing import clock_ahead
from tracker.services.verify.guards import differences


def check_clock() -> list[CheckMessage]:
    """Return that the last edition is ahead of the clock."""
    return [Error(f"{problem.filled(problem.message)}:", problem.filled(problem.remedy)) for problem in clock_ahead()]


def check_guards() -> Iterator[CheckMessage]:
    """Yield which functions, triggers, roles and rights aren't as migrations made them."""
    for difference in differences():
        remedy = f"Find out who changed it, and run, as the owner or an administrator: {difference.remedy}"
        yield Error(f"{difference.what}.", f"{remedy}; then `manage.py verify` tells what was done meanwhile.")


DATABASE_CHECKS: dict[str, Callable[[], Iterable[CheckMessage]]] = {
    "the clock": check_clock,
    "functions, triggers, roles and rights": check_guards,
}
