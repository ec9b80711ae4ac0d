"""The site: its name, its order, and the searching of records by the line they are called by."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from tracker.admin.choices import RecordChoices

HISTORY = ("ChangeSet", "Edition")
ORDER = ("Stance", "Alignment", "Meeting", "Source", "Actor", "Issue", *HISTORY)


class TrackerSite(admin.AdminSite):
    """The desk's admin; the default site by `config.apps.AdminConfig`."""

    site_header = site_title = "Tracker"
    index_title = "The desk"

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Return what there is: the records in the order of work, then what was changed and published, then people."""
        found: list[Any] = []
        for app in super().get_app_list(request, app_label):
            if app["app_label"] != "tracker":
                found.append(app)
                continue
            models = sorted(app["models"], key=lambda model: ORDER.index(model["object_name"]))
            records = [model for model in models if model["object_name"] not in HISTORY]
            past = [model for model in models if model["object_name"] in HISTORY]
            groups = [("Records", records), ("History and publication", past)]
            found[:0] = [{**app, "name": name, "models": group} for name, group in groups if group]
        return found

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """Answer a searching select."""
        answer: HttpResponse = RecordChoices.as_view(admin_site=self)(request)  # type: ignore[assignment]
        return answer
