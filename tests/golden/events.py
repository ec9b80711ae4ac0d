"""Work at the desk, and write down what history has of it.

A line an event: through which channel, what was done to which record or part, and the fields that
changed, each with what it is now. Numbers of rows and moments are left out: another order of
writing may change them, and nobody asks for them.
"""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from django.core.management import call_command
from django.test.utils import setup_test_environment

from tests.consistency.cast import cast, row_of, unmerged
from tests.consistency.walker import Walker
from tests.desk.admin.conftest import logged_in, sent_by
from tests.desk.admin.selecting import send
from tests.desk.api.working import Worker
from tests.desk.imports.importing import run
from tests.desk.imports.importing import write as write_files
from tracker.models import ChangeSet, Event
from tracker.models.nouns import RECORDS
from tracker.values.nouns import Noun

SEED, TURNS = 46, 500
# What is done next, by how often; by the services is whatever a walk does.
WAYS = {
    "by_services": 12,
    "by_form": 6,
    "by_rest": 6,
    "by_import": 2,
    "by_bulk_change": 2,
    "by_undo": 2,
    "by_merge": 1,
}
# What numbers rows, and what is of a moment or of the process that wrote.
LEFT_OUT = ("id", "ref", "made_at", "version")
LONGEST = 60  # characters of a value that are shown


class Desk(Walker):
    """Somebody who works through all edges of the desk, as an editor."""

    def __init__(self, chance: Random) -> None:
        super().__init__(chance)
        self.browser = logged_in("editors", username="editor")
        self.program = Worker("editors", username="program")

    def turn(self) -> bool:
        """Do one thing through one edge; return whether anything changed."""
        [way] = self.chance.choices(list(WAYS), list(WAYS.values()))
        if way == "by_services":
            return super().turn()
        self.turns += 1
        before = ChangeSet.objects.count()
        getattr(self, way)()
        if ChangeSet.objects.count() == before:
            return False
        self.changes.append(ChangeSet.objects.latest("made_at").pk)
        return True

    def by_form(self) -> None:
        for label in self._some(*RECORDS):
            page = f"/admin/tracker/{label.noun}/{label.id}/change/"
            wanted = {
                name: "" if value is None else value
                for name, value in self._otherwise(label).items()
            }
            self.browser.post(page, sent_by(self.browser.get(page)) | wanted)

    def by_rest(self) -> None:
        for label in self._some(*RECORDS):
            self.program.patch(row_of(label), self._otherwise(label), Change_Reason="A turn.")

    def by_import(self) -> None:
        """Call two issues otherwise, and add one, by a file."""
        known = [{"slug": issue.slug} for issue in self._rows(unmerged(Noun.ISSUE), 2)]
        new = [{"slug": f"imported-{self.turns}"}]
        issues = [
            {**row, "title": f"Imported {self.turns}, {place}"}
            for place, row in enumerate(known + new)
        ]
        with TemporaryDirectory() as directory:
            run(write_files(Path(directory), issues=issues))

    def by_bulk_change(self) -> None:
        stances = self._rows(unmerged(Noun.STANCE), 3)
        asked = {"field": "confidence", "reason": f"Turn {self.turns}."}
        asked["confidence"] = self.chance.choice(["low", "moderate", "high"])
        page = send(self.browser, "change_selected", *stances, step="look", **asked)
        looked = page.context.get("looked", "")
        send(self.browser, "change_selected", *stances, step="change", looked=looked, **asked)

    def by_undo(self) -> None:
        if self.changes:
            changed = self.chance.choice(self.changes[-5:])
            page = f"/admin/tracker/changeset/{changed}/undo/"
            self.browser.post(page, {"reason": f"Turn {self.turns}."})

    def by_merge(self) -> None:
        """Merge one of two actors or issues into the other one by its page."""
        pair = self._some(self.chance.choice([Noun.ACTOR, Noun.ISSUE]), count=2)
        if len(pair) == 2:
            loser, survivor = map(row_of, pair)
            page = f"/admin/tracker/{pair[0].noun}/{loser.pk}/merge/?into={survivor.pk}"
            versions = {"loser": loser.version, "survivor": survivor.version}
            self.browser.post(page, {**versions, "reason": "They are one.", "note": "One."})


def work() -> None:
    """Let somebody do five hundred things at the desk of an empty tracker."""
    cast()
    desk = Desk(Random(SEED))
    for _ in range(TURNS):
        desk.turn()


def lines() -> Iterator[str]:
    """Yield a line for each event of this database, in the order of the changes."""
    for event in Event.objects.select_related("changeset").order_by("id"):
        noun = event.part or event.noun
        yield f"{event.changeset.channel} {operation(event)} {noun} {changed(event)}".rstrip()


def operation(event: Event) -> str:
    """Return what was done to the row."""
    if event.before is None:
        return "added"
    if event.after is None:
        return "deleted"
    return "changed"


def changed(event: Event) -> str:
    """Return the fields that an event changed with their new values, of references their names."""
    before, after = event.before or {}, event.after or {}
    fields = []
    for name in sorted(before.keys() | after.keys()):
        if name in LEFT_OUT or name.endswith("_at") or before.get(name) == after.get(name):
            continue
        is_reference = name.endswith("_id")
        fields.append(name if is_reference else f"{name}={repr(after.get(name))[:LONGEST]}")
    return " ".join(fields)


def write(target: str) -> None:
    """Work here, and write the lines to a file."""
    setup_test_environment()
    call_command("migrate", verbosity=0)
    work()
    Path(target).write_text("".join(f"{line}\n" for line in lines()), encoding="utf-8")
