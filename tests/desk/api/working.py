"""People of the team at the desk over REST:
with a token, and addresses given below /api/v1/desk/.
"""

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client

from tests.factories import TokenFactory, UserFactory
from tracker.models import Record
from tracker.models.nouns import noun_of

ROOT = "/api/v1/desk/"


class Worker:
    """Somebody in the team, whose program has a token."""

    def __init__(self, group: str, *, is_read_only: bool = False, **person: Any) -> None:
        self.user = UserFactory(groups=[group], is_staff=True, **person)
        self.token = f"tracker_{self.user.username}-{is_read_only}"
        TokenFactory(user=self.user, text=self.token, is_read_only=is_read_only)
        self.client = Client()

    def ask(self, method: str, address: str, body: Any = None, **headers: str) -> HttpResponse:
        """Return the answer; `Change_Reason="…"` is the header Change-Reason."""
        sent = (
            {"data": json.dumps(body), "content_type": "application/json"}
            if body is not None
            else {}
        )
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        full = address if address.startswith(("/", "http")) else ROOT + address
        return self.client.generic(
            method, full, **sent, headers={"Authorization": f"Bearer {self.token}", **named}
        )

    def send(
        self, address: str, file: str | bytes, media_type: str, **headers: str
    ) -> HttpResponse:
        """Return the answer to POST of a file as the body."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        content = file.encode() if isinstance(file, str) else file
        sent = {"Authorization": f"Bearer {self.token}", **named}
        return self.client.generic(
            "POST", ROOT + address, content, content_type=media_type, headers=sent
        )

    def get(self, address: str, **headers: str) -> HttpResponse:
        """Return the answer to GET."""
        return self.ask("GET", address, **headers)

    def read(self, address: str) -> Any:
        """Return the body of a 200."""
        return good(self.get(address), 200)

    def ids(self, address: str) -> list[int]:
        """Return the numbers of the records in one page of a list."""
        return [record["id"] for record in self.read(address)["results"]]

    def post(self, address: str, body: Any = None, **headers: str) -> HttpResponse:
        """Return the answer to POST."""
        return self.ask("POST", address, body, **headers)

    def patch(self, record: Record, body: Any, **headers: str) -> HttpResponse:
        """Return the answer to PATCH of a record at the version that it has now."""
        return self.ask("PATCH", at(record), body, **{"If_Match": tag(record), **headers})

    def delete(self, record: Record, **headers: str) -> HttpResponse:
        """Return the answer to DELETE of a record at the version that it has now."""
        return self.ask("DELETE", at(record), **{"If_Match": tag(record), **headers})

    def verb(self, record: Record, verb: str, body: Any = None, **headers: str) -> HttpResponse:
        """Return the answer to a verb on a record at the version that it has now."""
        return self.ask(
            "POST", f"{at(record)}{verb}/", body, **{"If_Match": tag(record), **headers}
        )


def at(record: Any) -> str:
    """Return the address of a record at the desk."""
    return f"{ROOT}{noun_of(record).plural}/{getattr(record, 'slug', record.pk)}/"


def tag(record: Any) -> str:
    """Return the ETag of a record as it is now."""
    record.refresh_from_db()
    return f'"{record.version}"'


def good(response: HttpResponse, status: int) -> Any:
    """Return the body of an answer, which must have this status."""
    assert response.status_code == status, (
        response.status_code,
        response.content,
        response.headers,
    )
    return json.loads(response.content) if response.content else None


def faults(response: HttpResponse, status: int = 400) -> set[tuple[str, str]]:
    """Return what is wrong with a request: where, each with its code."""
    assert response.headers["Content-Type"] == "application/problem+json", response.content
    errors = good(response, status).get("errors", [])
    return {
        (error.get("pointer", error.get("parameter", error.get("field", ""))), error["code"])
        for error in errors
    }
