"""The schema and Swagger UI, with every asset served from here and no inline script."""

from csp.decorators import csp_update
from django.utils.decorators import method_decorator
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny


class SchemaView(SpectacularAPIView):
    """The OpenAPI document, as YAML or, by `?format=json` or `Accept`, as JSON."""

    permission_classes = [AllowAny]
    authentication_classes: list[type] = []


@method_decorator(csp_update({"img-src": ["data:"]}), name="dispatch")
class DocsView(SpectacularSwaggerSplitView):
    """Swagger UI; its style sheet has its few pictures in itself."""

    permission_classes = [AllowAny]
    authentication_classes: list[type] = []
    url_name = "v1:schema"
