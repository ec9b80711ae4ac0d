"""Who works at the desk: whoever a token belongs to (`Authorization:
Bearer …`), or who is logged in to the admin.
"""

from typing import Any

from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from tracker.desk.access import attempts, throttling, tokens
from tracker.models import Token
from tracker.public.http.clients import address_of

UNKNOWN = (
    "This token is unknown, was revoked, or has expired; its owner can make another in the admin."
)


class BearerAuthentication(BaseAuthentication):
    """By a token; `request.auth` is then the token."""

    def authenticate(self, request: Request) -> tuple[Any, Token] | None:
        """Return the person and the token; None if the request brings none.

        Raises AuthenticationFailed for a token that nobody has, Throttled after too many of those.
        """
        scheme, _, text = request.headers.get("Authorization", "").partition(" ")
        if not scheme:
            return None
        token = tokens.find(text=text.strip()) if scheme.lower() == "bearer" else None
        if token is None:
            # Good ones work all the while.
            address = address_of(request.META)
            keys = attempts.keys_of_tokens(address=address)
            if seconds := attempts.wait(keys=keys):
                raise Throttled(wait=seconds)
            attempts.failed(keys=keys, what="a token", address=address)
            raise AuthenticationFailed(UNKNOWN)
        throttle(f"token {token.pk}")
        tokens.note_use(token=token)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="desk"'


class BySession(SessionAuthentication):
    """By the session of the admin, with CSRF."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        """Return the person; None if nobody is logged in."""
        authenticated = super().authenticate(request)
        if authenticated is not None:
            throttle(f"person {authenticated[0].pk}")
        return authenticated


def throttle(key: str) -> None:
    """Count a request to the desk; raise Throttled if too many came with this key."""
    if seconds := throttling.take(key=key):
        raise Throttled(wait=seconds)


class MayWorkHere(BasePermission):
    """Whoever is in the team and has the rights that the view asks for with this method."""

    message = "Your account is no part of the team; an administrator can change that."

    def has_permission(self, request: Request, view: Any) -> bool:
        """Tell whether this person may do this, and if not, leave word why."""
        if request.user is None or not request.user.is_authenticated:
            return False
        if not (request.user.is_active and request.user.is_staff):
            return False
        if request.method not in view.allowed_methods:
            return True  # to hear that it is a 405
        if (
            isinstance(request.auth, Token)
            and request.auth.is_read_only
            and request.method not in SAFE_METHODS
        ):
            self.message = "This token may only read; make one in the admin that may write."
            return False
        lacking = [
            right for right in view.rights_for(request.method) if not request.user.has_perm(right)
        ]
        self.message = (
            f"You may not do this: it takes the right {', '.join(lacking)}. An administrator can "
            f"give it."
        )
        return not lacking
