"""`manage.py bootstrap [SET …]`: what a new tracker needs before it can be used;
sets of the dataset by their names.
"""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.db.models import Q

import tracker
from tracker import history
from tracker.desk import imports
from tracker.desk.imports.survey import Progress, rows_of
from tracker.desk.management.console import WritingCommand, every_second
from tracker.models import Edition, Event
from tracker.models.nouns import RECORDS
from tracker.models.queries import run
from tracker.publishing.four_eyes import members
from tracker.publishing.publish import clock_ahead
from tracker.values.nouns import Noun
from tracker.values.problems import Place
from tracker.values.vocabularies import Channel

# each is a folder of the dataset, or itself, and an edition with this note;
# in this order, as later ones name records of earlier ones
DATASET = Path(tracker.__file__).parent / "dataset"
FIRST, ALL = "first", "all"
SETS = {
    FIRST: "The first dataset",
    "security-council": "Vetoes of China and Russia in the Security Council",
    "general-assembly": "Recorded votes of the General Assembly, 1971 to 2020",
    "security-council-votes": "Votes of the Security Council, 1994 to April 2025",
    "general-assembly-2020-2021": (
        "Recorded votes of the General Assembly, November 2020 to March 2021"
    ),
    "human-rights-council": "Votes of the Human Rights Council, 2006 to 2024",
    "watch-2019-2026": "Meetings of China and Russia, June 2019 to 2026",
    "positions-2019-2026": "Positions of China and Russia, June 2019 to 2026",
    "memberships": "Members of the SCO, BRICS and NATO, and when they joined",
    "settled-questions": "Questions that were settled, December 2018 to April 2026",
    "derived-sources": "Sources that pass on others, as copies of agencies do",
    "acts-2019-2026": "Acts of China and Russia, June 2019 to June 2026",
    "resolved-forecasts": "What became of the forecasts of June 2019",
    "corrections-2026": "Corrections: what time did to the content, up to June 2026",
    "votes-on-questions": "Votes of 2016 to 2025 linked to the questions they were on",
}


