"""What changed in a text, word by word."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

# a Chinese character is a word
WORDS = re.compile(r"\s+|[\u3400-\u9fff]|[^\W\u3400-\u9fff]+|[^\w\s]")
MOST = 4000  # words of both texts; comparing takes time in proportion to the product


class Piece(NamedTuple):
    """Some of a text, and whether the other text lacks it."""

    text: str
    is_changed: bool


def changed_words(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Return both texts in pieces: very long ones line by line, those with next to nothing in common in one each."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    if len(before) + len(after) > MOST:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.quick_ratio() < 0.3:
        return _whole(old), _whole(new)
    olds, news = list[Piece](), list[Piece]()
    for operation, a, b, c, d in matcher.get_opcodes():
        olds += [Piece("".join(before[a:b]), operation != "equal")] if b > a else []
        news += [Piece("".join(after[c:d]), operation != "equal")] if d > c else []
    return olds, news


def _whole(text: str) -> list[Piece]:
    return [Piece(text, True)] if text else []
