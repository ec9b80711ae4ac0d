"""Tokens: making one, which is shown once, and knowing one again."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from tracker.models import Token

MARK = "tracker_"  # by which people, and programs that look for secrets, see what it is
PREFIX_LENGTH = len(MARK) + 6
USED_EVERY = timedelta(minutes=1)


class NewToken(NamedTuple):
    """A token as it is kept, and its text, which nobody can find out again."""

    token: Token
    text: str


def make(
    *, user: int, name: str, is_read_only: bool = False, expires_at: datetime | None = None
) -> NewToken:
    text = MARK + secrets.token_urlsafe(32)
    token = Token.objects.create(
        user_id=user,
        name=name,
        is_read_only=is_read_only,
        expires_at=expires_at,
        prefix=text[:PREFIX_LENGTH],
        digest=_digest(text),
    )
    return NewToken(token, text)


def find(*, text: str) -> Token | None:
    """Return the token with this text, with its person;
    None if none has it, it expired, or its person has left.
    """
    known = Token.objects.select_related("user").filter(digest=_digest(text), user__is_active=True)
    return known.filter(Q(expires_at=None) | Q(expires_at__gt=Now())).first()


def note_use(*, token: Token) -> None:
    """Note that a token was used, once a minute at most."""
    now = timezone.now()
    if token.last_used_at is None or abs(now - token.last_used_at) > USED_EVERY:
        Token.objects.filter(pk=token.pk).update(last_used_at=now)


def revoke_all(*, user: int) -> None:
    Token.objects.filter(user=user).delete()


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
