"""Names are typed as people write them,
and whatever is kept survives being written out and read again.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.values.names import (
    PARTS,
    InvalidNamesError,
    read_authors,
    read_names,
    write_authors,
    write_names,
)

TEXT = st.text(min_size=1).filter(str.strip)
AUTHOR = st.dictionaries(st.sampled_from(sorted(PARTS)), TEXT).flatmap(
    lambda parts: st.sampled_from(["family", "literal"]).flatmap(
        lambda name: TEXT.map(lambda text: {**parts, name: text})
    )
)
TAG = st.from_regex(r"[a-z]{2,3}(-[A-Z]{2})?", fullmatch=True)


@given(st.lists(AUTHOR))
def test_authors_survive(authors):
    assert read_authors(write_authors(authors)) == authors


@given(st.dictionaries(TAG, TEXT))
def test_names_survive(names):
    assert read_names(write_names(names)) == names


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Stokes, Jacob", {"family": "Stokes", "given": "Jacob"}),
        ("King, Martin Luther, Jr.", {"family": "King", "given": "Martin Luther", "suffix": "Jr."}),
        ("Sukarno,", {"family": "Sukarno"}),
        ("United Nations", {"literal": "United Nations"}),
        ('"Foreign Ministry, Beijing"', {"literal": "Foreign Ministry, Beijing"}),
        (
            '{"family": "Gogh", "dropping-particle": "van"}',
            {"family": "Gogh", "dropping-particle": "van"},
        ),
    ],
)
def test_a_line_is_an_author_and_an_author_a_line(line, author):
    assert read_authors(line) == [author]
    assert write_authors([author]) == line


@pytest.mark.parametrize("wrong", ["5", '["Jacob"]', "{}"])
def test_a_part_of_a_name_that_is_no_text_is_refused(wrong):
    with pytest.raises(InvalidNamesError, match="“given” must be a text"):
        read_authors(f'[{{"family": "Stokes", "given": {wrong}}}]')


def test_a_language_is_followed_by_its_name_also_after_a_wide_colon():
    assert read_names("zh：中国\npt-BR : China: a terra") == {
        "zh": "中国",
        "pt-BR": "China: a terra",
    }
