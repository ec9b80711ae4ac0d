"""The words in which texts differ."""

import time

import pytest

from tracker.values.text_diff import MOST_WORDS, changed_words


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

    assert marked(old, old.replace(gone, "")) == (old.replace(gone, f"[{gone}]"), old.replace(gone, ""))


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
    """One or two seconds of a processor at most; by the product of their lengths it would be from half a minute on."""
    began = time.process_time()
    olds, news = changed_words(old, new)

    assert time.process_time() - began < SECONDS
    assert ("".join(piece.text for piece in olds), "".join(piece.text for piece in news)) == (old, new)
