"""The nouns and their plurals."""

import re
from pathlib import Path

import pytest

from tests.test_conventions import files
from tracker.models.nouns import RECORDS
from tracker.models.tables import IN_ORDER, tables_of
from tracker.values.nouns import BY_PLURAL, Noun

MADE_OF_THE_SINGULAR = re.compile(r"noun\w*( \}\})?\}s\b|removesuffix\(.s.\)|noun\w* \+ .s\b")


def test_a_noun_is_found_by_its_plural():
    assert (
        [BY_PLURAL[noun.plural] for noun in Noun]
        == [Noun(noun.value) for noun in Noun]
        == list(Noun)
    )


@pytest.mark.parametrize("word", ["issue", "release", "releases", "s", ""])
def test_what_is_no_plural_of_a_noun_is_refused(word):
    assert word not in BY_PLURAL


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 votes"), (1, "1 vote"), (999, "999 votes"), (3800, "3,800 votes")]
)
def test_so_many_of_a_noun_are_told_in_words(count, words):
    assert Noun.VOTE.counted(count) == words


def test_each_is_written_after_those_that_its_records_name():
    assert set(IN_ORDER) == set(Noun)
    for place, noun in enumerate(IN_ORDER):
        named = {to for table in tables_of(noun).values() for to in table.references.values()}
        assert named <= set(IN_ORDER[: place + 1])


def test_the_desk_calls_several_records_as_addresses_do():
    assert {noun: str(model._meta.verbose_name_plural) for noun, model in RECORDS.items()} == {
        noun: noun.plural for noun in Noun
    }


def test_no_plural_is_made_of_the_singular():
    assert MADE_OF_THE_SINGULAR.search('f"/api/v1/{noun}s/{key}"')
    ours = files(
        *(
            f"{folder}/*.{suffix}"
            for folder in ("tracker", "tests")
            for suffix in ("py", "html", "js", "sql")
        )
    )

    assert [
        path
        for path in ours
        if path != Path(__file__) and MADE_OF_THE_SINGULAR.search(path.read_text())
    ] == []
