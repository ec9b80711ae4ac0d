"""The import itself: reads the files once more and writes what the plan said, all of it or nothing.

Of an upload that is exactly what was shown.
"""

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import DatabaseError, OperationalError, connection, transaction
from more_itertools import chunked

from tracker.desk.imports.cells import parse
from tracker.desk.imports.faults import Faults, ImportRefusedError, line_of
from tracker.desk.imports.outcomes import Counts, Listener, Outcome, compare, outcomes
from tracker.desk.imports.planning import Plan, Publish, silent, to_publish
from tracker.desk.imports.planning import plan as make_plan
from tracker.desk.imports.staging import BUFFER_SIZE, changes, made_with, table_of
from tracker.desk.imports.survey import Progress, Survey, rows_of
from tracker.desk.records.comparing import Comparison
from tracker.desk.records.fields import layout
from tracker.desk.records.writing import draw_ids, write
from tracker.history import current
from tracker.models import Upload
from tracker.models.queries import may_take_long
from tracker.models.tables import IN_ORDER
from tracker.publishing import publish as publishing
from tracker.values import problems
from tracker.values.nouns import Noun
from tracker.values.problems import Place, Problem
from tracker.values.vocabularies import RowOutcome

MOST_TOLD = 20  # rows
# of which nobody has decided, what is said and what to do
OPEN = {
    RowOutcome.ERROR: ("it has errors", "mend it, or leave it out"),
    RowOutcome.DUPLICATE: ("it may be there already", "choose what is meant"),
}


@dataclass(slots=True)
class Imported:
    """What an import did; `edition` is the number of the one that published it,
    None if nothing was published.

    `left_out` tells of records that were not published with the others.
    """

    counts: Counts = field(default_factory=Counts)
    edition: int | None = None
    left_out: Faults = field(default_factory=Faults)


@transaction.atomic
def apply(
    *,
    plan: Plan,
    note: str = "",
    progress: Progress = silent,
    listener: Listener | None = None,
) -> Imported:
    """Carry out a plan without faults, and publish what it made and changed, if the plan says so.

    `listener` is told what becomes of each row, compared with what is locked by then, before it is
    written. Raises Refused with everything that the database, or publishing, has against it, and
    OutsideChangeSet outside `history.changeset()`.
    """
    current()
    may_take_long()
    if plan.faults:
        raise ImportRefusedError(plan.faults)
    survey, faults, done = plan.survey, Faults(), Imported()
    settled = _settled(survey)
    chosen: list[tuple[Noun, array[int]]] = []
    for noun in IN_ORDER:
        for index, table in enumerate(survey.tables):
            if table.noun is noun:
                comparison = Comparison(table.layout, plan.references, settled=settled, lock=True)
                chosen.append(
                    (noun, _apply_table(comparison, plan, index, faults, done, progress, listener))
                )
    if not faults:
        _check_references(faults)
    if faults:
        raise ImportRefusedError(faults)
    if plan.publish is not Publish.NOTHING:
        progress("publishing")
        done.edition = _publish(survey, settled, chosen, note)
    return done


def _settled(survey: Survey) -> Callable[[Noun, int], int]:
    """Draw ids for the new records; return what turns a number of the survey into an id."""
    ids = {
        noun: draw_ids(layout(noun).model, count)
        for noun in Noun
        if (count := survey.count_new(noun))
    }
    return lambda noun, record: ids[noun][-record - 1] if record < 0 else record


def _apply_table(
    comparison: Comparison,
    plan: Plan,
    index: int,
    faults: Faults,
    done: Imported,
    progress: Progress,
    listener: Listener | None,
) -> "array[int]":
    """Write the rows of a table; return the records that are to be published."""
    table, count, chosen = plan.survey.tables[index], 0, array("i")
    for chunk in chunked(rows_of(plan.survey, index, faults), table.noun.at_once):
        compared = compare(comparison, [parse(table, row, record, faults) for row, record in chunk])
        sound = [row for row in compared if not row.parsed.faulty]
        for outcome in outcomes(table.layout, sound) if listener else ():
            listener(outcome)  # type: ignore[misc]
        chosen.extend(to_publish(plan.publish, sound, faults, done.left_out))
        write(table.layout, sound)
        for row in compared:
            done.counts.add(table.noun, row.action)
        count += len(chunk)
        progress(f"{table.name}: {count:,} rows imported")
        # or they would be held while the next rows are read and compared
        del chunk, compared, sound
    return chosen


