"""All that is wrong with files: problems with the places of their rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tracker.values import problems
from tracker.values.problems import Problem

KEPT = 1000


@dataclass(slots=True)
class Faults:
    """All problems of an import: every one is counted, the first KEPT are kept."""

    count: int = 0
    kept: list[Problem] = field(default_factory=list)

    def add(self, problem: Problem) -> None:
        """Count a problem, and keep it if there is room."""
        self.count += 1
        if len(self.kept) < KEPT:
            self.kept.append(problem)

    def __iter__(self) -> Iterator[Problem]:
        """Yield what was kept, by file and line."""
        at = [(one.place.file, one.place.line) if one.place else ("", 0) for one in self.kept]
        files = list(dict.fromkeys(file for file, _ in at))
        order = sorted(range(len(at)), key=lambda number: (files.index(at[number][0]), at[number][1]))
        yield from (self.kept[number] for number in order)

    def __bool__(self) -> bool:
        return self.count > 0


class Refused(problems.Refused):
    """Files can't be imported; `faults` says why. Nothing was written."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        super().__init__(faults)
