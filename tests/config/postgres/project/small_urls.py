"""One address, which answers with the role and the login that the database sees."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path


def who(request: HttpRequest) -> HttpResponse:
    """Answer with the role and the login."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, session_user")
        return HttpResponse(" ".join(cursor.fetchone()))


urlpatterns = [path("", who)]
