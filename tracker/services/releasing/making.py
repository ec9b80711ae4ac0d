"""Making a release: the name, and its files, in one transaction; all of it or nothing."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from tracker.history import current
from tracker.models import Edition, Release
from tracker.services.long_work import may_take_long
from tracker.services.releasing.files import write_all

VERSION = re.compile(r"[0-9]{4}\.[1-9][0-9]{0,3}")


class Wrong(NamedTuple):
    """What is wrong with a field: for programs, and for people."""

    field: str
    code: str
    detail: str


class Refused(Exception):
    """There is no such release to be made; `faults` says why, all at once. Nothing was done."""

    def __init__(self, faults: list[Wrong]) -> None:
        self.faults = faults
        super().__init__("; ".join(f"{fault.field}: {fault.detail}" for fault in faults))


def release(*, version: str, notes: str = "", edition: int | None = None) -> Release:
    """Name an edition, the latest unless another is given, and make its files from the documents of that edition.

    Raises Refused with all that is wrong, and OutsideChange outside `history.change()`.
    """
    context = current()
    with transaction.atomic():
        may_take_long()
        _one_at_a_time()
        found = _edition(edition)
        faults = [*_of_version(version), *_of_edition(found, edition)]
        if faults or found is None:
            raise Refused(faults)
        made = Release.objects.create(
            version=version, edition=found, notes=notes.replace("\x00", "").strip(), made_by_id=context.made_by
        )
        write_all(made)
        made.refresh_from_db()
    return made


def suggested() -> str:
    """Return the next free version of this year."""
    year = timezone.now().year
    taken = Release.objects.filter(version__startswith=f"{year}.").values_list("version", flat=True)
    return f"{year}.{max((int(version.partition('.')[2]) for version in taken), default=0) + 1}"


def _one_at_a_time() -> None:
    """Let one at a time pass, until the end of the transaction, so that each sees the one before it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('tracker: release'))")


def _edition(number: int | None) -> Edition | None:
    editions = Edition.objects.order_by("-number")
    return (editions if number is None else editions.filter(number=number)).first()


def _of_version(version: str) -> Iterator[Wrong]:
    if not VERSION.fullmatch(version):
        yield Wrong(
            "version", "invalid", f"“{version}” is no version; write the year, a dot and a number: {suggested()}"
        )
    elif Release.objects.filter(version=version).exists():
        yield Wrong("version", "taken", f"there is a release {version} already, and it stays; take {suggested()}")


def _of_edition(found: Edition | None, asked: int | None) -> Iterator[Wrong]:
    if found is None:
        latest = Edition.objects.order_by("-number").first()
        says = f"there is no edition {asked}; the latest is {latest.pk}" if latest else "nothing is published yet"
        yield Wrong("edition", "unknown", says if latest else f"{says}; publish something first")
