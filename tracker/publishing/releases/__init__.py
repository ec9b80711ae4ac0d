"""Releasing: an edition gets a name by which it is cited, and files that are made once and kept; or nothing at all."""

import re
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from tracker.history import current
from tracker.models import Edition, Release
from tracker.models.queries import may_take_long, run
from tracker.publishing.edition import blank_note
from tracker.publishing.releases.files import write_all
from tracker.values.problems import InvalidError, Problem, RefusedError
from tracker.values.texts import stripped

NOTHING_PUBLISHED = "nothing is published yet; publish something first"
VERSION = re.compile(r"[0-9]{4}\.[1-9][0-9]{0,3}")


def release(*, version: str, notes: str = "", edition: int | None = None) -> Release:
    """Name an edition, the latest unless another is given, and make its files from the documents of that edition.

    Raises RefusedError if the version is taken, Invalid with all else that is wrong, and OutsideChangeSet outside
    `history.changeset()`.
    """
    context = current()
    with transaction.atomic():
        may_take_long()
        _one_at_a_time()
        of = _edition(edition)
        faults = [*_of_version(version), *_of_edition(of, edition), *blank_note(notes, "notes")]
        if faults or of is None:
            is_taken = all(fault.code == "taken" for fault in faults)
            raise RefusedError(faults) if is_taken else InvalidError(faults)
        new = Release.objects.create(version=version, edition=of, notes=stripped(notes), made_by_id=context.made_by)
        write_all(new)
        new.refresh_from_db()
    return new


def suggested() -> str:
    """Return the next free version of this year."""
    year = timezone.now().year
    versions = Release.objects.filter(version__startswith=f"{year}.").values_list("version", flat=True)
    return f"{year}.{max((int(version.partition('.')[2]) for version in versions), default=0) + 1}"


def _one_at_a_time() -> None:
    """Let one at a time pass, until the end of the transaction, so that each sees the one before it."""
    run("SELECT pg_advisory_xact_lock(hashtext('tracker: release'))")


def _edition(number: int | None) -> Edition | None:
    editions = Edition.objects.order_by("-number")
    return (editions if number is None else editions.filter(number=number)).first()


def _of_version(version: str) -> Iterator[Problem]:
    params = {"version": version, "free": suggested()}
    if not VERSION.fullmatch(version):
        says = "“{version}” is no version; write the year, a dot and a number: {free}"
        yield Problem("invalid", says, ("version",), params)
    elif Release.objects.filter(version=version).exists():
        says = "there is a release {version} already, and it stays; take {free}"
        yield Problem("taken", says, ("version",), params)


def _of_edition(edition: Edition | None, number: int | None) -> Iterator[Problem]:
    if edition is None:
        latest = Edition.objects.order_by("-number").first()
        params = {"asked": number, "latest": latest and latest.pk}
        says = "there is no edition {asked}; the latest is {latest}" if latest else NOTHING_PUBLISHED
        yield Problem("unknown", says, ("edition",), params)
