"""Merging: what a row says that is merged into another, and what holds of it from then on.

Issues, actors, sources, meetings and acts can be merged; claims are contested or retracted instead.
A record that is merged into another names it (`merged_into`), is named by no record that isn't
merged too, and stays as it was until the merge is undone. Whoever names a record looks at it under
a lock, as does whoever merges it, so neither overlooks the other.
"""

from django.db import models

UNMERGED = models.Q(merged_into__isnull=True)


def survivor() -> "models.ForeignKey[models.Model | None, models.Model | None]":
    """Return the field that names the record into which this one was merged."""
    return models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        help_text="The record into which this one was merged, if it was.",
    )
