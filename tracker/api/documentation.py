"""The OpenAPI document as it is committed, and Swagger UI over it with every asset served from here."""

import json
from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import yaml
from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from rest_framework.request import Request

from tracker.api.answers import Tagged, with_headers
from tracker.api.views import PublicView
from tracker.schema.filters import OneOf

COMMITTED = Path(__file__).parent / "v1" / "openapi.yaml"
# In C where there is one: the document is long.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def document() -> dict[str, Any]:
    """Return the OpenAPI document as it is committed; `make contract` writes it."""
    said: dict[str, Any] = yaml.load(COMMITTED.read_text(encoding="utf-8"), LOADER)  # noqa: S506 (a safe one)
    return said


@cache
def as_yaml(licence: str) -> bytes:
    """Return the document as it is served where the data have this licence (an address)."""
    usual = document()["info"]["license"]["url"]
    return COMMITTED.read_text(encoding="utf-8").replace(usual, licence).encode()


@cache
def as_json(licence: str) -> bytes:
    """Return the same as JSON."""
    return json.dumps(yaml.load(as_yaml(licence), LOADER), ensure_ascii=False).encode()  # noqa: S506


class SchemaView(PublicView):
    """The OpenAPI document, as YAML or, by `?format=json` or `Accept`, as JSON."""

    schema = None
    renderer_classes = (OpenApiYamlRenderer, OpenApiYamlRenderer2, OpenApiJsonRenderer2, OpenApiJsonRenderer)
    parameters = (OneOf("format", "YAML or JSON.", words=("yaml", "json")),)

    def get(self, request: Request) -> HttpResponse:
        """Answer the document."""
        self.query(request).check()
        form = request.accepted_renderer
        written = as_json if "json" in form.format else as_yaml
        response = Tagged(written(settings.DATA_LICENSE), content_type=form.media_type)
        response.subject = self.subject(request.GET, {})
        return with_headers(response, None)

    @classmethod
    def subject(cls, given: QueryDict, path: Mapping[str, Any]) -> str:
        """Return a digest of the document, the only thing on which an answer depends."""
        return blake2b(as_yaml(settings.DATA_LICENSE), digest_size=8).hexdigest()


@require_safe
@csp_update({"img-src": ["data:"]})  # the few pictures of its style sheet are in it
def docs(request: HttpRequest) -> HttpResponse:
    """Answer Swagger UI."""
    return render(request, "tracker/docs.html")
