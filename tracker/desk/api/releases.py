"""Naming an edition, so that it can be cited."""

from typing import Annotated

from django.http import HttpResponse
from msgspec import Meta
from rest_framework.request import Request

from tracker.desk.api.http.payloads import PUBLIC, Body, Number, Text, parse
from tracker.desk.api.shapes import DeskRelease
from tracker.desk.api.views import DeskView, in_changeset
from tracker.public.api.http.responses import json_response
from tracker.publishing.releases import release


class Naming(Body):
    """A release."""

    version: Annotated[Text, Meta(description="Write the year, a dot and a number, e.g. 2026.1.")]
    notes: Annotated[str | None, Meta(description="Say what the release is about; public.", extra=PUBLIC)] = None
    edition: Annotated[
        Number | None, Meta(description="Give the number of the edition; without it, the latest is named.")
    ] = None


class DeskReleases(DeskView):
    """Name an edition."""

    route = "releases/"
    response_struct = DeskRelease
    rights = {"POST": ("add_release",)}
    payload = Naming

    @in_changeset
    def post(self, request: Request) -> HttpResponse:
        """Make a release of an edition, with its files, for good; `errors` says why not."""
        body = parse(self.body(request), self.payload)
        new = release(version=body.version, notes=body.notes or "", edition=body.edition)
        return json_response(DeskRelease(new.version, new.edition_id, f"/api/v1/releases/{new.version}/"))
