"""Who asks how fast, and who fails how often to get in: counted, so that either can be slowed down.

By `desk/access/throttling.py` and `desk/access/attempts.py`.
"""

from django.db import models

from tracker.models.functions import ClockTimestamp


class Throttle(models.Model):
    """From when on a token, or somebody, owes nothing for having asked; the table is not logged."""

    key = models.CharField(max_length=50, primary_key=True, help_text="Which token, or who.")
    even_at = models.DateTimeField(help_text="When what was asked is made up for by waiting.")

    def __str__(self) -> str:
        return self.key


class FailedAttempts(models.Model):
    """How often in a row somebody failed to get in, as told by a name, an address, or both."""

    key = models.CharField(
        max_length=300, unique=True, help_text="By what the attempts are counted."
    )
    count = models.PositiveIntegerField(
        help_text="How many there were in a row, none an hour after the one before."
    )
    last_at = models.DateTimeField(db_default=ClockTimestamp(), help_text="When the last one was.")

    class Meta:
        indexes = [models.Index(fields=["last_at"], name="failedattempts_oldest_first")]

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
