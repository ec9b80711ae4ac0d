"""`make test`, `test-gate` and `test-slow` are all tests, each once,
and marks say which are in which lane.
"""

import ast
import re
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.test_conventions import ROOT, files, modules

LANES = {"test": "not slow", "test-gate": "gate", "test-slow": "slow and not gate"}
# What these hold opens a browser, or runs servers and other people's programs,
# or asks whatever it can think of.
SLOW_BY_NATURE = (
    "tests/public/api/hostile", "tests/public/api/outside", "tests/browser", "tests/consuming",
    "tests/faults",
)  # fmt: skip


# What may never land is looked for at each commit:
# leaks, hostile requests, values at the edges of their types.
EACH_COMMIT = re.compile(r"test_leaks|/hostile/|test_hostile_addresses|test_edges|test_everything")


def command(target: str) -> list[str]:
    """Return the arguments of a target's run, without the report that it keeps."""
    makefile = (ROOT / "Makefile").read_text()
    variables = dict(re.findall(r"^(\w+) = (.*)$", makefile, re.MULTILINE))
    recipes = re.findall(rf"^{target}:.*\n\t@exec (.*)$", makefile, re.MULTILINE)
    arguments = shlex.split(re.sub(r"\$\((\w+)\)", lambda name: variables[name[1]], *recipes))
    return [argument for argument in arguments if not argument.startswith("--junitxml")]


def collected(target: str) -> tuple[list[str], int]:
    """Return the tests that a target runs, and how many it had to choose from."""
    _, *arguments = command(target)
    collect = [sys.executable, *arguments, "-n", "0", "--collect-only"]
    output = subprocess.run(collect, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    (counts,) = re.findall(r"^(\d+)/(\d+) tests collected", output, re.MULTILINE)
    names = [line for line in output.splitlines() if re.match(r"tests/\S+::", line)]
    assert len(names) == int(counts[0])
    return names, int(counts[1])


def test_nothing_but_the_marks_divides_them() -> None:
    commands = {target: command(target) for target in LANES}

    assert {target: arguments[-2:] for target, arguments in commands.items()} == {
        target: ["-m", marks] for target, marks in LANES.items()
    }
    assert len({tuple(arguments[:-2]) for arguments in commands.values()}) == 1
    otherwise = re.compile(
        r"collect_ignore|pytest_(collection_modifyitems|ignore_collect|deselected)|--(ignore|deselect)"
    )
    may_choose = files("pyproject.toml", "Makefile", "tests/**conftest.py", "tests/plugins/*.py")
    assert [path.name for path in may_choose if otherwise.search(path.read_text())] == []


def test_what_is_covered_is_what_make_test_reaches() -> None:
    lines = re.findall(r"^\t@\$\(RUN\) -m (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    at = lines.index('coverage run -m $(TESTS) -m "not slow"')

    assert lines[at - 1 : at + 3] == [
        "coverage erase",
        lines[at],
        "coverage combine --quiet",
        "coverage report",
    ]


@pytest.mark.slow
def test_each_test_is_run_by_exactly_one_of_them() -> None:
    with ThreadPoolExecutor() as pool:
        names, totals = zip(*pool.map(collected, LANES), strict=True)

    every = [name for lane in names for name in lane]
    assert {len(every)} == {len(set(every))} == set(totals)
    assert min(len(lane) for lane in names) > 100


@pytest.mark.parametrize("folder", SLOW_BY_NATURE)
def test_what_is_slow_by_nature_is_marked(folder: str) -> None:
    tests = [(path, module) for path, module in modules(folder) if path.name.startswith("test_")]

    assert tests
    assert [path.name for path, module in tests if not is_marked(module, "slow")] == []


def test_what_may_never_land_is_looked_for_at_each_commit() -> None:
    """A module that is slow is of the gate as well; one that is not is part of `make test`."""
    tests = [
        (path, module)
        for path, module in modules("tests")
        if EACH_COMMIT.search(str(path.relative_to(ROOT)))
    ]
    slow = [
        path.name
        for path, module in tests
        if is_marked(module, "slow") and not is_marked(module, "gate")
    ]

    assert len(tests) > 10
    assert slow == []


def is_marked(module: ast.Module, name: str) -> bool:
    marks = [ast.unparse(node) for node in module.body if isinstance(node, ast.Assign)]
    return any(mark.startswith("pytestmark = ") and f"pytest.mark.{name}" in mark for mark in marks)
