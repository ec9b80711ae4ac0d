"""Subjects: which actors and issues changes are about,
so that the feed narrowed to some is looked up. Append-only.

A change is about the actor or issue that it is of, about those that a document of it named which
the edition closed or opened, and about all issues above these, in the tree as it was before the
edition and as it was in it: what moves is told on both sides. An edition that has proved itself
notes that in one go (`note_subjects`), by the database alone.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tracker.models.append_only import append_only, in_the_edition_being_made
from tracker.values.nouns import Noun

SUBJECTS = [Noun.ACTOR.value, Noun.ISSUE.value]


class ChangeSubject(models.Model):
    """An actor or issue that changes of an edition are about."""

    pk = models.CompositePrimaryKey("noun", "record", "edition")
    noun = models.CharField(max_length=20)
    record = models.IntegerField(help_text="The id of the actor or issue.")
    edition = models.IntegerField(help_text="The number of the edition.")
    positions = ArrayField(
        models.IntegerField(), help_text="The places of the changes within the edition, ascending."
    )

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="changesubject_noun_is_known", condition=models.Q(noun__in=SUBJECTS)
            )
        ]

    triggers = (*append_only(), in_the_edition_being_made("edition", "INSERT", "happens_now"))

    def __str__(self) -> str:
        return f"{self.noun} {self.record} in edition {self.edition}"
