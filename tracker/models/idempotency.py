"""What was answered to requests with an `Idempotency-Key`,
so that the same request again gets the same answer.

A row is written in the transaction of what was asked for: it is there if, and only if, that was
done. Whoever asks the same at the same moment waits for that transaction, since a key is one
person's only once.
"""

from django.conf import settings
from django.db import models

from tracker.models.functions import ClockTimestamp


class KeptAnswer(models.Model):
    """The answer to one request by one person under one key;
    `status` is null until there is one.
    """

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", help_text="Who asked."
    )
    key = models.CharField(max_length=200, help_text="What the client called the request.")
    request = models.CharField(max_length=64, help_text="The SHA-256 of method, address and body.")
    status = models.PositiveSmallIntegerField(null=True, help_text="The status of the answer.")
    headers = models.JSONField(
        default=dict, help_text="The headers that the answer had of its own."
    )
    body = models.TextField(blank=True, default="", help_text="The body of the answer.")
    made_at = models.DateTimeField(
        db_default=ClockTimestamp(), help_text="When it was asked; kept for a day."
    )

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="keptanswer_oldest_first")]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="keptanswer_once_per_key")
        ]

    def __str__(self) -> str:
        return self.key
