"""Two forms of a record side by side: which words are marked, and how values read."""

from dataclasses import replace
from datetime import UTC, datetime
from time import process_time

import pytest
from msgspec import Struct

from tracker.desk.admin.history.comparison import _kinds, changed, identified_by, marked, text
from tracker.history.timeline import StepKind, TimelineStep
from tracker.schema.parts import Citation, Participant
from tracker.schema.records import SHAPES
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Position, Theme, Vocabulary


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("It supports it.", "It supports it.", ("It supports it.", "It supports it.")),
        (
            "It supports it.",
            "It opposes it.",
            ("It <del>supports</del> it.", "It <ins>opposes</ins> it."),
        ),
        ("one two", "one", ("one<del> two</del>", "one")),
        ("支持制裁", "反对制裁", ("<del>支持</del>制裁", "<ins>反对</ins>制裁")),
        ("a <b>", "a <i>", ("a &lt;<del>b</del>&gt;", "a &lt;<ins>i</ins>&gt;")),
        ("1\n2\n3", "1\n3", ("1\n<del>2\n</del>3", "1\n3")),
        ("", "new", ("", "<ins>new</ins>")),
    ],
)
def test_the_words_that_differ_are_marked(old, new, expected):
    assert marked(old, new) == expected


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (None, None, ""),
        ([], Theme, ""),
        (True, None, "yes"),
        (-1, None, "-1"),
        (["nuclear_weapons", "trade"], Theme, "nuclear weapons\ntrade"),
        ("strongly_opposes", Position, "strongly opposes"),
        ("a term of the past", Position, "a term of the past"),
        ({"edtf": "2018-12", "earliest": "2018-12-01", "latest": "2018-12-31"}, None, "2018-12"),
        ({"url": "/api/v1/actors/china/", "slug": "china", "name": "China"}, None, "China"),
        ({"url": "/api/v1/sources/7/", "id": 7, "name": "The decree"}, None, "The decree"),
        ({"zh": "中国"}, None, "zh: 中国"),
        (
            [
                {
                    "quote": None,
                    "locator_label": "figure",
                    "source": {"url": "/", "id": 7, "name": "The decree"},
                }
            ],
            Citation,
            "Source: The decree\nLocator label: figure",
        ),
        (
            [{"actor": {"url": "/", "slug": "x", "name": "X"}, "role": "host"}],
            Participant,
            "Actor: X\nRole: host",
        ),
        ([{"family": "Li", "given": "Wei"}, {"literal": "Xinhua"}], None, "Wei Li\nXinhua"),
    ],
)
def test_values_read_as_lines(value, kind, expected):
    assert text(value, kind) == expected


@pytest.mark.parametrize("noun", Noun)
def test_no_term_of_a_public_form_is_shown_as_it_is_stored(noun):
    """Whatever a shape declares as a vocabulary, also deep inside, is told by its label."""
    for name, vocabulary in terms(SHAPES[noun]):
        for term in vocabulary:
            assert text(term.value, vocabulary) == term.label, name


def terms(shape):
    """Yield the fields of a shape, and of the shapes in it, that hold terms,
    with their vocabularies.
    """
    for name, kind in _kinds(shape).items():
        if isinstance(kind, type) and issubclass(kind, Vocabulary):
            yield name, kind
        elif isinstance(kind, type) and issubclass(kind, Struct):
            yield from terms(kind)


def test_the_vocabularies_are_found_in_the_shapes():
    """Of a record and of its parts, alone and in lists."""
    named = {name for noun in Noun for name, _ in terms(SHAPES[noun])}

    assert named >= {
        "themes",
        "region",
        "kind",
        "reliability",
        "relation",
        "credibility",
        "role",
        "kinds",
    }


def test_two_records_of_one_name_are_told_apart_by_their_keys():
    old, new = ({"url": f"/{key}", "slug": key, "name": "Li Wei"} for key in ("li-wei", "li-wei-2"))

    [row] = changed(Noun.STANCE, {"actor": [old, new]})

    assert row.is_changed
    assert "li-wei" in row.old
    assert "2" in row.new


def test_a_book_is_compared_in_a_moment():
    old = "\n".join(
        f"The word number {number} of the book is {number % 7}." for number in range(3000)
    )
    begun = process_time()

    before, after = marked(old, old.replace("number 1500 of", "number 1500 in"))

    assert before.count("<del>") == after.count("<ins>") == 1
    assert process_time() - begun < 5


def test_a_part_of_before_that_no_model_has_any_more_is_named_by_nothing():
    at = datetime(2026, 11, 25, tzinfo=UTC)
    step = TimelineStep(1, at, Noun.VOTE, 1, "observer", 7, StepKind.REMOVED, (), {"actor_id": 3})

    assert identified_by(step) is None
    assert identified_by(replace(step, part="ballot")) == (Noun.ACTOR, 3)
