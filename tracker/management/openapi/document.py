"""The OpenAPI document with its examples:
what the code declares, and what a tracker with the first dataset answers.
"""

import gzip
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from http import HTTPStatus
from io import StringIO
from operator import itemgetter
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import yaml
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from drf_spectacular.generators import SchemaGenerator

import tracker
from tracker import history
from tracker.desk import imports
from tracker.management.openapi import desk_examples
from tracker.management.openapi.desk import give_desk_examples
from tracker.management.openapi.examples import (
    BEGINNING,
    BINARY,
    ENDINGS,
    HEADERS,
    OF,
    OF_CHANGES,
    OF_FILES,
    TOO_LONG,
    TOO_MANY,
    UNAVAILABLE,
    USUAL,
    WITHHELD,
    Request,
    example,
)
from tracker.public.http.pagination import encode
from tracker.publishing.publish import Chosen, retract
from tracker.publishing.releases import release
from tracker.schema.records import CLAIMS, SHAPES
from tracker.schema.records import USUAL as USUAL_ORDERS
from tracker.values.nouns import BY_PLURAL, MERGEABLE, Noun
from tracker.values.vocabularies import Channel

ROOT = "/api/v1/"
FIRST = "The first release: an analysis of June 2019, coded as records."
PUBLISHED_AT = "2026-11-24T12:00:00Z"
JSON, PROBLEM, PARQUET = (
    "application/json",
    "application/problem+json",
    "application/vnd.apache.parquet",
)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AGREEMENT, ASSEMBLY, SOME_VOTES = (
    f"{ROOT}agreement",
    Path(tracker.__file__).parent / "dataset" / "general-assembly",
    30,
)
A_FEW = 2
NO_RECORD = (
    "The first dataset (tracker/dataset/) has none of the {} that their EXAMPLES name by `ref`, "
    "{}: add it to one."
)
Keys = Mapping[str, str]
Document = dict[str, Any]


def made() -> Document:
    """Return the document, made in a new tracker:
    the first dataset is published there, then a meeting retracted.

    Raises RuntimeError if something has no example,
    or a request is answered otherwise than it should be.
    """
    publish_first_dataset()
    generator: Any = SchemaGenerator
    document: Document = generator().get_schema(request=None, public=True)
    keys: dict[str, str] = {}
    for plural, of in OF.items():
        page = _content(_get(Request("", f"{plural}/?ref={of.ref}")))
        if len(page.get("results", ())) != 1:
            raise RuntimeError(f"{NO_RECORD.format(plural, of.ref)} It was answered: {page}")
        (record,) = page["results"]
        keys[plural] = str(record.get("slug", record["id"]))
    terms = document["components"]["schemas"]
    for path, operations in document["paths"].items():
        if path.startswith(f"{ROOT}desk/"):
            plural = path.removeprefix(f"{ROOT}desk/").partition("/")[0]
            values = _values(plural, keys) | desk_examples.VALUES
            values |= desk_examples.OF_CHANGES if plural == "changes" else {}
            for operation in operations.values():
                _give_values(operation, values, terms)
        elif not path.startswith(AGREEMENT):
            _give_examples(operations["get"], path.removeprefix(ROOT), keys, terms)
    for name, request in HEADERS.items():
        header, value = document["components"]["headers"][name], _get(request).headers[name]
        header["example"] = int(value) if header["schema"]["type"] == "integer" else value
    with history.changeset(made_by=None, reason="An example", channel=Channel.COMMAND):
        retract(records=[Chosen(Noun.MEETING, int(keys["meetings"]))])
    for name, examples in ENDINGS.items():
        content = document["components"]["responses"][name]["content"][PROBLEM]
        content["examples"] = {
            key: _shown(request, name, keys) for key, request in examples.items()
        }
    document["components"]["responses"]["URITooLong"]["content"][PROBLEM]["examples"] = {
        "long": TOO_LONG
    }
    unavailable = document["components"]["responses"]["ServiceUnavailable"]["content"][PROBLEM]
    unavailable["examples"] = {"down": UNAVAILABLE}
    give_desk_examples(document, keys)
    publish_some_votes()
    for path in (path for path in document["paths"] if path.startswith(AGREEMENT)):
        _give_examples(document["paths"][path]["get"], path.removeprefix(ROOT), keys, terms)
    _give_what_is_withheld(document["components"])
    _give_the_limit(document["components"])
    share_parameters(document)
    return document


def publish_first_dataset() -> None:
    """Publish and release the first dataset in a new tracker, always at the same moments;
    the login is a superuser.
    """
    call_command("bootstrap", "first", "security-council", stdout=StringIO(), stderr=StringIO())
    _at_that_moment(
        "UPDATE tracker_edition SET published_at = %s::timestamptz + (number - 1) * interval "
        "'1 minute'"
    )
    # A link is at random else, and so are the digests of what holds it.
    _at_that_moment("UPDATE tracker_link SET digest = sha256(convert_to(%s::text, 'UTF8'))")
    with history.changeset(made_by=None, reason="An example", channel=Channel.COMMAND):
        release(version="2026.1", notes=FIRST)
    _at_that_moment("UPDATE tracker_release SET made_at = %s::timestamptz + interval '1 minute'")


