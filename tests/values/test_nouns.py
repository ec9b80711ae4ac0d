"""The six nouns and their plurals."""

import pytest

from tracker.values.nouns import Noun


def test_a_noun_is_found_by_its_plural():
    assert [Noun.of_plural(noun.plural) for noun in Noun] == list(Noun)


@pytest.mark.parametrize("word", ["issue", "release", "releases", "s", ""])
def test_what_is_no_plural_of_a_noun_is_refused(word):
    with pytest.raises(ValueError, match="not a valid Noun"):
        Noun.of_plural(word)
