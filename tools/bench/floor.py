"""The floor: a constant answer of 2 kB, as long as one stance, for which nothing is asked."""

from collections.abc import Callable, Iterable
from typing import Any

BODY = b"x" * 2_000
HEADERS = [("Content-Type", "application/json"), ("Content-Length", str(len(BODY)))]


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer the same whatever is asked."""
    start_response("200 OK", HEADERS)
    return [BODY]
