"""What is suggested to whoever wrote what is nothing: misspellings, and no other names."""

import pytest

from tracker.values.nearness import OF_NAMES, is_near, nearest, other_forms


@pytest.mark.parametrize(
    ("written", "name", "may_be_meant"),
    [
        ("atlantis", "North Atlantic Treaty Organization", False),
        ("atlantis", "NATO", False),
        ("atlantik", "Atlantic", True),
        ("iraq", "Iran", False),
        ("mali", "Malta", False),
        ("Chnia", "China", True),
        ("north-korae", "north-korea", True),
        ("Nord Korea", "North Korea", True),
        ("Nord Korea", "South Korea", False),
        ("madurro", "Nicolás Maduro", True),
        ("Nicolas", "Nicolás Maduro", True),
        ("poland", "Polar routes", False),
        ("unitd nations", "United Nations Security Council", True),
        ("unitd nations", "United Kingdom", False),
        ("venzuela", "Draft of the Security Council on Venezuela", False),
        ("习近平", "习近平", True),
        ("of", "Republic of Korea", False),
        ("korea", "Republic of Korea", True),
        ("Xi", "Xi Jinping", True),
        ("Путтин", "Владимир Путин", True),
        ("wakanda", "Rwanda and Uganda", False),
    ],
)
def test_a_name_is_suggested_for_its_misspellings(
    written: str, name: str, may_be_meant: bool
) -> None:
    assert is_near(written, name) == may_be_meant


@pytest.mark.parametrize(
    ("written", "of_few", "of_names"),
    [("nane", "none", ""), ("YES", "yes", "yes"), ("rusia", "Russia", "Russia"), ("xyz", "", "")],
)
def test_of_few_the_nearest_is_told_and_of_names_what_is_near(
    written: str, of_few: str, of_names: str
) -> None:
    valid = ["none", "yes", "Russia"]
    assert (nearest(written, valid), nearest(written, valid, OF_NAMES)) == (of_few, of_names)


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("recognised", "recognise"),
        ("recognized", "recognised"),
        ("recognized", "recognise"),
        ("denuclearization", "denuclearisation"),
        ("defense", "defence"),
        ("center", "centre"),
        ("labor", "labour"),
        ("vetoed", "veto"),
        ("supplied", "supply"),
    ],
)
def test_a_verb_is_found_without_its_ending_and_american_words_in_british_spelling(
    word: str, form: str
) -> None:
    assert form in other_forms(word)


@pytest.mark.parametrize("word", ["size", "used", "sense", "prize", "seed", "enter", "collaborate"])
def test_no_other_word_is_made_of_a_short_one(word: str) -> None:
    assert other_forms(word) == [f"{word}s"]
