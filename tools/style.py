"""Measure how much there is to understand in the code, and hold it to a budget.

`python -m tools.style` prints the figures of `tracker` and `config`, or of the folders that are
named. `--rooms` adds the nodes of each folder, `--worst 20` the densest statements. `--check`
compares them with `tools/style.json`: no figure may grow, and no room may pass its budget.
`--write` writes the budget of each room anew, and lower figures. Whoever must raise a figure edits
the file by hand, and says why in the commit.

Migrations and tests are left out. A statement is counted without the statements in its body, so how
the code is wrapped into lines doesn't change its figure.
"""

import argparse
import ast
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUDGET = ROOT / "tools" / "style.json"
FOLDERS = ("tracker", "config")
TOWERS = ("tracker/desk", "tracker/public")
DENSE = 25  # nodes a statement
COMPLEX = 10
WIDE = 100  # characters

# Names that say how a value came, or where it stands, instead of what it is.
WEAK_NAMES_TEXT = """
says said of by at here there held kept known wanted meant seen shown told asked given written
named called done left whole most own about other each much apart alike then was becomes
becoming would_be had also again way ways thing things what which who whose when where so one
ones some many few more less
"""
WEAK_NAMES = frozenset(WEAK_NAMES_TEXT.split())
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
BRANCHES = (
    ast.If,
    ast.For,
    ast.While,
    ast.ExceptHandler,
    ast.IfExp,
    ast.With,
    ast.Assert,
    *COMPREHENSIONS,
)


