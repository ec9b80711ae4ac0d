"""All that is wrong with files: problems with the places of their rows.

A kind of problem that comes fifty thousand times is told once, with its count and first places,
and hides no other.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from string import Formatter
from typing import Any, NamedTuple

from tracker.values import problems
from tracker.values.problems import Place, Problem, clipped

MOST_KEPT = 1000
MOST_KINDS = 500
MOST_PLACES = 5  # of each kind
LONGEST_VALUE = 1000  # characters of a value
NO_PLACE = Place("")


class ProblemKind(NamedTuple):
    """What problems have in common whatever their rows and values:
    the file, the field, and the words.
    """

    file: str
    code: str
    steps: tuple[str, ...]
    message: str
    remedy: str

    @property
    def field(self) -> str:
        """Return the field, without the number of an item: “citations: source”."""
        return ": ".join(self.steps)


@dataclass(slots=True)
class Group:
    """All problems of one kind:
    how many there are, the first of them, and the params in which all agree.
    """

    kind: ProblemKind
    params: dict[str, Any]
    count: int = 0
    first: list[Problem] = field(default_factory=list)

    def __str__(self) -> str:
        if self.count <= len(self.first):
            return "\n".join(map(str, self.first))
        at = ", ".join(filter(None, [self.kind.file, self.kind.field]))
        places = ", ".join(map(_place, self.first))
        return (
            f"{at}: {'; '.join(filter(None, self.wording()))}: {self.count:,} times, first on "
            f"{places}"
        )

    def wording(self) -> tuple[str, str]:
        """Return what is wrong and what to write instead; “…” is what differs."""
        if len(self.first) == self.count == 1:
            (only,) = self.first
            return only.filled(only.message), only.filled(only.remedy)
        message, remedy = (
            _FILLED.vformat(template, (), self.params)
            for template in (self.kind.message, self.kind.remedy)
        )
        return message, remedy

    def add(self, problem: Problem) -> None:
        """Count a problem; keep the first few,
        and of the parameters those that are the same in all.
        """
        self.count += 1
        if len(self.first) < MOST_PLACES:
            self.first.append(_bounded(problem))
        for name in [
            name for name, value in self.params.items() if problem.params.get(name) != value
        ]:
            del self.params[name]


@dataclass(slots=True)
class Faults:
    """All problems of an import: every one is counted, by kind, and the first MOST_KEPT are kept.

    `others` counts those of kinds for which there was no room.
    """

    count: int = 0
    kept: list[Problem] = field(default_factory=list)
    kinds: dict[ProblemKind, Group] = field(default_factory=dict)
    others: int = 0

    def add(self, problem: Problem) -> None:
        """Count a problem, and keep it if there is room."""
        self.group(problem)
        if len(self.kept) < MOST_KEPT:
            self.kept.append(_bounded(problem))

    def group(self, problem: Problem) -> None:
        """Count a problem with those of its kind."""
        self.count += 1
        kind = kind_of(problem)
        if kind not in self.kinds:
            if len(self.kinds) == MOST_KINDS:
                self.others += 1
                return
            self.kinds[kind] = Group(kind, dict(_bounded(problem).params))
        self.kinds[kind].add(problem)

    def groups(self) -> list[Group]:
        """Return the problems by kind, in the order of files and first lines."""
        files = list(dict.fromkeys(kind.file for kind in self.kinds))
        return sorted(
            self.kinds.values(),
            key=lambda group: (files.index(group.kind.file), line_of(group.first[0])),
        )

    def __iter__(self) -> Iterator[Problem]:
        """Yield what was kept, by file and line."""
        files = list(dict.fromkeys((problem.place or NO_PLACE).file for problem in self.kept))
        yield from sorted(
            self.kept,
            key=lambda problem: (files.index((problem.place or NO_PLACE).file), line_of(problem)),
        )

    def __bool__(self) -> bool:
        return self.count > 0


class ImportRefusedError(problems.RefusedError):
    """Files can't be imported; `faults` says why. Nothing was written."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        super().__init__(faults)


class _Filled(Formatter):
    """Fills templates in; what is not known is “…”."""

    def get_value(self, key: Any, args: Any, kwargs: Any) -> Any:
        return kwargs.get(key, "…")


_FILLED = _Filled()


def kind_of(problem: Problem) -> ProblemKind:
    """Return what a problem has in common with others;
    the name of an unknown field is no part of it.
    """
    path = problem.path[:-1] if problem.code == "unknown_field" else problem.path
    steps = tuple(step for step in path if isinstance(step, str))
    return ProblemKind(
        (problem.place or NO_PLACE).file, problem.code, steps, problem.message, problem.remedy
    )


def line_of(problem: Problem) -> int:
    """Return the line on which the row of a problem starts (1: the header; 0:
    the file as a whole).
    """
    return (problem.place or NO_PLACE).line


def value_of(problem: Problem) -> str:
    """Return what stands there; of an unknown field its name."""
    return str(problem.path[-1]) if problem.code == "unknown_field" else problem.value


def _place(problem: Problem) -> str:
    value = value_of(problem)
    return f"line {line_of(problem)}{f' (“{clipped(value)}”)' if value else ''}"


def _bounded(problem: Problem) -> Problem:
    """Return a problem without what of its texts is too long to be kept."""
    params = {
        name: param[:LONGEST_VALUE] if isinstance(param, str) else param
        for name, param in problem.params.items()
    }
    path = tuple(step[:LONGEST_VALUE] if isinstance(step, str) else step for step in problem.path)
    return replace(problem, value=problem.value[:LONGEST_VALUE], params=params, path=path)
