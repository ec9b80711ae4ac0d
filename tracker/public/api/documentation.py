"""The OpenAPI document, and the page over it.

`manage.py collectstatic` and `make up` make both, with answers of a new tracker as examples.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import yaml
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from rest_framework.request import Request

from tracker.public.api.http.responses import TaggedResponse, with_headers
from tracker.public.api.views import PublicView
from tracker.public.http.caching import GZIP, compressed, encode, takes_gzip
from tracker.public.http.clients import origin
from tracker.schema.filters import OneOf

DOCUMENT = Path(__file__).parent / "made" / "openapi.yaml"
# both pages: what one of them alone shows stands between its marks
PAGE = DOCUMENT.with_name("docs.html")
# In C where they are: the document is long.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
DESK = "/api/v1/desk/"
ORIGIN_MARK = "https://ORIGIN"  # stands in the commands of the page for the address of this tracker
MOST_MATCHES = 50
LONGEST_SEARCH = 100  # characters


@cache
def document() -> dict[str, Any]:
    """Return the OpenAPI document."""
    loaded: dict[str, Any] = yaml.load(DOCUMENT.read_text(encoding="utf-8"), LOADER)  # noqa: S506 (a safe one)
    return loaded


@cache
def publication() -> dict[str, Any]:
    """Return the part of it that the publication is."""
    return public_part(document())


def public_part(whole: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document without the desk's operations, and without what only they use."""
    paths = {path: methods for path, methods in whole["paths"].items() if not path.startswith(DESK)}
    used = _used(paths, whole["components"])
    tags = {
        tag
        for methods in paths.values()
        for operation in methods.values()
        for tag in operation["tags"]
    }
    components = {
        kind: kept
        for kind, named in whole["components"].items()
        if (
            kept := {
                name: component
                for name, component in named.items()
                if f"#/components/{kind}/{name}" in used
            }
        )
    }
    return {
        **whole,
        "tags": [tag for tag in whole["tags"] if tag["name"] in tags],
        "paths": paths,
        "components": components,
    }


def _used(paths: dict[str, Any], components: dict[str, Any]) -> set[str]:
    """Return what operations refer to, also by what they refer to."""
    used, parts = set[str](), [paths]
    while parts:
        for reference in _references(parts.pop()):
            if reference not in used:
                used.add(reference)
                _, _, kind, name = reference.split("/")
                parts.append(components[kind][name])
    return used


def _references(part: Any) -> Iterator[str]:
    for name, inner in (
        part.items()
        if isinstance(part, dict)
        else enumerate(part)
        if isinstance(part, list)
        else ()
    ):
        if name == "$ref":
            yield inner
        else:
            yield from _references(inner)


@cache
def as_yaml(licence: str, *, public: bool = False) -> bytes:
    """Return the document, or its public part,
    as it is served where the data have this licence (an address).
    """
    if public:
        return yaml.dump(
            _licensed(publication(), licence),
            Dumper=DUMPER,
            sort_keys=False,
            allow_unicode=True,
            width=120,
        ).encode()
    usual = document()["info"]["license"]["url"]
    return DOCUMENT.read_text(encoding="utf-8").replace(usual, licence).encode()


@cache
def as_json(licence: str, *, public: bool = False) -> bytes:
    """Return the same as JSON."""
    return json.dumps(
        _licensed(publication() if public else document(), licence), ensure_ascii=False
    ).encode()


def _licensed(whole: dict[str, Any], licence: str) -> dict[str, Any]:
    return {
        **whole,
        "info": {**whole["info"], "license": {**whole["info"]["license"], "url": licence}},
    }


class SchemaView(PublicView):
    """The OpenAPI document, as YAML or, by `?format=json` or `Accept`, as JSON."""

    route = "schema/"
    schema = None
    renderer_classes = (
        OpenApiYamlRenderer,
        OpenApiYamlRenderer2,
        OpenApiJsonRenderer2,
        OpenApiJsonRenderer,
    )
    parameters = (OneOf("format", "YAML or JSON.", words=("yaml", "json")),)
    public = False

    def get(self, request: Request) -> HttpResponse:
        """Answer the document."""
        self.query(request).check()
        form = request.accepted_renderer
        written = as_json if "json" in form.format else as_yaml
        response = TaggedResponse(
            written(settings.DATA_LICENSE, public=self.public), content_type=form.media_type
        )
        response.subject = self.subject(request.GET, {})
        return with_headers(response, None)

    def subject(self, query: QueryDict, path: Mapping[str, Any]) -> str:
        """Return a digest of the whole document, the only thing on which an answer depends."""
        return blake2b(as_yaml(settings.DATA_LICENSE), digest_size=8).hexdigest()


class PublicSchemaView(SchemaView):
    """The part of the OpenAPI document that is about the publication, without the desk."""

    route = "schema/public/"
    public = True


