"""Whether the process is up, and whether readers can be answered;
of the desk `tracker/management/health.py` tells.
"""

from django.db import DatabaseError, connections
from django.http import HttpRequest, JsonResponse

from tracker.public.api.http.exceptions import RETRY_AFTER
from tracker.public.read.connection import ALIAS


def live(request: HttpRequest) -> JsonResponse:
    """Answer that the process is up."""
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 if the reader's role can read editions, else 503 with what is missing."""
    missing = missing_to_read()
    return not_ready(missing) if missing else JsonResponse({"status": "ok"})


def not_ready(missing: list[str]) -> JsonResponse:
    """Return a 503 that lists what is missing."""
    body = {"status": "not ready", "missing": missing}
    return JsonResponse(body, status=503, headers={"Retry-After": str(RETRY_AFTER)})


def missing_to_read() -> list[str]:
    """Return what readers can't be answered without."""
    try:
        with connections[ALIAS].cursor() as cursor:
            cursor.execute("SELECT 1 FROM tracker_edition LIMIT 1")
    except DatabaseError:
        return ["the database"]
    return []