def publish_some_votes(number: int = SOME_VOTES) -> None:
    """Publish the first votes of the last session in the second dataset, with the body's frames."""
    with TemporaryDirectory() as made:
        for name in ("actors.csv", "sources.csv"):
            copy(ASSEMBLY / name, made)
        with gzip.open(ASSEMBLY / "votes.csv.gz", "rt", encoding="utf-8") as votes:
            head, *of_the_last = (
                line for line in votes if line.startswith("ref,") or ",74,resolution," in line
            )
        Path(made, "votes.csv").write_text("".join([head, *of_the_last[:number]]), encoding="utf-8")
        files = imports.csv_files(paths=[Path(made)])
        with history.changeset(made_by=None, reason="An example", channel=Channel.IMPORT):
            tables = imports.stage(files=files)
            plan = imports.plan(tables=tables, publish=imports.Publish.ALL_OR_NOTHING)
            imports.apply(plan=plan, note="Some votes of the General Assembly")
            imports.forget(tables)


def _at_that_moment(update: str) -> None:
    """Let something have the moment of the examples, whatever the time is."""
    with transaction.atomic(), connection.cursor() as cursor:
        # Only triggers of replicas fire then, not those that rightly refuse this.
        cursor.execute("SET LOCAL ROLE NONE; SET LOCAL session_replication_role = replica")
        cursor.execute(update, [PUBLISHED_AT])
        cursor.execute(
            f"SET LOCAL session_replication_role = origin; SET LOCAL ROLE {settings.APPLICATION}"
        )


def as_yaml(document: Document) -> str:
    """Return the document as YAML that people can read, always in the same way."""
    text: str = yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)
    return text


class _Dumper(yaml.SafeDumper):
    """Writes lists indented, texts of several lines as they are, and everything out,
    never by reference.
    """

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style="|" if "\n" in text else None
    )


_Dumper.add_representer(str, _text)


def _give_what_is_withheld(components: Document) -> None:
    """Show how an edition is answered that must not be shown, by withholding the first."""
    with override_settings(WITHHELD=((1, 1),)):
        shown = _example(WITHHELD, _get(WITHHELD))
    components["responses"]["UnavailableForLegalReasons"]["content"][PROBLEM]["examples"] = {
        "edition": shown
    }


def _give_the_limit(components: Document) -> None:
    """Show how whoever reads too much is refused, by reading more than is allowed;
    last, since that is remembered.
    """
    with override_settings(READS_PER_SECOND=A_FEW):
        while (response := _get(TOO_MANY)).status_code != HTTPStatus.TOO_MANY_REQUESTS:
            pass
    components["headers"]["Retry-After"]["example"] = int(response.headers["Retry-After"])
    content = components["responses"]["TooManyRequests"]["content"][PROBLEM]
    content["examples"] = {"limit": _example(TOO_MANY, response)}


def _give_examples(operation: Document, place: str, keys: Keys, terms: Document) -> None:
    """Give an operation the answers that are its examples, and each parameter a value."""
    plural, rest = re.fullmatch(r"(\w*)/?(.*)", place).groups()  # type: ignore[union-attr]
    values, declared = _values(plural, keys), operation.pop("x-examples", {})
    address = place.format_map(values)
    shown = {
        name: Request(fields["says"], f"{address}?{fields['query']}".rstrip("?"), cut=fields["cut"])
        for name, fields in declared.items()
    }
    for status, response in operation["responses"].items():
        for media_type, content in response.get("content", {}).items():
            if media_type == PARQUET:
                content["examples"] = {"one": BINARY}
            elif media_type == WORKBOOK:
                [request] = shown.values()
                begins = f"The answer to `GET {ROOT}{request.address}` begins so."
                content["examples"] = {
                    "one": {"summary": request.says, "description": begins, "value": "PK"}
                }
            elif status == "206":
                of_it = next(iter(shown.values())) if shown else OF_FILES[media_type]
                part = of_it._replace(says="Its beginning.", cut="", part=BEGINNING)
                content["examples"] = {"beginning": _shown(part, "PartialContent", keys)}
            else:
                examples = shown or {"one": OF_FILES[media_type]}
                content["examples"] = {
                    name: _shown(request, "OK", keys) for name, request in examples.items()
                }
    if plural in keys and not rest:
        values["cursor"] = _cursor(BY_PLURAL[plural])
    _give_values(operation, values, terms)


def _cursor(noun: Noun) -> str:
    """Return where the second page of one record begins;
    of a noun that has but one, where nothing comes before.
    """
    first_page = _content(_get(Request("", f"{noun.plural}/?page_size=1")))
    following: str | None = first_page["next"]
    if following:
        return parse_qs(urlsplit(following).query)["cursor"][0]
    nothing = (date.min if by.type is date else by.type() for by in USUAL_ORDERS[noun])
    cursor: str = encode(tuple(nothing))
    return cursor


