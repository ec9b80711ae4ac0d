"""What an import would do, and everything that is wrong with its files:
looks, and writes nothing.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from more_itertools import chunked

from tracker.desk.imports.cells import by_member, parse
from tracker.desk.imports.faults import Faults
from tracker.desk.imports.outcomes import Counts, Listener, compare, outcomes
from tracker.desk.imports.references import SurveyedReferences
from tracker.desk.imports.survey import Progress, Survey, rows_of
from tracker.desk.imports.tables import ImportTable, columns_of, is_created_anyway, no_such_column
from tracker.desk.records.comparing import Action, Compared, Comparison
from tracker.desk.records.duplicates import RowDuplicates, RowFinder
from tracker.desk.records.parsing import Parsed
from tracker.desk.records.references import Key
from tracker.publishing.status import Status, statuses
from tracker.values.nouns import Noun
from tracker.values.problems import Place, Problem

WAITS = (
    "it has edits that wait to be published: readers see version {public}, the desk has {version}"
)
REMEDY = "publish or undo that first, or leave out what waits (--leave-out-waiting)"


class Publish(StrEnum):
    """What an import publishes of the records of its files;
    by default it is refused if one of them waits.
    """

    NOTHING = "nothing"
    ALL_OR_NOTHING = "all or nothing"
    WHAT_DOES_NOT_WAIT = "what does not wait"


@dataclass(slots=True)
class Plan:
    """What would become of the rows of tables; `faults` must be empty for it to be carried out.

    `duplicates` are the rows that may be there already, of the nouns that were asked for.
    `left_out` tells of records that would not be published with the others, if that was asked for;
    `publishes` counts those that would.
    """

    survey: Survey
    references: SurveyedReferences
    faults: Faults
    counts: Counts = field(default_factory=Counts)
    publish: Publish = Publish.NOTHING
    duplicates: list[RowDuplicates] = field(default_factory=list)
    left_out: Faults = field(default_factory=Faults)
    publishes: int = 0


def silent(text: str) -> None:
    """Tell nobody how far it is."""


def plan(
    *,
    tables: Sequence[ImportTable],
    publish: Publish = Publish.NOTHING,
    duplicate_nouns: Collection[Noun] = (),
    listener: Listener | None = None,
    progress: Progress = silent,
    faults: Faults | None = None,
) -> Plan:
    """Read the tables and compare them with the desk;
    `listener` is told the outcome of each row that has no fault.
    """
    problems = Faults() if faults is None else faults
    survey = Survey([*tables], problems)
    survey.read(progress)
    references = SurveyedReferences(survey)
    for index, table in enumerate(tables):
        survey.tables[index] = replace(table, members=_members(table, references, problems))
    new = Plan(survey, references, problems, publish=publish)
    finder = RowFinder(duplicate_nouns, new.references)
    for index in range(len(tables)):
        _plan_table(new, index, finder, listener, progress)
    new.duplicates = [*finder.find()]
    return new


def _members(table: ImportTable, references: SurveyedReferences, faults: Faults) -> set[str]:
    """Return the actors, here or in the files, by whom columns are headed;
    tell once of each column that is none.
    """
    cells, members = dict.fromkeys(columns_of(table), ""), dict[int, str]()
    for part in table.layout.parts.values():
        of = part.fields[part.grouped.key].refers_to if part.grouped else None
        keys = [Key(of, heading) for heading in by_member(part, cells)] if of else []
        references.learn(keys)
        for key in keys:
            heading, records = str(key.written), references.find(key)
            first = members.setdefault(records[0], heading) if len(records) == 1 else ""
            if not records:
                faults.add(
                    no_such_column(table, heading, references.near(Key(key.noun, heading.lower())))
                )
            elif first != heading:
                says, remedy = (
                    f"it is of the same {key.noun} as the column {{first}}",
                    "remove one of the two",
                )
                twice = Problem("twice", says, (heading,), {"first": first}, remedy=remedy)
                problem = twice if first else replace(references.problem(key, (heading,)), value="")
                faults.add(replace(problem, place=Place(table.name, table.header)))
    return {*members.values()}


def _plan_table(
    of: Plan, index: int, finder: RowFinder, listener: Listener | None, progress: Progress
) -> None:
    table, done = of.survey.tables[index], 0
    comparison = Comparison(table.layout, of.references)
    lacking = _lacking(table)
    for chunk in chunked(rows_of(of.survey, index, of.faults), table.noun.at_once):
        parsed = [parse(table, row, record, of.faults) for row, record in chunk]
        lacking = _check_lacking(table, lacking, parsed, of.faults)
        compared = compare(comparison, parsed)
        sound = [row for row in compared if not row.parsed.faulty]
        for row in sound:
            of.counts.add(table.noun, row.action)
        of.publishes += len(to_publish(of.publish, sound, of.faults, of.left_out))
        finder.add(
            compared, {row.place for row in parsed if row.place and is_created_anyway(row.written)}
        )
        for outcome in outcomes(table.layout, sound) if listener else ():
            listener(outcome)  # type: ignore[misc]
        done += len(chunk)
        progress(f"{table.name}: {done:,} rows checked")
        # or they would be held while the next rows are read and compared
        del chunk, parsed, compared, sound


def _lacking(table: ImportTable) -> dict[str, bool]:
    """Return the columns without which no record can be made, and that a table doesn't have:
    not told yet.
    """
    names = columns_of(table)
    return {
        name: False
        for name, column in table.layout.fields.items()
        if column.required and name not in names
    }


def _check_lacking(
    table: ImportTable, lacking: dict[str, bool], chunk: Sequence[Parsed], faults: Faults
) -> dict[str, bool]:
    """Complain once of each missing column, if a row would be a new record;
    spare such rows what follows from it.
    """
    new = [parsed for parsed in chunk if parsed.record < 0] if lacking else []
    for parsed in new:
        parsed.faulty.update(lacking)
    for name, is_told in lacking.items():
        if new and not is_told:
            noun, line = table.noun, new[0].place.line if new[0].place else 0
            says = f"the column is missing, and line {line} would be a new {noun}"
            remedy = (
                f"add it; or, if the row is of {noun.with_article} that is here, correct its id, "
                f"ref or slug"
            )
            header = Place(table.name, table.header)
            faults.add(Problem("required", says, (name,), remedy=remedy, place=header))
    return dict.fromkeys(lacking, True) if new else lacking


def to_publish(
    publish: Publish, rows: Sequence[Compared], faults: Faults, left_out: Faults
) -> list[int]:
    """Return the records that are to be published of some rows of one noun,
    compared and not yet written.

    Those that wait are told to `faults` or, if they are only to be left out, to `left_out`.
    """
    if publish is Publish.NOTHING or not rows:
        return []
    waiting, remedy = (faults, REMEDY) if publish is Publish.ALL_OR_NOTHING else (left_out, "")
    known = statuses(rows[0].parsed.layout.noun, [row.record.pk for row in rows if not row.is_new])
    records = []
    for row in rows:
        if not row.is_new and (why := _why_it_waits(row, known[row.record.pk])):
            versions = {"public": known[row.record.pk].version, "version": row.record.version}
            waiting.add(row.parsed.placed(Problem("waiting", why, params=versions, remedy=remedy)))
        elif row.action is not Action.SAME:
            records.append(row.record.pk)
    return records


def _why_it_waits(row: Compared, status: Status) -> str:
    """Return why a record waits at the desk whatever the import does; empty if it doesn't."""
    version = row.record.version
    if status.version == version or getattr(row.record, "merged_into_id", None):
        return ""
    if status.operation is None:
        return "it is a draft, which waits to be published"
    if status.version is not None:
        return WAITS
    return "it was withdrawn" if row.action is Action.CHANGED or version > status.last else ""
