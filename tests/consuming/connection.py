"""One reader's line to the server, and what all readers were answered under which tag."""

import json
import time
from collections import Counter
from collections.abc import Mapping
from hashlib import sha256
from http.client import HTTPConnection, HTTPException
from random import Random
from threading import Event, Lock, Thread
from typing import Any, NamedTuple

HOST = "127.0.0.1"
SECONDS = 60.0
MOST_TOLD = 20


class Answer(NamedTuple):
    """What was answered; names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def edition(self) -> int:
        return int(self.headers["edition"])

    def json(self) -> Any:
        return json.loads(self.body)


class Tags:
    """What came under which tag, whoever was answered: the same bytes, always."""

    def __init__(self) -> None:
        self._lock, self._seen = Lock(), dict[tuple[str, str], bytes]()

    def are_kept(self, address: str, tag: str, body: bytes) -> bool:
        """Note a body, and tell whether it is the one that came under this tag before."""
        made = sha256(body).digest()
        with self._lock:
            return self._seen.setdefault((address, tag), made) == made

    def __len__(self) -> int:
        return len(self._seen)


class Reader(Thread):
    """One reader, who does `turn` over and over until the end;
    `complaints` are what was not as it must be.
    """

    def __init__(self, port: int, tags: Tags, over: Event, seed: int) -> None:
        super().__init__(name=f"{type(self).__name__} {seed}", daemon=True)
        self.port, self.tags, self.over, self.chance = port, tags, over, Random(seed)
        self.done: Counter[str] = Counter()
        self.complaints: list[str] = []
        self._line = HTTPConnection(HOST, port, timeout=SECONDS)

    def turn(self) -> None:
        raise TypeError("a reader says what its turn is")

    def run(self) -> None:
        """Take turns; what breaks ends it with a complaint."""
        while not self.over.is_set() and len(self.complaints) < MOST_TOLD:
            try:
                self.turn()
            except Exception as error:
                self.complain("its turn", f"{type(error).__name__}: {error}")
            time.sleep(self.chance.uniform(0, 0.1))
        self._line.close()

    def complain(self, of: str, says: str) -> None:
        """Note what is not as it must be."""
        self.complaints.append(f"{self.name}: {of}: {says}")

    def get(self, address: str, *, valid: tuple[int, ...] = (200,), **headers: str) -> Answer:
        """Return an answer; raise ValueError for one with another status.
        Waits where the server asks for patience.

        The address may be absolute, as `next` is.
        """
        address = address.removeprefix(f"http://{HOST}:{self.port}")
        answer = self._asked(
            address, {name.replace("_", "-"): value for name, value in headers.items()}
        )
        while answer.status == 429:
            self.done["times asked for patience"] += 1
            time.sleep(float(answer.headers.get("retry-after", "1")))
            answer = self._asked(address, headers)
        self.done["answers"] += 1
        if answer.status not in valid:
            raise ValueError(f"{address} answers {answer.status}: {answer.body[:300]!r}")
        if answer.status == 200 and not self.tags.are_kept(
            address, answer.headers["etag"], answer.body
        ):
            self.complain(address, f"other bytes came under {answer.headers['etag']} before")
        return answer

    def lines(self, address: str) -> tuple[int, list[bytes]]:
        """Return the records of a list as NDJSON has them, and the edition that answered."""
        answer = self.get(f"{address}{'&' if '?' in address else '?'}format=ndjson")
        return answer.edition, answer.body.splitlines()

    def _asked(self, address: str, headers: Mapping[str, str]) -> Answer:
        for is_last in (False, True):
            try:
                self._line.request("GET", address, headers=dict(headers))
                response = self._line.getresponse()
                named = {name.lower(): value for name, value in response.getheaders()}
                return Answer(response.status, named, self._body(response))
            except (HTTPException, OSError):
                self._line.close()  # a line that was kept may be hung up at any time
                if is_last:
                    raise
        raise AssertionError

    def _body(self, response: Any) -> bytes:
        """Return a body; sometimes taken slowly, while editions are published."""
        if self.chance.random() > 0.1:
            return bytes(response.read())
        parts = []
        while part := response.read(64 * 1024):
            parts.append(part)
            time.sleep(0.02)
        return b"".join(parts)
