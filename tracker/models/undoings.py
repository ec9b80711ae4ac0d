"""Undoings: which change set was undone by which, for whoever reads the history. Append-only.

Nothing rests on it: what an undo does is compared with the desk as it is, so that what was undone
and done again can be undone again.
"""

from django.db import models

from tracker.models.append_only import append_only
from tracker.models.changesets import ChangeSet


class Undoing(models.Model):
    """One change set that another one undid, wholly or but for some records."""

    id = models.BigAutoField(primary_key=True)
    undone = models.ForeignKey(
        ChangeSet,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The change set that was undone.",
    )
    by = models.ForeignKey(
        ChangeSet,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The change set that undid it.",
    )
    is_whole = models.BooleanField(help_text="Whether no record was left out.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["undone", "by"], name="undoing_once"),
            models.CheckConstraint(
                name="undoing_is_by_another", condition=~models.Q(undone=models.F("by"))
            ),
        ]

    triggers = append_only()

    def __str__(self) -> str:
        return f"{self.undone_id} by {self.by_id}"
