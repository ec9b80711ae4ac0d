"""What a person chooses for rows of an upload: the record that is meant, a new one all the same, or to leave it out."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import F, Func, IntegerField, Q, QuerySet

from tracker.desk.uploads.checking import check
from tracker.models import Upload, UploadRow
from tracker.values.outcomes import RowOutcome, UploadChoice

# the record of the first that a row looks like, or -line
FIRST_ALIKE = "coalesce((%(expressions)s -> 0 ->> 0)::int, -(%(expressions)s -> 0 ->> 1)::int)"


class Bulk(StrEnum):
    """What can be chosen for all rows of a kind at once."""

    LEAVE_OUT_ERRORS = "leave_out_errors"
    USE_EXISTING = "use_existing"
    CREATE_ANYWAY = "create_anyway"
    LEAVE_OUT_DUPLICATES = "leave_out_duplicates"
    START_AGAIN = "start_again"


@transaction.atomic
def choose(*, upload: Upload, choices: Mapping[int, str]) -> None:
    """Keep choices by line ("", "create", "leave_out", or "use:" and an id or -line), and look anew at all rows.

    One that can't be made for its row (to use what it doesn't look like) is not kept.
    """
    changed = []
    for row in upload.rows.filter(line__in=choices).select_for_update():
        kind, _, record = choices[row.line].partition(":")
        known = {str(-line if pk is None else pk) for pk, line, _ in row.duplicates} | {str(row.stands_for)}
        meant = int(record) if kind == UploadChoice.USE and record in known - {"None"} else None
        if kind not in ("", *UploadChoice.values) or (kind == UploadChoice.USE and meant is None):
            continue
        if (row.choice, row.stands_for) != (kind, meant):
            row.choice, row.stands_for = kind, meant
            changed.append(row)
    if changed:
        UploadRow.objects.bulk_update(changed, ["choice", "stands_for"], batch_size=500)
        check(upload=upload)


@transaction.atomic
def choose_all(*, upload: Upload, what: Bulk) -> None:
    """Choose the same for all rows of a kind, also those that this makes so, looking anew at all rows."""
    while _CHOSEN[what](upload.rows.all()):
        check(upload=upload)


DUPLICATES = Q(outcome=RowOutcome.DUPLICATE)
ERRORS = Q(outcome=RowOutcome.ERROR)
FIRST = Func(F("duplicates"), template=FIRST_ALIKE, output_field=IntegerField())


def _of(chosen: Q, choice: str, stands_for: Any = None) -> Callable[["QuerySet[UploadRow]"], int]:
    return lambda rows: rows.filter(chosen).update(choice=choice, stands_for=stands_for)


_CHOSEN: dict[Bulk, Callable[["QuerySet[UploadRow]"], int]] = {
    Bulk.LEAVE_OUT_ERRORS: _of(ERRORS, UploadChoice.LEAVE_OUT),
    Bulk.CREATE_ANYWAY: _of(DUPLICATES, UploadChoice.CREATE),
    Bulk.LEAVE_OUT_DUPLICATES: _of(DUPLICATES, UploadChoice.LEAVE_OUT),
    Bulk.USE_EXISTING: _of(DUPLICATES, UploadChoice.USE, FIRST),
    Bulk.START_AGAIN: _of(~Q(choice=""), ""),
}
