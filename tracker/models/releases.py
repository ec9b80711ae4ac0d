"""Releases: names of editions, each with its files, which are made once, with the release,
and never again.

A trigger dates a release, and lets files and their pieces be added in the transaction that makes it
only. When that commits, each file is as long as it says.
"""

from django.conf import settings
from django.db import models

from tracker.models.append_only import append_only, linked
from tracker.models.editions import Edition
from tracker.models.functions import ClockTimestamp, CurrentTransaction
from tracker.models.triggers import COMPOSES_TEXT, Trigger

IS_BEING_MADE = Trigger("is_being_made", "BEFORE INSERT", "add_to_release")


class Release(models.Model):
    """A name for an edition, by which it is cited."""

    version = models.CharField(
        max_length=10, help_text="Year and number within it, e.g. 2026.1; public."
    )
    edition = models.ForeignKey(
        Edition,
        on_delete=models.PROTECT,
        db_column="edition",
        related_name="releases",
        help_text="What it names.",
    )
    notes = models.TextField(blank=True, default="", help_text="What the release is about; public.")
    made_at = models.DateTimeField(db_default=ClockTimestamp(), help_text="When it was made (UTC).")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Who; never public.",
    )
    transaction = models.BigIntegerField(
        db_default=CurrentTransaction(), help_text="PostgreSQL's transaction."
    )
    link = models.IntegerField(
        null=True, help_text="The edition whose link of the chain covers it; none: not yet."
    )

    class Meta:
        default_permissions = ("add", "view")
        constraints = [
            models.UniqueConstraint(fields=["version"], name="release_version_is_one"),
            models.CheckConstraint(
                name="release_version_is_calver",
                condition=models.Q(version__regex=r"^[0-9]{4}\.[1-9][0-9]{0,3}$"),
            ),
        ]

    triggers = (*linked(), COMPOSES_TEXT, Trigger("is_dated", "BEFORE INSERT", "date_release"))

    def __str__(self) -> str:
        return self.version


class ReleaseFile(models.Model):
    id = models.BigAutoField(primary_key=True)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=100, help_text="The file's name.")
    media_type = models.CharField(max_length=100, help_text="What it is, as HTTP says it.")
    sha256 = models.CharField(
        max_length=64, help_text="The SHA-256 of its content, in hexadecimal."
    )
    size = models.BigIntegerField(help_text="How many bytes it has.")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["release", "name"], name="release_file_is_one"),
            models.CheckConstraint(
                name="release_file_name_is_plain",
                condition=models.Q(name__regex=r"^[A-Za-z0-9][A-Za-z0-9._-]*$"),
            ),
            models.CheckConstraint(
                name="release_file_sha256_is_one",
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(name="release_file_has_a_size", condition=models.Q(size__gte=0)),
        ]

    triggers = (
        *append_only(),
        IS_BEING_MADE,
        Trigger("is_whole", "AFTER INSERT", "weigh_file", deferred=True),
    )

    def __str__(self) -> str:
        return self.name


class ReleaseDoi(models.Model):
    """The DOI that a repository gave to a release, which it often does after the release was made.

    So it is no part of the release, whose row and files never change. The last one counts:
    a wrong one is mended by another.
    """

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="dois")
    doi = models.CharField(
        max_length=200, help_text="The DOI, without an address before it; public."
    )
    recorded_at = models.DateTimeField(
        db_default=ClockTimestamp(), help_text="When it was recorded (UTC)."
    )

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="release_doi_is_one", condition=models.Q(doi__regex=r"^10\.[0-9]{4,9}/[!-~]+$")
            )
        ]

    triggers = append_only()

    def __str__(self) -> str:
        return self.doi


class ReleasePiece(models.Model):
    """A piece of a file's content; the pieces in the order of their numbers are the file."""

    id = models.BigAutoField(primary_key=True)
    file = models.ForeignKey(ReleaseFile, on_delete=models.PROTECT, related_name="pieces")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="release_piece_is_one")
        ]

    triggers = (*append_only(), IS_BEING_MADE)

    def __str__(self) -> str:
        return f"piece {self.number}"
