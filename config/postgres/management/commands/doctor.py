"""`manage.py doctor`: what is wrong with this installation, each with its remedy."""

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

from django.apps import apps
from django.core.checks import ERROR, INFO, WARNING, CheckMessage, Error, Info
from django.core.management.base import CommandError
from django.db import Error as DatabaseError
from django.utils.module_loading import module_has_submodule
from psycopg.errors import InsufficientPrivilege

from config.postgres.management.checks import Check
from config.postgres.management.desk_command import DeskCommand
from config.postgres.own_server import first_line

KINDS = {ERROR: "Fault", WARNING: "Advice", INFO: "Note"}
PLACE = "management.checks"


class Command(DeskCommand):
    help = (
        "Look at settings, disks, database, roles, triggers and certificate, and say in a "
        "line each what is wrong, and what to do. Changes nothing, and needs no web server. "
        "Ends with the exit status 1 if there is a fault."
    )
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell each fault, advice and note as soon as it is known."""
        faults = self.tell(named("CHECKS"))
        if faults:
            self.stdout.write(
                f"Note: {', '.join(named('DATABASE_CHECKS'))}: not looked at before that is mended."
            )
        else:
            faults = self.tell(named("DATABASE_CHECKS"))
        if faults:
            raise CommandError(f"{faults} faults" if faults > 1 else "One fault")
        self.stdout.write(
            f"Nothing is wrong. Looked at: "
            f"{', '.join({**named('CHECKS'), **named('DATABASE_CHECKS')})}."
        )

    def tell(self, checks: dict[str, Check]) -> int:
        """Make the checks, and return how many faults there are."""
        faults = 0
        for name, check in checks.items():
            for message in messages_of(name, check):
                self.stdout.write(
                    " ".join(filter(None, [f"{KINDS[message.level]}:", message.msg, message.hint]))
                )
                faults += message.level == ERROR
        return faults


def named(checks: str) -> dict[str, Check]:
    """Return the checks that the apps have under this name."""
    modules: list[ModuleType] = [
        import_module(f"{app.name}.{PLACE}")
        for app in apps.get_app_configs()
        if app.module and module_has_submodule(app.module, PLACE)
    ]
    return {
        name: check for module in modules for name, check in getattr(module, checks, {}).items()
    }


def messages_of(name: str, check: Check) -> Iterator[CheckMessage]:
    """Yield what a check says; one that may not look, or can't, says that."""
    try:
        yield from check()
    except (DatabaseError, OSError) as error:
        may_not = isinstance(error.__cause__, InsufficientPrivilege)
        yield (Info if may_not else Error)(f"{name} can't be looked at: {first_line(error)}.")
