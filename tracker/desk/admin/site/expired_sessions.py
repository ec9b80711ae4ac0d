"""Nothing typed is lost when a session has ended: whoever saves then logs in, and is answered as if logged in before.

The page that asks for the login carries what was posted, and is posted to the same address: one request logs in and
saves. Nothing is stored, no redirect is followed, and nobody is shown anything but what the same browser has just sent.
"""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, TypeVar

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import csrf
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from tracker.desk.admin.site.known_browsers import remembered

View = Callable[..., HttpResponse]
Answer = TypeVar("Answer", bound=HttpResponse)
LOGIN = "login"  # what the names of the login's own fields begin with
OF_THE_PAGE = {"csrfmiddlewaretoken", "next"}


def ask_for_login(site: admin.AdminSite, view: View) -> View:
    """Return the view, before which a POST without a session asks for a login and keeps what was posted."""

    def logged_in_first(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST" or site.has_permission(request) or request.path == reverse("admin:logout"):
            return view(request, *args, **kwargs)
        return _after_login(request, site, lambda: view(request, *args, **kwargs))

    return update_wrapper(logged_in_first, view)


@sensitive_post_parameters()
@never_cache
def _after_login(request: HttpRequest, site: admin.AdminSite, answer: Callable[[], HttpResponse]) -> HttpResponse:
    sent = request.POST if f"{LOGIN}-username" in request.POST else None
    form = (site.login_form or AdminAuthenticationForm)(request, sent, prefix=LOGIN)
    request.POST = fields_to_resend(request.POST)  # type: ignore[assignment]
    if form.is_valid():
        login(request, form.get_user())
        try:
            return remembered(answer(), request)
        except PermissionDenied:
            form = type(form)(request, prefix=LOGIN)
    name = request.user.get_username()
    page = _page(request, "admin/site/login_again.html", form=form, username=name, title="Log in")
    return remembered(delayed(page, form), request)


def delayed(answer: Answer, form: object) -> Answer:
    """Return the page with a form to log in, as a 429 if that says there is to wait."""
    if seconds := getattr(form, "seconds", 0):
        answer.status_code = 429
        answer.headers["Retry-After"] = str(seconds)
    return answer


def fields_to_resend(sent: QueryDict) -> QueryDict:
    """Return what was posted, without passwords and without what belongs to the page that asks for a login."""
    fields = sent.copy()
    for name in sent:
        if name in OF_THE_PAGE or name.startswith(f"{LOGIN}-") or "password" in name:
            del fields[name]
    return fields


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Offer to send again what was typed in a form of the desk that another login has outdated.

    What another site sent is not offered: its author would only have to talk somebody into the click.
    """
    from_here = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    if not (from_here and request.path.startswith(reverse("admin:index"))):
        return csrf.csrf_failure(request, reason)
    if request.path == reverse("admin:login"):
        return redirect(request.get_full_path())
    return _page(request, "admin/site/send_again.html", status=403, title="Nothing was saved yet")


def _page(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    fields = [(name, value) for name, values in fields_to_resend(request.POST).lists() for value in values]
    about = {"app_path": request.get_full_path(), "kept": fields, "lost_files": bool(request.FILES)}
    return render(request, template, {**admin.site.each_context(request), **about, **context}, status=status)
