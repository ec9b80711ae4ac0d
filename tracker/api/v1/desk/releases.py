"""Naming an edition, so that it can be cited."""

from django.http import HttpResponse
from rest_framework.request import Request

from tracker.api.answers import as_json
from tracker.api.bodies import Field, read
from tracker.api.desk import DeskView
from tracker.api.shapes import DeskRelease
from tracker.services.releasing import release


class DeskReleases(DeskView):
    """Name an edition."""

    answers = "DeskRelease"
    rights = {"POST": ("add_release",)}
    fields = {
        "version": Field("Write the year, a dot and a number, e.g. 2026.1.", required=True),
        "notes": Field("Say what the release is about; public."),
        "edition": Field("Give the number of the edition; without it, the latest is named.", (int,)),
    }

    def post(self, request: Request) -> HttpResponse:
        """Make a release of an edition, with its files, for good; `errors` says why not."""

        def name() -> HttpResponse:
            said = read(self.body(request), self.fields)
            made = release(version=said["version"], notes=said.get("notes", ""), edition=said.get("edition"))
            address = f"/api/v1/releases/{made.version}/"
            body = as_json(DeskRelease(made.version, made.edition_id, address))
            return HttpResponse(body, content_type="application/json")

        return self.written(request, name)
