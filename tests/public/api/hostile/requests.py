"""Asking every address by every method as an editor would,
and what an answer to something hostile must look like.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import get_resolver

from tests.desk.api.working import Worker
from tests.public.api.test_urls import populate
from tracker.desk import imports
from tracker.models import ChangeSet, Upload
from tracker.values.nouns import Noun

ROOT = "/api/v1/"
WRITING = ("POST", "PATCH", "DELETE")
JSON = "application/json"


@dataclass(frozen=True)
class Asked:
    """An address with its view and one of the methods that the view answers;
    `path` has `{…}` for what varies.
    """

    path: str
    address: str
    view: Any
    method: str

    def __str__(self) -> str:
        return f"{self.method} {self.address}"


@dataclass(frozen=True)
class World:
    """What there is: a record of each noun, published,
    with an editor who has a token and sent a file.
    """

    records: dict[Noun, Any]
    erik: Worker
    upload: Upload
    asked: list[Asked]

    def that(self, *methods: str) -> list[Asked]:
        """Return what is asked by one of these methods."""
        return [operation for operation in self.asked if operation.method in methods]

    def kinds(self, *methods: str) -> list[Asked]:
        """Return the same, but of views that every noun has at the desk one,
        unless it has a body of the noun's own.
        """
        by_kind = {}
        for operation in self.that(*methods):
            own = (
                operation.path
                if not is_desk(operation)
                or (operation.method == "PATCH" and operation.view.payload is None)
                else ""
            )
            by_kind[type(operation.view), operation.method, own] = operation
        return list(by_kind.values())

    def ask(
        self, operation: Asked, address: str = "", body: bytes | None = None, **headers: str
    ) -> "Answer":
        """Ask, and undo whatever was done; `address` is another, or a `?…` to be added."""
        with self.kept(operation, body, address, **headers) as answer:
            return answer

    @contextmanager
    def kept(
        self, operation: Asked, body: bytes | None, address: str = "", **headers: str
    ) -> Iterator["Answer"]:
        """Ask, and undo whatever was done when the context ends."""
        named = {
            **({"Authorization": f"Bearer {self.erik.token}"} if is_desk(operation) else {}),
            **(
                {"If-Match": self.tag(operation)}
                if operation.method in WRITING and re.search("{(key|upload)}", operation.path)
                else {}
            ),
            "Change-Reason": "because",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        where = operation.address + address if address[:1] in ("", "?") else address
        kind = named.pop("Content-Type", JSON if body is not None else "")
        before = connection.savepoint()
        try:
            answer = Client().generic(
                operation.method, where, body or b"", content_type=kind, headers=named
            )
            sent = b"".join(answer) if getattr(answer, "streaming", False) else answer.content
            exchange = Answer(
                operation, where, answer.status_code, answer.headers.get("Content-Type", ""), sent
            )
        except Exception as error:  # of a view, or of what checks answers against the contract
            exchange = Answer(operation, where, 500, "", repr(error)[:300].encode())
        try:
            yield exchange
        finally:
            connection.needs_rollback = False
            connection.savepoint_rollback(before)

    def tag(self, operation: Asked) -> str:
        """Return the tag of the record, or of the file, that an address is about."""
        of = {noun.plural: record for noun, record in self.records.items()} | {
            "imports": self.upload
        }
        what = of[operation.path.split("/")[4]]
        what.refresh_from_db()
        return f'"{what.version}"'


@dataclass(frozen=True)
class Answer:
    """What was answered to what."""

    operation: Asked
    where: str
    status: int
    media_type: str
    body: bytes

    def __repr__(self) -> str:
        return (
            f"\n{self.operation.method} {self.where[:150]}: {self.status} {self.media_type} "
            f"{self.body[:300]!r}"
        )

    @property
    def is_kind(self) -> bool:
        """Tell whether it is a good answer, a redirect, or a problem that the client made."""
        if self.status < 400:
            return True
        is_problem = self.media_type == "application/problem+json"
        return (
            self.status < 500
            and is_problem
            and (self.operation.method == "HEAD" or self.payload["status"] == self.status)
        )

    @property
    def payload(self) -> dict[str, Any]:
        payload: dict[str, Any] = json.loads(self.body)
        return payload

    @property
    def places(self) -> set[str]:
        errors = self.payload.get("errors", [])
        return {
            error.get("parameter", error.get("pointer", error.get("resource", "")))
            for error in errors
        }


def is_desk(operation: Asked) -> bool:
    return operation.path.startswith(f"{ROOT}desk/")


def world() -> World:
    records = populate(1)
    erik = Worker("editors", username="erik")
    keys = {
        noun.plural: str(getattr(record, "slug", record.pk)) for noun, record in records.items()
    }
    change_set = str(ChangeSet.objects.values_list("pk", flat=True)[0])
    file = BytesIO(b"type,title\nreport,A report\n")
    upload = imports.receive(name="sources.csv", file=file, made_by=erik.user.pk)
    asked = [
        Asked(path, filled(path, keys, change_set, upload.pk), view, method)
        for path, view in routes()
        for method in (name.upper() for name in ("get", "head", "post", "patch", "delete"))
        if hasattr(view, method.lower()) or (method == "HEAD" and hasattr(view, "get"))
    ]
    return World(records, erik, upload, asked)


def filled(path: str, keys: dict[str, str], change_set: str, upload: int) -> str:
    plural = next((part for part in path.split("/") if part in keys), "")
    return path.format(
        key=keys.get(plural),
        change_set=change_set,
        edition=1,
        number=1,
        version="2026.1",
        name="codebook.json",
        upload=upload,
    )


def routes(patterns: Any = None, before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the path and the view of every address below /api/, from the resolver."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, route) if route.startswith("api") else ()
        elif route.startswith("api/") and hasattr(pattern.callback, "cls"):
            view = pattern.callback.cls(**getattr(pattern.callback, "initkwargs", {}))
            yield "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route), view
