"""A page that somebody may not see says so, who may, and where to go on."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

View = Callable[..., HttpResponse]


def said_kindly(site: admin.AdminSite, view: View) -> View:
    """Return the view, which answers what somebody may not with a page of the desk."""

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
            return render(request, "admin/refused.html", context, status=403)

    return update_wrapper(answering, view)
