"""The addresses of the second version, beside all that there are."""

from django.urls import include, path

from tests.public.api.v2.face import Meeting, Meetings

urlpatterns = [
    path("api/v2/meetings/", Meetings.as_view()),
    path("api/v2/meetings/<str:key>/", Meeting.as_view()),
    path("", include("config.urls")),
]
