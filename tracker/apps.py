"""The tracker as an installed app."""

from collections.abc import Collection

from django.apps import AppConfig
from django.db.migrations.loader import MigrationLoader

FIRST_MIGRATION = "0001_extensions"


class TrackerConfig(AppConfig):
    """Everything the tracker is."""

    name = "tracker"
    verbose_name = "Tracker"

    @staticmethod
    def why_not_migrate(applied: Collection[tuple[str, str]]) -> str:
        """Return in one line why a database can't be brought up to date, and what to do;
        empty if it can.

        `applied` are its migrations, by app and name.
        Those of before the first version that was released are no more.
        """
        ours = sorted(name for app, name in applied if app == "tracker")
        if not ours or FIRST_MIGRATION in ours:
            return ""
        return (
            f"The database was made by a version of before (up to migration {ours[-1]}), "
            f"from which no way leads here:"
            " set TRACKER_DATA_DIR to a new directory, or DATABASE_URL to an empty database, "
            "and start again;"
            " `manage.py up` loads the first dataset, `manage.py import` your own files."
            " History, editions, people and tokens don't come along; nothing was changed."
        )

    @classmethod
    def why_not_write(cls, applied: Collection[tuple[str, str]]) -> str:
        """Return in one line why this version may not begin to write to a database;
        empty if it may.

        What a newer one keeps, this one would leave out unknowingly. Who runs already goes on.
        """
        loader = MigrationLoader(None)
        replaced = {
            name for migration in loader.disk_migrations.values() for name in migration.replaces
        }
        unknown = {*applied} - loader.disk_migrations.keys() - replaced
        names = sorted(f"{app}.{name}" for app, name in unknown if app in loader.migrated_apps)
        return cls.why_not_migrate(applied) or (
            f"The database is of a newer version of the tracker, with migrations that this "
            f"one doesn't know ({', '.join(names)}): run that version, or restore a backup "
            f"of before them; nothing was changed."
            if names
            else ""
        )
