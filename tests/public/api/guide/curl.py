"""What `curl` would ask for and print, by as many of its options as the pages use."""

import json
import re
import shlex
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.test import Client

from tracker.values.nouns import BY_PLURAL

HOST = "http://127.0.0.1:8000"
WIDTH = 115
OPTIONS = ArgumentParser(prog="curl", exit_on_error=False, allow_abbrev=False)
OPTIONS.add_argument("-i", dest="shows_head", action="store_true")
OPTIONS.add_argument("-X", dest="method")
OPTIONS.add_argument("-H", dest="headers", action="append", default=[])
OPTIONS.add_argument("-d", dest="body")
OPTIONS.add_argument("address")


def asked(command: str) -> tuple[Namespace, str]:
    """Return the options of a command, and the path and query that it asks for."""
    program, *arguments = shlex.split(command.replace("\\\n", ""))
    options = OPTIONS.parse_args(arguments)
    assert (program, options.address[: len(HOST)]) == ("curl", HOST), command
    options.method = options.method or ("POST" if options.body else "GET")
    return options, options.address.removeprefix(HOST)


class Curl:
    """One who asks by `curl` in a shell, and copies what is to be kept in a variable."""

    def __init__(self, **variables: str) -> None:
        self.client = Client(headers={"host": HOST.removeprefix("http://")})
        self.variables = variables

    def lines(self, command: str) -> list[str]:
        """Return the lines that a command prints, with JSON laid out."""
        if assigned := re.fullmatch(r"([A-Z_]+)=\S*…", command):
            assert assigned[1] in self.variables, command
            return []
        options, address = asked(
            re.sub(r"\$([A-Z_]+)", lambda match: self.variables[match[1]], command)
        )
        return list(self._printed(options, self._answer(options, address)))

    def _answer(self, options: Namespace, address: str) -> HttpResponse:
        headers = dict(header.split(": ", 1) for header in options.headers)
        sent = (
            {"data": options.body, "content_type": headers.pop("Content-Type")}
            if options.body
            else {}
        )
        answer: Any = self.client.generic(options.method, address, headers=headers, **sent)
        if "Change-Set" in answer.headers:
            self.variables["CHANGE_SET"] = answer.headers["Change-Set"]
        if answer.status_code == HTTPStatus.CREATED:
            *_, noun, number, _ = answer.headers["Location"].split("/")
            if noun in BY_PLURAL:
                self.variables[BY_PLURAL[noun].upper()] = number
        return answer

    def _printed(self, options: Namespace, answer: HttpResponse) -> Iterator[str]:
        if options.shows_head:
            yield f"HTTP/1.1 {answer.status_code} {answer.reason_phrase}"
            yield from (f"{name}: {value}" for name, value in answer.headers.items())
        if body := b"".join(answer):
            is_json = answer.headers["Content-Type"].partition(";")[0].endswith(("/json", "+json"))
            yield from (laid_out(json.loads(body)) if is_json else body.decode()).splitlines()


def laid_out(value: Any, indent: str = "") -> str:
    """Return JSON as the pages lay it out: whatever fits into a line is one line."""
    line = json.dumps(value, ensure_ascii=False)
    if not value or not isinstance(value, dict | list) or len(indent + line) <= WIDTH:
        return line
    inner = f"{indent}  "
    if isinstance(value, dict):
        parts = [
            f"{inner}{json.dumps(name)}: {laid_out(part, inner)}" for name, part in value.items()
        ]
        return "\n".join(["{", ",\n".join(parts), f"{indent}}}"])
    return "\n".join(
        ["[", ",\n".join(inner + laid_out(part, inner) for part in value), f"{indent}]"]
    )
