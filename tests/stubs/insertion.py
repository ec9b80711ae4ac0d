"""Lines put into a module where they belong, found by its syntax tree;
nothing else of it changes but its layout.
"""

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
OPEN = "TO" + "DO"  # no file that is committed may have it


class NoPlaceError(LookupError):
    """A module has no place for a line; the message says which module and which line."""


class Module:
    """A file of Python, or what is to be one, that gains lines; ruff lays it out afterwards."""

    def __init__(self, path: str, text: str = "") -> None:
        self.path = ROOT / path
        self.text = text or self.path.read_text(encoding="utf-8")

    def find(self, kind: Any, what: Callable[[Any], bool]) -> Any:
        """Return the last node of a kind of which something holds; None if there is none."""
        nodes = [
            node for node in ast.walk(ast.parse(self.text)) if isinstance(node, kind) and what(node)
        ]
        return max(nodes, key=lambda node: node.lineno, default=None)

    def assigned(self, name: str) -> Any:
        """Return the value of a name at the top."""
        names = (f"{name} =", f"{name}:")
        node = self.find(
            ast.Assign | ast.AnnAssign, lambda node: ast.unparse(node).startswith(names)
        )
        return node and node.value

    def fields(self, owner: str) -> dict[str, Any]:
        """Return the statements in a class, or in its Meta, that assign or declare a name,
        by that name.
        """
        node = self.find(ast.ClassDef, lambda node: node.name == owner)
        parts = [
            part
            for each in node.body
            for part in (each.body if isinstance(each, ast.ClassDef) else [each])
        ]
        fields = [part for part in parts if isinstance(part, ast.Assign | ast.AnnAssign)]
        return {ast.unparse(field).split(" =")[0].split(":")[0]: field for field in fields}

    def insert(self, lines: str, after: Any) -> None:
        """Put statements behind one that is there, as deep as that;
        raise NoPlaceError if there is none.
        """
        if after is None:
            raise NoPlaceError(f"{self.path.relative_to(ROOT)}: put there by hand: {lines.strip()}")
        there = self.text.splitlines(keepends=True)
        depth = " " * after.col_offset
        there[after.end_lineno - 1] += "".join(
            f"{depth}{line}".rstrip() + "\n" for line in lines.split("\n")
        )
        self.text = "".join(there)

    def append(self, item: str, to: Any) -> None:
        """Put an item into a list, tuple, dict or call behind its last;
        raise NoPlaceError if there is none.
        """
        if not isinstance(to, ast.List | ast.Tuple | ast.Dict | ast.Call):
            raise NoPlaceError(f"{self.path.relative_to(ROOT)}: put there by hand: {item}")
        text = self.text.encode()
        end = (
            sum(map(len, text.splitlines(keepends=True)[: to.end_lineno - 1]))
            + to.end_col_offset
            - 1
        )
        before = text[:end].rstrip()
        space = text[len(before) : end]
        comma = b"" if before.endswith((b",", b"[", b"(", b"{")) else b","
        deeper = space.replace(b"\n", b"\n    ") or b" "
        self.text = b"".join([before, comma, deeper, item.encode(), space, text[end:]]).decode()

    def import_name(self, module: str, name: str) -> None:
        """Import a name, once; ruff sorts what is imported."""
        if not self.find(
            ast.ImportFrom,
            lambda node: node.module == module and name in [n.name for n in node.names],
        ):
            self.insert(
                f"from {module} import {name}",
                self.find(ast.ImportFrom, lambda node: node.col_offset == 0),
            )