def _check_references(faults: Faults) -> None:
    """Let the database check now what it would check at the end of the transaction."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except OperationalError:
        raise
    except DatabaseError as error:
        says, why = "the database refuses it: {why}", str(error).splitlines()[0]
        remedy = "what a row refers to was changed meanwhile; import the files again"
        faults.add(Problem("refused", says, params={"why": why}, remedy=remedy))


def _publish(
    survey: Survey,
    settled: Callable[[Noun, int], int],
    chosen: Sequence[tuple[Noun, "array[int]"]],
    note: str,
) -> int | None:
    """Publish records, which are locked, at the versions that the import made."""
    records = (publishing.Chosen(noun, record) for noun, ids in chosen for record in ids)
    try:
        edition = publishing.publish(records=records, note=note)
    except problems.RefusedError as refusal:
        raise ImportRefusedError(_unpublishable(survey, settled, refusal)) from refusal
    return edition.number if edition else None


def _unpublishable(
    survey: Survey, settled: Callable[[Noun, int], int], refusal: problems.RefusedError
) -> Faults:
    """Return why records can't be published, as faults of their rows."""
    faults = Faults()
    numbers = {
        (table.noun, settled(table.noun, record)): (table.noun, record)
        for table, records in zip(survey.tables, survey.records, strict=True)
        for record in filter(None, records)
    }
    for problem in refusal.problems:
        number = numbers.get(problem.record) if problem.record else None
        place = survey.place(*number) if number else None
        fault = replace(problem, message=f"it can't be published: {problem.message}")
        faults.add(
            replace(fault, record=None, place=Place(place[0].name, place[1])) if place else fault
        )
    return faults


class NotReady(problems.RefusedError):
    """Rows have errors, or look like something, and nobody has decided yet what becomes of them:
    of the first, why.
    """


class MovedOn(problems.RefusedError):
    """The desk has changed since the rows were shown:
    a problem for each of which other things would become.
    """

    @property
    def lines(self) -> list[int]:
        """Return the lines of these rows."""
        return [line_of(problem) for problem in self.problems]


@transaction.atomic
def apply_upload(*, upload: Upload) -> Imported:
    """Import an upload and forget it.

    Raises NotReady, MovedOn, and Refused with what the database has against it;
    then nothing was written.
    """
    current()
    may_take_long()
    locked = Upload.objects.select_for_update().get(pk=upload.pk)
    if undecided := [*_undecided(locked)]:
        raise NotReady(undecided)
    table = table_of(locked)
    plan = make_plan(tables=[table, *made_with(locked)], duplicate_nouns=[table.noun])
    witness = Witness(locked)
    lines = [row.place.line for row in plan.duplicates]
    witness.other += locked.rows.filter(line__in=lines, duplicates=[]).values_list(
        "line", flat=True
    )
    done = apply(plan=plan, listener=witness.saw)
    witness.compare()
    if witness.other:
        places = (Place(locked.name, line) for line in sorted(set(witness.other)))
        raise MovedOn(Problem("moved", "other than was shown", place=place) for place in places)
    locked.delete()
    return done


def _undecided(upload: Upload) -> Iterator[Problem]:
    """Yield why an upload can't be imported as it is: of the file, and of the first rows."""
    if upload.faults:
        yield Problem(
            "undecided", "the file has errors", remedy="mend it", place=Place(upload.name)
        )
    rows = upload.rows.filter(outcome__in=[*OPEN]).order_by("line").values_list("line", "outcome")
    for line, outcome in rows[:MOST_TOLD]:
        says, remedy = OPEN[RowOutcome(outcome)]
        yield Problem("undecided", says, remedy=remedy, place=Place(upload.name, line))


class Witness:
    """Compares what becomes of rows with what was shown."""

    def __init__(self, upload: Upload) -> None:
        self.other: list[int] = []
        self._upload = upload
        self._seen: dict[int, tuple[Any, ...]] = {}

    def saw(self, outcome: Outcome) -> None:
        """Take note of what becomes of a row of the file."""
        if outcome.file != self._upload.name:
            return
        self._seen[outcome.line] = (outcome.action.value, outcome.record, changes(outcome))
        if len(self._seen) >= BUFFER_SIZE:
            self.compare()

    def compare(self) -> None:
        """Compare what was noted with what is kept."""
        shown = self._upload.rows.filter(line__in=self._seen).values_list(
            "line", "outcome", "record", "changes"
        )
        self.other += [line for line, *rest in shown if tuple(rest) != self._seen[line]]
        self._seen = {}
