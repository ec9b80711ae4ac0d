"""Changes: every document that an edition opened or closed. Append-only.

They are the feed, the public history, the redirects and the 410s at once.
"""

from django.db import models

from tracker.models.append_only import append_only
from tracker.models.editions import Edition
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Operation


class Change(models.Model):
    """One record that an edition published, updated, renamed, retracted or merged."""

    pk = models.CompositePrimaryKey("edition", "position")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="changes", db_column="edition")
    position = models.PositiveIntegerField(help_text="Its place within the edition, from 1.")
    noun = models.CharField(max_length=20, choices=[(noun.value, noun.value) for noun in Noun])
    record = models.IntegerField()
    key = models.CharField(max_length=100, help_text="The key of its address in that edition.")
    operation = models.CharField(max_length=10, choices=Operation.choices)
    changed = models.JSONField(default=dict, help_text="What changed in its public form: {field: [old, new]}.")
    into = models.IntegerField(null=True, help_text="The survivor of a merge.")

    class Meta:
        indexes = [models.Index(fields=["noun", "record", "edition"], name="change_of_record")]
        constraints = [
            models.UniqueConstraint(fields=["edition", "noun", "record"], name="change_once_per_record_and_edition"),
            models.CheckConstraint(
                name="change_only_a_merge_has_a_survivor",
                condition=models.Q(operation="merged", into__isnull=False)
                | (~models.Q(operation="merged") & models.Q(into__isnull=True)),
            ),
            models.CheckConstraint(
                name="change_operation_is_known", condition=models.Q(operation__in=Operation.values)
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.noun} {self.record} {self.operation}"
