"""Backups that were restored elsewhere and proved:
how old the latest of them is, whoever asks is told.
"""

from django.db import models

from tracker.models.functions import ClockTimestamp


class CheckedBackup(models.Model):
    """One check of a backup that found nothing wrong."""

    made_at = models.DateTimeField(help_text="As of when the backup is (UTC).")
    edition = models.PositiveIntegerField(help_text="The latest edition in it; 0 before the first.")
    checked_at = models.DateTimeField(
        db_default=ClockTimestamp(), help_text="When it had been checked (UTC)."
    )
    seconds = models.PositiveIntegerField(help_text="How long it took to restore and to prove it.")

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["-made_at"], name="checkedbackup_newest_first")]

    def __str__(self) -> str:
        return f"backup of {self.made_at}"
