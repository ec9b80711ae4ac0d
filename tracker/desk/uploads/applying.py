"""An upload imported: drafts, in one change set, exactly as was shown; all of it, or nothing."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from tracker.desk import imports
from tracker.desk.imports import Imported, Outcome
from tracker.desk.imports.faults import line_of
from tracker.desk.uploads.checking import BUFFER_SIZE, changes, table_of
from tracker.history import current
from tracker.models import Upload
from tracker.models.queries import may_take_long
from tracker.values.outcomes import RowOutcome
from tracker.values.problems import Place, Problem, Refused

MOST_ROWS = 20
# of which nobody has decided, what is said and what to do
OPEN = {
    RowOutcome.ERROR: ("it has errors", "mend it, or leave it out"),
    RowOutcome.DUPLICATE: ("it may be there already", "choose what is meant"),
}


class NotReady(Refused):
    """Rows have errors, or look like something, and nobody has decided yet what becomes of them: of the first, why."""


class MovedOn(Refused):
    """The desk has changed since the rows were shown: a problem for each of which other things would become."""

    @property
    def lines(self) -> list[int]:
        """Return the lines of these rows."""
        return [line_of(problem) for problem in self.problems]


@transaction.atomic
def apply(*, upload: Upload) -> Imported:
    """Import an upload and forget it.

    Raises NotReady, MovedOn, and imports.Refused with what the database has against it; then nothing was written.
    """
    current()
    may_take_long()
    locked = Upload.objects.select_for_update().get(pk=upload.pk)
    if undecided := [*_undecided(locked)]:
        raise NotReady(undecided)
    table = table_of(locked)
    plan = imports.plan(tables=[table], duplicates_of=[table.noun])
    witness = Witness(locked)
    lines = [row.place.line for row in plan.duplicates]
    witness.other += locked.rows.filter(line__in=lines, duplicates=[]).values_list("line", flat=True)
    done = imports.apply(plan=plan, listener=witness.saw)
    witness.compare()
    if witness.other:
        places = (Place(locked.name, line) for line in sorted(set(witness.other)))
        raise MovedOn(Problem("moved", "other than was shown", place=place) for place in places)
    locked.delete()
    return done


def _undecided(upload: Upload) -> Iterator[Problem]:
    """Yield why an upload can't be imported as it is: of the file, and of the first rows."""
    if upload.faults:
        yield Problem("undecided", "the file has errors", remedy="mend it", place=Place(upload.name))
    rows = upload.rows.filter(outcome__in=[*OPEN]).order_by("line").values_list("line", "outcome")
    for line, outcome in rows[:MOST_ROWS]:
        says, remedy = OPEN[RowOutcome(outcome)]
        yield Problem("undecided", says, remedy=remedy, place=Place(upload.name, line))


class Witness:
    """Compares what becomes of rows with what was shown."""

    def __init__(self, upload: Upload) -> None:
        self.other: list[int] = []
        self._upload = upload
        self._seen: dict[int, tuple[Any, ...]] = {}

    def saw(self, outcome: Outcome) -> None:
        """Take note of what becomes of a row."""
        self._seen[outcome.line] = (outcome.action.value, outcome.record, changes(outcome))
        if len(self._seen) >= BUFFER_SIZE:
            self.compare()

    def compare(self) -> None:
        """Compare what was noted with what is kept."""
        shown = self._upload.rows.filter(line__in=self._seen).values_list("line", "outcome", "record", "changes")
        self.other += [line for line, *rest in shown if tuple(rest) != self._seen[line]]
        self._seen = {}
