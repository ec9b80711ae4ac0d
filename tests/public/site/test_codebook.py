"""The codebook's page: in plain words, each term once, with the machine's names apart."""

import re

import pytest

from tests.public.site.conftest import Visitor
from tracker.schema import codebook

pytestmark = pytest.mark.django_db


def test_terms_are_in_plain_words_and_the_names_for_programs_apart(visitor: Visitor) -> None:
    """Each vocabulary is either among those met first, or below them; its terms have an anchor."""
    page = visitor.read("/codebook/")
    words, _, names = page.partition('<h2 id="names">')

    assert "<code" not in words.partition("<main")[2]
    assert "`" not in words
    assert "stances.position" not in words
    ids = re.findall(r'<dt id="([^"]+)"', words)
    assert len(ids) == len({*ids})
    for vocabulary in codebook.codebook().vocabularies:
        assert ", ".join(vocabulary.fields) in names
        for term in vocabulary.terms:
            assert vocabulary.name == "Standing" or f"{vocabulary.name}-{term.value}" in ids
            assert f'<code class="inline">{term.value}</code>' in names


def test_a_term_is_shown_by_its_chip(visitor: Visitor) -> None:
    page = visitor.read("/codebook/")

    assert re.search(
        r'id="Pattern-hedges"><span class="chip pattern-hedges">.*?</dt>\n<dd>The first goes on',
        page,
    )
    assert re.search(
        r'id="hedged"><span class="chip position-supports hedged">.*?</dt>\n<dd>Goes on backing it',
        page,
    )


def test_the_first_page_explains_its_signs_before_it_shows_them(
    visitor: Visitor, first_dataset: object
) -> None:
    legend, _, matrix = (
        visitor.read("/").partition("What the signs mean")[2].partition("</details>")
    )

    for meaning in (
        "They divide the labour",
        "Not so yet: a source expects it",
        "Nobody has looked at it yet",
    ):
        assert meaning in legend
    assert 'class="matrix' in matrix
