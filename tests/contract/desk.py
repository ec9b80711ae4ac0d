"""The examples of the desk's operations: what the team sends to a tracker with the first dataset, and gets back."""

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

from tests.contract.desk_examples import (
    A_CHANGE_SET,
    ENDINGS,
    GROUPS,
    KEPT,
    LINES,
    NEW,
    OF_ALL,
    OF_ONE,
    OF_SEVERAL,
    REASON,
    Sent,
)
from tests.contract.examples import OF
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
    """The people of the examples, who ask with the sessions of the admin; the answers that they got, for headers."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        self.keys = keys
        self.new: dict[str, str] = {}
        self.change_set = ""
        self.clients = {"": Client(SERVER_NAME="localhost"), **{name: _client(name) for name in GROUPS}}

    def sends(self, sent: Sent, plural: str) -> tuple[HttpResponse, str, Any]:
        """Return the answer to a request, its address and its body; raise RuntimeError if it was refused."""
        place = {
            "noun": plural, "key": self.keys.get(plural, ""), "ref": OF[plural].ref,
            "new": self.new.get(plural, ""), "change_set": self.change_set,
        }  # fmt: skip
        address = sent.address.format(**place)
        body = self._body(sent.body, plural, place)
        answer = self.ask(sent.by, sent.method, address, body, self._headers(sent, address))
        if answer.status_code >= 400:
            raise RuntimeError(f"{sent.method} {address} answers {answer.status_code}: {answer.content.decode()}")
        if answer.status_code == 201:
            made = json.loads(answer.content)
            self.new[plural] = str(made.get("slug", made["id"]))
            self.change_set = answer.headers.get("Change-Set", "")
        return answer, address, body

    def ask(
        self, by: str, method: str, address: str, body: Any, headers: Mapping[str, str], content_type: str = JSON
    ) -> HttpResponse:
        """Return the answer to a request of somebody's."""
        content_type, data = (NDJSON, body) if isinstance(body, str) else (content_type, json.dumps(body))
        sent: Document = {} if body is None else {"data": data, "content_type": content_type}
        return cast(HttpResponse, self.clients[by].generic(method.upper(), ROOT + address, headers=headers, **sent))

    def version(self, address: str, by: str = "erik") -> str:
        """Return the tag of a record as it is now."""
        return self.ask(by, "get", address, None, {}).headers["ETag"]

    def _headers(self, sent: Sent, address: str) -> dict[str, str]:
        if sent.method == "get":
            return {}
        record = re.match(r"[a-z]+/[^/]+/", address)
        is_of_a_record = record and ("{key}" in sent.address or "{new}" in sent.address)
        return {"Change-Reason": REASON} | (
            {"If-Match": self.version(record[0], sent.by)} if record and is_of_a_record else {}
        )

    def _body(self, body: Any, plural: str, place: Mapping[str, str]) -> Any:
        if body == "last change":
            record = json.loads(
                self.ask("erik", "get", f"{plural}/{place['key']}/history/?page_size=1", None, {}).content
            )
            return {"change": record["results"][0]["id"]}
        if isinstance(body, str) and body in OF_SEVERAL:
            record = json.loads(self.ask("erik", "get", f"{plural}/{place['new']}/", None, {}).content)
            named = {"resource": plural, "id": record["id"], "version": record["version"]}
            return {"records": [named], **OF_SEVERAL[body]}
        if isinstance(body, str):
            return LINES if body == "lines" else OF[plural].bodies[body]
        return body and {name: _filled(value, place) for name, value in body.items()}


def give_desk_examples(document: Document, keys: Mapping[str, str]) -> None:
    """Let the team do all that it can in a tracker, and show what it sends and gets."""
    team = Team(keys)
    operations = {
        operation["operationId"]: operation for methods in document["paths"].values() for operation in methods.values()
    }
    heads: dict[str, str] = {}
    for noun in Noun:
        for sent in OF_ONE:
            if not sent.only or noun.plural in sent.only:
                _show(operations.get(f"Desk{noun.title()}{sent.shows}"), sent, noun.plural, team, heads)
    for sent in OF_ALL:
        _show(operations.get(f"Desk{sent.shows}"), sent, "stances", team, heads)
    _give_endings(document, team, heads)
    for name, component in _told(document, "headers"):
        header = document["components"]["headers"][component]
        header["example"] = int(heads[name]) if header["schema"]["type"] == "integer" else heads[name]


