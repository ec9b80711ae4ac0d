"""The OpenAPI document as it is committed, and what people read of it; `make contract` writes both."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
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
from tracker.schema.filters import OneOf

COMMITTED = Path(__file__).with_name("openapi.yaml")
PAGE = COMMITTED.with_name("docs.html")  # both pages: what one of them alone shows stands between its marks
# In C where they are: the document is long.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
DESK = "/api/v1/desk/"


@cache
def document() -> dict[str, Any]:
    """Return the OpenAPI document as it is committed."""
    loaded: dict[str, Any] = yaml.load(COMMITTED.read_text(encoding="utf-8"), LOADER)  # noqa: S506 (a safe one)
    return loaded


@cache
def publication() -> dict[str, Any]:
    """Return the part of it that the publication is."""
    return public_part(document())


def public_part(whole: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document without the desk's operations, and without what only they use."""
    paths = {path: methods for path, methods in whole["paths"].items() if not path.startswith(DESK)}
    used = _used(paths, whole["components"])
    tags = {tag for methods in paths.values() for operation in methods.values() for tag in operation["tags"]}
    components = {
        kind: kept
        for kind, named in whole["components"].items()
        if (kept := {name: component for name, component in named.items() if f"#/components/{kind}/{name}" in used})
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
    for name, inner in part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ():
        if name == "$ref":
            yield inner
        else:
            yield from _references(inner)


@cache
def as_yaml(licence: str, *, public: bool = False) -> bytes:
    """Return the document, or its public part, as it is served where the data have this licence (an address)."""
    if public:
        return yaml.dump(
            _licensed(publication(), licence), Dumper=DUMPER, sort_keys=False, allow_unicode=True, width=120
        ).encode()
    usual = document()["info"]["license"]["url"]
    return COMMITTED.read_text(encoding="utf-8").replace(usual, licence).encode()


@cache
def as_json(licence: str, *, public: bool = False) -> bytes:
    """Return the same as JSON."""
    return json.dumps(_licensed(publication() if public else document(), licence), ensure_ascii=False).encode()


def _licensed(whole: dict[str, Any], licence: str) -> dict[str, Any]:
    return {**whole, "info": {**whole["info"], "license": {**whole["info"]["license"], "url": licence}}}


class SchemaView(PublicView):
    """The OpenAPI document, as YAML or, by `?format=json` or `Accept`, as JSON."""

    route = "schema/"
    schema = None
    renderer_classes = (OpenApiYamlRenderer, OpenApiYamlRenderer2, OpenApiJsonRenderer2, OpenApiJsonRenderer)
    parameters = (OneOf("format", "YAML or JSON.", words=("yaml", "json")),)
    public = False

    def get(self, request: Request) -> HttpResponse:
        """Answer the document."""
        self.query(request).check()
        form = request.accepted_renderer
        written = as_json if "json" in form.format else as_yaml
        response = TaggedResponse(written(settings.DATA_LICENSE, public=self.public), content_type=form.media_type)
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
    """Answer a page over the document of the publication, or over the whole."""
    return HttpResponse(_page(public=public))


@cache
def _page(*, public: bool) -> str:
    own, other = ("public", "whole") if public else ("whole", "public")
    first, *parts = PAGE.read_text(encoding="utf-8").split(f"<!--{other}-->")
    content = "".join([first, *(part.partition(f"<!--/{other}-->")[2] for part in parts)])
    content = content.replace(f"<!--{own}-->", "").replace(f"<!--/{own}-->", "")
    return render_to_string("tracker/docs.html", {"public": public, "content": SafeString(content)})
