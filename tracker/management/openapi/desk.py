"""The examples of the desk's operations:
what the team sends to a tracker with the first dataset, and gets back.
"""

import json
import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, cast

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tracker.management.openapi.desk_examples import (
    A_CHANGE_SET,
    ENDINGS,
    GROUPS,
    LINES,
    NEW,
    OF_ALL,
    OF_ONE,
    OF_SEVERAL,
    REASON,
    WITH_KEY,
    Refusal,
    Step,
)
from tracker.management.openapi.examples import OF, example
from tracker.values.nouns import Noun

ROOT = "/api/v1/desk/"
A_MOMENT, A_DAY = "2026-11-24T13:00:00Z", "2026-11-24"
JSON, NDJSON, PROBLEM = "application/json", "application/x-ndjson", "application/problem+json"
MOMENTS = {"moment", "published_at", "made_at"}
GUESSES = 100
REFUSING = ("WWW-Authenticate", "Retry-After")
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
WAIT = re.compile(r"in \d+ seconds?")
Document = dict[str, Any]


class Team:
    """The people of the examples, who ask with the sessions of the admin, and what they made last,
    by plural.
    """

    def __init__(self, keys: Mapping[str, str]) -> None:
        self.keys = keys
        self.new: dict[str, str] = {}
        self.change_set = ""
        self.clients = {"": Client(SERVER_NAME="localhost")}
        for name, group in GROUPS.items():
            person = get_user_model()._default_manager.create(username=name, is_staff=True)
            person.groups.set(Group.objects.filter(name=group))
            self.clients[name] = Client(SERVER_NAME="localhost")
            self.clients[name].force_login(person)

    def send(self, step: Step, plural: str) -> tuple[HttpResponse, str, Any]:
        """Return the answer to a request, its address and its body;
        raise RuntimeError if it was refused.
        """
        place = {
            "noun": plural, "key": self.keys.get(plural, ""), "ref": OF[plural].ref,
            "new": self.new.get(plural, ""), "change_set": self.change_set,
        }  # fmt: skip
        address = step.address.format(**place)
        body = self._body(step.body, plural, place)
        headers = {} if step.method == "get" else {"Change-Reason": REASON}
        record = re.match(r"[a-z]+/[^/]+/", address)
        if headers and record and ("{key}" in step.address or "{new}" in step.address):
            headers["If-Match"] = self.version(record[0], step.by)
        response = self.ask(step.by, step.method, address, body, headers)
        if response.status_code >= 400:
            raise _unexpected(step.method, address, response)
        if response.status_code == 201:
            made = json.loads(response.content)
            self.new[plural] = str(made.get("slug", made["id"]))
            self.change_set = response.headers.get("Change-Set", "")
        return response, address, body

    def ask(
        self,
        by: str,
        method: str,
        address: str,
        body: Any = None,
        headers: Any = None,
        content_type: str = JSON,
    ) -> HttpResponse:
        """Return the answer to a request of somebody's; a body that is a text is NDJSON."""
        content_type, data = (
            (NDJSON, body) if isinstance(body, str) else (content_type, json.dumps(body))
        )
        sent: Document = {} if body is None else {"data": data, "content_type": content_type}
        return cast(
            HttpResponse,
            self.clients[by].generic(method.upper(), ROOT + address, headers=headers, **sent),
        )

    def version(self, address: str, by: str = "erik") -> str:
        """Return the tag of a record as it is now."""
        return self.ask(by, "get", address).headers["ETag"]

    def _body(self, body: Any, plural: str, place: Mapping[str, str]) -> Any:
        """Return a body: as it is, with keys filled in, or the one that a word stands for."""
        match body:
            case dict():
                return {
                    name: value.format(**place) if isinstance(value, str) else value
                    for name, value in body.items()
                }
            case "lines":
                return LINES
            case "last change":
                address = f"{plural}/{place['key']}/history/?page_size=1"
                return {
                    "change": json.loads(self.ask("erik", "get", address).content)["results"][0][
                        "id"
                    ]
                }
            case "reviewed" | "checked":
                record = json.loads(self.ask("erik", "get", f"{plural}/{place['new']}/").content)
                named = {"resource": plural, "id": record["id"], "version": record["version"]}
                return {"records": [named], **OF_SEVERAL[body]}
        return body and OF[plural].bodies[body]


