"""The words in which texts differ."""

import time

import pytest

from tracker.values.text_diff import (
    MOST_LETTERS,
    MOST_WORDS,
    before_and_after,
    changed_words,
    edits,
)


def marked(old: str, new: str) -> tuple[str, str]:
    return tuple(
        "".join(f"[{piece.text}]" if piece.is_changed else piece.text for piece in text)
        for text in changed_words(old, new)
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("It says so.", "It denies so.", ("It [says] so.", "It [denies] so.")),
        ("It says so.", "It says so, twice.", ("It says so.", "It says so[, twice].")),
        ("Сирия против", "Сирия за", ("Сирия [против]", "Сирия [за]")),
        ("中国反对", "中国支持", ("中国[反对]", "中国[支持]")),
        ("one", "", ("[one]", "")),
        ("", "one", ("", "[one]")),
        ("entirely", "different words", ("[entirely]", "[different words]")),
        ("same", "same", ("same", "same")),
    ],
)
def test_texts_are_compared_word_by_word(old, new, expected):
    assert marked(old, new) == expected


def test_very_long_lines_are_not_taken_apart():
    old = "word " * MOST_WORDS

    assert [len(text) for text in changed_words(old, old + "more")] == [1, 1]


SECONDS = 10
CHINESE = "".join(chr(0x4E00 + number * number % 2_000) for number in range(1_990))


def test_texts_of_many_chinese_characters_are_compared_by_each():
    old, new = marked(CHINESE, CHINESE.replace(CHINESE[1_000:1_003], "国反对"))

    assert old == CHINESE.replace(CHINESE[1_000:1_003], f"[{CHINESE[1_000:1_003]}]")
    assert new == CHINESE.replace(CHINESE[1_000:1_003], "[国反对]")


def test_texts_of_very_many_words_are_compared_sentence_by_sentence():
    old = "".join(f"{CHINESE[number : number + 30]}。" for number in range(300))
    gone = f"{CHINESE[99:129]}。"

    assert marked(old, old.replace(gone, "")) == (
        old.replace(gone, f"[{gone}]"),
        old.replace(gone, ""),
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("中国" * 1_000, "国中中" * 666),
        ("中" * 2_000, f"{'中' * 999}国{'中' * 999}"),
        ("a b " * 500, "b  a " * 400),
        ("a\n" * 20_000, "b\na\n" * 10_000),
        ("是。" * 20_000, "不。是。" * 10_000),
    ],
)
def test_comparing_takes_no_longer_than_texts_are_long(old, new):
    """One or two seconds of a processor at most;
    by the product of their lengths it would be from half a minute on.
    """
    began = time.process_time()
    olds, news = changed_words(old, new)

    assert time.process_time() - began < SECONDS
    assert ("".join(piece.text for piece in olds), "".join(piece.text for piece in news)) == (
        old,
        new,
    )


WORDS = [f"w{number}" for number in range(100)]
MANY = " ".join(WORDS)


def edited(old: str | None, new: str | None) -> str:
    """Return what is told, with - before what went and + before what came."""
    return "".join(
        {"del": f"[-{text}]", "ins": f"[+{text}]", "": text}[mark]
        for text, mark in edits(old, new)
        if text
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("It says so.", "It denies so.", "It [-says][+denies] so."),
        ("It says so.", "It says so. Twice.", "It says so. [+Twice.]"),
        (None, "It says so.", "[+It says so.]"),
        ("It says so.", None, "[-It says so.]"),
        ("中国 反对", "中国 支持", "中国 [-反对][+支持]"),
        ("so so so", "so so", "so so [-so]"),
        (
            "It says so, often.",
            "It never denies so, often.",
            "It [-says][+never denies] so, often.",
        ),
        (
            "It says so, often.",
            "It says this, often and here.",
            "It says [-so, often.][+this, often and here.]",
        ),
        (
            "Of old. It is as it was then.",
            "Of all. It is as it was now.",
            "Of [-old][+all]. It is as it was [-then][+now].",
        ),
        (
            MANY,
            MANY.replace("w50", "x"),
            f"… {' '.join(WORDS[38:50])} [-w50][+x] {' '.join(WORDS[51:63])} …",
        ),
        (MANY, f"x {MANY}", f"[+x] {' '.join(WORDS[:12])} …"),
    ],
)
def test_a_rewording_is_told_word_by_word_with_a_little_around_it(old, new, expected):
    assert edited(old, new) == expected


def test_what_is_too_long_to_be_compared_is_told_by_its_beginnings() -> None:
    old, new = ("".join(f"{letter}{number} " for number in range(300)) for letter in "ab")
    gone, come = edited(old, new).split("][")
    assert (gone[:5], gone[-2:], come[:5], come[-3:]) == ("[-a0 ", " …", "+b0 b", " …]")
    assert max(len(gone), len(come)) <= MOST_LETTERS + 5
    assert len(edited(None, "w" * 5_000)) <= MOST_LETTERS + 5


def test_both_texts_are_told_without_most_of_what_they_share() -> None:
    assert before_and_after(None, "It says so.") == ("", "It says so.")
    assert before_and_after(MANY, MANY.replace("w50", "x")) == tuple(
        f"… {' '.join([*WORDS[38:50], word, *WORDS[51:63]])} …" for word in ("w50", "x")
    )
