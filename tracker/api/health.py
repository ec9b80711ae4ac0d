"""Whether the process is up, and whether it can do its work."""

from typing import Any

from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from tracker.api.http.exceptions import RETRY_AFTER
from tracker.apps import TrackerConfig
from tracker.publication.read.connection import ALIAS
from tracker.services.backups import last_checked
from tracker.services.publishing import clock_ahead


def live(request: HttpRequest) -> JsonResponse:
    """Answer that the process is up."""
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 if the database can be reached by both roles and has all migrations, else 503 with what is missing.

    With 200 come `warnings` of what doesn't keep anybody from being answered, and of when the youngest backup is that
    was checked.
    """
    body: dict[str, Any]
    if missing := _missing():
        body = {"status": "not ready", "missing": missing}
        return JsonResponse(body, status=503, headers={"Retry-After": str(RETRY_AFTER)})
    backup = last_checked()
    body = {"status": "ok", "backup_checked_of": backup and backup.made_at}
    if warnings := [problem.text for problem in clock_ahead()]:
        body["warnings"] = warnings
    return JsonResponse(body)


def _missing() -> list[str]:
    try:
        with connections[ALIAS].cursor() as cursor:
            cursor.execute("SELECT 1 FROM tracker_edition LIMIT 1")
        executor = MigrationExecutor(connections["default"])
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        outdated = TrackerConfig.why_not_migrate(executor.loader.applied_migrations)
    except DatabaseError:
        return ["the database"]
    if outdated:
        return [outdated]
    return [f"migration {migration.app_label}.{migration.name}" for migration, _ in waiting]
