"""What answers that are cached have in common: in which words that is said, their encodings, and this code's print.

Finished responses are kept by their tag: what is asked for again needn't be made again. A tag names all that a response
depends on: the edition with its moment, the day of a live page, address, query, encoding, build and settings. So a
response that is kept is never an old one; what nobody asks for goes in time.
"""

import re
from collections import OrderedDict
from functools import cache
from hashlib import blake2b
from pathlib import Path
from threading import Lock

from django.http import HttpRequest, HttpResponse

FOR_A_DAY, REVALIDATED = "public, max-age=86400, immutable", "public, no-cache"
IDENTITY, GZIP = "identity", "gzip"
SMALLEST_COMPRESSED = 1000  # bytes; below, compressing costs more than it saves
TAKES_GZIP = re.compile(r"(?:^|[\s,])(?:gzip|\*)\s*(?:;\s*q=(?:1(?:\.0*)?|0\.\d*[1-9]\d*))?\s*(?:,|$)")
MOST_BYTES = 32 * 1024 * 1024  # bytes in each process
OVERHEAD = 2_000  # bytes of a response beside its content


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


class ResponseCache:
    """The responses that were asked for last, at most so many bytes of them; what is here everybody may read."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self.most, self.size = most, 0
        self.responses: OrderedDict[str, tuple[bytes, dict[str, str]]] = OrderedDict()
        self.lock = Lock()

    def get(self, tag: str) -> HttpResponse | None:
        """Return the response with this tag, if it is kept."""
        with self.lock:
            if tag not in self.responses:
                return None
            self.responses.move_to_end(tag)
            content, headers = self.responses[tag]
        return HttpResponse(content, headers=headers)

    def keep(self, tag: str, response: HttpResponse) -> HttpResponse:
        """Keep a response, which is returned; those that were asked for longest ago go for it."""
        needed = len(response.content) + OVERHEAD
        with self.lock:
            if tag not in self.responses and needed <= self.most:
                self.responses[tag] = response.content, dict(response.headers.items())
                self.size += needed
            while self.size > self.most:
                self.size -= len(self.responses.popitem(last=False)[1][0]) + OVERHEAD
        return response

    def clear(self) -> None:
        """Keep nothing of what is kept."""
        with self.lock:
            self.responses.clear()
            self.size = 0


RESPONSES = ResponseCache()