def _values(plural: str, keys: Keys) -> dict[str, Any]:
    own = {"key": keys[plural], "ref": OF[plural].ref, **OF[plural].values} if plural in OF else {}
    return {**USUAL, **own, **(OF_CHANGES if plural in ("changes", "imports") else {})}


def _give_values(operation: Document, values: Mapping[str, Any], terms: Document) -> None:
    """Give each parameter a value:
    one of the path its example, others one in the schema, which is not filled in.

    One that has no value here, and no example where it is declared, has the first that it may have.
    """
    for parameter in operation["parameters"]:
        name, schema = parameter["name"], parameter["schema"]
        inner = schema.get("items", schema)
        declared = inner.pop("examples", [])
        described = terms[inner["$ref"].rpartition("/")[2]] if "$ref" in inner else inner
        first = described.get("enum", [described.get("minimum", True)])
        value = values[name] if name in values else [*declared, *first][0]
        if parameter["in"] == "path":
            parameter["example"] = value
        else:
            schema["examples"] = [
                [value] if "items" in schema and not isinstance(value, list) else value
            ]


def share_parameters(document: Document) -> None:
    """Let operations refer to the parameters that several of them take,
    each of which is written out once.

    Where only operations of one noun, or only those of the desk, take it, its name says so.
    """
    operations = [
        (path, declared)
        for path, methods in document["paths"].items()
        for declared in methods.values()
    ]
    users: dict[str, list[str]] = {}
    for path, operation in operations:
        for parameter in operation["parameters"]:
            users.setdefault(json.dumps(parameter), []).append(path)
    names = {
        text: _shared_name(json.loads(text), paths)
        for text, paths in users.items()
        if len(paths) > 1
    }
    shared = {name: json.loads(text) for text, name in sorted(names.items(), key=itemgetter(1))}
    document["components"]["parameters"] = shared
    if len(shared) < len(names):
        raise RuntimeError(f"Two parameters are called the same: {sorted(names.values())}")
    for _, operation in operations:
        given = [(json.dumps(stated), stated) for stated in operation["parameters"]]
        operation["parameters"] = [
            {"$ref": f"#/components/parameters/{names[text]}"} if text in names else stated
            for text, stated in given
        ]


def _shared_name(parameter: Document, paths: Sequence[str]) -> str:
    at_desk = all(path.startswith(f"{ROOT}desk/") for path in paths)
    of = {re.match(rf"{ROOT}(?:desk/)?(\w*)", path)[1] for path in paths}  # type: ignore[index]
    record = next((shape.__name__ for noun, shape in SHAPES.items() if of == {noun.plural}), "")
    several = {"Claim": CLAIMS, "Unmerged": set(Noun) - set(MERGEABLE)}
    record = next(
        (name for name, nouns in several.items() if of == {noun.plural for noun in nouns}), record
    )
    record = record or "".join(of).title() * (len(of) == 1)
    forms = parameter["schema"].get("enum", []) if parameter["name"] == "format" else []
    words = [
        *re.split(r"\W|_", parameter["name"]),
        *forms[1:],
        *(["in", "path"] if parameter["in"] == "path" else []),
    ]
    return f"{'Desk' * at_desk}{record}{''.join(word.title() for word in words)}"


def _shown(request: Request, title: str, keys: Keys) -> Document:
    """Return an answer as an example; it must have the status that this is the title of."""
    address = request.address.replace("{key}", keys.get(request.address.partition("/")[0], ""))
    request = request._replace(address=address)
    response = _get(request)
    if response.reason_phrase.replace(" ", "") != title:
        raise RuntimeError(f"{address} answers {response.status_code}: {_content(response)}")
    return _example(request, response)


def _example(request: Request, response: HttpResponse) -> Document:
    value, more = _content(response), ""
    if request.accept != JSON:
        more += f" with `Accept: {request.accept}`"
    if request.part:
        more += f" with `Range: {request.part}`"
    if request.cut:
        value[request.cut] = value[request.cut][:1]
        more += f", cut off after the first of its `{request.cut}`"
    return example(request.says, f"GET {ROOT}{request.address}", value, more)


def _content(response: HttpResponse) -> Any:
    """Return the body of an answer, be it streamed: what its JSON says, or text."""
    written = b"".join(response)
    is_part = response.status_code == HTTPStatus.PARTIAL_CONTENT
    is_json = not is_part and response.headers["Content-Type"].partition(";")[0].endswith(
        ("/json", "+json")
    )
    return json.loads(written) if is_json else written.decode()


def _get(request: Request) -> HttpResponse:
    headers = {"accept": request.accept, **({"range": request.part} if request.part else {})}
    return cast(
        HttpResponse,
        Client(SERVER_NAME="localhost").get(f"{ROOT}{request.address}", headers=headers),
    )
