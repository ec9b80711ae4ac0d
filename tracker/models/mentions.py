"""Mentions: which document (version) names which record. Append-only.

They find what must be rendered again when a name changes, what stands in the way of a retraction, and the claims that
cite a source, at any edition.
"""

import pgtrigger
from django.db import models

from tracker.models.append_only import append_only
from tracker.models.constraints import known_nouns
from tracker.models.triggers import Trigger, planned_anew
from tracker.values.nouns import Noun

NOUNS = [(noun.value, noun.value) for noun in Noun]
OF_ANOTHER_EDITION = """
    SELECT EXISTS (
        SELECT FROM new_rows m LEFT JOIN public.tracker_document d ON d.noun = m.noun AND d.id = m.document
        WHERE d.opened IS NULL OR d.opened IS DISTINCT FROM (SELECT public.edition_being_made())
    )
"""
IS_OF_A_NEW_DOCUMENT = f"""
    {planned_anew(OF_ANOTHER_EDITION)} INTO found;
    IF found THEN
        RAISE EXCEPTION 'tracker_mention: not of a document of the edition being made in this transaction'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
"""


class Mention(models.Model):
    """One document naming one record, however often."""

    pk = models.CompositePrimaryKey("named_noun", "named", "noun", "document")
    noun = models.CharField(max_length=20, choices=NOUNS, help_text="The noun of the document.")
    document = models.BigIntegerField(help_text="The id of the document in its noun's table.")
    named_noun = models.CharField(max_length=20, choices=NOUNS)
    named = models.IntegerField(help_text="The id of the record that it names.")

    class Meta:
        indexes = [models.Index(fields=["noun", "document"], name="mention_of_document")]
        constraints = known_nouns("mention", "noun", "named_noun")
        triggers = [
            *append_only(),
            Trigger(
                name="is_of_a_new_document",
                when=pgtrigger.After,
                level=pgtrigger.Statement,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="new_rows"),
                declare=[("found", "boolean")],
                func=IS_OF_A_NEW_DOCUMENT,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.noun} document {self.document} names {self.named_noun} {self.named}"
