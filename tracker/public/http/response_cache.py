"""Finished responses, kept by their tag: what is asked for again needn't be made again.

A tag names all that a response depends on: the edition with its moment, the day of a live page, address, query,
encoding, build and settings. So a response that is kept is never an old one; what nobody asks for goes in time.
"""

from collections import OrderedDict
from threading import Lock

from django.http import HttpResponse

MOST_BYTES = 32 * 1024 * 1024  # bytes in each process
OVERHEAD = 2_000  # bytes of a response beside its content


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
