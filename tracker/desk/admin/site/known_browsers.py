"""Browsers in which somebody got in before, known by a signed cookie: who tries their name elsewhere keeps none out.

It knows no tables: the page for an outdated form is looked for before there are any.
"""

from secrets import token_urlsafe
from typing import TypeVar

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

COOKIE, KEPT_FOR = "known_browser", 400 * 24 * 60 * 60  # seconds; browsers keep none for longer
SIGNER = Signer(salt="tracker.known_browser")
Answer = TypeVar("Answer", bound=HttpResponse)


def know_browser(request: HttpRequest, name: str, browser: str) -> None:
    """Note that somebody gets in by this name with a request, in a browser known by `browser` or not yet known."""
    request.META[COOKIE] = SIGNER.sign_object([name, browser or token_urlsafe(16)])


def known_browser(request: HttpRequest, name: str) -> str:
    """Return by what a browser is known in which somebody got in by this name before; empty: it isn't."""
    try:
        known, browser = SIGNER.unsign_object(request.COOKIES.get(COOKIE, ""))
    except (BadSignature, ValueError, TypeError):
        return ""
    return str(browser) if known == name else ""


def remembered(answer: Answer, request: HttpRequest) -> Answer:
    """Return the answer, by which the browser of somebody who has just got in is known from now on."""
    if known := request.META.get(COOKIE):
        answer.set_cookie(
            COOKIE, known, max_age=KEPT_FOR, path=reverse("admin:index"), httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return answer
