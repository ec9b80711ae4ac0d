"""Versions of the desk that publishing found to come out as the version that was live. Append-only.

A record that was edited and edited back, or only moved through the workflow, opens no new document,
and documents are not written again; so what names an older version is in step all the same, and
here is why.
"""

from django.db import models

from tracker.models.ahead import is_seen
from tracker.models.append_only import append_only
from tracker.models.constraints import known_nouns, noun_field


class Unchanged(models.Model):
    """One version of a record that readers see already, in documents of an older version."""

    id = models.BigAutoField(primary_key=True)
    noun = noun_field()
    record = models.IntegerField(help_text="The id of the record at the desk.")
    version = models.PositiveIntegerField(help_text="The desk's version that was to be published.")
    same_as = models.PositiveIntegerField(
        help_text="The version of the documents, as which it comes out."
    )

    class Meta:
        constraints = [
            *known_nouns("unchanged", "noun"),
            models.UniqueConstraint(
                fields=["noun", "record", "version"], name="unchanged_once_a_version"
            ),
            models.CheckConstraint(
                name="unchanged_is_the_later_version",
                condition=models.Q(version__gt=models.F("same_as")),
            ),
        ]

    triggers = (*append_only(), is_seen())

    def __str__(self) -> str:
        return f"{self.noun} {self.record}: version {self.version} as {self.same_as}"
