"""`manage.py up`: everything from an empty directory to a tracker that answers."""

import os
import signal
import socket
import sys
from typing import Any, NoReturn

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from config.checks import check_contact
from config.postgres import embedded, own_server, users
from config.postgres.own_server import has_own_server, refuse_other_version
from config.postgres.port import HOST, bound, only_one, port_of
from config.postgres.progress import Progress
from config.postgres.trouble import TroubleError, full_disk, is_full, tells_full_disk

PLACES = {"site": "/", "admin": "/admin/", "API": "/api/v1/", "docs": "/api/v1/docs/"}
OWNER = "owner"


class Command(BaseCommand):
    """Start the database, migrate, fill an empty tracker, serve; Ctrl-C stops all of it."""

    help = (
        "Bring the tracker up on this machine: database, tables, first dataset, administrator, "
        "web server."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--port", default=os.environ.get("PORT") or "8000", help="default: PORT, else 8000"
        )
        parser.add_argument(
            "--empty",
            action="store_true",
            default=settings.EMPTY,
            help=(
                "let a new tracker begin without the content that comes along; default: "
                "TRACKER_EMPTY"
            ),
        )

    def handle(self, *, port: str, empty: bool, **options: Any) -> None:
        """Bring it up and serve until asked to stop;
        exits with one line if something on this machine prevents it.
        """
        self.progress = Progress(self.say)
        self.log_began = embedded.cluster().size_of_log()
        # A script's background job begins with SIGINT ignored;
        # the web server would heed it all the same.
        signal.signal(signal.SIGINT, interrupt)
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, interrupt)
        status: int | str = 0
        try:
            status = self.up(port_of(port), empty=empty)
        except TroubleError as trouble:
            status = str(trouble)
        except Exception as error:
            if not self.disk_is_full(error):
                raise
            status = str(full_disk(settings.DATA_DIR))
        except KeyboardInterrupt:
            status = 0
        if status == 0:
            self.down()
        sys.exit(status)

    def up(self, port: int, *, empty: bool) -> int:
        """Do every step, the quick refusals first, and return the web server's exit status."""
        with only_one(settings.DATA_DIR, port, self.progress), bound(port) as listener:
            self.start_database()
            if settings.DESK:
                self.migrate()
                if "bootstrap" in get_commands():
                    call_command("bootstrap", empty=empty, stdout=self.stdout, stderr=self.stderr)
            return self.serve(listener, port)

    def start_database(self) -> None:
        """Start the embedded server, or see that the other one can be used."""
        if has_own_server():
            if settings.DESK:
                own_server.make_ready()
            return
        new = not embedded.cluster().exists
        with self.progress.step("Creating the database" if new else "Starting the database"):
            embedded.server()

    def migrate(self) -> None:
        """Make the tables what this version wants, if they aren't;
        raise TroubleError if they can't be.
        """
        refuse_other_version(connections[OWNER])
        executor = MigrationExecutor(connections[OWNER])
        steps = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if steps:
            with self.progress.step(f"Making the tables, in {steps} migrations"):
                call_command("migrate", database=OWNER, interactive=False, verbosity=0)

    def serve(self, listener: socket.socket, port: int) -> int:
        """Serve on `listener`; workers must not share a connection with this process."""
        from config.postgres.serve import serve

        def ready() -> None:
            lines = [
                f"  {name:5}  http://{HOST}:{port}{path}"
                for name, path in PLACES.items()
                if settings.DESK or name != "admin"
            ]
            lacks = [f"{warning.msg} {warning.hint}\n" for warning in check_contact()]
            self.say(
                "\n".join(["", "The tracker is up. Ctrl-C stops it.", "", *lines, "", *lacks, ""])
            )

        connections.close_all()
        return serve(listener, ready)

    def down(self) -> None:
        """Stop the embedded server, if this process was its last user;
        what ends otherwise does so at exit.
        """
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        connections.close_all()
        if not has_own_server() and embedded.cluster().home in users.shares:
            self.say("\n")
            with self.progress.step("Stopping the database"):
                users.leave(embedded.cluster())

    def disk_is_full(self, error: BaseException) -> bool:
        """Tell whether an error comes from a full disk:
        by what led to it, by the server's last words, by looking.
        """
        causes = [error]
        while cause := causes[-1].__cause__ or causes[-1].__context__:
            causes.append(cause)
        return (
            any(tells_full_disk(str(cause)) for cause in causes)
            or tells_full_disk(embedded.cluster().log_since(self.log_began))
            or is_full(settings.DATA_DIR)
        )

    def say(self, text: str) -> None:
        """Write without an end of line, at once;
        a terminal that is gone is no reason not to stop properly.
        """
        try:
            self.stdout.write(text, ending="")
            self.stdout.flush()
        except OSError:
            return


def interrupt(*_: object) -> NoReturn:
    """End as Ctrl-C does."""
    raise KeyboardInterrupt
