"""The tracker that is followed, over one connection that is kept."""

import json
import re
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any, NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

AT_ONCE = 250  # as many numbers as fit into an address
TRIES, TRIES_BEHIND = 5, 7  # the latter for a minute, as each time one waits twice as long
LATER = (429, 502, 503, 504)
# Of what is asked of an edition:
# the origin, or the one of several that answers, doesn't have it (yet).
BEHIND = (400, 404, 409)
TIMEOUT = 60.0
OF_EDITION = re.compile(r"/editions/|[?&](?:edition|after)=")
PORTS = {"http": 80, "https": 443}

Change = dict[str, Any]


class OriginEdition(NamedTuple):
    """What an edition says of itself:
    its moment, its digest, and the head of the chain, if it has one.
    """

    published_at: str
    digest: str
    chain: str | None


class UnreachableError(Exception):
    """The origin can't be reached, or doesn't answer as a tracker does; the message says why."""


class WithheldError(Exception):
    """The origin must not show an edition, for a legal reason;
    `after` is the first after it that it shows.
    """

    def __init__(self, after: int) -> None:
        self.after = after
        super().__init__(f"edition {after} is the first after those that are withheld")


class Origin:
    """A tracker by the address of its root, e.g. https://tracker.example."""

    def __init__(self, url: str, *, pause: float = 1.0) -> None:
        parts = urlsplit(url)
        if (
            parts.scheme not in ("http", "https")
            or not parts.hostname
            or parts.path.strip("/")
            or parts.query
        ):
            raise UnreachableError(
                f"“{url}” is not the root of a tracker; write e.g. https://tracker.example"
            )
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        self.url = f"{parts.scheme}://{parts.netloc}"
        self._connection: HTTPConnection = kind(parts.hostname, parts.port, timeout=TIMEOUT)
        self._pause = pause

    def close(self) -> None:
        self._connection.close()

    def resources(self) -> list[str]:
        """Return which sorts of records there are,
        in the order in which the digest of an edition takes them.
        """
        return [records["resource"] for records in self._json("/api/v1/")["records"]]

    def whole(self, resource: str, edition: int) -> Iterator[bytes]:
        """Yield all records of a sort as they were in an edition, each as the API writes it."""
        [address] = [
            record["url"]
            for record in self._json("/api/v1/")["records"]
            if record["resource"] == resource
        ]
        also = "&" if "?" in address else "?"
        yield from self._get(f"{address}{also}edition={edition}&format=ndjson").splitlines()

    def changes(self, after: int) -> Iterator[Change]:
        """Yield every change after an edition, oldest first, until there are no more."""
        following = f"/api/v1/changes/?after={after}&page_size=500"
        while True:
            page = self._json(following)
            if not page["results"]:
                return
            yield from page["results"]
            following = self._here(page["next"])

    def records(self, resource: str, ids: list[int], edition: int) -> Iterator[bytes]:
        """Yield records as they were in an edition, each as the API writes it;
        raise WithheldError.
        """
        for start in range(0, len(ids), AT_ONCE):
            numbers = ",".join(map(str, ids[start : start + AT_ONCE]))
            yield from self._get(
                f"/api/v1/{resource}/?id={numbers}&edition={edition}&format=ndjson"
            ).splitlines()

    def edition(self, number: int) -> OriginEdition:
        answer = self._json(f"/api/v1/editions/{number}/")
        return OriginEdition(answer["published_at"], answer["digest"], answer.get("chain"))

    def _here(self, address: str) -> str:
        """Return an absolute address without its origin;
        raise UnreachableError if that is another one.
        """
        parts = urlsplit(urljoin(self.url, address))
        if _named(parts) != _named(urlsplit(self.url)):
            there = f"{parts.scheme}://{parts.netloc}"
            raise UnreachableError(
                f"{self.url} goes on at {there}; if that is its name, follow it by that name"
            )
        return f"{parts.path}?{parts.query}"

    def _json(self, address: str) -> dict[str, Any]:
        try:
            answer: dict[str, Any] = json.loads(self._get(address))
        except ValueError as error:
            raise UnreachableError(
                f"{self.url}{address} doesn't answer JSON; is it a tracker?"
            ) from error
        return answer

    def _get(self, address: str) -> bytes:
        """Return the body of an answer; tries again where that may help."""
        problem, tries, turn, of_edition = "", TRIES, 0, OF_EDITION.search(address)
        while turn < tries:
            try:
                self._connection.request("GET", address, headers={"Accept": "*/*"})
                answer = self._connection.getresponse()
                body = answer.read()
            except (OSError, HTTPException) as error:
                self._connection.close()
                problem, wait = str(error) or type(error).__name__, self._pause * 2**turn
            else:
                if answer.status == 200:
                    return body
                if answer.status == 451:
                    raise WithheldError(json.loads(body)["nearest"][-1])
                problem, wait = (
                    f"it answers {answer.status} {answer.reason}",
                    _wait(answer, self._pause * 2**turn),
                )
                if of_edition and answer.status in BEHIND:
                    problem, tries = f"{problem}{_detail(body)}", TRIES_BEHIND
                    if answer.status == 409 or "/editions/" in address:
                        problem += "; was an older state restored there?"
                elif answer.status not in LATER:
                    break
            turn += 1
            if turn < tries:
                time.sleep(wait)
        raise UnreachableError(f"{self.url}{address}: {problem}")


def _named(parts: SplitResult) -> tuple[str, str | None, int | None]:
    """Return scheme, host and port, which tell one origin from another."""
    return parts.scheme, parts.hostname, parts.port or PORTS.get(parts.scheme)


def _detail(body: bytes) -> str:
    """Return what a problem says, after a colon; nothing of what is none."""
    try:
        return f": {json.loads(body)['detail']}"
    except (ValueError, TypeError, LookupError):
        return ""


def _wait(answer: HTTPResponse, usual: float) -> float:
    seconds = answer.headers.get("Retry-After", "")
    return min(float(seconds), TIMEOUT) if seconds.isdigit() else usual
