"""Texts that an edition changed: what went and what came, with a little around it, and nothing of a text as HTML."""

import pytest

from tracker.cards.rewordings import MOST_LETTERS, edits, rewordings

WORDS = [f"w{number}" for number in range(100)]
MANY = " ".join(WORDS)


def marked(old: str | None, new: str | None) -> str:
    """Return what is told, with - before what went and + before what came."""
    return "".join({"del": f"[-{text}]", "ins": f"[+{text}]", "": text}[mark] for text, mark in edits(old, new) if text)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("It says so.", "It denies so.", "It [-says][+denies] so."),
        ("It says so.", "It says so. Twice.", "It says so. [+Twice.]"),
        (None, "It says so.", "[+It says so.]"),
        ("It says so.", None, "[-It says so.]"),
        ("中国 反对", "中国 支持", "中国 [-反对][+支持]"),
        ("so so so", "so so", "so so [-so]"),
        ("It says so, often.", "It never denies so, often.", "It [-says][+never denies] so, often."),
        ("It says so, often.", "It says this, often and here.", "It says [-so, often.][+this, often and here.]"),
        (
            "Of old. It is as it was then.",
            "Of all. It is as it was now.",
            "Of [-old][+all]. It is as it was [-then][+now].",
        ),
        (MANY, MANY.replace("w50", "x"), f"… {' '.join(WORDS[38:50])} [-w50][+x] {' '.join(WORDS[51:63])} …"),
        (MANY, f"x {MANY}", f"[+x] {' '.join(WORDS[:12])} …"),
    ],
)
def test_a_rewording_is_told_word_by_word_with_a_little_around_it(
    old: str | None, new: str | None, expected: str
) -> None:
    assert marked(old, new) == expected


def test_what_is_too_long_to_be_compared_is_told_by_its_beginnings() -> None:
    old, new = ("".join(f"{letter}{number} " for number in range(300)) for letter in "ab")
    gone, come = marked(old, new).split("][")
    assert (gone[:5], gone[-2:], come[:5], come[-3:]) == ("[-a0 ", " …", "+b0 b", " …]")
    assert max(len(gone), len(come)) <= MOST_LETTERS + 5
    assert len(marked(None, "w" * 5_000)) <= MOST_LETTERS + 5


def test_texts_are_told_as_text_by_the_names_of_their_fields_and_other_fields_are_not() -> None:
    changed = {"position": ["a", "b"], "standing_note": [None, "<b>&"], "summary": ["One.", "Two."]}
    lines = list(rewordings(changed, ("summary", "question", "standing_note"), '/stances/1/?edition=2"'))
    link = '<a class="when" href="/stances/1/?edition=2&quot;">as it was before</a>'
    assert lines == [
        f"summary: <bdi><del>One.</del> <ins>Two.</ins></bdi> {link}",
        f"standing note: <bdi><ins>&lt;b&gt;&amp;</ins></bdi> {link}",
    ]
