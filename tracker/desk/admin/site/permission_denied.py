"""A page that somebody may not see says so, who may, and where to go on; one that nobody can is a 400."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

View = Callable[..., HttpResponse]


def explain_refusals(site: admin.AdminSite, view: View) -> View:
    """Return the view, which answers what somebody may not with a page of the desk.

    An address with a NUL that is looked for in the database, which no text there can have, is a bad request.
    """

    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied:
            context = {
                **site.each_context(request),
                "title": "Your account may not do this",
                "groups": list(request.user.groups.order_by("name").values_list("name", flat=True)),
                "is_popup": IS_POPUP_VAR in request.GET or IS_POPUP_VAR in request.POST,
            }
            return render(request, "admin/site/permission_denied.html", context, status=403)
        except DataError as error:
            if "%00" not in request.META.get("QUERY_STRING", ""):
                raise
            raise BadRequest("an address with a NUL") from error

    return update_wrapper(answering, view)
