"""Who gets in, without losing anything typed; and what those are told who may not.

Who fails again and again waits, and nobody waits for what others failed at: a browser in which
somebody got in before is known by a signed cookie, so who tries their name elsewhere keeps none
out.

Whoever saves when a session has ended logs in then, and is answered as if logged in before: the
page that asks for the login carries what was posted, and is posted to the same address. One request
logs in and saves. Nothing is stored, no redirect is followed, and nobody is shown anything but what
the same browser has just sent.
"""

from collections.abc import Callable
from functools import update_wrapper
from secrets import token_urlsafe
from typing import Any, TypeVar

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.auth import login
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.core.signing import BadSignature, Signer
from django.db import DataError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import csrf
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from tracker.desk.access import attempts
from tracker.public.http.clients import address_of

COOKIE, KEPT_FOR = "known_browser", 400 * 24 * 60 * 60  # seconds; browsers keep none for longer
SIGNER = Signer(salt="tracker.known_browser")
NOT_LET_IN = "not_let_in"
LET_IN = (
    "Your account isn’t let in here yet: ask an administrator of the tracker to give you a role."
)
WAIT = "Too many failed attempts. Try again in {} seconds."
LOGIN = "login"  # what the names of the login's own fields begin with
OF_THE_PAGE = {"csrfmiddlewaretoken", "next"}
View = Callable[..., HttpResponse]
Answer = TypeVar("Answer", bound=HttpResponse)


def know_browser(request: HttpRequest, name: str, browser: str) -> None:
    """Note that somebody gets in by this name with a request,
    in a browser known by `browser` or not yet known.
    """
    request.META[COOKIE] = SIGNER.sign_object([name, browser or token_urlsafe(16)])


def known_browser(request: HttpRequest, name: str) -> str:
    """Return by what a browser is known in which somebody got in by this name before; empty:
    it isn't.
    """
    try:
        known, browser = SIGNER.unsign_object(request.COOKIES.get(COOKIE, ""))
    except (BadSignature, ValueError, TypeError):
        return ""
    return str(browser) if known == name else ""


def remembered(answer: Answer, request: HttpRequest) -> Answer:
    """Return the answer, by which the browser of somebody who
    has just got in is known from now on.
    """
    if known := request.META.get(COOKIE):
        answer.set_cookie(
            COOKIE,
            known,
            max_age=KEPT_FOR,
            path=reverse("admin:index"),
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return answer


class LoginForm(AdminAuthenticationForm):
    """The admin's form, which counts failures; `seconds` is how long there is to wait."""

    seconds = 0

    def confirm_login_allowed(self, user: Any) -> None:
        """Tell somebody with the right password, but no role, what there is to do."""
        if user.is_active and not user.is_staff:
            raise ValidationError(LET_IN, code=NOT_LET_IN)
        super().confirm_login_allowed(user)

    def clean(self) -> dict[str, Any]:
        """Log somebody in, unless they have to wait.

        Where others at the same address failed too often, a name that somebody has is still looked
        at; if its password is wrong, the answer is the same as to a name that nobody has.
        """
        address = address_of(self.request.META) if self.request else ""
        name = str(self.cleaned_data.get("username", ""))
        browser = known_browser(self.request, name) if self.request else ""
        own = attempts.keys_of_name(name=name, address=address, browser=browser)
        shared = {} if browser else attempts.keys_of_address(address=address)
        crowded = attempts.wait(keys=shared)
        self.seconds = attempts.wait(keys=own) or (
            0 if crowded and attempts.is_somebodys(name) else crowded
        )
        self._check()
        try:
            cleaned: dict[str, Any] = super().clean()
        except ValidationError as error:
            if error.code == NOT_LET_IN:  # nobody guesses here
                raise
            attempts.failed(keys={**own, **shared}, what=f"login as {name!r}", address=address)
            self.seconds = crowded
            self._check()
            raise
        attempts.succeeded(keys=own)
        if self.request:
            know_browser(self.request, name, browser)
        return cleaned

    def _check(self) -> None:
        if self.seconds:
            raise ValidationError(WAIT.format(self.seconds), code="delayed")


def ask_for_login(site: admin.AdminSite, view: View) -> View:
    """Return the view, before which a POST without a session asks
    for a login and keeps what was posted.
    """

    def logged_in_first(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if (
            request.method != "POST"
            or site.has_permission(request)
            or request.path == reverse("admin:logout")
        ):
            return view(request, *args, **kwargs)
        return _after_login(request, site, lambda: view(request, *args, **kwargs))

    return update_wrapper(logged_in_first, view)


@sensitive_post_parameters()
@never_cache
def _after_login(
    request: HttpRequest, site: admin.AdminSite, answer: Callable[[], HttpResponse]
) -> HttpResponse:
    sent = request.POST if f"{LOGIN}-username" in request.POST else None
    form = (site.login_form or AdminAuthenticationForm)(request, sent, prefix=LOGIN)
    # The view that answers sees the form it was asked with, and never a password.
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
    """Return what was posted,
    without passwords and without what belongs to the page that asks for a login.
    """
    fields = sent.copy()
    for name in sent:
        if name in OF_THE_PAGE or name.startswith(f"{LOGIN}-") or "password" in name:
            del fields[name]
    return fields


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Offer to send again what was typed in a form of the desk that another login has outdated.

    What another site sent is not offered:
    its author would only have to talk somebody into the click.
    """
    from_here = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    if not (from_here and request.path.startswith(reverse("admin:index"))):
        return csrf.csrf_failure(request, reason)
    if request.path == reverse("admin:login"):
        return redirect(request.get_full_path())
    return _page(request, "admin/site/send_again.html", status=403, title="Nothing was saved yet")


def _page(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    fields = [
        (name, value) for name, values in fields_to_resend(request.POST).lists() for value in values
    ]
    about = {"app_path": request.get_full_path(), "kept": fields, "lost_files": bool(request.FILES)}
    return render(
        request, template, {**admin.site.each_context(request), **about, **context}, status=status
    )


def explain_refusals(site: admin.AdminSite, view: View) -> View:
    """Return the view, which answers what somebody may not with a page of the desk.

    An address with a NUL that is looked for in the database, which no text there can have,
    is a bad request.
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
