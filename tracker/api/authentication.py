"""Who works at the desk: whoever a token belongs to (`Authorization: Bearer …`), or who is logged in to the admin."""

from typing import Any

from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from tracker.models import Token
from tracker.services import tokens

UNKNOWN = "This token is unknown, was revoked, or has expired; its owner can make another in the admin."


class BearerAuthentication(BaseAuthentication):
    """By a token; `request.auth` is then the token."""

    def authenticate(self, request: Request) -> tuple[Any, Token] | None:
        """Return the person and the token; None if the request brings none. Raises AuthenticationFailed."""
        scheme, _, text = request.headers.get("Authorization", "").partition(" ")
        if not scheme:
            return None
        token = tokens.found(text=text.strip()) if scheme.lower() == "bearer" else None
        if token is None:
            raise AuthenticationFailed(UNKNOWN)
        tokens.note_use(token=token)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """Return how to authenticate."""
        return 'Bearer realm="desk"'
