"""Where the desk is ahead of the publication:
the few records among many that lists of drafts and edits begin from.

Whether a record is in step is one comparison, and stays one (`tracker.publishing.status`): this
table only says for which records it is worth making. Triggers keep it, on both sides, under the
locks that writing takes anyway: whatever raises a version notes it here, and whatever shows that
version to readers takes the note away. So it may hold records that are in step, and lacks none that
isn't.
"""

from django.db import models

from tracker.models.constraints import known_nouns, noun_field
from tracker.models.triggers import Trigger
from tracker.values.nouns import Noun


class Ahead(models.Model):
    """One record with the version of the desk that readers had not seen when it came to be."""

    pk = models.CompositePrimaryKey("noun", "record")
    noun = noun_field()
    record = models.IntegerField(help_text="The id of the record at the desk.")
    version = models.PositiveIntegerField(help_text="The desk's version.")

    class Meta:
        constraints = known_nouns("ahead", "noun")

    def __str__(self) -> str:
        return f"{self.noun} {self.record}: version {self.version}"


def is_seen(*of: Noun) -> Trigger:
    """Return the trigger of a table whose new rows tell versions that readers see:
    of a noun, or the one they name.
    """
    return Trigger(
        "is_seen", "AFTER INSERT", "forget_seen", of, each="STATEMENT", rows=("new_rows",)
    )