def _show(operation: Document | None, sent: Sent, plural: str, team: Team, heads: dict[str, str]) -> None:
    answer, address, body = team.sends(sent, plural)
    heads |= {name: settled(value) for name, value in answer.headers.items()}
    if operation is None:
        return
    if body is not None:
        (content,) = operation["requestBody"]["content"].values()
        value = {"file": body} if isinstance(body, str) else body
        content["examples"] = {"one": {"summary": sent.says, "value": value}}
    if answer.content:
        said = f"The answer to `{sent.method.upper()} {ROOT}{settled(address)}`."
        shown = {"summary": sent.says, "description": said, "value": settled(json.loads(answer.content))}
        operation["responses"][str(answer.status_code)]["content"][JSON]["examples"] = {"one": shown}


def _give_endings(document: Document, team: Team, heads: dict[str, str]) -> None:
    """Show how requests are refused: an answer for each way, whichever operation it comes from."""
    team.ask("anna", "post", "stances/", NEW, KEPT)
    stance, endings = team.keys["stances"], dict(_told(document, "responses"))
    version = team.version(f"stances/{stance}/")
    tags = {"version": version, "earlier": f'"{int(version.strip(chr(34))) - 1}"'}
    for status, refused in ENDINGS.items():
        address = refused.address.format(stance=stance)
        sent = {name: value.format(**tags) for name, value in refused.headers.items()}
        # Who guesses is only slowed down after some guesses.
        for _ in range(GUESSES if status == HTTPStatus.TOO_MANY_REQUESTS else 1):
            answer = team.ask(refused.by, refused.method, address, refused.body, sent, refused.content_type)
            if answer.status_code == status:
                break
        else:
            raise RuntimeError(f"{refused.method} {address} answers {answer.status_code}: {answer.content.decode()}")
        heads |= {name: answer.headers[name] for name in REFUSING if name in answer.headers}
        content = document["components"]["responses"][endings[str(status)]]["content"][PROBLEM]
        said = f"The answer to `{refused.method.upper()} {ROOT}{address}`."
        shown = {"summary": refused.says, "description": said, "value": settled(json.loads(answer.content))}
        content["examples"] = {"one": shown}


def _told(document: Document, kind: str) -> Iterator[tuple[str, str]]:
    """Yield what operations and answers of the desk refer to, of this kind: by which name, and which component."""
    paths = [methods for path, methods in document["paths"].items() if path.startswith(ROOT)]
    answers = [operation["responses"] for methods in paths for operation in methods.values()]
    shared = [one for name, one in document["components"]["responses"].items() if name.startswith("Desk")]
    if kind == "headers":
        own = [one for responses in answers for one in responses.values() if "$ref" not in one]
        answers = [one.get("headers", {}) for one in [*own, *shared]]
    for named in answers:
        yield from ((name, one["$ref"].rpartition("/")[2]) for name, one in named.items() if "$ref" in one)


def settled(said: Any) -> Any:
    """Return what was answered with whatever would differ the next time made the same."""
    match said:
        case dict():
            return {name: A_MOMENT if name in MOMENTS and value else settled(value) for name, value in said.items()}
        case list():
            return [settled(one) for one in said]
        case str():
            today = str(timezone.now().date())
            return WAIT.sub("in 9 seconds", UUID.sub(A_CHANGE_SET, said)).replace(today, A_DAY)
    return said


def _filled(value: Any, place: Mapping[str, str]) -> Any:
    return value.format(**place) if isinstance(value, str) else value


def _client(name: str) -> Client:
    person = get_user_model()._default_manager.create(username=name, is_staff=True)
    person.groups.set(Group.objects.filter(name=GROUPS[name]))
    client = Client(SERVER_NAME="localhost")
    client.force_login(person)
    return client
