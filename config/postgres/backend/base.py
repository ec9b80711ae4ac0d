"""Django's PostgreSQL backend, with the embedded server where HOST is empty."""

from typing import Any

from django.db.backends.postgresql import base, features
from django.db.utils import OperationalError
from psycopg.pq import Format

from config.postgres import embedded
from config.postgres.binaries import OLDEST
from config.postgres.trouble import Trouble


class DatabaseFeatures(features.DatabaseFeatures):
    """What is asked of PostgreSQL: as new everywhere as the embedded one."""

    minimum_database_version = (OLDEST,)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that makes sure first that its server runs, if that is the embedded one.

    If it binds parameters at the server (see `server_side_binding`), it also fetches in binary.
    """

    features_class = DatabaseFeatures

    def create_cursor(self, name: str | None = None) -> Any:
        """Return a new cursor."""
        cursor = super().create_cursor(name)
        if self.settings_dict["OPTIONS"].get("server_side_binding"):
            cursor.format = Format.BINARY
        return cursor

    def get_connection_params(self) -> dict[str, Any]:
        """Return what psycopg connects with; raises OperationalError if the embedded server can't run."""
        params: dict[str, Any] = super().get_connection_params()
        if params.get("host"):
            return params
        try:
            server = embedded.server()
        except Trouble as trouble:
            raise OperationalError(str(trouble)) from trouble
        return {**params, "host": str(server.sockets), "port": server.port}
