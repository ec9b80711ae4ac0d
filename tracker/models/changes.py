"""Changes: every document that an edition opened or closed. Append-only.

They are the feed, the public history, the redirects and the 410s at once.
"""

import pgtrigger
from django.db import models

from tracker.models.append_only import append_only, in_the_edition_being_made
from tracker.models.constraints import known_nouns
from tracker.models.editions import Edition
from tracker.models.merging import MERGEABLE
from tracker.models.triggers import Trigger, planned_anew
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Operation

MERGED_INTO_NOTHING = """
    SELECT EXISTS (
        SELECT FROM new_rows c WHERE c.operation = 'merged' AND NOT EXISTS (
            SELECT FROM public.tracker_document d
            WHERE d.noun = c.noun AND d.record = c.into AND d.record <> c.record AND d.closed IS NULL
        )
    )
"""
PUBLISHED = "SELECT record FROM new_rows WHERE operation = 'published'"


def _standing(noun: Noun) -> str:
    merged = "AND merged_into_id IS NULL" if noun in MERGEABLE else ""
    return f"id IN ({PUBLISHED} AND noun = '{noun}') {merged}"


# Whoever deletes a record looks for its changes; so whoever makes one public holds on to the record.
IS_OF_A_RECORD = "".join(
    f"""
    {planned_anew(f"SELECT FROM public.tracker_{noun} WHERE {_standing(noun)} FOR KEY SHARE")};
    GET DIAGNOSTICS found = ROW_COUNT;
    IF found < (SELECT count(*) FROM ({PUBLISHED} AND noun = '{noun}') AS published) THEN
        RAISE EXCEPTION 'a published {noun} is not at the desk, or is merged into another'
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'change_is_of_a_record';
    END IF;
    """
    for noun in Noun
)


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
        indexes = [
            models.Index(fields=["noun", "record", "edition"], name="change_of_record"),
            models.Index(fields=["edition"], condition=models.Q(operation="merged"), name="change_merges"),
            models.Index(
                fields=["noun", "record"], condition=models.Q(operation="retracted"), name="change_retractions"
            ),
        ]
        constraints = [
            *known_nouns("change", "noun"),
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
        triggers = [
            *append_only(),
            in_the_edition_being_made("edition", pgtrigger.Insert, "happens_now"),
            Trigger(
                name="is_of_a_record",
                when=pgtrigger.After,
                level=pgtrigger.Statement,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="new_rows"),
                declare=[("found", "bigint")],
                func=f"{IS_OF_A_RECORD} RETURN NULL;",
            ),
            Trigger(
                name="merges_into_what_stands",
                when=pgtrigger.After,
                level=pgtrigger.Statement,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="new_rows"),
                declare=[("found", "boolean")],
                func=f"""
                    {planned_anew(MERGED_INTO_NOTHING)} INTO found;
                    IF found THEN
                        RAISE EXCEPTION 'into: what a record is merged into is another one, and public'
                            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'change_merges_into_what_stands';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.noun} {self.record} {self.operation}"
