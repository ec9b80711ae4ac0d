"""Changes: what an edition did to each record whose document it opened, closed or replaced.
Append-only.

They are the feed, the public history, the redirects and the 410s at once.
"""

from dataclasses import replace

from django.db import models

from tracker.models.append_only import SEEN_TO_BY_TRIGGER, append_only, in_the_edition_being_made
from tracker.models.constraints import known_nouns, noun_field, says_something
from tracker.models.editions import Edition
from tracker.models.triggers import COMPOSES_TEXT, Trigger
from tracker.values.nouns import MERGEABLE
from tracker.values.vocabularies import Operation


class Change(models.Model):
    """One record that an edition published, updated, renamed, retracted or merged."""

    pk = models.CompositePrimaryKey("edition", "position")
    edition = models.ForeignKey(
        Edition,
        on_delete=models.PROTECT,
        related_name="changes",
        db_column="edition",
        **SEEN_TO_BY_TRIGGER,
    )
    position = models.PositiveIntegerField(help_text="Its place within the edition, from 1.")
    noun = noun_field()
    record = models.IntegerField()
    key = models.CharField(max_length=100, help_text="The key of its address in that edition.")
    operation = models.CharField(max_length=10, choices=Operation.choices)
    changed = models.JSONField(
        default=dict, help_text="What changed in its public form: {field: [old, new]}."
    )
    into = models.IntegerField(null=True, help_text="The survivor of a merge.")
    reason = models.TextField(
        blank=True,
        default="",
        db_default="",
        help_text="Why this record, if not for what the edition’s note says; public.",
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["edition"], condition=models.Q(operation="merged"), name="change_merges"
            ),
            models.Index(
                fields=["noun", "record"],
                condition=models.Q(operation="retracted"),
                name="change_retractions",
            ),
        ]
        constraints = [
            *known_nouns("change", "noun"),
            models.UniqueConstraint(
                fields=["noun", "record", "edition"], name="change_once_per_record_and_edition"
            ),
            models.CheckConstraint(
                name="change_only_a_merge_has_a_survivor",
                condition=models.Q(operation="merged", into__isnull=False)
                | (~models.Q(operation="merged") & models.Q(into__isnull=True)),
            ),
            models.CheckConstraint(
                name="change_operation_is_known", condition=models.Q(operation__in=Operation.values)
            ),
            says_something(
                "change_reason_says_something",
                "reason",
                "readers see it; say something, or leave it empty.",
                unless=models.Q(reason=""),
            ),
        ]

    triggers = (
        *append_only(),
        replace(COMPOSES_TEXT, when="BEFORE INSERT", condition="NEW.reason <> ''"),
        in_the_edition_being_made("edition", "INSERT", "happens_now"),
        Trigger(
            "is_of_a_record",
            "AFTER INSERT",
            "hold_on_to_records",
            MERGEABLE,
            each="STATEMENT",
            rows=("new_rows",),
        ),
        Trigger(
            "merges_into_what_stands",
            "AFTER INSERT",
            "merge_into_public",
            each="STATEMENT",
            rows=("new_rows",),
        ),
    )

    def __str__(self) -> str:
        return f"{self.noun} {self.record} {self.operation}"
