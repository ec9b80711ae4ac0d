"""From where a request comes."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings


def address_of(meta: Mapping[str, Any]) -> str:
    """Return the address of the client: what the proxy in front says, where there is one, else who is connected."""
    said = str(meta.get("HTTP_X_FORWARDED_FOR", "")) if settings.SECURE_PROXY_SSL_HEADER else ""
    # Only the last one is the proxy's own word; whatever stands before it the client may have made up.
    return said.rpartition(",")[2].strip()[:100] or str(meta.get("REMOTE_ADDR", ""))