@require_safe
def docs(request: HttpRequest, *, public: bool = True) -> HttpResponse:
    """Answer a page over the document of the publication, or over the whole;
    with `q`, what has this in its name.
    """
    searched = request.GET.get("q", "")[:LONGEST_SEARCH].strip()
    if searched:
        response = HttpResponse(_search_page(searched, public=public))
        encode(response, request)
    else:
        is_compressed = takes_gzip(request)
        response = HttpResponse(_page(origin(request), public=public, is_compressed=is_compressed))
        if is_compressed:
            response.headers["Content-Encoding"] = GZIP
    response.headers["Vary"] = "Accept-Encoding"
    return response


@lru_cache(maxsize=8)
def _page(root: str, *, public: bool, is_compressed: bool) -> bytes:
    """Return the page of a tracker at `root`.
    It has a megabyte, so it is compressed once for a few addresses.
    """
    content = _template(public=public).replace(ORIGIN_MARK, escape(root)).encode()
    return compressed(content, small=True) if is_compressed else content


@cache
def _template(*, public: bool) -> str:
    own, other = ("public", "whole") if public else ("whole", "public")
    first, *parts = PAGE.read_text(encoding="utf-8").split(f"<!--{other}-->")
    content = "".join([first, *(part.partition(f"<!--/{other}-->")[2] for part in parts)])
    content = content.replace(f"<!--{own}-->", "").replace(f"<!--/{own}-->", "")
    return render_to_string("tracker/docs.html", {"public": public, "content": SafeString(content)})


class Entry(NamedTuple):
    """An operation, a parameter of one, a schema or a field of one:
    its name, what it means, and its place.
    """

    name: str
    meaning: str
    anchor: str

    def has(self, text: str) -> bool:
        """Tell whether its name or meaning has a text, in whatever case."""
        return text.casefold() in f"{self.name} {self.meaning}".casefold()

    def is_called(self, text: str) -> bool:
        """Tell whether this is its name, of a parameter or field without what it belongs to."""
        return self.name.rpartition(" ")[2].casefold() == text.casefold()


def _search_page(searched: str, *, public: bool) -> str:
    """Return a page with what has a text in its name or meaning, what is called so first."""
    matches = [entry for entry in _entries(public=public) if entry.has(searched)]
    matches.sort(key=lambda entry: not entry.is_called(searched))
    content = {
        "public": public,
        "searched": searched,
        "count": len(matches),
        "matches": matches[:MOST_MATCHES],
    }
    return render_to_string("tracker/docs_found.html", content)


@cache
def _entries(*, public: bool) -> list[Entry]:
    """Return all that can be searched for in the document."""
    whole = publication() if public else document()
    entries = []
    for path, methods in whole["paths"].items():
        for method, operation in methods.items():
            entries += _entries_of_operation(
                f"{method.upper()} {path}", operation, whole["components"]["parameters"]
            )
    for name, schema in whole["components"]["schemas"].items():
        anchor = f"schema-{name}"
        entries.append(Entry(name, schema.get("description", ""), anchor))
        for field, kind in schema.get("properties", {}).items():
            entries.append(Entry(f"{name}: {field}", kind.get("description", ""), anchor))
    return entries


def _entries_of_operation(
    name: str, operation: Mapping[str, Any], shared: Mapping[str, Any]
) -> list[Entry]:
    """Return an operation and its parameters; of `shared` ones it has the names."""
    anchor = operation["operationId"]
    entries = [Entry(name, operation["summary"], anchor)]
    for parameter in operation.get("parameters", ()):
        declared = (
            shared[parameter["$ref"].rpartition("/")[2]] if "$ref" in parameter else parameter
        )
        entries.append(Entry(f"{name}: {declared['name']}", declared["description"], anchor))
    return entries


@require_safe
def try_operation(request: HttpRequest, operation_id: str) -> HttpResponse:
    """Lead from the form of an operation to its address,
    without the fields that were left empty.
    """
    address = _public_addresses().get(operation_id)
    if address is None:
        raise Http404
    query = QueryDict(mutable=True)
    for name, values in request.GET.lists():
        given = [value for value in values if value]
        if f"{{{name}}}" in address and given:
            address = address.replace(f"{{{name}}}", quote(given[-1], safe=""))
        elif given:
            query.setlist(name, given)
    if re.search(r"{\w+}", address):
        return HttpResponseRedirect(f"{reverse('v1:docs')}#{operation_id}")
    return HttpResponseRedirect(f"{address}{'?' if query else ''}{query.urlencode()}")


@cache
def _public_addresses() -> dict[str, str]:
    """Return the addresses that are read, by the names of their operations."""
    return {
        methods["get"]["operationId"]: path
        for path, methods in publication()["paths"].items()
        if "get" in methods
    }
