"""Lines of search results: a text with the words that were looked for marked."""

import re
from collections.abc import Iterator
from html import escape
from typing import NamedTuple
from unicodedata import combining, normalize

from django.utils.safestring import SafeString

from tracker.public.cards.context import Body

LONGEST_LINE = 400  # characters of a line
BEFORE, PASSAGE = 60, 200  # characters before the first word that is found, and of what is shown around it
WORD = re.compile(r'[^\s"()]+')


class Marked(NamedTuple):
    """A piece of text, and whether it is what was looked for."""

    text: str
    is_found: bool

    @property
    def html(self) -> SafeString:
        """Return it as HTML."""
        text = escape(self.text)
        return SafeString(f"<mark>{text}</mark>" if self.is_found else text)


def words_of(query: str) -> list[str]:
    """Return the words that a query looks for, plain, the longest first."""
    words = [plain(word) for word in WORD.findall(query) if not word.startswith("-") and word.casefold() != "or"]
    return sorted({word for word in words if word}, key=len, reverse=True)


def plain(text: str) -> str:
    """Return text without accents and case, as search compares it."""
    return "".join(c for c in normalize("NFKD", text).casefold() if not combining(c))


def marked(text: str, words: list[str]) -> Iterator[Marked]:
    """Yield a text in pieces, those that are one of the words marked; cut where it is long."""
    text = text if len(text) <= LONGEST_LINE else f"{text[:LONGEST_LINE]}…"
    # Each character of the text, made plain, may be none or several: so where each comes from is kept.
    flat, places = "", list[int]()
    for place, character in enumerate(text):
        simple = plain(character)
        flat += simple
        places += [place] * len(simple)
    pattern = "|".join(map(re.escape, words)) or r"(?!)"
    end = 0
    for match in re.finditer(pattern, flat):
        first, last = places[match.start()], places[match.end() - 1] + 1
        while last < len(text) and combining(text[last]):
            last += 1
        if first < end or (match.start() and flat[match.start() - 1].isalnum() and text[first].isascii()):
            continue
        if first > end:
            yield Marked(text[end:first], False)
        yield Marked(text[first:last], True)
        end = last
    if end < len(text):
        yield Marked(text[end:], False)


def highlighted(line: str, record: Body, words: list[str]) -> list[Marked]:
    """Return a line about a record with the words marked; if they don't stand there, the passage in which they do."""
    pieces = list(marked(line, words))
    if any(piece.is_found for piece in pieces):
        return pieces
    quotes = (citation["quote"] for citation in record.get("citations", ()))
    outcomes = (issue["outcome"] for issue in record.get("issues", ()))
    for text in filter(None, (*map(record.get, ("summary", "question", "standing_note")), *quotes, *outcomes)):
        first = min((place for word in words if (place := plain(text).find(word)) >= 0), default=None)
        if first is not None:
            start = max(0, first - BEFORE)
            return [*pieces, Marked(" · … " if start else " · ", False), *marked(text[start : start + PASSAGE], words)]
    return pieces
