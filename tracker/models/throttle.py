"""How fast tokens, and people who are logged in, ask: one moment for each."""

from django.db import models


class Throttle(models.Model):
    """From when on a token, or somebody, owes nothing for having asked; the table is not logged."""

    key = models.CharField(max_length=50, primary_key=True, help_text="Which token, or who.")
    even_at = models.DateTimeField(help_text="When what was asked is made up for by waiting.")

    def __str__(self) -> str:
        return self.key
