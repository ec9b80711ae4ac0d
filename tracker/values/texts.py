"""Texts that people write:
whether there is anything in them that a reader would see, and what none may have.
"""

import re
from collections.abc import Callable
from typing import Any
from unicodedata import normalize

# For Python and PostgreSQL:
# any character but blanks, fillers, and marks that only say how others are set.
VISIBLE = (
    r"[^\u0001-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
    r"\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
_visible = re.compile(VISIBLE)
# Controls, what ends a line or a paragraph, halves of pairs, noncharacters; and what turns the
# direction of all that follows, so that it reads as what it is not. Right-to-left names need none
# of that: their marks are U+200E and U+200F.
NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17)
)
UNPRINTABLE = re.compile(
    f"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff{NONCHARACTERS}]"
)
BLANK_NOTE = "readers would see nothing of it: write something, or leave it empty"
# a text of many lines may have the first; all are white space to any program
OF_LINES, BLANKS = "\t\n", "\t\n\r"


def is_blank(text: str) -> bool:
    """Tell whether a text has nothing in it that is seen."""
    return not _visible.search(text.replace("\x00", ""))


def stripped(text: str) -> str:
    """Return a note or a reason as it is kept:
    without what no text may have, and blanks around it.
    """
    return "" if is_blank(text) else printable(text).strip()


def composed(value: Any) -> Any:
    """Return a value with all its texts in Unicode's form C."""
    return _with_texts(value, lambda text: normalize("NFC", text))


def with_line_feeds(value: Any) -> Any:
    """Return a value with the lines of all its texts ended by line feeds alone,
    as they are kept.
    """
    return _with_texts(value, lambda text: text.replace("\r\n", "\n"))


def _with_texts(value: Any, spell: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return spell(value)
    if isinstance(value, list):
        return [_with_texts(item, spell) for item in value]
    is_object = isinstance(value, dict)
    return (
        {spell(key): _with_texts(item, spell) for key, item in value.items()}
        if is_object
        else value
    )


def unprintable(value: Any, *, may_have_lines: bool = False) -> list[str]:
    """Return the characters that no text may have and a value has, in it or in what it holds:
    U+001B …
    """
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return list(dict.fromkeys(sign for item in inner for sign in unprintable(item)))
    signs = dict.fromkeys(UNPRINTABLE.findall(value)) if isinstance(value, str) else ()
    return [
        f"U+{ord(sign):04X}" for sign in signs if sign not in (OF_LINES if may_have_lines else "")
    ]


def printable(text: str) -> str:
    """Return a text without them but for blanks,
    for formats that can't hold what was published long ago.
    """
    return UNPRINTABLE.sub(lambda sign: sign[0] if sign[0] in BLANKS else "", text)


def one_line(text: str) -> str:
    """Return a text without them and without line breaks."""
    return printable(" ".join(text.split()))


def escaped(text: str) -> str:
    """Return a text with them as `\\u001b` but for blanks, for whoever reads what is wrong."""
    return UNPRINTABLE.sub(
        lambda sign: sign[0] if sign[0] in BLANKS else f"\\u{ord(sign[0]):04x}", text
    )
