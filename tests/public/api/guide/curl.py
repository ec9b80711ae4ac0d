"""What `curl` would ask for and print, by as many of its options as the pages use."""

import gzip
import json
import re
import shlex
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.test import Client

from tracker.values.nouns import BY_PLURAL

HOST = "http://127.0.0.1:8000"
WIDTH = 115
OPTIONS = ArgumentParser(prog="curl", exit_on_error=False, allow_abbrev=False)
OPTIONS.add_argument("-i", dest="shows_head", action="store_true")
OPTIONS.add_argument("-I", dest="method", action="store_const", const="HEAD")
OPTIONS.add_argument("-X", dest="method")
OPTIONS.add_argument("-H", dest="headers", action="append", default=[])
OPTIONS.add_argument("-r", dest="range")
OPTIONS.add_argument("-G", dest="is_get", action="store_true")
OPTIONS.add_argument("--data-urlencode", default="")
OPTIONS.add_argument("-d", dest="body")
OPTIONS.add_argument("--compressed", action="store_true")
OPTIONS.add_argument("--etag-save")
OPTIONS.add_argument("--etag-compare")
OPTIONS.add_argument("address")


def asked(command: str) -> tuple[Namespace, list[str]]:
    """Return the options of a command, and the addresses that it asks for,
    one for each word in `{…,…}`.
    """
    program, *arguments = shlex.split(command.replace("\\\n", ""))
    options = OPTIONS.parse_args(arguments)
    assert (program, options.address[: len(HOST)]) == ("curl", HOST), command
    options.method = options.method or ("POST" if options.body else "GET")
    if options.is_get:
        options.address += f"&{quote(options.data_urlencode, safe='=')}"
    before, *words = re.split(r"\{([^}]*)\}", options.address.removeprefix(HOST), maxsplit=1)
    return options, [f"{before}{word}{words[1]}" for word in words[0].split(",")] if words else [
        before
    ]


class Curl:
    """One who asks by `curl` in a shell, keeps the tags that it saves,
    and copies what is to be kept in a variable.
    """

    def __init__(self, **variables: str) -> None:
        self.client = Client(headers={"host": HOST.removeprefix("http://")})
        self.tags: dict[str, str] = {}
        self.variables = variables

    def lines(self, command: str) -> list[str]:
        """Return the lines that a command prints, with JSON laid out."""
        if assigned := re.fullmatch(r"([A-Z_]+)=\S*…", command):
            assert assigned[1] in self.variables, command
            return []
        options, addresses = asked(
            re.sub(r"\$([A-Z_]+)", lambda match: self.variables[match[1]], command)
        )
        return [
            line
            for address in addresses
            for line in self._printed(options, self._answer(options, address))
        ]

    def _answer(self, options: Namespace, address: str) -> HttpResponse:
        headers = dict(header.split(": ", 1) for header in options.headers)
        if options.compressed:
            headers["Accept-Encoding"] = "deflate, gzip, br, zstd"
        if options.range:
            headers["Range"] = f"bytes={options.range}"
        if options.etag_compare:
            headers["If-None-Match"] = self.tags[options.etag_compare]
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
        if options.etag_save:
            self.tags[options.etag_save] = answer.headers["ETag"]
        return answer

    def _printed(self, options: Namespace, answer: HttpResponse) -> Iterator[str]:
        if options.shows_head or options.method == "HEAD":
            yield f"HTTP/1.1 {answer.status_code} {answer.reason_phrase}"
            yield from (f"{name}: {value}" for name, value in answer.headers.items())
        if body := b"".join(answer):
            written = (
                gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body
            )
            is_json = answer.headers["Content-Type"].partition(";")[0].endswith(("/json", "+json"))
            yield from (laid_out(json.loads(written)) if is_json else written.decode()).splitlines()


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
