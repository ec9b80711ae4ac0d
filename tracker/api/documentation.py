"""The OpenAPI document, and Swagger UI over it with every asset served from here."""

from functools import cache
from typing import Any

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.views import PublicView
from tracker.publication.shapes.filters import OneOf


@cache
def document() -> dict[str, Any]:
    """Return the OpenAPI document."""
    generator: Any = SchemaGenerator
    made: dict[str, Any] = generator().get_schema(request=None, public=True)
    return made


class SchemaView(PublicView):
    """The OpenAPI document, as YAML or, by `?format=json` or `Accept`, as JSON."""

    schema = None
    renderer_classes = (OpenApiYamlRenderer, OpenApiYamlRenderer2, OpenApiJsonRenderer2, OpenApiJsonRenderer)
    parameters = (OneOf("format", "YAML or JSON.", words=("yaml", "json")),)

    def get(self, request: Request) -> Response:
        """Answer the document."""
        self.query(request).check()
        return Response(document())


@require_safe
@csp_update({"img-src": ["data:"]})  # the few pictures of its style sheet are in it
def docs(request: HttpRequest) -> HttpResponse:
    """Answer Swagger UI."""
    return render(request, "tracker/docs.html")
