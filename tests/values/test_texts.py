"""What of a text is seen:
judged alike by Python, by PostgreSQL, and by every edge through which a text comes.
"""

import sys
import unicodedata

import pytest
from django.db import connection

from tracker.values.texts import VISIBLE, escaped, is_blank, printable, stripped, unprintable

UNSEEN = [
    "",
    " ",
    "\n\t",
    "\xa0",
    "\u200b",
    "\u200d\ufeff",
    "\u2060\u00ad",
    "\u3164",
    "\u2800",
    "\u202e",
    "\x00 ",
]
SEEN = ["a", "\u200bа", "中", "—", ".", "🕊", "e\u0301", "\u0301x"]


@pytest.mark.parametrize("text", UNSEEN)
def test_a_text_in_which_nothing_is_seen_is_blank(text: str) -> None:
    assert is_blank(text)
    assert stripped(text) == ""


@pytest.mark.parametrize("text", SEEN)
def test_a_text_with_a_letter_or_a_mark_is_none(text: str) -> None:
    """What is unseen in it is kept: joiners are part of words."""
    assert not is_blank(text)
    assert stripped(f"\x00 {text}\n") == text


@pytest.mark.slow
@pytest.mark.django_db
def test_the_database_judges_each_character_alike() -> None:
    """So nothing that a form lets pass is refused by a constraint."""
    characters = [
        chr(code) for code in range(1, sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT one FROM unnest(%s::text[]) one WHERE one !~ %s", [characters, VISIBLE]
        )
        unseen = {character for (character,) in cursor.fetchall()}

    assert unseen == {character for character in characters if is_blank(character)}


def test_every_blank_of_unicode_is_unseen() -> None:
    blanks = [
        chr(code)
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)).startswith("Z")
    ]

    assert len(blanks) > 15
    assert [blank for blank in blanks if not is_blank(blank)] == []


@pytest.mark.parametrize(
    "char",
    [
        "\x00",
        "\t",
        "\n",
        "\r",
        "\x1b",
        "\x7f",
        "\x85",
        "\x9f",
        "\u2028",
        "\u2029",
        "\u202a",
        "\u202e",
        "\u2066",
        "\u2069",
        "\ud800",
        "\ufdd0",
        "\ufdef",
        "\ufffe",
        "\uffff",
        "\U0001fffe",
        "\U0010ffff",
    ],
)
def test_a_line_of_text_has_no_control_and_nothing_that_is_no_character(char: str) -> None:
    assert unprintable(f"a{char}b") == unprintable([{"x": [f"a{char}b"]}]) == [f"U+{ord(char):04X}"]
    assert unprintable(char, may_have_lines=True) == (
        [] if char in "\t\n" else [f"U+{ord(char):04X}"]
    )
    assert printable(f"a{char}b") == (f"a{char}b" if char in "\t\n\r" else "ab")
    assert escaped(f"a{char}b") == (f"a{char}b" if char in "\t\n\r" else f"a\\u{ord(char):04x}b")


@pytest.mark.parametrize(
    "char",
    [
        " ",
        "\xa0",
        "\u200b",
        "\u200d",
        "\u200e",
        "\u200f",
        "\u061c",
        "\ufeff",
        "\ufffd",
        "\ue000",
        "é",
        "🕊",
    ],
)
def test_what_writing_needs_is_kept(char: str) -> None:
    assert unprintable(f"a{char}b") == []
