"""What version 1 has promised: the OpenAPI document without its prose, frozen in v1.yaml.

It is only ever added to: `python -m tests.contract` takes in what the committed document has gained, and refuses one
that has lost or changed anything. Once, on 26 November 2026, it was corrected: it had promised to take texts that were
empty, too long or not printable, which were refused from the first day on. Once, on 27 November 2026, it took back that
confirming a claim may answer with an `Edition`: that published without review. And once, on the same day, that the
operations of lists and records answer in other forms than JSON, since a generated client can't tell the type of such
an answer: each of those 21 forms is promised at an address of its own, with the same schema.
"""

from pathlib import Path
from typing import Any

import yaml

# In C where there is one: the documents are long.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FROZEN = Path(__file__).parent / "v1.yaml"
PROSE = {"info", "summary", "description", "title", "example", "examples"}
BY_NAME = {"paths", "properties", "responses", "headers", "content", "schemas", "parameters"}


def promised() -> dict[str, Any]:
    """Return what is frozen."""
    said: dict[str, Any] = yaml.load(FROZEN.read_text(encoding="utf-8"), LOADER)
    return said


def freeze(document: dict[str, Any]) -> None:
    """Write what a document promises."""
    written = yaml.safe_dump(bare(document), sort_keys=False, allow_unicode=True, width=120, default_flow_style=None)
    FROZEN.write_text(written, encoding="utf-8")


def bare(said: Any, *, names: bool = False) -> Any:
    """Return a part of a document without prose; its keys may be `names` of anything, a field `title` say."""
    if isinstance(said, list):
        return [bare(inner) for inner in said]
    if not isinstance(said, dict):
        return said
    return {
        key: bare(inner, names=not names and key in BY_NAME) for key, inner in said.items() if names or key not in PROSE
    }
