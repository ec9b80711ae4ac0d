"""What a backup must hold of what was published, and which one was checked last."""

from datetime import datetime
from typing import Any

from tracker.models import CheckedBackup, ReleaseFile
from tracker.public.read import editions


def contents(edition: int) -> dict[str, Any]:
    """Return the heads of the chain and the digests of the editions up to one, and those of all files of releases."""
    published = editions.page(edition=edition, before=None, size=edition).results[::-1]
    files = ReleaseFile.objects.filter(release__edition__lte=edition).order_by("release_id", "name")
    return {
        "editions": [
            {"number": each.number, "chain": each.chain, "digest": editions.digest(each.number, each.stamp)}
            for each in published
        ],
        "releases": [list(row) for row in files.values_list("release__version", "name", "sha256")],
    }


def note_checked(*, made_at: str, edition: int, seconds: int) -> None:
    """Keep that a backup was restored elsewhere and found whole."""
    CheckedBackup.objects.create(made_at=datetime.fromisoformat(made_at), edition=edition, seconds=seconds)


def last_checked() -> CheckedBackup | None:
    """Return the youngest backup that was checked; one statement."""
    return CheckedBackup.objects.order_by("-made_at").first()
