"""Django's PostgreSQL backend, with the embedded server where HOST is empty."""

import select
from typing import Any

from django.db.backends.postgresql import base, features
from django.db.utils import OperationalError
from psycopg import ClientCursor, Cursor
from psycopg.pq import Format

from config.postgres import embedded
from config.postgres.binaries import OLDEST_VERSION
from config.postgres.trouble import TroubleError

MOST_BOUND = 65_535  # the protocol counts them in 16 bits
# When a peer on the network is given up: once it leaves for so many milliseconds unconfirmed what
# was sent, or after so many seconds of quiet so many questions, as many seconds apart. Before, it
# has seconds to let us in.
SILENCE = {
    "tcp_user_timeout": 5000,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 2,
}
PATIENCE = {"connect_timeout": 3, **SILENCE}


class DatabaseFeatures(features.DatabaseFeatures):
    """What is asked of PostgreSQL: as new everywhere as the embedded one."""

    minimum_database_version = (OLDEST_VERSION,)


class ServerBindingCursor(base.CursorMixin, Cursor[Any]):
    """A cursor that binds parameters at the server if that takes so many;
    else it writes them into the statement.
    """

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        if params is not None and len(params) > MOST_BOUND:
            query, params = ClientCursor(self.connection).mogrify(query, params), None
        return super().execute(query, params, **options)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that makes sure first that its server runs, if that is the embedded one.

    One more option than Django's:
    `binary` fetches as PostgreSQL keeps values, and runs one statement at a time.
    """

    features_class = DatabaseFeatures

    def create_cursor(self, name: str | None = None) -> Any:
        cursor = super().create_cursor(name)
        if self.settings_dict["OPTIONS"].get("binary"):
            cursor.format = Format.BINARY
        return cursor

    def is_usable(self) -> bool:
        """Tell whether the server still answers;
        it is asked only if it said something, as it does when it ends.
        """
        if self.connection is None or self.connection.closed:
            return False
        poll = select.poll()
        poll.register(self.connection.fileno(), select.POLLIN)
        return not poll.poll(0) or bool(super().is_usable())

    def get_connection_params(self) -> dict[str, Any]:
        """Return what psycopg connects with;
        raises OperationalError if the embedded server can't run.
        """
        params: dict[str, Any] = super().get_connection_params()
        params.pop("binary", None)
        if params["cursor_factory"] is base.ServerBindingCursor:
            params["cursor_factory"] = ServerBindingCursor
        if str(params.get("host", "")).startswith("/"):
            return params
        if params.get("host"):
            params = {**PATIENCE, **params}
            # The server gives us up likewise, and with us the locks that we had.
            likewise = [f"-c tcp_{name.removeprefix('tcp_')}={params[name]}" for name in SILENCE]
            return {**params, "options": " ".join([params.get("options", ""), *likewise])}
        try:
            server = embedded.server()
        except TroubleError as trouble:
            raise OperationalError(str(trouble)) from trouble
        return {**params, "host": str(server.sockets), "port": server.port}
