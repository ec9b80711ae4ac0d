"""An upload imported: drafts, in one change set, exactly as was shown; all of it, or nothing."""

from typing import Any

from django.db import transaction

from tracker.history import current
from tracker.models import Upload
from tracker.services import imports
from tracker.services.imports import Imported, Outcome
from tracker.services.long_work import may_take_long
from tracker.services.uploads.looking import BUFFERED, changes, duplicates
from tracker.services.uploads.table import table_of
from tracker.values.outcomes import RowOutcome

OPEN = (RowOutcome.ERROR, RowOutcome.DUPLICATE)


class NotReady(Exception):
    """Rows have errors, or look like something, and nobody has decided yet what becomes of them."""


class MovedOn(Exception):
    """The desk has changed since the rows were shown: of these lines, other things would become."""

    def __init__(self, lines: list[int]) -> None:
        self.lines = lines
        super().__init__(f"of {len(lines)} rows other things would become than was shown")


@transaction.atomic
def apply(*, upload: Upload) -> Imported:
    """Import an upload and forget it.

    Raises NotReady, MovedOn, and imports.Refused with what the database has against it; then nothing was written.
    """
    current()
    may_take_long()
    held = Upload.objects.select_for_update().get(pk=upload.pk)
    if held.faults or held.rows.filter(outcome__in=OPEN).exists():
        raise NotReady
    made = imports.survey(tables=[table_of(held)])
    witness = Witness(held)
    looks_alike = [line for line, _ in duplicates(made)]
    witness.other += held.rows.filter(line__in=looks_alike, duplicates=[]).values_list("line", flat=True)
    done = imports.apply(plan=made, listener=witness.saw)
    witness.compare()
    if witness.other:
        raise MovedOn(sorted(set(witness.other)))
    held.delete()
    return done


class Witness:
    """Compares what becomes of rows with what was shown."""

    def __init__(self, upload: Upload) -> None:
        self.other: list[int] = []
        self._upload = upload
        self._seen: dict[int, tuple[Any, ...]] = {}

    def saw(self, outcome: Outcome) -> None:
        """Take note of what becomes of a row."""
        self._seen[outcome.line] = (outcome.action.value, outcome.record, changes(outcome))
        if len(self._seen) >= BUFFERED:
            self.compare()

    def compare(self) -> None:
        """Compare what was noted with what is kept."""
        shown = self._upload.rows.filter(line__in=self._seen).values_list("line", "outcome", "record", "changes")
        self.other += [line for line, *rest in shown if tuple(rest) != self._seen[line]]
        self._seen = {}
