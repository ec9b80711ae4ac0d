"""Plant faults in copies of the repository, and run the tests that should see them."""

import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from tools.mutants.entries import ROOT, Mutant

# The API's document with its examples, which is made and not committed; tests of the API read it.
MADE = "tracker/public/api/made"
# Seconds. Tests that take longer than this under a fault wait for something that never comes.
LONGEST = 900


@dataclass(frozen=True)
class Outcome:
    """The test that failed first under a fault, or nothing."""

    killed_by: str | None

    def __str__(self) -> str:
        return f"killed by {self.killed_by}" if self.killed_by else "alive"


def plant_all(mutants: list[Mutant]) -> Iterator[tuple[Mutant, Outcome]]:
    """Plant each fault by itself, and yield what became of it as soon as it is known.

    The last commit is what they are planted in, so what isn't committed takes no part.
    """
    processors = os.cpu_count() or 1
    with ExitStack() as stack:
        copies: SimpleQueue[Path] = SimpleQueue()
        for _ in range(min(processors, len(mutants))):
            copies.put(stack.enter_context(_copy()))
        pool = stack.enter_context(ThreadPoolExecutor(processors))
        planted = {pool.submit(_plant, mutant, copies): mutant for mutant in mutants}
        for future in as_completed(planted):
            yield planted[future], future.result()


@contextmanager
def _copy() -> Iterator[Path]:
    """Give a checkout of the last commit that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        place = Path(folder) / "tracker"
        _git(ROOT, "worktree", "add", "--quiet", "--detach", str(place))
        try:
            shutil.copytree(ROOT / MADE, place / MADE)
            yield place
        finally:
            _git(ROOT, "worktree", "remove", "--force", str(place))


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True)


def _plant(mutant: Mutant, copies: "SimpleQueue[Path]") -> Outcome:
    copy = copies.get()
    _git(copy, "apply", str(mutant.patch))
    try:
        return Outcome(_first_failure(copy, mutant.tests))
    finally:
        _git(copy, "apply", "--reverse", str(mutant.patch))
        copies.put(copy)


def _first_failure(copy: Path, tests: list[str]) -> str | None:
    """Return the first test that fails; where none can be run, what pytest says of that."""
    report = copy / "var" / "mutant.xml"
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", *tests, "-x", "-q", f"--junitxml={report}"]
    command += ["-m", "slow or not slow", "-p", "no:cacheprovider"]
    try:
        run = subprocess.run(command, cwd=copy, capture_output=True, text=True, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return "a test that waits for ever"
    if run.returncode == 0:
        return None
    if not report.exists():
        return "the start of the tests, which fails"
    for case in ET.parse(report).iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            return _address(copy, case)
    raise RuntimeError(f"{' '.join(tests)} could not be run:\n{run.stdout[-2000:]}")


def _address(copy: Path, case: ET.Element) -> str:
    """Return where a test stands, without the values that it was run with."""
    parts = case.get("classname", "").split(".")
    names: list[str] = []
    while parts and not (copy / "/".join(parts)).with_suffix(".py").exists():
        names.insert(0, parts.pop())
    file = "/".join(parts) + ".py"
    name = case.get("name", "").partition("[")[0]
    return "::".join([file, *names, name])
