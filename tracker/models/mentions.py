"""Mentions: which document (version) names which record. Append-only.

They find what must be rendered again when a name changes, what blocks a retraction, and the claims
that cite a source, at any edition.
"""

from django.db import models

from tracker.models.append_only import append_only
from tracker.models.constraints import known_nouns, noun_field
from tracker.models.triggers import Trigger


class Mention(models.Model):
    """One document naming one record, however often."""

    pk = models.CompositePrimaryKey("named_noun", "named", "noun", "document")
    noun = noun_field("The noun of the document.")
    document = models.BigIntegerField(help_text="The id of the document in its noun's table.")
    named_noun = noun_field()
    named = models.IntegerField(help_text="The id of the record that it names.")

    class Meta:
        indexes = [models.Index(fields=["noun", "document"], name="mention_of_document")]
        constraints = known_nouns("mention", "noun", "named_noun")

    triggers = (
        *append_only(),
        Trigger(
            "is_of_a_new_document",
            "AFTER INSERT",
            "mention_in_new_documents",
            each="STATEMENT",
            rows=("new_rows",),
        ),
    )

    def __str__(self) -> str:
        return f"{self.noun} document {self.document} names {self.named_noun} {self.named}"
