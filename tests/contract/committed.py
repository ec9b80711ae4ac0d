"""What is committed of the OpenAPI document: of the publication all but its examples,
and of the desk a digest an operation.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.contract.comparison import BY_NAME, Whole, bare
from tracker.public.api.documentation import DESK, public_part

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "tracker" / "public" / "api" / "openapi.yaml"
COMMITTED_DESK = ROOT / "tracker" / "desk" / "api" / "operations.txt"
EXAMPLES = {"example", "examples"}
DIGITS = 16


class Dumper(yaml.SafeDumper):
    """Writes everything out, never by reference."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def publication_as_committed(document: Mapping[str, Any]) -> str:
    """Return the publication's part of a document without examples, as YAML in flow style."""
    return yaml.dump(
        without_examples(public_part(document)),
        Dumper=Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=120,
        default_flow_style=None,
    )


def without_examples(node: Any, *, names: bool = False) -> Any:
    """Return a part of a document without examples;
    its keys may be `names` of anything, a field `example` say.
    """
    if isinstance(node, list):
        return [without_examples(inner) for inner in node]
    if not isinstance(node, dict):
        return node
    return {
        key: without_examples(inner, names=not names and key in BY_NAME)
        for key, inner in node.items()
        if names or key not in EXAMPLES
    }


def desk_as_committed(document: Mapping[str, Any]) -> str:
    """Return a line for each operation of the desk,
    with a digest of what it takes and answers, without prose.
    """
    lines = []
    for path, methods in Whole(bare(document)).document["paths"].items():
        if path.startswith(DESK):
            for method, operation in methods.items():
                content = json.dumps(operation, sort_keys=True)
                digest = hashlib.sha256(content.encode()).hexdigest()[:DIGITS]
                lines.append(f"{method.upper()} {path} {operation['operationId']} {digest}\n")
    return "".join(lines)


def lost_at_desk(before: str, now: str) -> list[str]:
    """Return the desk's operations that the lines of before have and those of now don't."""
    operations = {line.rpartition(" ")[0] for line in now.splitlines()}
    return [
        f"{operation}: lost"
        for operation in (line.rpartition(" ")[0] for line in before.splitlines())
        if operation not in operations
    ]
