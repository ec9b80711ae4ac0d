"""Editions: publishing transactions, numbered 1, 2, 3 … in the order in which they commit.

The number is the last one plus one, and `published_at` strictly later than the last: triggers see
to both. At the latest when the transaction commits, the edition proves itself (`check_edition`):
what its documents name is public, nothing retracted is named, every issue that is taken a position
on has a question, no issue is its own ancestor, a veto was cast by a permanent member (a vote that
is only renamed isn't asked), and its changes are exactly what opened and closed. Then it notes what
its changes are about (`tracker.models.subjects`), gets the moment that it keeps, is linked to the
one before (`tracker.models.chain`), and nothing of it changes any more.
"""

from django.conf import settings
from django.db import models

from tracker.models.append_only import append_only
from tracker.models.constraints import says_something
from tracker.models.functions import CurrentTransaction
from tracker.models.triggers import COMPOSES_TEXT, Trigger

# held until the transaction ends
LOCK = "SELECT pg_advisory_xact_lock(hashtext('tracker: publication'))"


class Edition(models.Model):
    """One publishing transaction."""

    number = models.PositiveIntegerField(primary_key=True)
    published_at = models.DateTimeField(unique=True, help_text="UTC, strictly increasing.")
    note = models.TextField(blank=True, default="", help_text="What the edition is about; public.")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Who; never public.",
    )
    transaction = models.BigIntegerField(
        db_default=CurrentTransaction(), help_text="PostgreSQL's transaction."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="edition_counts_from_one", condition=models.Q(number__gt=0)
            ),
            says_something(
                "edition_note_says_something",
                "note",
                "readers see it; say something, or leave it empty.",
                unless=models.Q(note=""),
            ),
        ]

    triggers = (
        *append_only(but=Trigger("is_dated", "BEFORE INSERT OR UPDATE", "date_edition")),
        COMPOSES_TEXT,
        Trigger("is_next", "BEFORE INSERT", "number_edition"),
        Trigger("proves_itself", "AFTER INSERT", "prove_edition", deferred=True),
    )

    def __str__(self) -> str:
        return f"edition {self.number}"
