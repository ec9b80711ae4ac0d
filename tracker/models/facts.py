"""Facts of an edition: how much it holds, and up to which day. Append-only.

The database writes the row when the edition proves itself, from the row before and from what opens
and closes (`sql/facts.sql`). So no reader counts an edition, however large it is.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tracker.models.append_only import append_only, in_the_edition_being_made


class EditionFacts(models.Model):
    """What one edition holds."""

    edition = models.IntegerField(primary_key=True, help_text="The number of the edition.")
    records = models.JSONField(
        help_text="How many records there are, by noun; without those of which there are none."
    )
    independent = ArrayField(
        models.IntegerField(),
        help_text="How many claims rest on 0, 1, 2, and on 3 or more independent sources.",
    )
    with_address = models.IntegerField(
        help_text="How many claims name a source with a web address."
    )
    sourceless = models.IntegerField(help_text="How many claims name no source.")
    coded = ArrayField(
        models.IntegerField(), help_text="The ids of issues on which there are claims, ascending."
    )
    until = models.JSONField(
        help_text="Up to which day there are records: a list of noun, body of votes, and day."
    )

    class Meta:
        default_permissions = ()

    triggers = (*append_only(), in_the_edition_being_made("edition", "INSERT", "happens_now"))

    def __str__(self) -> str:
        return f"facts of edition {self.edition}"