def give_desk_examples(document: Document, keys: Mapping[str, str]) -> None:
    """Let the team do all that it can in a tracker, and show what it sends and gets."""
    team = Team(keys)
    operations = {
        operation["operationId"]: operation
        for methods in document["paths"].values()
        for operation in methods.values()
    }
    headers: dict[str, str] = {}
    for noun in Noun:
        for step in OF_ONE:
            if not step.only or noun.plural in step.only:
                _show(
                    operations.get(f"Desk{noun.title()}{step.shows}"),
                    step,
                    noun.plural,
                    team,
                    headers,
                )
    for step in OF_ALL:
        _show(operations.get(f"Desk{step.shows}"), step, "stances", team, headers)
    referred = [
        *(
            operation["responses"]
            for path, methods in document["paths"].items()
            if path.startswith(ROOT)
            for operation in methods.values()
        ),
        {
            name: response
            for name, response in document["components"]["responses"].items()
            if name.startswith("Desk")
        },
    ]
    _show_refusals(document, dict(_components(referred, "responses")), team, headers)
    for name, component in _components(referred, "headers"):
        header = document["components"]["headers"][component]
        header["example"] = (
            int(headers[name]) if header["schema"]["type"] == "integer" else headers[name]
        )


def _show(
    operation: Document | None, step: Step, plural: str, team: Team, headers: dict[str, str]
) -> None:
    response, address, body = team.send(step, plural)
    headers |= {name: normalized(value) for name, value in response.headers.items()}
    if operation is None:
        return
    if body is not None:
        (content,) = operation["requestBody"]["content"].values()
        value = {"file": body} if isinstance(body, str) else body
        content["examples"] = {"one": {"summary": step.says, "value": value}}
    if response.content:
        content = operation["responses"][str(response.status_code)]["content"][JSON]
        content["examples"] = {"one": _example(step, normalized(address), response)}


def _show_refusals(
    document: Document, components: Mapping[str, str], team: Team, headers: dict[str, str]
) -> None:
    """Show how requests are refused: an answer for each way, whichever operation it comes from."""
    team.ask("anna", "post", "stances/", NEW, WITH_KEY)
    stance = team.keys["stances"]
    version = team.version(f"stances/{stance}/")
    tags = {"version": version, "earlier": f'"{int(version.strip(chr(34))) - 1}"'}
    for status, step in ENDINGS.items():
        address = step.address.format(stance=stance)
        sent = {name: value.format(**tags) for name, value in step.headers.items()}
        # Who guesses is only slowed down after some guesses.
        for _ in range(GUESSES if status == HTTPStatus.TOO_MANY_REQUESTS else 1):
            response = team.ask(step.by, step.method, address, step.body, sent, step.content_type)
            if response.status_code == status:
                break
        else:
            raise _unexpected(step.method, address, response)
        headers |= {name: response.headers[name] for name in REFUSING if name in response.headers}
        content = document["components"]["responses"][components[str(status)]]["content"][PROBLEM]
        content["examples"] = {"one": _example(step, address, response)}


def _example(step: Step | Refusal, address: str, response: HttpResponse) -> Document:
    value = normalized(json.loads(response.content))
    return example(step.says, f"{step.method.upper()} {ROOT}{address}", value)


def _unexpected(method: str, address: str, response: HttpResponse) -> RuntimeError:
    return RuntimeError(
        f"{method} {address} answers {response.status_code}: {response.content.decode()}"
    )


def _components(part: Any, kind: str) -> Iterator[tuple[str, str]]:
    """Yield the components of a kind that are referred to:
    by which name, and what they are called.
    """
    for name, inner in (
        part.items()
        if isinstance(part, dict)
        else enumerate(part)
        if isinstance(part, list)
        else ()
    ):
        if isinstance(inner, dict) and inner.get("$ref", "").startswith(f"#/components/{kind}/"):
            yield str(name), inner["$ref"].rpartition("/")[2]
        else:
            yield from _components(inner, kind)


def normalized(value: Any) -> Any:
    """Return what was answered with whatever would differ the next time made the same."""
    match value:
        case dict():
            return {
                name: A_MOMENT if name in MOMENTS and inner else normalized(inner)
                for name, inner in value.items()
            }
        case list():
            return [normalized(inner) for inner in value]
        case str():
            today = str(timezone.now().date())
            return WAIT.sub("in 9 seconds", UUID.sub(A_CHANGE_SET, value)).replace(today, A_DAY)
    return value
