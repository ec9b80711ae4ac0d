"""Finished answers, kept by their tag: what is asked for again needn't be made again.

A tag names all that an answer depends on: the edition with its moment, the day of a live page, address, query,
encoding, build and settings. So an answer that is kept is never an old one; what nobody asks for any more goes in time.
"""

from collections import OrderedDict
from threading import Lock

from django.http import HttpResponse

MOST = 32 * 1024 * 1024  # bytes in each process
OVERHEAD = 2_000  # bytes of an answer beside its content


class Answers:
    """The answers that were asked for last, at most so many bytes of them; what is here everybody may read."""

    def __init__(self, most: int = MOST) -> None:
        self.most, self.size = most, 0
        self.answers: OrderedDict[str, tuple[bytes, dict[str, str]]] = OrderedDict()
        self.lock = Lock()

    def get(self, tag: str) -> HttpResponse | None:
        """Return the answer with this tag, if it is kept."""
        with self.lock:
            if tag not in self.answers:
                return None
            self.answers.move_to_end(tag)
            content, headers = self.answers[tag]
        return HttpResponse(content, headers=headers)

    def keep(self, tag: str, answer: HttpResponse) -> HttpResponse:
        """Keep an answer, which is returned; those that were asked for longest ago go for it."""
        needed = len(answer.content) + OVERHEAD
        with self.lock:
            if tag not in self.answers and needed <= self.most:
                self.answers[tag] = answer.content, dict(answer.headers.items())
                self.size += needed
            while self.size > self.most:
                self.size -= len(self.answers.popitem(last=False)[1][0]) + OVERHEAD
        return answer


ANSWERS = Answers()
