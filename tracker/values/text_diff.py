"""What changed in a text, word by word."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import Match, SequenceMatcher
from itertools import accumulate, takewhile
from operator import eq
from typing import NamedTuple

# a Chinese character is a word
WORDS = re.compile(r"\s+|[\u3400-\u9fff]|[^\W\u3400-\u9fff]+|[^\w\s]")
SENTENCES = re.compile(r"[^.!?。！？\n]*(?:[.!?。！？\n]\s*|\Z)")
MOST_WORDS = 4000  # words of both texts; longer ones are compared sentence by sentence
AROUND = 12  # words that are left before and after what changed
# characters of a text of which the edits are told word by word, or shown of one that is longer
MOST_LETTERS = 1_000
# of like words looked at, about a second; texts of few different words have no end of them
MOST_PAIRS = 20_000_000


class DiffPiece(NamedTuple):
    """Some of a text, and whether the other text lacks it."""

    text: str
    is_changed: bool


class Edit(NamedTuple):
    """Some of two texts: what both have, or what went from the old one ("del"),
    or came into the new one ("ins").
    """

    text: str
    mark: str


def changed_words(old: str, new: str) -> tuple[list[DiffPiece], list[DiffPiece]]:
    """Return both texts in pieces:
    those that take long by sentences, those with next to nothing in common in one each.

    Takes time in proportion to the length, whatever the texts are.
    """
    steps = list(_steps(old, new))
    olds = [DiffPiece(before, not is_same) for is_same, before, _ in steps if before]
    return olds, [DiffPiece(after, not is_same) for is_same, _, after in steps if after]


def edits(old: str | None, new: str | None) -> Iterator[Edit]:
    """Yield how one text became the other, without most of what both begin and end with;
    None is no text.

    Of what has less than half in common or is too long to be compared, all of it, or its beginning,
    went and came.
    """
    olds, news = (old or "").split(), (new or "").split()
    first = _alike(olds, news)
    last = _alike(olds[first:][::-1], news[first:][::-1])
    gone, come = (" ".join(words[first : len(words) - last]) for words in (olds, news))
    yield Edit("… " * (first > AROUND) + " ".join([*olds[:first][-AROUND:], ""]), "")
    length = max(len(gone), len(come))
    words = edited_words(gone, come) if length <= MOST_LETTERS else []
    if 2 * sum(len(word.text.strip()) for word in words if not word.mark) >= length:
        yield from words
    else:
        yield from (Edit(_beginning(gone), "del"), Edit(_beginning(come), "ins"))
    yield Edit(" ".join(["", *olds[len(olds) - last :][:AROUND]]) + " …" * (last > AROUND), "")


def before_and_after(old: str | None, new: str | None) -> tuple[str, str]:
    """Return both texts without most of what both begin and end with,
    and without most of what is long.
    """
    steps = [*edits(old, new)]
    before, after = (
        "".join(edit.text for edit in steps if edit.mark != other).strip()
        for other in ("ins", "del")
    )
    return before, after


def edited_words(old: str, new: str) -> list[Edit]:
    """Return how one text became the other, as one text."""
    edited = list[Edit]()
    for is_same, before, after in _steps(old, new):
        edits = [Edit(after, "")] if is_same else [Edit(before, "del"), Edit(after, "ins")]
        edited += [edit for edit in edits if edit.text]
    return edited


def _alike(words: Sequence[str], others: Sequence[str]) -> int:
    """Return how many words two texts have in common from the first on."""
    return sum(takewhile(bool, map(eq, words, others)))


def _beginning(text: str) -> str:
    if len(text) <= MOST_LETTERS:
        return text
    return f"{text[:MOST_LETTERS].rpartition(' ')[0] or text[:MOST_LETTERS]} …"


def _steps(old: str, new: str) -> Iterator[tuple[bool, str, str]]:
    """Yield piece by piece whether both texts have it, what it is in the old one,
    and in the new one.
    """
    for units in (WORDS, SENTENCES):
        before, after = units.findall(old), units.findall(new)
        if units is WORDS and len(before) + len(after) > MOST_WORDS:
            continue
        matcher = _Bounded(before, after)
        if matcher.quick_ratio() < 0.3:
            yield False, old, new
            return
        steps = matcher.get_opcodes()
        if matcher.left >= 0:
            break
    for operation, a, b, c, d in steps:
        yield operation == "equal", "".join(before[a:b]), "".join(after[c:d])


class _Bounded(SequenceMatcher[str]):
    """Finds what two texts have in common until it has looked at too much;
    what is left then counts as different.
    """

    def __init__(self, before: list[str], after: list[str]) -> None:
        super().__init__(None, before, after, autojunk=False)
        alike = Counter(after)
        self.looked_at = [0, *accumulate(1 + alike[word] for word in before)]
        self.left = MOST_PAIRS

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        """Return the longest that both have there;
        of nothing, once there was too much to look at.
        """
        self.left -= self.looked_at[-1 if ahi is None else ahi] - self.looked_at[alo]
        return (
            super().find_longest_match(alo, ahi, blo, bhi) if self.left >= 0 else Match(alo, blo, 0)
        )
