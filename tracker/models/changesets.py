"""Change sets and events: the desk's history, written by triggers and by nothing else.

One transaction is one change set. The edge that opens the transaction says who, why and through
which channel (`tracker.history`); where nobody does, as in raw SQL, the triggers make one with the
channel `sql`. All tables share one table of events, so ids are drawn from one sequence, and a row
is kept whole, as JSON: a column removed later stays in the events.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Now
from django.db.models.lookups import IsNull

from tracker.models.append_only import append_only, linked
from tracker.models.constraints import known_nouns, noun_field
from tracker.models.functions import ClockTimestamp, CurrentTransaction
from tracker.models.triggers import COMPOSES_TEXT, Trigger
from tracker.values.vocabularies import Channel

MERGED_INTO = Cast(KT("after__merged_into_id"), models.IntegerField())


class ChangeSet(models.Model):
    """What one transaction changed at the desk: who, when, why and through which channel."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    made_at = models.DateTimeField(db_default=Now(), help_text="When the transaction began.")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text="Who; none for SQL.",
    )
    reason = models.TextField(blank=True, default="", help_text="Why.")
    channel = models.CharField(
        "made through", max_length=10, choices=Channel.choices, help_text="Through which edge."
    )
    transaction = models.BigIntegerField(
        db_default=CurrentTransaction(), help_text="PostgreSQL's transaction."
    )
    link = models.IntegerField(
        null=True, help_text="The edition whose link of the chain covers it; none: not yet."
    )
    digest = models.BinaryField(
        null=True, help_text="The SHA-256 of it and its events, made for that link."
    )

    class Meta:
        indexes = [
            models.Index(fields=["link"], name="changeset_of_a_link"),
            models.Index(fields=["-made_at", "id"], name="changeset_newest_first"),
            models.Index(fields=["made_by", "-made_at", "id"], name="changeset_of_a_person"),
            models.Index(fields=["channel", "-made_at", "id"], name="changeset_of_a_channel"),
        ]
        constraints = [
            models.CheckConstraint(
                name="changeset_channel_is_known", condition=models.Q(channel__in=Channel.values)
            ),
        ]

    triggers = (
        *linked(),
        COMPOSES_TEXT,
        Trigger("is_of_this_transaction", "BEFORE INSERT", "date_changeset"),
    )

    def __str__(self) -> str:
        return str(self.id)


class Event(models.Model):
    """One row of a record or of a part of one, inserted, changed or deleted:
    as it was before and after.
    """

    id = models.BigAutoField(primary_key=True)
    changeset = models.ForeignKey(
        ChangeSet, on_delete=models.PROTECT, related_name="events", db_index=False
    )
    happened_at = models.DateTimeField(db_default=ClockTimestamp())
    noun = noun_field()
    record = models.IntegerField(help_text="The id of the record that the row is, or belongs to.")
    part = models.CharField(
        max_length=20, blank=True, help_text="What part the row is; empty: the record itself."
    )
    row = models.IntegerField(help_text="The id of the row.")
    before = models.JSONField(null=True, help_text="The row before; null for an insert.")
    after = models.JSONField(null=True, help_text="The row after; null for a delete.")

    class Meta:
        indexes = [
            models.Index(fields=["noun", "record", "id"], name="event_of_record"),
            models.Index(fields=["changeset", "noun", "record", "id"], name="event_of_changeset"),
            models.Index(
                fields=["id"],
                condition=models.Q(part="", after__isnull=True),
                name="event_of_a_deleted_record",
            ),
            models.Index(
                MERGED_INTO,
                "noun",
                condition=models.Q(IsNull(MERGED_INTO, False)),
                name="event_of_a_merge",
            ),
        ]
        constraints = [
            *known_nouns("event", "noun"),
            models.CheckConstraint(
                name="event_changes_something",
                condition=models.Q(before__isnull=False) | models.Q(after__isnull=False),
            ),
        ]

    triggers = (
        *append_only(),
        Trigger(
            "is_written_by_triggers", "BEFORE INSERT", "refuse_events_by_hand", each="STATEMENT"
        ),
    )

    def __str__(self) -> str:
        return f"{self.noun} {self.record}: {self.part or 'record'} {self.row}"
