"""Every address of the tracker."""

from django.contrib import admin
from django.urls import include, path
from django.utils.module_loading import import_string

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/v1/desk/", include("tracker.api.v1.desk.urls")),
    path("api/v1/", include("tracker.api.v1.urls")),
    path("healthz/live", import_string("tracker.api.health.live")),
    path("healthz/ready", import_string("tracker.management.health.ready")),
    path("", include("tracker.site.urls")),
]
handler400 = "tracker.api.http.exceptions.bad_request"
handler404 = "tracker.api.http.exceptions.not_found"
handler500 = "tracker.api.http.exceptions.server_error"
