"""Somebody who edits, publishes, merges, imports and undoes at random, by the services,
as all who work at the desk do.

What is done next, and to what, is told by a die alone and by what there is:
one walk is that of one seed. Whatever is refused leaves all as it was.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from tests.consistency.cast import (
    CLAIMS,
    MAKE,
    called,
    chosen,
    fields_at_desk,
    is_named,
    labels,
    row_of,
    rows,
    unmerged,
    with_unpublished,
)
from tests.consistency.oracle import Fields, Label, Oracle, days
from tests.desk.imports.importing import write
from tests.history.ways import CHANGE
from tests.models.rows import DESK, deferred_checked, execute
from tests.publishing.acts import changeset
from tracker.desk import imports, records, undo
from tracker.desk.merge import merge
from tracker.history import current
from tracker.models import Edition, Event
from tracker.models.nouns import DOCUMENTS, PARTS, RECORDS
from tracker.models.tree import below
from tracker.publishing.publish import Chosen, publish, retract
from tracker.values.nouns import Noun
from tracker.values.problems import RefusedError

# What readers see at once, by how often it is done; and what is done at the desk alone.
PUBLISHING = {"revise": 8, "publish": 4, "retract": 3, "bring_back": 2}
DRAFTING = {"edit": 6, "change": 2, "add": 3, "cite": 1, "delete": 1, "delete_part": 1}
ALL = {
    **PUBLISHING,
    **DRAFTING,
    "publish_all": 1,
    "merge": 9,
    "spread": 3,
    "undo": 2,
    "import_names": 1,
    "be_late": 1,
}
MERGED = (Noun.ACTOR, Noun.ISSUE, Noun.SOURCE, Noun.MEETING)


class Walker:
    """The die, what may be done how often, and what was done how often."""

    def __init__(
        self, chance: Random, acts: Mapping[str, int] = ALL, oracle: Oracle | None = None
    ) -> None:
        self.chance, self.acts, self.oracle = chance, acts, oracle
        self.turns, self.editions, self.made = 0, 0, Counter[str]()
        self.changes: list[UUID] = []  # those at the desk, to be undone

    def turn(self) -> bool:
        """Do one thing as one change; tell whether it was not refused."""
        [act] = self.chance.choices(list(self.acts), list(self.acts.values()))
        return self.do(act)

    def do(self, act: str) -> bool:
        self.turns += 1
        try:
            with changeset():
                edition, change = getattr(self, act)(), current().id
        except RefusedError:
            self.made["refused"] += 1
            return False
        self.made["nothing new" if edition is None and act in PUBLISHING else act] += 1
        self.editions += edition is not None
        self.changes += Event.objects.filter(changeset=change)[:1] and [change]
        return True

    def publish_these(self, some: Iterable[Label]) -> None:
        with changeset():
            self._publish(some)

    def several(self, turns: int) -> UUID:
        """Do several things at the desk as one change; return its change set."""
        with changeset():
            for _ in range(turns):
                [act] = self.chance.choices(list(DRAFTING), list(DRAFTING.values()))
                with suppress(RefusedError):
                    getattr(self, act)()
            return current().id

    # -- what readers see

    def publish(self) -> Edition | None:
        return self._publish(self._some(*RECORDS, count=self.chance.randint(1, 5)))

    def publish_all(self) -> Edition | None:
        """Publish all that names and is named, and so many claims that rivals may meet."""
        every = [label for noun in RECORDS for label in labels(noun)]
        some = [label for label in every if label.noun not in CLAIMS or self.chance.random() < 0.7]
        try:
            return self._publish(some)
        except RefusedError as refusal:
            refused = {problem.record for problem in refusal.problems}
            return self._publish(label for label in some if label not in refused)

    def revise(self) -> Edition | None:
        """Edit some records of a noun that are public, and publish them but for the first,
        if there are several.
        """
        some = self._some(
            self.chance.choice(list(RECORDS)),
            count=self.chance.choice([1, 1, 1, 4]),
            is_public=True,
        )
        for label in some:
            self._edit(label)
        return self._publish(some[1:] or some)

    def retract(self) -> Edition | None:
        some = self._some(*CLAIMS, count=self.chance.choice([1, 1, 2]), is_public=True)
        if not some:  # after long none may be left
            return None
        edition = retract(records=chosen(some), note="Retracted.")
        self._tell(edition, dict.fromkeys(some))
        return edition

    def bring_back(self) -> Edition | None:
        return self._publish(self._some(*CLAIMS, is_public=False))

    def merge(self) -> Edition | None:
        """Make one of two records; of public ones readers learn."""
        pair = self._some(self.chance.choice(MERGED), count=2)
        if len(pair) < 2:
            return None
        loser, survivor = chosen(pair)
        return merge(loser=loser, survivor=survivor, note="They are the same.")

    # -- what only the desk sees

    def edit(self) -> None:
        """Say something else of a record by what forms, the API and imports write with."""
        for label in self._some(*RECORDS):
            self._edit(label)

    def change(self) -> None:
        """Change a row of any table by SQL."""
        model = self.chance.choice(DESK)
        name, value = CHANGE[model]
        value = value if name in OF_A_FORM else f"{value} {self.chance.random()}"
        for row in self._rows(rows(model)):
            model.objects.filter(pk=row.pk).update(**{name: value})

    def add(self) -> None:
        """Make a record; a claim is of those that are there already."""
        noun, about = self.chance.choice(list(MAKE)), dict[str, Any]()
        if noun in (Noun.STANCE, Noun.ALIGNMENT):
            actors = self._rows(unmerged(Noun.ACTOR), 2)
            about = {
                "standing": "contested",
                "standing_note": "Another source says so.",
                **self._question(),
            }
            about |= dict(
                zip(
                    ("actor", "counterpart") if noun is Noun.ALIGNMENT else ("actor",),
                    actors,
                    strict=False,
                )
            )
        MAKE[noun](**about)

    def cite(self) -> None:
        for label in self._some(Noun.STANCE, Noun.ALIGNMENT, Noun.MEETING, Noun.VOTE):
            for source in self._rows(unmerged(Noun.SOURCE)):
                row_of(label).citations.create(source=source, locator=str(self.chance.random()))

    def spread(self) -> None:
        """Let actors name each other, and take part."""
        actors, meetings = self._rows(unmerged(Noun.ACTOR), 2), self._rows(unmerged(Noun.MEETING))
        if len(actors) == 2 and meetings:
            actor, other = actors
            role = self.chance.choice(["host", "observer", "participant"])
            actor.memberships.filter(role="").delete()
            if other.kind != "state":
                actor.memberships.get_or_create(organization=other, role=role)
            actor.predecessors.get_or_create(predecessor=other)
            meetings[0].participants.filter(actor=actor).update(role=role)
            meetings[0].participants.get_or_create(actor=other)

    def delete(self) -> None:
        """Delete a record that was never public and that nothing else names, by SQL,
        before or after its parts.
        """
        for label in self._some(*RECORDS):
            if DOCUMENTS[label.noun]._default_manager.filter(record=label.id).exists() or is_named(
                label
            ):
                return
            statements = [
                f"DELETE FROM {part._meta.db_table} WHERE {label.noun}_id = %s"
                for part in PARTS[label.noun].values()
            ]
            place = self.chance.choice([0, len(statements)])
            statements.insert(
                place, f"DELETE FROM {RECORDS[label.noun]._meta.db_table} WHERE id = %s"
            )
            for statement in statements:
                execute(statement, label.id)

    def delete_part(self) -> None:
        for part in self._rows(
            rows(self.chance.choice([part for parts in PARTS.values() for part in parts.values()]))
        ):
            part.delete()

    def import_names(self) -> None:
        """Import a file of actors: one is called otherwise, and one is new."""
        known = [{"slug": row.slug, "kind": row.kind} for row in self._rows(unmerged(Noun.ACTOR))]
        new = [{"slug": f"imported-{self.turns}", "kind": "state"}]
        actors = [
            {**row, "name": f"Imported {self.turns}, {place}"}
            for place, row in enumerate(known + new)
        ]
        with TemporaryDirectory() as directory:
            tables = imports.stage(
                files=imports.csv_files(paths=[write(Path(directory), actors=actors)])
            )
            imports.apply(plan=imports.plan(tables=tables))
            imports.forget(tables)

    # -- what comes too late, and what is taken back

    def be_late(self) -> None:
        """Publish what was looked at before somebody changed it."""
        for label in self._some(*RECORDS):
            publish(
                records=[
                    Chosen(
                        label.noun, label.id, row_of(label).version + self.chance.choice([-1, 1])
                    )
                ]
            )
            raise AssertionError(f"{label} was published at a version that it does not have")

    def undo(self) -> None:
        """Undo one of the last changes."""
        for changed in self.changes and [self.chance.choice(self.changes[-5:])]:
            with deferred_checked():
                undo.undo(changeset=changed)

    # -- how

    def _edit(self, label: Label) -> None:
        noun = Noun(label.noun)
        records.lock(noun=noun, record=label.id)
        records.edit(noun=noun, record=label.id, payload=self._otherwise(label))

    def _otherwise(self, label: Label) -> dict[str, Any]:
        """Return what to say of a record instead:
        of few values, so that what is asked later meets them.
        """
        match self.chance.choice(EDITS[label.noun]):
            case "called":
                return called(label, self.chance.randrange(3))
            case "kind":
                return {"kind": self.chance.choice(["state", "bloc"])}
            case "parent":
                parents = [None, *(issue.pk for issue in self._rows(unmerged(Noun.ISSUE), 3))]
                parents = [
                    parent
                    for parent in parents
                    if parent is None or parent not in below([label.id])
                ]
                return {"parent": self.chance.choice(parents)}
            case "issue":
                return {name: issue.pk for name, issue in self._question().items()}
            case "dates":
                since, until = self.chance.choice(["", *DATES]), self.chance.choice(["", *DATES])
                is_in_order = not since or not until or days(since)[0] <= days(until)[1]
                return {"since": since or None, "until": until if until and is_in_order else None}
            case "confirmed":
                return {
                    "confirmed_on": self.chance.choice(
                        [None, *(str(days(date)[1]) for date in DATES)]
                    )
                }
            case "standing":
                return {
                    "standing": self.chance.choice(["accepted", "contested"]),
                    "standing_note": "Rivals.",
                }
        return {"summary": f"Said at turn {self.turns}."}

    def _question(self) -> dict[str, Any]:
        return dict(
            zip(["issue"], self._rows(unmerged(Noun.ISSUE).exclude(question="")), strict=False)
        )

    def _publish(self, some: Iterable[Label]) -> Edition | None:
        """Publish records with all that they name and that is not public yet."""
        every = with_unpublished(some)
        edition = publish(records=chosen(every), note=f"Turn {self.turns}.")
        self._tell(
            edition, {label: fields_at_desk(label) for label in every} if self.oracle else {}
        )
        return edition

    def _tell(self, edition: Edition | None, fields: Mapping[Label, Fields | None]) -> None:
        if self.oracle:
            self.oracle.published(edition, fields)

    def _some(self, *nouns: Noun, count: int = 1, is_public: bool | None = None) -> list[Label]:
        """Return so many records of these nouns, or as many as there are."""
        found = [label for noun in nouns for label in labels(noun, is_public=is_public)]
        return self.chance.sample(found, min(count, len(found)))

    def _rows(self, of: Any, count: int = 1) -> list[Any]:
        every = list(of)
        return self.chance.sample(every, min(count, len(every)))


DATES = [
    "2018",
    "2018-11",
    "2018-12",
    "2018-12-05",
    "2018-12-06~",
    "2019~",
    "2019-02",
    "2019-02-28",
]
OF_A_FORM = ("role", "choice", "since", "kinds")
EDITS: dict[Noun, list[str]] = {
    Noun.ISSUE: ["called", "parent", "parent", "summary"],
    Noun.ACTOR: ["called", "kind", "summary"],
    Noun.SOURCE: ["called"],
    Noun.STANCE: ["dates", "confirmed", "standing", "issue", "summary"],
    Noun.ALIGNMENT: ["dates", "confirmed", "standing", "issue", "summary"],
    Noun.MEETING: ["dates", "called", "summary"],
    Noun.VOTE: ["called"],
}
