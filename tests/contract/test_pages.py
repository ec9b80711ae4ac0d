"""The pages over the OpenAPI document are made of the one that is committed."""

import re
from html import unescape

import pytest

from tracker.management.openapi.pages import kind, page, prose
from tracker.public.api.documentation import PAGE, document


def test_the_committed_pages_are_what_the_document_says() -> None:
    """To the letter."""
    assert page(document()) == PAGE.read_text(encoding="utf-8"), "run `make contract`"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "One.\n\n*Two* `a*b` **c**.",
            "<p>One.</p>\n<p><em>Two</em> <code>a*b</code> <strong>c</strong>.</p>",
        ),
        ("* `a`: One.\n* Two.", "<ul><li><code>a</code>: One.</li><li>Two.</li></ul>"),
        ("a < b & <b>", "<p>a &lt; b &amp; &lt;b&gt;</p>"),
    ],
)
def test_descriptions_are_shown_as_they_are_meant(text: str, html: str) -> None:
    """With the Markdown that they use, and as text otherwise."""
    assert prose(text) == html


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({"type": "string", "format": "date"}, "string (date)"),
        ({"type": ["integer", "null"]}, "integer or null"),
        (
            {"type": "array", "items": {"$ref": "#/components/schemas/VagueDate"}},
            "list of VagueDate",
        ),
        (
            {"anyOf": [{"$ref": "#/components/schemas/VagueDate"}, {"type": "null"}]},
            "VagueDate or null",
        ),
        ({"type": "object", "additionalProperties": {"type": "string"}}, "object of string"),
        ({"type": "string", "enum": ["a", "b"]}, '"a" or "b"'),
        ({}, "any"),
    ],
)
def test_kinds_are_told_in_words(schema: dict[str, object], text: str) -> None:
    """With a link to what is named."""
    assert unescape(re.sub("<[^>]+>", "", kind(schema))) == text
    assert kind(schema).count('href="#schema-VagueDate"') == text.count("VagueDate")
