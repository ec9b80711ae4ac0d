"""`manage.py import DIR|FILE…`:
take CSV files to the desk, all or nothing, and publish them if asked to.
"""

# ruff: noqa: N999  (a command is called as its module is)

from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, OutputWrapper
from django.db import DatabaseError, transaction

from tracker import history
from tracker.desk import imports
from tracker.desk.imports import FILE_NAMES, Publish
from tracker.desk.imports.outcomes import as_cell
from tracker.desk.management.console import WritingCommand, every_second, user_named
from tracker.desk.records.duplicates import CODED, DUPLICATE_KEYS, RowDuplicates
from tracker.public.http import unavailable
from tracker.publishing.publish import clock_ahead
from tracker.values.problems import Place, Problem, clipped
from tracker.values.vocabularies import Channel

THERE = (
    "give the row its id to change that one, leave it out, or write true in its column "
    "create_anyway"
)


class Command(WritingCommand):
    help = (
        f"Import CSV files, named for what they hold ({', '.join(FILE_NAMES)}), to the desk: "
        f"all of it, or nothing and "
        "everything that is wrong."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="DIR|FILE", help="files, or directories of them"
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="tell by kind what would change, and write nothing",
        )
        parser.add_argument(
            "--publish",
            action="store_true",
            help="publish what it made and changed, as one edition",
        )
        parser.add_argument(
            "--leave-out-waiting",
            action="store_true",
            help="but nothing that waits for another reason",
        )
        parser.add_argument(
            "--create-anyway",
            action="store_true",
            help=(
                "create also claims, meetings, acts and votes that may be there, and members "
                "that are doubtful"
            ),
        )
        parser.add_argument(
            "--add-missing",
            action="store_true",
            help=(
                "make actors of members that ballots name and nobody is yet, unless a name or "
                "code is doubtful, and the digital library's source"
            ),
        )
        parser.add_argument(
            "--clock-checked",
            action="store_true",
            help="publish even if the last edition is ahead of the clock",
        )
        parser.add_argument("--note", default="", help="what the edition is about; public")
        parser.add_argument("--reason", default="", help="why, for the desk's history")
        parser.add_argument(
            "--by", default="", metavar="USERNAME", help="who, for the desk's history"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do as the arguments say;
        faults go to standard error, a line for each, or for each kind of many.
        """
        if options["note"] and not options["publish"]:
            raise CommandError("--note is the note of an edition: add --publish, or use --reason.")
        if options["leave_out_waiting"] and not options["publish"]:
            raise CommandError(
                "--leave-out-waiting tells what is not published: add --publish, or leave it away."
            )
        publish = Publish.ALL_OR_NOTHING if options["publish"] else Publish.NOTHING
        publish = Publish.WHAT_DOES_NOT_WAIT if options["leave_out_waiting"] else publish
        made_by = user_named(options["by"])
        tell = every_second(self.stderr)
        try:
            files = imports.csv_files(paths=options["paths"])
            if options["dry_run"]:
                self._dry_run(files, publish, options)
                return
            reason = options["reason"] or f"Import of {', '.join(file.name for file in files)}"
            checked = options["clock_checked"]
            with history.changeset(
                made_by=made_by, reason=reason, channel=Channel.IMPORT, clock_checked=checked
            ):
                tables = self._staged(files, made_by, options)
                plan = imports.plan(
                    tables=tables, publish=publish, duplicate_nouns=CODED, progress=tell
                )
                alike = _alike(plan, options)
                done = imports.apply(plan=plan, note=options["note"], progress=tell)
                imports.forget(tables)
        except imports.ImportRefusedError as refusal:
            raise self._error_of(refusal.faults) from None
        except DatabaseError as error:
            why = unavailable.reason(error) or str(error).splitlines()[0]
            raise CommandError(f"Nothing was imported: {why}") from error
        self._sum_up(done.counts, "", alike, done.left_out)
        if options["publish"]:
            self.stdout.write(
                f"Published as edition {done.edition}."
                if done.edition
                else "Nothing new to publish."
            )

    def _dry_run(self, files: list[Path], publish: Publish, options: Mapping[str, Any]) -> None:
        tell, would_be = every_second(self.stderr), imports.Faults()

        def listener(outcome: imports.Outcome) -> None:
            for problem in _problems(outcome):
                would_be.group(problem)

        with transaction.atomic():
            tables = self._staged(files, None, options)
            plan = imports.plan(
                tables=tables,
                publish=publish,
                duplicate_nouns=CODED,
                listener=listener,
                progress=tell,
            )
            imports.forget(tables)
        alike = _alike(plan, options)
        self._tell(would_be, self.stdout)
        for problem in clock_ahead() if plan.publishes and not options["clock_checked"] else ():
            plan.faults.add(problem)
        if plan.faults:
            raise imports.ImportRefusedError(plan.faults)
        self._sum_up(plan.counts, "would be ", alike, plan.left_out)
        self.stdout.write("Nothing was written.")

    def _staged(
        self, files: list[Path], made_by: int | None, options: Mapping[str, Any]
    ) -> list[imports.ImportTable]:
        tables = imports.stage(files=files, made_by=made_by, progress=every_second(self.stderr))
        if not options["add_missing"]:
            return tables
        missing = imports.missing(table.upload for table in tables)
        keys = missing.keys if options["create_anyway"] else missing.plain
        return [*tables, *imports.missing_tables(missing, keys)]

    def _sum_up(
        self, counts: imports.Counts, would_be: str, alike: imports.Faults, left_out: imports.Faults
    ) -> None:
        for noun, by_action in counts.by_noun.items():
            counted = ", ".join(
                f"{count:,} {would_be}{action}" for action, count in by_action.items()
            )
            self.stdout.write(f"{noun.plural}: {counted}")
        for faults, what in ((alike, "created anyway"), (left_out, "not published")):
            if faults:
                self.stdout.write(f"{faults.count:,} {would_be}{what}:")
                self._tell(faults, self.stdout)

    def _tell(self, faults: imports.Faults, to: OutputWrapper) -> None:
        for group in faults.groups():
            to.write(str(group))
        if faults.others:
            to.write(f"… and {faults.others:,} more of other kinds")

    def _error_of(self, faults: imports.Faults) -> CommandError:
        self._tell(faults, self.stderr)
        return CommandError(
            f"{faults.count:,} {'error' if faults.count == 1 else 'errors'}; nothing was imported."
        )


def _alike(plan: imports.Plan, options: Mapping[str, Any]) -> imports.Faults:
    """Return the rows that are created though they may be there already,
    or tell the plan's faults of them.
    """
    alike, remedy = (imports.Faults(), "") if options["create_anyway"] else (plan.faults, THERE)
    for row in plan.duplicates:
        alike.add(replace(_duplicate(row), remedy=remedy))
    return imports.Faults() if alike is plan.faults else alike


def _duplicate(row: RowDuplicates) -> Problem:
    """Return what a row may be already, as a problem."""
    key, first, file = DUPLICATE_KEYS[row.noun], row.first(), row.place.file
    named = (
        f"line {place.line} of {'this file' if place.file == file else place.file}"
        if place
        else f"{row.noun} {record}"
        for record, place, _ in first
    )
    says = f"already here, with {key.message if key else ''}: {{named}}"
    return Problem("alike", says, params={"named": ", ".join(named)}, place=row.place)


def _problems(outcome: imports.Outcome) -> Iterator[Problem]:
    """Yield what becomes of a row, and of its fields,
    each with its place and what the record is called.
    """
    place, key = Place(outcome.file, outcome.line), outcome.key
    yield Problem(outcome.action, outcome.action, value=key, place=place)
    for change in outcome.changes:
        params = {
            "old": clipped(as_cell(change.old)) or "∅",
            "new": clipped(as_cell(change.new)) or "∅",
        }
        says = "{old} → {new}, changed here since, stays" if change.stays else "{old} → {new}"
        yield Problem("change", says, (change.field,), params, value=key, place=place)
