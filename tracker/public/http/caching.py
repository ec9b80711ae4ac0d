"""What answers that are cached have in common:
in which words that is said, their encodings, and this code's print.

Finished responses are kept by their tag: what is asked for again needn't be made again. A tag names
all that a response depends on: the edition with its moment, the day of a live page, address, query,
encoding, build and settings. So a response that is kept is never an old one; what nobody asks for
goes in time.
"""

import gzip
from collections import OrderedDict
from functools import cache
from hashlib import blake2b
from math import inf
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from isal import igzip

from tracker.public.http.clients import origin

Key = TypeVar("Key")
Tagged = TypeVar("Tagged", bound=HttpResponseBase)
Value = TypeVar("Value")

FOR_A_DAY, REVALIDATED = "public, max-age=86400, immutable", "public, no-cache"
IDENTITY, GZIP = "identity", "gzip"
SMALLEST_COMPRESSED = 1000  # bytes; below, compressing costs more than it saves
LONGEST_WEIGHT = 5  # characters, “0.001”
MOST_BYTES = 32 * 1024 * 1024  # bytes in each process
OVERHEAD = 2_000  # bytes of a response beside its content


def takes_gzip(request: HttpRequest) -> bool:
    """Tell whether a client takes what is compressed."""
    return accepts_gzip(request.headers.get("Accept-Encoding", ""))


def accepts_gzip(accepted: str) -> bool:
    """Tell whether a header `Accept-Encoding` takes gzip: by its name, else by `*`."""
    weights = dict(map(_coding, accepted.lower().split(",")))
    return weights.get("gzip", weights.get("*", False))


def _coding(text: str) -> tuple[str, bool]:
    """Return the name of a coding, and whether it is taken at all: with a weight above nought."""
    name, *parameters = (part.strip() for part in text.split(";"))
    if not parameters:
        return name, True
    key, _, weight = parameters[0].partition("=")
    digits = weight.replace(".", "", 1)
    is_number = len(weight) <= LONGEST_WEIGHT and digits.isascii() and digits.isdecimal()
    return name, len(parameters) == 1 and key == "q" and is_number and 0 < float(weight) <= 1


def compressed(content: bytes, *, small: bool = False) -> bytes:
    """Return an answer as a gzip file, without a moment in it: the same bytes for the same tag.

    A page of 86 kB takes .07 ms (12 kB), and `small` 1.1 ms (10 kB),
    which pays where it is kept and asked for often.
    """
    return gzip.compress(content, 6, mtime=0) if small else igzip.compress(content, 2, mtime=0)


@cache
def _encoder() -> str:
    """Return what tells the encoder's bytes from those of another machine:
    ISA-L chooses its code by the processor.
    """
    return blake2b(compressed(Path(__file__).read_bytes()), digest_size=8).hexdigest()


def encoded(content: bytes, *, small: bool = False) -> tuple[bytes, str]:
    """Return an answer to a client that takes gzip, compressed if it is worth it,
    and its encoding.
    """
    return (
        (content, IDENTITY)
        if len(content) < SMALLEST_COMPRESSED
        else (compressed(content, small=small), GZIP)
    )


def encode(response: HttpResponse, request: HttpRequest, *, small: bool = False) -> str:
    """Compress an answer that is ready, where the client takes that and it is worth it;
    return its encoding.
    """
    if not takes_gzip(request):
        return IDENTITY
    content, encoding = encoded(response.content, small=small)
    if encoding == GZIP:
        response.content, response.headers["Content-Encoding"] = content, GZIP
    return encoding


def fingerprint(request: HttpRequest, query: str, encoding: str, form: str = "") -> str:
    """Return the part of a tag that no edition changes, of an address with a query string."""
    made = (
        build(),
        settings.DATA_LICENSE,
        settings.CONTACT,
        str(settings.STALE_AFTER),
        str(settings.WITHHELD),
    )
    named = (settings.TITLE, settings.TEAM, ",".join(settings.FOCUS))
    as_sent = (encoding, _encoder()) if encoding == GZIP else (encoding,)
    parts = (origin(request), request.path_info, query, form, *as_sent, *made, *named)
    return blake2b("\n".join(parts).encode(), digest_size=8).hexdigest()


def with_tag(response: Tagged, tag: str, vary: str, *, is_frozen: bool) -> Tagged:
    """Say by which tag a response is known, what of a request it depends on,
    and how long it may be kept.
    """
    response.headers["ETag"] = tag
    response.headers["Vary"] = vary
    response.headers["Cache-Control"] = FOR_A_DAY if is_frozen else REVALIDATED
    return response


@cache
def build() -> str:
    """Return a fingerprint of this code and its pages."""
    digest, root = blake2b(digest_size=8), Path(__file__).parents[2]
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.html")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


class BoundedCache(Generic[Key, Value]):
    """The values that were asked for last: at most so many, of so many bytes;
    what is here everybody may read.
    """

    def __init__(self, most_bytes: int, most: float = inf) -> None:
        self.most_bytes, self.most, self.size = most_bytes, most, 0
        self.values: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self.lock = Lock()

    def __len__(self) -> int:
        """Return how many are kept."""
        return len(self.values)

    def get(self, key: Key) -> Value | None:
        """Return the value of a key, if it is kept."""
        with self.lock:
            if key not in self.values:
                return None
            self.values.move_to_end(key)
            return self.values[key][0]

    def keep(self, key: Key, value: Value, size: int) -> None:
        """Keep a value of so many bytes instead of the one that the key had;
        those asked for longest ago go for it.
        """
        with self.lock:
            self._drop(key)
            if size <= self.most_bytes:
                self.values[key], self.size = (value, size), self.size + size
            while self.size > self.most_bytes or len(self.values) > self.most:
                self._drop(next(iter(self.values)))

    def drop(self, key: Key) -> None:
        """Keep a value no longer."""
        with self.lock:
            self._drop(key)

    def clear(self) -> None:
        """Keep nothing of what is kept."""
        with self.lock:
            self.values.clear()
            self.size = 0

    def _drop(self, key: Key) -> None:
        self.size -= self.values.pop(key, (None, 0))[1]


class ResponseCache:
    """Finished responses by their tags."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self.responses = BoundedCache[str, tuple[bytes, dict[str, str]]](most)

    def get(self, tag: str) -> HttpResponse | None:
        """Return the response with this tag, if it is kept."""
        kept = self.responses.get(tag)
        return HttpResponse(kept[0], headers=kept[1]) if kept else None

    def keep(self, tag: str, response: HttpResponse) -> HttpResponse:
        """Keep a response, which is returned."""
        content = response.content
        self.responses.keep(tag, (content, dict(response.headers.items())), len(content) + OVERHEAD)
        return response

    def clear(self) -> None:
        """Keep nothing of what is kept."""
        self.responses.clear()


RESPONSES = ResponseCache()
