"""Text within a picture: escaped, how wide it is, about, and how it is cut or broken to fit."""

import unicodedata
from functools import lru_cache
from html import escape
from itertools import accumulate

from tracker.values.texts import printable

NARROW, WIDE = set("iljtfrI.,:;'!|()[]· -"), set("mwMW@%—…+−")
ELLIPSIS = "…"


def escaped(text: str) -> str:
    """Return text as XML holds it, without the characters that XML can't hold."""
    return escape(text if text.isprintable() else printable(text))


@lru_cache(maxsize=4096)  # the same names and words come again and again
def width(text: str, size: float) -> float:
    """Return about how wide a text is, in the units of `size`, its font's size;
    rather too much than too little.
    """
    return size * sum(map(_em, text))


@lru_cache(maxsize=4096)
def _em(char: str) -> float:
    if unicodedata.combining(char) or unicodedata.category(char) == "Cf":
        return 0
    if unicodedata.east_asian_width(char) in "WF":
        return 1
    if char in NARROW:
        return 0.32
    if char in WIDE:
        return 0.9
    return 0.68 if char.isupper() else 0.57


@lru_cache(maxsize=4096)
def fitted(text: str, room: float, size: float) -> str:
    """Return as much of a text as there is room for, with an ellipsis if that isn't all;
    "" if not even a letter is.
    """
    if width(text, size) <= room:
        return text
    left = room - width(ELLIPSIS, size)
    fits = sum(size * end <= left for end in accumulate(map(_em, text)))
    return text[:fits].rstrip() + ELLIPSIS if text[:fits].strip() else ""


def lines(text: str, room: float, size: float, most: int) -> list[str]:
    """Break a text into lines that fit, at blanks where there are any;
    the last of too many ends with an ellipsis.
    """
    broken: list[str] = []
    for word in text.split():
        if broken and width(f"{broken[-1]} {word}", size) <= room:
            broken[-1] += f" {word}"
        else:
            broken.append(word)
    if len(broken) > most:
        broken[most - 1 :] = [" ".join(broken[most - 1 :])]
    return [fitted(line, room, size) for line in broken]


def folded(text: str, room: float, size: float) -> list[str]:
    """Break a text without blanks, as an address, into lines that fit."""
    broken: list[str] = []
    for char in text:
        if broken and size * sum(map(_em, broken[-1] + char)) <= room:
            broken[-1] += char
        else:
            broken.append(char)
    return broken


def worded(whole: str, says: str, sign: str, what: str, size: float) -> tuple[str, ...]:
    """Return what a bar could say, the most telling first:
    the issue it is about is cut rather than left out.
    """
    about = dict.fromkeys((what, fitted(what, 150, size), fitted(what, 80, size))) if what else ()
    return tuple(dict.fromkeys((*(f"{whole} · {issue}" for issue in about), whole, says, sign)))
