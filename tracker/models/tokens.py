"""Tokens: by which a program of somebody's works at the desk.
Only a hash is kept, and a few characters to know it by.

A token is 256 random bits, so one SHA-256 hides it:
whoever reads this table can't use what is in it.
"""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from tracker.models.constraints import matches, says_something


class Token(models.Model):
    """One token of one person; a token that is revoked is a row that is gone."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="tokens",
        editable=False,
        help_text="In whose name the program works.",
    )
    name = models.CharField(
        max_length=100, help_text="What it is for, e.g. “Notebook on my laptop”."
    )
    is_read_only = models.BooleanField(
        "read only", default=False, help_text="The program may look at the desk and change nothing."
    )
    expires_at = models.DateTimeField(
        "expires",
        null=True,
        blank=True,
        help_text="From when on it doesn't work any more (UTC); empty: never.",
    )
    prefix = models.CharField(
        max_length=20, editable=False, help_text="Its first characters, by which to know it."
    )
    digest = models.CharField(
        max_length=64, unique=True, editable=False, help_text="The SHA-256 of the whole."
    )
    made_at = models.DateTimeField(
        "made", db_default=Now(), editable=False, help_text="When it was made."
    )
    last_used_at = models.DateTimeField(
        "last used",
        null=True,
        editable=False,
        help_text="When it was last used, to a minute or so.",
    )

    class Meta:
        constraints = [
            matches("token", "digest", "^[0-9a-f]{64}$", "a SHA-256 in hexadecimal."),
            says_something("token_has_a_name", "name", "write one, of letters that are seen."),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
