"""What changed in a text, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

# a Chinese character is a word
WORDS = re.compile(r"\s+|[\u3400-\u9fff]|[^\W\u3400-\u9fff]+|[^\w\s]")
MOST = 4000  # words of both texts; comparing takes time in proportion to the product


class Piece(NamedTuple):
    """Some of a text, and whether the other text lacks it."""

    text: str
    is_changed: bool


class Edit(NamedTuple):
    """Some of two texts: what both have, or what went from the old one ("del"), or came into the new one ("ins")."""

    text: str
    mark: str


def changed_words(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Return both texts in pieces: very long ones line by line, those with next to nothing in common in one each."""
    steps = list(_steps(old, new))
    olds = [Piece(before, not is_same) for is_same, before, _ in steps if before]
    return olds, [Piece(after, not is_same) for is_same, _, after in steps if after]


def edited_words(old: str, new: str) -> list[Edit]:
    """Return how one text became the other, as one text."""
    found = list[Edit]()
    for is_same, before, after in _steps(old, new):
        edits = [Edit(after, "")] if is_same else [Edit(before, "del"), Edit(after, "ins")]
        found += [edit for edit in edits if edit.text]
    return found


def _steps(old: str, new: str) -> Iterator[tuple[bool, str, str]]:
    """Yield piece by piece whether both texts have it, what it is in the old one, and in the new one."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    if len(before) + len(after) > MOST:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.quick_ratio() < 0.3:
        yield False, old, new
        return
    for operation, a, b, c, d in matcher.get_opcodes():
        yield operation == "equal", "".join(before[a:b]), "".join(after[c:d])
