"""The chain: what was there when an edition was made, so that whatever is rewritten later,
by anybody, is found.

Each edition has a link, made when the edition has proved itself and by the database alone. Its
digest is made of the digest of the link before, of the edition (number, moment, note, by whom), of
its changes, of the documents that it opened and closed, of the change sets with their events, and
of the releases with their files, that were committed by then and that no link before covers. What
the transaction of the edition itself writes at the desk isn't committed yet, so the next link
covers it. The first link in a database covers all that was there before it.

Everything public hangs on one digest, which is public itself; the rest of a link is not. `salt`
keeps anybody from trying out what the desk may have written. What goes into a digest, and how it is
written, is for ever: `manage.py verify` makes all of them again.
"""

from django.db import models

from tracker.models.append_only import append_only
from tracker.models.editions import Edition
from tracker.models.triggers import Trigger


class Link(models.Model):
    """What an edition adds to the chain:
    a SHA-256 of each of its parts, and the digest of all, and of all before.
    """

    edition = models.OneToOneField(
        Edition,
        on_delete=models.PROTECT,
        primary_key=True,
        db_column="edition",
        related_name="link",
    )
    salt = models.BinaryField(help_text="32 bytes at random; never public.")
    editions = models.BinaryField(
        help_text="Of the edition itself; of the first link: of all editions up to it."
    )
    changes = models.BinaryField(help_text="Of its changes, in their order.")
    documents = models.BinaryField(help_text="Of the documents that it opened and closed.")
    changesets = models.BinaryField(help_text="Of the digests of the change sets that it covers.")
    releases = models.BinaryField(help_text="Of the releases that it covers, with their files.")
    digest = models.BinaryField(
        help_text="Of the digest of the link before, the salt, and these parts; public."
    )

    class Meta:
        default_permissions = ()

    triggers = (*append_only(), Trigger("is_made_now", "BEFORE INSERT", "link_now"))

    def __str__(self) -> str:
        return f"link {self.pk}"