class Command(WritingCommand):
    help = (
        "Import and publish the dataset and make an administrator, if a new tracker has "
        "none; or bring sets of it to one that is in use, where what the team has changed or "
        "withdrawn since stays as it is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        listed = ", ".join((*SETS, ALL))
        parser.add_argument(
            "--empty",
            action="store_true",
            default=settings.EMPTY,
            help="make an administrator alone, and bring no content; default: TRACKER_EMPTY",
        )
        parser.add_argument(
            "sets", nargs="*", choices=[*SETS, ALL, []], metavar="SET", help=f"which, of: {listed}"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do both; three queries and no more if there is nothing to do.
        Warn of a last edition ahead of the clock.
        """
        for problem in clock_ahead():
            self.stderr.write(f"Warning: {problem}.")
        if options["sets"]:
            for name in (
                SETS if ALL in options["sets"] else filter(options["sets"].__contains__, SETS)
            ):
                self._bring(name)
        elif not options["empty"] and _is_new():
            for number, name in enumerate(SETS):
                self._bring(name, number)
        if not _has_administrator():
            self._make_administrator()

    def _bring(self, name: str, number: int | None = None) -> None:
        """Import a set and publish it as an edition:
        asked for by name, or as one of the editions of a new tracker.
        """
        note = SETS[name]
        files = imports.csv_files(paths=[DATASET if name == FIRST else DATASET / name])
        tell, left = every_second(self.stderr), list[str]()
        try:
            with history.changeset(
                made_by=None, reason=note, channel=Channel.IMPORT, clock_checked=True
            ):
                _wait_for_others()
                if number is not None and Edition.objects.count() != number:
                    return  # somebody does it too, and was here first
                tables = imports.stage(files=files, progress=tell)
                if number is None:
                    plan, left = _plan(tables, name, tell)
                else:
                    plan = imports.plan(
                        tables=tables, publish=imports.Publish.ALL_OR_NOTHING, progress=tell
                    )
                done = imports.apply(plan=plan, note=note, progress=tell)
                imports.forget(tables)
        except imports.ImportRefusedError as refusal:
            raise CommandError(f"{note}: this can't be imported:\n{refusal}") from refusal
        made = done.counts.of(imports.Action.CREATED), done.counts.of(imports.Action.CHANGED)
        new = "{:,} records made, {:,} changed".format(*made)
        self.stdout.write(
            f"{note}: {new}, published as edition {done.edition}."
            if done.edition
            else f"{note}: is here."
        )
        if left:
            self.stdout.write(f"{len(left):,} left as the team has them:")
        for line in left:
            self.stdout.write(f"  {line}")

    def _make_administrator(self) -> None:
        password = secrets.token_urlsafe(12)
        with transaction.atomic():
            _wait_for_others()
            if _has_administrator():
                return
            users = get_user_model().objects
            names_taken = set(
                users.filter(username__startswith="admin").values_list("username", flat=True)
            )
            name = next(
                name
                for name in ("admin", *(f"admin-{n}" for n in range(2, 10_000)))
                if name not in names_taken
            )
            users.create_superuser(name, password=password).groups.set(
                Group.objects.filter(name="administrators")
            )
        self.stdout.write(
            f"Made the administrator “{name}” with the password {password} (shown only now)."
        )


def _is_new() -> bool:
    """Tell whether nobody has begun:
    a tracker that began without content has an administrator, and stays so.
    """
    if _has_administrator():
        return False
    records = [model._default_manager.values_list("pk") for model in RECORDS.values()]
    return not Edition.objects.values_list("pk").union(*records, all=True).exists()


def _plan(
    tables: list[imports.ImportTable], name: str, tell: Progress
) -> tuple[imports.Plan, list[str]]:
    """Return the plan of a set but for rows that would undo what came after it,
    and which of them are the team's.

    Such is a row of a record that the team or a later set has changed since, or that waits or was
    withdrawn, and a new one of what the team has; each stands for what is here. Where an earlier
    claim stays as it is, that may be so of the one that was to follow.
    """
    notes, up_to_it, all_sets = (
        list[str](),
        _of_sets([*SETS][: [*SETS].index(name) + 1]),
        _of_sets(SETS),
    )
    while True:
        rows = list[imports.Outcome]()
        plan = imports.plan(
            tables=tables,
            publish=imports.Publish.ALL_OR_NOTHING,
            duplicate_nouns=[*Noun],
            listener=rows.append,
            progress=tell,
        )
        waiting = {problem.place for problem in plan.faults if problem.code == "waiting"}
        same = {
            Place(row.file, row.line) for row in rows if row.action is imports.Action.SAME
        } - waiting
        records = {row.place: [*row.records] for row in plan.duplicates} | _records(plan)
        rest = list[imports.ImportTable]()
        for table in tables:
            stands_for = {**table.stands_for}
            mine = {
                place: records[place] for place in records.keys() - same if place.file == table.name
            }
            events = Event.objects.filter(noun=table.noun, record__in={*chain(*mine.values())})
            later, teams = (
                {*events.exclude(sets).values_list("record", flat=True)}
                for sets in (up_to_it, all_sets)
            )
            for place in sorted(mine):
                if left := [
                    record for record in mine[place] if record in later or place in waiting
                ]:
                    stands_for[place.line] = left[0]
                    is_theirs = left[0] in teams or place in waiting
                    notes += (
                        [f"{table.name}, line {place.line}: {table.noun} {left[0]}"]
                        if is_theirs
                        else []
                    )
            rest.append(replace(table, stands_for=stands_for))
        if rest == tables:
            return plan, notes
        tables = rest


def _records(plan: imports.Plan) -> dict[Place, list[int]]:
    """Return the record that each row is, of those that are here."""
    return {
        Place(table.name, row.line): [record]
        for index, table in enumerate(plan.survey.tables)
        for row, record in rows_of(plan.survey, index, imports.Faults())
        if record > 0
    }


def _of_sets(names: Iterable[str]) -> Q:
    """Return the condition that an event is of a change set which brought one of these sets."""
    lookups = {
        "made_by": None,
        "channel": Channel.IMPORT,
        "reason__in": [SETS[name] for name in names],
    }
    return Q(**{f"changeset__{name}": value for name, value in lookups.items()})


def _has_administrator() -> bool:
    """Tell whether somebody in the team can let others in."""
    return bool(members("auth.change_user").exists())


def _wait_for_others() -> None:
    """Let one at a time pass, until the end of the transaction."""
    run("SELECT pg_advisory_xact_lock(hashtext('tracker: bootstrap'))")
