"""Failed attempts to get in: counted, so that trying names, passwords and tokens one after another is slow."""

from django.db import models

from tracker.models.functions import ClockTimestamp


class FailedAttempts(models.Model):
    """How often in a row somebody failed to get in, as told by a name, an address, or both."""

    key = models.CharField(max_length=300, unique=True, help_text="By what the attempts are counted.")
    count = models.PositiveIntegerField(help_text="How many there were in a row, none an hour after the one before.")
    last_at = models.DateTimeField(db_default=ClockTimestamp(), help_text="When the last one was.")

    class Meta:
        indexes = [models.Index(fields=["last_at"], name="failedattempts_oldest_first")]

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
