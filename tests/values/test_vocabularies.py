"""The codebook: every term can be explained and read aloud."""

import inspect

import pytest

from tracker.values import csl, vocabularies
from tracker.values.vocabularies import SCORES, Position, Vocabulary

VOCABULARIES = [
    vocabulary
    for module in (csl, vocabularies)
    for vocabulary in vars(module).values()
    if inspect.isclass(vocabulary)
    and issubclass(vocabulary, Vocabulary)
    and vocabulary is not Vocabulary
]


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda vocabulary: vocabulary.__name__)
def test_every_vocabulary_is_defined_and_every_term_has_a_rule_and_a_label(vocabulary):
    assert vocabulary.definition().endswith(".")
    for term in vocabulary:
        assert term.rule.endswith("."), term
        assert term.label == term.label.strip() != "", term
        assert "admin" not in term.label, "pages call it the desk"


def test_positions_are_scored_evenly_and_two_have_no_score():
    assert [SCORES.get(position) for position in Position] == [-2, -1, 0, 1, 2, None, None]
    assert [position for position in Position if position not in SCORES] == [
        Position.SILENT,
        Position.NO_EVIDENCE,
    ]
