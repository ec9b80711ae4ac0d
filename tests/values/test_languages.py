"""Languages by their names."""

import pytest

from tracker.values.languages import name_of


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("en", "English"),
        ("en-GB", "British English"),
        ("ru", "Russian"),
        ("fa", "Persian"),
        ("ar-EG", "Arabic"),
        ("zh", "Chinese"),
        ("zh-Hant-TW", "Traditional Chinese"),
        ("zh-Latn", "Chinese"),
        ("ZH-hans", "Simplified Chinese"),
        ("tlh", "tlh"),
        ("x-klingon", "x-klingon"),
        ("", ""),
    ],
)
def test_a_language_is_called_by_its_name_or_else_by_its_tag(tag: str, name: str) -> None:
    assert name_of(tag) == name
