"""Files for tests to import, and imports of them.

Files are given by noun, each as text or as rows:
`write(directory, actors="slug,kind,name\\n…", stances=[{…}, {…}])`.
"""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tracker import history
from tracker.desk import imports
from tracker.desk.imports import Publish
from tracker.models import ChangeSet, Event
from tracker.public.formats.json import write_json
from tracker.values.problems import Place, Problem
from tracker.values.vocabularies import Channel

Rows = list[dict[str, Any]]

# What there must be before there can be a claim; each noun's rows can stand alone.
CHINA = {"slug": "china", "kind": "state", "name": "China"}
RUSSIA = {"slug": "russia", "kind": "state", "name": "Russia"}
SYRIA = {"slug": "syria", "title": "Syria", "question": "Should Assad stay?"}
ARTICLE = {"ref": "article", "type": "webpage", "title": "An article", "issued": "2019-06"}
CITATION = {"source": "article", "locator": "Syria, paragraph 1"}
STANCE = {
    "ref": "stance-1",
    "actor": "china",
    "issue": "syria",
    "position": "supports",
    "since": "2018",
    "until": "",
    "basis": "statement",
    "confidence": "moderate",
    "summary": "It says so.",
    "citations": [CITATION],
}
ALIGNMENT = {
    "ref": "alignment-1",
    "issue": "syria",
    "actor": "china",
    "counterpart": "russia",
    "pattern": "coordinated",
    "basis": "action",
    "confidence": "low",
    "citations": [CITATION],
}
MEETING = {
    "ref": "meeting-1",
    "title": "A summit",
    "kind": "summit",
    "status": "held",
    "since": "2019-05-21",
    "country": "CHN",
    "participants": [{"actor": "china", "role": "host"}, {"actor": "russia"}],
    "issues": [{"issue": "syria", "outcome": "They agreed."}],
    "citations": [CITATION],
}
WORLD: dict[str, Rows] = {
    "actors": [CHINA, RUSSIA],
    "issues": [SYRIA],
    "sources": [ARTICLE],
    "stances": [STANCE],
    "alignments": [ALIGNMENT],
    "meetings": [MEETING],
}


def write(directory: Path, **files: str | Rows) -> Path:
    """Write files `<noun>s.csv`; a cell that is a list or an object becomes JSON.
    Return the directory.
    """
    for name, content in files.items():
        with (directory / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            if isinstance(content, str):
                file.write(content)
                continue
            writer = csv.DictWriter(
                file, list(dict.fromkeys(column for row in content for column in row))
            )
            writer.writeheader()
            writer.writerows({name: cell(value) for name, value in row.items()} for row in content)
    return directory


def run(*paths: Path, publish: Publish = Publish.NOTHING, note: str = "") -> imports.Imported:
    """Import files."""
    with history.changeset(made_by=None, reason="a test", channel=Channel.IMPORT):
        return imports.apply(plan=planned(*paths, publish=publish), note=note)


def faults(*paths: Path) -> list[tuple[str, int, str]]:
    """Return where a plan finds something wrong: file, line and column."""
    return [at(problem) for problem in planned(*paths).faults]


def at(problem: Problem) -> tuple[str, int, str]:
    """Return where something is wrong: file, line and column."""
    return (*(problem.place or Place("")), problem.column)


def only_fault(*paths: Path) -> Problem:
    """Return the one thing that a plan finds wrong."""
    (fault,) = planned(*paths).faults
    return fault


def planned(
    *paths: Path,
    publish: Publish = Publish.NOTHING,
    listener: Callable[[imports.Outcome], None] | None = None,
) -> imports.Plan:
    """Return the plan of an import, whose files stay staged."""
    tables = imports.stage(files=imports.csv_files(paths=paths))
    return imports.plan(tables=tables, publish=publish, listener=listener)


def outcomes(*paths: Path) -> list[imports.Outcome]:
    """Return what would become of each row."""
    collected: list[imports.Outcome] = []
    assert list(planned(*paths, listener=collected.append).faults) == []
    return collected


def events_of(act: Callable[[], Any]) -> list[tuple[str, str, str]]:
    """Return which events an act writes:
    noun, part, and whether a row was inserted, updated or deleted.
    """
    last = max(Event.objects.values_list("id", flat=True), default=0)
    sets = ChangeSet.objects.count()
    act()
    events = [
        (
            event.noun,
            event.part,
            "deleted" if event.after is None else "updated" if event.before else "inserted",
        )
        for event in Event.objects.filter(id__gt=last).order_by("id")
    ]
    assert ChangeSet.objects.count() - sets == bool(events)
    return events


def cell(value: Any) -> Any:
    """Return what a file has for a value: of a list or an object, JSON."""
    return write_json(value) if isinstance(value, list | dict) else value
