"""Two forms of a record side by side: which words are marked, and how values read."""

from time import process_time

import pytest

from tracker.admin.comparison import marked, text


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("It supports it.", "It supports it.", ("It supports it.", "It supports it.")),
        ("It supports it.", "It opposes it.", ("It <del>supports</del> it.", "It <ins>opposes</ins> it.")),
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
    ("value", "expected"),
    [
        (None, ""),
        ([], ""),
        (True, "yes"),
        (-1, "-1"),
        (["energy", "trade"], "energy\ntrade"),
        ({"edtf": "2018-12", "earliest": "2018-12-01", "latest": "2018-12-31"}, "2018-12"),
        ({"url": "/api/v1/actors/china/", "slug": "china", "name": "China"}, "China (china)"),
        ({"url": "/api/v1/sources/7/", "id": 7, "name": "The decree"}, "The decree (7)"),
        ({"zh": "中国"}, "Zh: 中国"),
        (
            [{"source": {"url": "/", "id": 7, "name": "The decree"}, "relation": "supports", "quote": None}],
            "Source: The decree (7)\nRelation: supports",
        ),
        ([{"family": "Li"}, {"family": "Wu"}], "Family: Li\n\nFamily: Wu"),
    ],
)
def test_values_read_as_lines(value, expected):
    assert text(value) == expected


def test_a_book_is_compared_in_a_moment():
    old = "\n".join(f"The word number {number} of the book is {number % 7}." for number in range(3000))
    begun = process_time()

    before, after = marked(old, old.replace("number 1500 of", "number 1500 in"))

    assert before.count("<del>") == after.count("<ins>") == 1
    assert process_time() - begun < 5
