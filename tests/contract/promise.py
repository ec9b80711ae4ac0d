"""What version 1 has promised of the publication:
the OpenAPI document as it was committed last, but for what it took back since.

Before there was a list of that, version 1 was corrected three times. On 26 November 2026: it had
promised to take texts that were empty, too long or not printable, which were refused from the first
day on. On 27 November 2026: confirming a claim answers with no `Edition` any more, since that
published without review; and operations of lists and records answer in no other forms than JSON,
since a generated client can't tell the type of such an answer: each of those 21 forms has an
address of its own, with the same schema.
"""

import subprocess
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from tests.contract.committed import COMMITTED, ROOT
from tests.contract.comparison import breaks
from tracker.public.api.documentation import public_part

# In C where there is one: the documents are long.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# What version 1 took back, by what the comparison says of it, with the day and the reason.
TAKEN_BACK: Mapping[str, str] = {}


def promised(now: str) -> dict[str, Any]:
    """Return the publication's part of the document, of the last commit that has another one
    than `now`; where Git knows none, the one here.
    """
    text = next(
        (text for text in _committed() if text != now), COMMITTED.read_text(encoding="utf-8")
    )
    return public_part(yaml.load(text, LOADER))


def broken(
    old: Mapping[str, Any], new: Mapping[str, Any], taken_back: Mapping[str, str] = TAKEN_BACK
) -> list[str]:
    """Return what a new document has lost or changed of an
    old one without a reason that is given.
    """
    return [text for text in breaks(old, new) if text not in taken_back]


def _committed() -> Iterator[str]:
    """Yield the document as it was committed, the last time first;
    nothing in a copy that has no history.
    """
    path = COMMITTED.relative_to(ROOT)
    listed = _git("log", "--follow", "--name-only", "--format=%H", "--", str(path)).split()
    for commit, then in zip(listed[::2], listed[1::2], strict=True):
        yield _git("show", f"{commit}:{then}")


def _git(*arguments: str) -> str:
    """Return what Git says; nothing if it can't."""
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8"
        )
    except FileNotFoundError:
        return ""
    return "" if done.returncode else done.stdout
