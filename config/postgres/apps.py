"""The embedded PostgreSQL as an installed app:
it brings the commands up, migrate, roles and doctor.
"""

from django.apps import AppConfig


class PostgresConfig(AppConfig):
    """The embedded PostgreSQL; `django.contrib.postgres` already has the label `postgres`."""

    name = "config.postgres"
    label = "embedded_postgres"
