"""One answer as a line, and as a text that a person can compare with another."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.http.response import HttpResponseBase
from django.test import Client

from tests.golden.pages import facts, words
from tracker.public.http.caching import build

# What differs from run to run, or with every change of the code,
# or is told by other places of a line.
NOT_COMPARED = {"content-length", "content-type", "date", "etag", "x-request-id"}
# As said in sets, whose order is not promised.
UNORDERED = "content-security-policy"
DIGITS = 10
SHOWN_OF_BUILD = 8  # characters, at the foot of a page


@dataclass(frozen=True)
class Answer:
    """What was answered to GET of an address."""

    address: str
    status: int
    media_type: str
    headers: str
    tag: str  # whether there is an ETag, and that it gives 304
    body: bytes

    @property
    def is_page(self) -> bool:
        """Whether the body is HTML."""
        return self.media_type.startswith("text/html") and bool(self.body)

    @property
    def page(self) -> str:
        """The page, without the build of the code, which each commit changes."""
        return self.body.decode().replace(build()[:SHOWN_OF_BUILD], "BUILD")

    def line(self) -> str:
        """Return the answer's line in the file of its resource."""
        digests = [digest(self.body)]
        length = str(len(self.body))
        if self.is_page:
            digests = [digest(words(self.page).encode()), digest(facts(self.page).encode())]
            length = "-"
        media_type = self.media_type.partition(";")[0] or "-"
        fields = [
            self.address,
            str(self.status),
            media_type,
            length,
            self.tag,
            digest(self.headers.encode()),
        ]
        return " ".join([*fields, *digests])

    def text(self) -> bytes:
        """Return the answer to be read: the headers, then the body;
        of a page its words and its facts.
        """
        body = self.body
        if self.is_page:
            body = f"{words(self.page)}\n\n{facts(self.page)}\n".encode()
        return f"{self.status} {self.media_type}\n{self.headers}\n\n".encode() + body


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:DIGITS]


def ask(client: Client, address: str) -> Answer:
    """Return what a tracker answers to GET of an address, uncompressed."""
    response = client.get(address, headers={"Accept-Encoding": "identity"})
    body = b"".join(response) if response.streaming else response.content
    media_type = response.headers.get("Content-Type", "")
    return Answer(
        address,
        response.status_code,
        media_type,
        _headers(response),
        _tag(client, address, response),
        body,
    )


def _headers(response: HttpResponseBase) -> str:
    lines = []
    for name, value in sorted(response.headers.items()):
        if name.lower() == UNORDERED:
            value = "; ".join(sorted(directive.strip() for directive in value.split(";")))
        if name.lower() not in NOT_COMPARED:
            lines.append(f"{name}: {value}")
    return "\n".join(lines)


def _tag(client: Client, address: str, response: HttpResponseBase) -> str:
    """Tell whether an answer has a tag, of which kind, and what is answered to whoever has that."""
    tag = response.headers.get("ETag", "")
    if not tag:
        return "untagged"
    strength = "weak" if tag.startswith("W/") else "strong"
    again = client.get(address, headers={"Accept-Encoding": "identity", "If-None-Match": tag})
    again.close()
    return f"{strength}:{again.status_code}"


def files(answers: Iterable[Answer]) -> dict[str, str]:
    """Return the lines of answers by the file that they belong to: one a resource, sorted."""
    lines: dict[str, list[str]] = {}
    for answer in answers:
        lines.setdefault(resource(answer.address), []).append(answer.line())
    return {
        f"{name}.txt": "".join(f"{line}\n" for line in sorted(of_one))
        for name, of_one in lines.items()
    }


def resource(address: str) -> str:
    """Return what an address is one of: `api-stances` of `/api/v1/stances/12/?on=2019`."""
    parts = address.partition("?")[0].strip("/").split("/")
    is_api = parts[:2] == ["api", "v1"]
    name = parts[2] if is_api and len(parts) > 2 else parts[0]
    name = name.partition(".")[0] or "index"
    name = "".join(letter if letter.isalnum() else "-" for letter in name)[:40]
    return f"api-{name}" if is_api else name
