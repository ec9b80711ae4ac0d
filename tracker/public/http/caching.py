"""What answers that are cached have in common: in which words that is said, their encodings, and this code's print."""

import re
from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.http import HttpRequest

FOR_A_DAY, REVALIDATED = "public, max-age=86400, immutable", "public, no-cache"
IDENTITY, GZIP = "identity", "gzip"
SMALLEST_COMPRESSED = 1000  # bytes; below, compressing costs more than it saves
TAKES_GZIP = re.compile(r"(?:^|[\s,])(?:gzip|\*)\s*(?:;\s*q=(?:1(?:\.0*)?|0\.\d*[1-9]\d*))?\s*(?:,|$)")


def takes_gzip(request: HttpRequest) -> bool:
    """Tell whether a client takes what is compressed."""
    return TAKES_GZIP.search(request.headers.get("Accept-Encoding", "")) is not None


@cache
def build() -> str:
    """Return a fingerprint of this code and its pages."""
    digest, root = blake2b(digest_size=8), Path(__file__).parents[2]
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.html")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()
