"""What a backup must hold of what was published, and which one was checked last."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from psycopg.sql import SQL

from tracker.models import CheckedBackup, ReleaseFile
from tracker.public.read.connection import read_primary
from tracker.public.read.editions import digest, page


def contents(edition: int, snapshot: str = "") -> dict[str, Any]:
    """Return heads of the chain and digests of editions up to one, and of files of releases,
    as a snapshot has them.
    """
    with transaction.atomic(), connection.cursor() as cursor, read_primary():
        if snapshot:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute(SQL("SET TRANSACTION SNAPSHOT {}").format(snapshot))
        published = page(edition=edition, before=None, size=edition).results[::-1]
        files = ReleaseFile.objects.filter(release__edition__lte=edition).order_by(
            "release_id", "name"
        )
        return {
            "editions": [
                {
                    "number": each.number,
                    "chain": each.chain,
                    "digest": digest(each.number, each.stamp),
                }
                for each in published
            ],
            "releases": [
                list(row) for row in files.values_list("release__version", "name", "sha256")
            ],
        }


def note_checked(*, made_at: str, edition: int, seconds: int) -> None:
    """Keep that a backup was restored elsewhere and found whole."""
    CheckedBackup.objects.create(
        made_at=datetime.fromisoformat(made_at), edition=edition, seconds=seconds
    )


def last_checked() -> CheckedBackup | None:
    """Return the youngest backup that was checked; one statement."""
    return CheckedBackup.objects.order_by("-made_at").first()
