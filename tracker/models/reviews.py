"""Reviews: what people did with a record on its way to publication, and said about it. Append-only.

A row names the very version that it is about, so an approval ends with the next change, be it one
of state. Whose turn it is says the last row that moves it, until that version is published. A
proposal to merge names the survivor at its very version too. A proposal to retract is a comment:
version 1 of the API promised no further steps.
"""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from tracker.models.append_only import append_only
from tracker.models.constraints import known_nouns, noun_field, says_something
from tracker.models.triggers import COMPOSES_TEXT, Trigger
from tracker.values.vocabularies import MOVES_NOTHING, ReviewStep

PROPOSES = models.Q(step=ReviewStep.MERGE_PROPOSED)
PROPOSES_RETRACTION = models.Q(proposes_retraction=True)


class Review(models.Model):
    """One step in the review of one version of a record, or a comment on it."""

    id = models.BigAutoField(primary_key=True)
    noun = noun_field()
    record = models.IntegerField(help_text="The id of the record at the desk.")
    version = models.PositiveIntegerField(help_text="The desk's version that it is about.")
    step = models.CharField(
        max_length=20, choices=ReviewStep.choices, help_text=ReviewStep.definition()
    )
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Whose turn it is; none: anybody's.",
    )
    text = models.TextField(blank=True, default="", help_text="What was said.")
    survivor = models.IntegerField(
        null=True, help_text="The record into which it is proposed to merge this one."
    )
    survivor_version = models.PositiveIntegerField(
        null=True, help_text="The version of that record."
    )
    proposes_retraction = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Readers should no longer see it; somebody else may withdraw it.",
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", help_text="Who."
    )
    made_at = models.DateTimeField(
        db_default=Now(), help_text="When the step was taken, with all its records."
    )

    class Meta:
        permissions = [("approve_review", "Can approve records, and send them back")]
        indexes = [
            models.Index(fields=["noun", "record", "id"], name="review_of_record"),
            models.Index(fields=["noun", "id"], condition=PROPOSES, name="review_merge_proposed"),
            models.Index(
                fields=["noun", "id"],
                condition=PROPOSES_RETRACTION,
                name="review_retraction_proposed",
            ),
            models.Index(fields=["-made_at", "id"], name="review_newest_first"),
        ]
        constraints = [
            *known_nouns("review", "noun"),
            models.CheckConstraint(
                name="review_step_is_known", condition=models.Q(step__in=ReviewStep.values)
            ),
            says_something(
                "review_says_something",
                "text",
                "say something.",
                unless=~models.Q(step__in=[ReviewStep.SENT_BACK, ReviewStep.COMMENTED]),
            ),
            models.CheckConstraint(
                name="review_only_what_moves_is_to_somebody",
                condition=~models.Q(step__in=MOVES_NOTHING) | models.Q(to__isnull=True),
            ),
            models.CheckConstraint(
                name="review_proposes_retraction_by_a_comment",
                condition=~PROPOSES_RETRACTION | models.Q(step=ReviewStep.COMMENTED),
            ),
            models.CheckConstraint(
                name="review_names_another_to_merge_into",
                condition=PROPOSES
                & models.Q(survivor__isnull=False, survivor_version__isnull=False)
                & ~models.Q(survivor=models.F("record"))
                | ~PROPOSES & models.Q(survivor__isnull=True, survivor_version__isnull=True),
            ),
        ]

    triggers = (
        *append_only(),
        COMPOSES_TEXT,
        Trigger("is_of_the_version_at_the_desk", "BEFORE INSERT", "review_version"),
    )

    def __str__(self) -> str:
        return f"{self.noun} {self.record}, version {self.version}: {self.step}"

    @property
    def step_label(self) -> str:
        """Return in words what was done."""
        return "proposed to withdraw" if self.proposes_retraction else ReviewStep(self.step).label
