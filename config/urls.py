"""Every address of the tracker: of readers, and of the desk if it is served.
Here alone the two towers meet.
"""

from django.conf import settings
from django.urls import include, path
from django.utils.module_loading import import_string

urlpatterns = [
    path("api/v1/", include("tracker.public.api.urls")),
    path("healthz/live", import_string("tracker.public.api.health.live")),
    path("healthz/ready", import_string("tracker.public.api.health.ready")),
    path("", include("tracker.public.site.urls")),
]
if settings.DESK:
    from django.contrib import admin

    urlpatterns = [
        path("admin/", admin.site.urls),
        path("api/v1/desk/", include("tracker.desk.api.urls")),
        path("healthz/ready", import_string("tracker.management.health.ready")),
        *urlpatterns,
    ]
handler400 = "tracker.public.api.http.exceptions.bad_request"
handler404 = "tracker.public.api.http.exceptions.not_found"
handler500 = "tracker.public.api.http.exceptions.server_error"
