"""Draw faults from the code, with a seed.

There are four kinds: a condition is turned round, a boundary moves by one, a call is left out, a
predicate of SQL is turned or left out. `draw` takes as many of each kind as its share says, from
all files of `tracker` but those that ran once.
"""

import ast
import difflib
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.mutants.entries import ROOT

PUBLIC = "tracker/public/"
# migrations, and what made the content's files
LEFT_OUT = re.compile("^tracker/(migrations|dataset)/")
# of a hundred
SHARES = {"condition": 40, "boundary": 20, "call": 20, "sql": 20}

BOUNDARIES = {ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">"}
OPERATOR = re.compile(r"(?<=\s)(<=|>=|<|>|=|<>)(?=\s)")
OTHER_OPERATOR = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "=": "<>", "<>": "="}
PREDICATE = re.compile(r"^\s*(AND|OR|WHERE|HAVING|JOIN .* ON|LEFT JOIN .* ON)\b(?! =)")
LONE_PREDICATE = re.compile(r"^\s*(AND|OR) [^()]*(\([^()]*\)[^()]*)*$")


@dataclass(frozen=True)
class Fault:
    """A place in a file, with the text that takes the place of what stands there."""

    kind: str
    file: str
    start: int
    end: int
    replacement: str

    def patch(self) -> str:
        """Return the fault as a patch that `git apply` reads."""
        source = (ROOT / self.file).read_text()
        changed = source[: self.start] + self.replacement + source[self.end :]
        lines = difflib.unified_diff(
            source.splitlines(keepends=True),
            changed.splitlines(keepends=True),
            fromfile=f"a/{self.file}",
            tofile=f"b/{self.file}",
        )
        return "".join(lines)

    def line(self) -> str:
        """Return the line that is changed, without its indentation."""
        source = (ROOT / self.file).read_text()
        first = source.rfind("\n", 0, self.start) + 1
        return source[first:].splitlines()[0].strip()


class Source:
    """A file of Python, with the offsets of its nodes."""

    def __init__(self, file: str):
        self.file = file
        self.text = (ROOT / file).read_text()
        self.lines = [line.encode() for line in self.text.splitlines(keepends=True)]

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a place, in characters; the syntax tree counts bytes."""
        before = sum(len(line.decode()) for line in self.lines[: line - 1])
        return before + len(self.lines[line - 1][:column].decode())

    def fault(self, kind: str, node: ast.AST, replacement: str) -> Fault:
        start = self.offset(node.lineno, node.col_offset)  # type: ignore[attr-defined]
        end = self.offset(node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]
        return Fault(kind, self.file, start, end, replacement)

    def segment(self, node: ast.AST) -> str:
        return ast.get_source_segment(self.text, node) or ""


def conditions(source: Source, tree: ast.AST) -> Iterator[Fault]:
    """Yield each condition turned round."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If | ast.IfExp):
            tests = [node.test]
        elif isinstance(node, ast.comprehension):
            tests = node.ifs
        else:
            continue
        for test in tests:
            if source.segment(test) != "TYPE_CHECKING":
                yield source.fault("condition", test, f"(not ({source.segment(test)}))")


def boundaries(source: Source, tree: ast.AST) -> Iterator[Fault]:
    """Yield each comparison with its bound taken in, or left out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and type(node.ops[0]) in BOUNDARIES:
            left = source.segment(node.left)
            right = source.segment(node.comparators[0])
            if len(node.ops) == 1:
                operator = BOUNDARIES[type(node.ops[0])]
                yield source.fault("boundary", node, f"{left} {operator} {right}")


def calls(source: Source, tree: ast.AST) -> Iterator[Fault]:
    """Yield each statement that only calls something, left out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            yield source.fault("call", node, "pass")


def predicates(file: str) -> Iterator[Fault]:
    """Yield each predicate of SQL with its operator turned, or left out where it is a line."""
    offset = 0
    for line in (ROOT / file).read_text().splitlines(keepends=True):
        if PREDICATE.match(line):
            for operator in OPERATOR.finditer(line):
                start = offset + operator.start()
                end = offset + operator.end()
                yield Fault("sql", file, start, end, OTHER_OPERATOR[operator.group()])
            if LONE_PREDICATE.match(line) and line.count("(") == line.count(")"):
                yield Fault("sql", file, offset, offset + len(line), "")
        offset += len(line)


def all_faults(files: list[str]) -> list[Fault]:
    """Return every fault that could be planted in some files."""
    faults: list[Fault] = []
    for file in files:
        faults += predicates(file)
        if file.endswith(".py"):
            source = Source(file)
            tree = ast.parse(source.text)
            faults += conditions(source, tree)
            faults += boundaries(source, tree)
            faults += calls(source, tree)
    return faults


def code_files() -> list[str]:
    """Return the files that faults are drawn from: all code of the tracker but what ran once."""
    paths: list[Path] = [*ROOT.glob("tracker/**/*.py"), *ROOT.glob("tracker/**/*.sql")]
    files = [path.relative_to(ROOT).as_posix() for path in paths]
    return sorted(file for file in files if not LEFT_OUT.search(file))


def draw(seed: int, count: int, files: list[str]) -> list[Fault]:
    """Return as many faults, half of them public, in the order in which they were drawn."""
    chance = random.Random(seed)
    public = [file for file in files if file.startswith(PUBLIC)]
    below = [file for file in files if not file.startswith(PUBLIC)]
    drawn: list[Fault] = []
    for half in (public, below):
        faults = all_faults(half)
        for kind, share in SHARES.items():
            of_kind = [fault for fault in faults if fault.kind == kind]
            number = min(len(of_kind), round(count / 2 * share / 100))
            drawn += chance.sample(of_kind, number)
    return drawn
