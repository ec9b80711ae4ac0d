"""Whether all of the tracker can do its work: readers can be answered, and the desk."""

from typing import Any

from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from tracker.apps import TrackerConfig
from tracker.management.backups import last_checked
from tracker.public.api.health import missing_to_read, not_ready
from tracker.publishing.publish import clock_ahead


def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 if the database can be reached by both roles and has all migrations,
    else 503 with what is missing.

    With 200 come `warnings` of what doesn't keep anybody from being answered, and of when the
    youngest backup is that was checked.
    """
    if missing := missing_to_read() or _missing_to_write():
        return not_ready(missing)
    backup = last_checked()
    body: dict[str, Any] = {"status": "ok", "backup_checked_of": backup and backup.made_at}
    if warnings := [problem.text for problem in clock_ahead()]:
        body["warnings"] = warnings
    return JsonResponse(body)


def _missing_to_write() -> list[str]:
    try:
        executor = MigrationExecutor(connections["default"])
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        outdated = TrackerConfig.why_not_migrate(executor.loader.applied_migrations)
    except DatabaseError:
        return ["the database"]
    if outdated:
        return [outdated]
    return [f"migration {migration.app_label}.{migration.name}" for migration, _ in waiting]
