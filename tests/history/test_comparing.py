"""Two versions of a record beside each other, and the words in which texts differ."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import SourceFactory, StanceFactory
from tests.services.undo.acts import done, edit
from tracker.history.text_diff import MOST_WORDS, changed_words
from tracker.history.timeline import Difference, Happened
from tracker.history.versions import compare
from tracker.values.nouns import Noun


@pytest.fixture
def stance(db):
    """A stance of versions 2 to 5: its position changes, a citation comes, and the first one goes."""
    stance = StanceFactory(position="supports", citations=[{"locator": "p. 1"}])
    edit(stance, position="opposes")
    done(lambda: stance.citations.create(source=SourceFactory(), locator="p. 2"))
    done(stance.citations.get(locator="p. 1").delete)
    stance.refresh_from_db()
    return stance


def test_versions_are_compared_with_their_parts(stance):
    steps = compare(Noun.STANCE, stance.pk, old=2, new=5)

    assert [(step.part, step.happened) for step in steps] == [
        ("", Happened.CHANGED),
        ("citation", Happened.REMOVED),
        ("citation", Happened.ADDED),
    ]
    assert steps[0].differences == (Difference("position", "supports", "opposes"),)


def test_versions_are_compared_either_way(stance):
    there, back = (compare(Noun.STANCE, stance.pk, old=old, new=new) for old, new in ((2, 5), (5, 2)))

    assert [(difference.old, difference.new) for step in there for difference in step.differences] == [
        (difference.new, difference.old) for step in back for difference in step.differences
    ]


def test_a_version_alone_is_told_whole(stance):
    steps = compare(Noun.STANCE, stance.pk, old=None, new=3)

    assert {step.happened for step in steps} == {Happened.ADDED}
    assert Difference("position", None, "opposes") in steps[0].differences
    assert [step.part for step in steps] == ["", "citation"]


def test_versions_that_never_were_are_not_compared(stance):
    assert compare(Noun.STANCE, stance.pk, old=2, new=99) is None
    assert compare(Noun.STANCE, stance.pk, old=99, new=2) is None


def test_a_version_is_the_same_as_itself(stance):
    assert compare(Noun.STANCE, stance.pk, old=4, new=4) == ()


@pytest.mark.parametrize("number", [1, 20])
def test_comparing_takes_one_query(db, number):
    stance = StanceFactory(citations=[{"locator": str(place)} for place in range(number)])

    with CaptureQueriesContext(connection) as queries:
        compare(Noun.STANCE, stance.pk, old=1, new=stance.version)

    assert len(queries) == 1


# Words --------------------------------------------------------------------------------------------------------------


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
