"""Texts that people write: whether there is anything in them that a reader would see."""

import re

# For Python and PostgreSQL: any character but blanks, fillers, and marks that only say how others are set.
VISIBLE = (
    r"[^\u0001-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
    r"\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
_visible = re.compile(VISIBLE)


def is_blank(text: str) -> bool:
    """Tell whether a text has nothing in it that is seen."""
    return not _visible.search(text.replace("\x00", ""))


def stripped(text: str) -> str:
    """Return a text as it is kept: without NUL, which no text in the database has, and blanks around it."""
    return "" if is_blank(text) else text.replace("\x00", "").strip()