@dataclass
class Measure:
    """What was counted in some files."""

    nodes: int = 0
    lines: int = 0
    wide_lines: int = 0
    names: int = 0
    weak_names: int = 0
    walruses: int = 0
    nested_comprehensions: int = 0
    complex_functions: int = 0
    # nodes by folder, those of folders in it apart
    rooms: Counter[str] = field(default_factory=Counter)
    statements: list[tuple[int, str]] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Return what may not grow. Shares are per cent."""
        sizes = sorted(size for size, _ in self.statements)
        dense = sum(size > DENSE for size in sizes)
        return {
            "nodes": self.nodes,
            "nodes a statement, mean": round(sum(sizes) / len(sizes), 2),
            "nodes a statement, nine tenths below": sizes[len(sizes) * 9 // 10],
            "statements over 25 nodes, per cent": round(100 * dense / len(sizes), 2),
            "comprehensions that hold another": self.nested_comprehensions,
            "walruses": self.walruses,
            "functions of complexity 10 or more": self.complex_functions,
            "lines over 100 characters, per cent": round(100 * self.wide_lines / self.lines, 2),
            "weak names, per cent": round(100 * self.weak_names / self.names, 2),
        }


def measure(paths: Iterable[Path]) -> Measure:
    """Count what is in Python files."""
    total = Measure()
    for path in paths:
        text = path.read_text()
        lines = text.splitlines()
        tree = ast.parse(text)
        total.lines += len(lines)
        total.wide_lines += sum(len(line) > WIDE for line in lines)
        nodes = count_nodes(tree)
        total.nodes += nodes
        total.rooms[room_of(path)] += nodes
        names = list(declared_names(tree))
        total.names += len(names)
        total.weak_names += sum(name.strip("_") in WEAK_NAMES for name in names)
        for node in ast.walk(tree):
            add_node(total, node, path)
    return total


def add_node(total: Measure, node: ast.AST, path: Path) -> None:
    """Count one node."""
    if isinstance(node, ast.stmt) and not is_import_or_text(node):
        total.statements.append((count_own_nodes(node), f"{path}:{node.lineno}"))
    if isinstance(node, ast.NamedExpr):
        total.walruses += 1
    if isinstance(node, COMPREHENSIONS) and holds_comprehension(node):
        total.nested_comprehensions += 1
    if isinstance(node, FUNCTIONS) and complexity(node) >= COMPLEX:
        total.complex_functions += 1


def count_nodes(tree: ast.AST) -> int:
    """Count syntax nodes without the contexts (Load, Store) that `ast` adds."""
    return sum(1 for node in ast.walk(tree) if not isinstance(node, ast.expr_context))


def count_own_nodes(statement: ast.stmt) -> int:
    """Count the nodes of a statement without those of the statements inside it."""
    total = 1
    waiting = list(ast.iter_child_nodes(statement))
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.stmt | ast.expr_context | ast.excepthandler | ast.match_case):
            continue
        total += 1
        waiting.extend(ast.iter_child_nodes(node))
    return total


def is_import_or_text(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return True  # a docstring
    return isinstance(statement, ast.Import | ast.ImportFrom)


def holds_comprehension(comprehension: ast.AST) -> bool:
    nodes = ast.walk(comprehension)
    return any(isinstance(node, COMPREHENSIONS) for node in nodes if node is not comprehension)


def complexity(function: ast.AST) -> int:
    """Return a rough cyclomatic complexity:
    one more than branches, loops, comprehensions and boolean operators.
    """
    total = 1
    for node in ast.walk(function):
        if isinstance(node, BRANCHES):
            total += 1
        elif isinstance(node, ast.BoolOp):
            total += len(node.values) - 1
    return total


def declared_names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, FUNCTIONS):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg


def room_of(path: Path) -> str:
    """Return the folder of a file, within the project if it is there."""
    folder = path.parent
    return folder.relative_to(ROOT).as_posix() if folder.is_relative_to(ROOT) else folder.as_posix()


def files_of(folder: Path) -> list[Path]:
    """Return the Python files of a folder and all below, without migrations."""
    return [path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts]


def measured_budget() -> dict[str, dict[str, float]]:
    """Return the figures of the project, the nodes of its two towers, and those of each room."""
    folders = [ROOT / folder for folder in FOLDERS]
    total = measure(path for folder in folders for path in files_of(folder))
    rooms: dict[str, float] = {**total.rooms}
    towers = {tower: sum(rooms[room] for room in rooms if is_in(room, tower)) for tower in TOWERS}
    return {"figures": total.figures(), "towers": towers, "rooms": rooms}


def is_in(room: str, tower: str) -> bool:
    return room == tower or room.startswith(f"{tower}/")


def overdrafts(
    measured: dict[str, dict[str, float]], budget: dict[str, dict[str, float]]
) -> list[str]:
    """Return what is above the budget, a line each."""
    lines = []
    for part, values in measured.items():
        for name, value in values.items():
            allowed = budget[part].get(name, 0)
            if value > allowed:
                lines.append(f"{name}: {value:g}, and may be {allowed:g}")
    return lines


def lowered(
    measured: dict[str, dict[str, float]], budget: dict[str, dict[str, float]]
) -> dict[str, dict[str, float]]:
    """Return the budget with rooms as measured, and no figure or tower above what it was."""
    result = {"rooms": measured["rooms"]}
    for part in ("figures", "towers"):
        result[part] = {
            name: min(value, budget[part].get(name, value))
            for name, value in measured[part].items()
        }
    return result


def show(folders: list[Path], *, has_rooms: bool, worst: int) -> None:
    total = measure(path for folder in folders for path in files_of(folder))
    for name, value in total.figures().items():
        print(f"{name:40}{value:10g}")
    if has_rooms:
        for room, nodes in total.rooms.items():
            print(f"{room:40}{nodes:10}")
    for size, place in sorted(total.statements, reverse=True)[:worst]:
        print(f"{size:5} nodes  {place}")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.style", description=__doc__)
    parser.add_argument("folders", nargs="*", default=FOLDERS)
    parser.add_argument("--rooms", action="store_true", help="print the nodes of each folder")
    parser.add_argument(
        "--worst", type=int, default=0, help="print so many of the densest statements"
    )
    parser.add_argument(
        "--check", action="store_true", help="fail where the code is above its budget"
    )
    parser.add_argument("--write", action="store_true", help="write the budget of each room anew")
    options = parser.parse_args(arguments)
    if not (options.check or options.write):
        show(
            [Path(folder).resolve() for folder in options.folders],
            has_rooms=options.rooms,
            worst=options.worst,
        )
        return 0
    measured = measured_budget()
    budget = json.loads(BUDGET.read_text())
    if options.write:
        budget = lowered(measured, budget)
        BUDGET.write_text(json.dumps(budget, indent=1) + "\n")
    problems = overdrafts(measured, budget)
    for problem in problems:
        print(problem)
    if problems:
        print("Write it simpler, or move the budget of a room by `python -m tools.style --write`.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
