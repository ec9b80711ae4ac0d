"""The list of faults, as `mutants.json` keeps it."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = Path(__file__).resolve().parent
PATCHES = FOLDER / "patches"
LIST = FOLDER / "mutants.json"


@dataclass
class Mutant:
    """One fault: what it does, which tests are run for it, and the one that failed first."""

    id: int
    kind: str
    file: str
    sentence: str
    tests: list[str] = field(default_factory=list)
    killed_by: str | None = None
    why_alive: str | None = None

    @property
    def patch(self) -> Path:
        return PATCHES / f"{self.id:03}.patch"


@dataclass
class Skipped:
    """A fault that was drawn and not kept."""

    file: str
    line: str
    why: str


@dataclass
class MutantList:
    seeds: list[int]
    mutants: list[Mutant]
    skipped: list[Skipped]


def load() -> MutantList:
    """Return all faults, in the order of their numbers."""
    content = json.loads(LIST.read_text())
    return MutantList(
        seeds=content["seeds"],
        mutants=[Mutant(**mutant) for mutant in content["mutants"]],
        skipped=[Skipped(**skipped) for skipped in content["skipped"]],
    )


def save(mutant_list: MutantList) -> None:
    """Write the list, one attribute a line, so that a difference is easy to read."""
    text = json.dumps(asdict(mutant_list), indent=1, ensure_ascii=False)
    LIST.write_text(f"{text}\n")
