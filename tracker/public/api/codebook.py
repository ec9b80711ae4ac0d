"""The codebook: every vocabulary, with definitions and coding rules."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, QueryDict
from rest_framework.request import Request

from tracker.public.api.http.responses import as_json, tagged_response
from tracker.public.api.views import PublicView
from tracker.schema.codebook import codebook
from tracker.schema.examples import Example
from tracker.schema.responses import Codebook


class CodebookView(PublicView):
    """Read every vocabulary."""

    route = "codebook/"
    response_struct = Codebook
    examples = {"codebook": Example("Every vocabulary.", cut="vocabularies")}
    is_of_an_edition = False

    def get(self, request: Request) -> HttpResponse:
        """Answer what each vocabulary is for, where it is used, and how its terms are coded."""
        self.query(request).check()
        return tagged_response(as_json(codebook()), on="")

    def subject(self, query: QueryDict, path: Mapping[str, Any]) -> str:
        """Return nothing: it is part of the code."""
        return ""
