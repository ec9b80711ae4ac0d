"""The legend: each term that a reader meets first, once, with the chip that shows it."""

import pytest

from tracker.public.cards.chips import Nothing
from tracker.public.cards.legend import FIRST, LEGEND, meant
from tracker.values.vocabularies import Basis, Confidence, Likelihood, Pattern, Position

SIGNS = [sign for group in FIRST for sign in group.signs]


def test_it_has_every_term_that_a_chip_can_show() -> None:
    """Of positions, of how two relate, and the kinds of nothing; and what else stands in a chip."""
    ids = {sign.id for group in LEGEND for sign in group.signs}
    assert {f"Position-{position}" for position in Position} | {
        f"Pattern-{pattern}" for pattern in Pattern
    } <= ids
    assert {"contested", "hedged", "forecast", "defers", "stale", "ended"} <= ids
    assert {kind.word for kind in Nothing} <= {sign.chip.word for sign in SIGNS}
    others = {
        f"{vocabulary.__name__}-{term}"
        for vocabulary in (Basis, Likelihood, Confidence)
        for term in vocabulary
    }
    assert others <= {sign.id for sign in SIGNS}


def test_no_term_is_explained_twice_and_none_in_the_words_of_machines() -> None:
    for texts in ([sign.id for sign in SIGNS], [str(sign.chip) for sign in SIGNS]):
        assert len(texts) == len({*texts})
    for sign in SIGNS:
        assert sign.meaning.endswith(".")
        assert not {"`", "_"} & {*sign.meaning}


def test_a_chip_looks_as_that_of_a_claim_does() -> None:
    """The class of a look is that which the style sheet draws."""
    shown = {sign.id: sign.chip for sign in SIGNS}
    assert shown["Pattern-hedges"].classes == "chip pattern-hedges"
    assert shown["stale"].classes == "chip position-supports stale"
    assert str(shown["stale"]) == "+ supported, in June 2019, not confirmed since"
    assert str(shown["Position-no_evidence"]) == "nothing found"


@pytest.mark.parametrize(
    ("query", "terms", "rest"),
    [
        ("hedge", ["Pattern-hedges", "hedged"], []),
        ("russia hedges", ["Pattern-hedges"], ["russia"]),
        ("divide the labour", ["Pattern-complementary"], []),
        ("forecast", ["forecast"], []),
        ("likely", ["Likelihood-likely", "Likelihood-very_likely"], []),
        ("contested", ["contested"], []),
        ("nothing found", ["Position-no_evidence"], []),
        ("source", ["words-source"], []),
        ("sources", ["words-source"], []),
        ("Iran source", [], []),
        ("alignment", ["words-alignment"], []),
        ("act", ["words-actor", "words-act"], []),
        ("the", [], []),
        ("canal", [], []),
    ],
)
def test_a_term_is_found_by_its_name_or_by_what_explains_it(
    query: str, terms: list[str], rest: list[str]
) -> None:
    """What isn't about it is looked for beside it;
    a word of the explanation alone finds nothing.
    """
    results = meant(query.split())
    assert [sign.id for sign, _ in results] == terms
    assert all(others == rest for _, others in results)
