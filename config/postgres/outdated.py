"""Databases that can't be brought up to date: their migrations are no more."""

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from config.postgres.trouble import Trouble


def refuse_outdated(connection: BaseDatabaseWrapper) -> None:
    """Raise Trouble if an app says (`why_not_migrate`) that it can't migrate the database from where it is."""
    applied = MigrationRecorder(connection).applied_migrations()
    for app in apps.get_app_configs():
        if hasattr(app, "why_not_migrate") and (why := app.why_not_migrate(applied)):
            raise Trouble(why)
