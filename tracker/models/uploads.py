"""Uploads: files on their way to the desk, seen by who uploaded them,
until they are imported or a day is over.

Those of a command live as long as its transaction.

They are no records and have no history: what an import does to the desk has.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from tracker.models.constraints import known_nouns, noun_field
from tracker.values.vocabularies import RowOutcome, UploadChoice


class Upload(models.Model):
    """A file of rows of one noun, how it was read, and what is wrong with it as a whole."""

    id = models.BigAutoField(primary_key=True)
    # null: a command's, which nobody sees
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    made_at = models.DateTimeField(db_default=Now())
    name = models.CharField(max_length=300, help_text="The file's name.")
    noun = noun_field()
    kind = models.CharField(max_length=10, help_text="Its format.")
    encoding = models.CharField(
        max_length=20, blank=True, default="", help_text="Of CSV: its encoding."
    )
    separator = models.CharField(
        max_length=1, blank=True, default="", help_text="Of CSV: what separates cells."
    )
    header = ArrayField(models.TextField(), default=list, help_text="The names of its columns.")
    faults = models.JSONField(
        default=list, blank=True, help_text="What is wrong with it as a whole."
    )
    version = models.PositiveIntegerField(
        default=0, help_text="Raised whenever it is looked at anew."
    )
    makes = ArrayField(
        models.TextField(),
        default=list,
        blank=True,
        help_text=(
            "Slugs of actors and refs of sources that its votes name and that are made with them."
        ),
    )
    errors = models.JSONField(
        default=dict, blank=True, help_text="What is wrong with it and its rows, by kind."
    )

    class Meta:
        default_permissions = ()
        constraints = [*known_nouns("upload", "noun")]
        indexes = [models.Index(fields=["made_at"], name="upload_oldest_first")]

    def __str__(self) -> str:
        return self.name


class UploadPiece(models.Model):
    """A piece of a file of text, kept so that it can be read again in another encoding."""

    id = models.BigAutoField(primary_key=True)
    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["upload", "number"], name="upload_piece_is_one")
        ]

    def __str__(self) -> str:
        return f"piece {self.number}"


class UploadRow(models.Model):
    """One row of a file: its cells, what would become of it, what is wrong with it,
    and what was chosen for it.
    """

    id = models.BigAutoField(primary_key=True)
    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField(
        help_text="The line on which it starts, or which entry it is."
    )
    cells = ArrayField(models.TextField(), help_text="In the order of the upload's columns.")
    values = models.JSONField(
        null=True, help_text="Of an entry: what it says, by column. Null: the cells say all."
    )
    unread = ArrayField(
        models.TextField(),
        default=list,
        blank=True,
        help_text="Why it can't be read: problem, remedy, value.",
    )
    outcome = models.CharField(max_length=20, blank=True, default="", choices=RowOutcome.choices)
    record = models.IntegerField(
        null=True, help_text="The id of the record that it is, if that is here."
    )
    changes = models.JSONField(
        default=list, blank=True, help_text="Fields that change: [name, old, new]."
    )
    faults = models.JSONField(
        default=list, blank=True, help_text="What is wrong: [column, value, problem, remedy]."
    )
    duplicates = models.JSONField(
        default=list, blank=True, help_text="What it may be already: [id or null, line, why]."
    )
    choice = models.CharField(max_length=20, blank=True, default="", choices=UploadChoice.choices)
    # of a row of the same file: its line, as a negative number
    stands_for = models.IntegerField(
        null=True, help_text="The id of the record that is meant, if that was chosen."
    )

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["upload", "line"], name="upload_row_is_one"),
            models.CheckConstraint(
                name="upload_row_outcome_is_known",
                condition=models.Q(outcome__in=["", *RowOutcome.values]),
            ),
            models.CheckConstraint(
                name="upload_row_choice_is_known",
                condition=models.Q(choice__in=["", *UploadChoice.values]),
            ),
            models.CheckConstraint(
                name="upload_row_stands_for_what_is_used",
                condition=models.Q(choice="use", stands_for__isnull=False)
                | (~models.Q(choice="use") & models.Q(stands_for__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["upload", "outcome", "line"], name="upload_rows_by_outcome")
        ]

    def __str__(self) -> str:
        return f"row {self.line}"
