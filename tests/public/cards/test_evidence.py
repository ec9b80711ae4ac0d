"""On how many sources claims rest, and how many of these are independent, in words."""

import pytest

from tests.public.cards.documents import citation, stance
from tracker.public.cards.evidence import independent, of_claim, of_claims

ORIGINS = {1: 9, 2: 9, 3: 2}  # 1 and 2 pass on 9, and 3 does by way of 2


def of(*sources: int, **other: str) -> dict[str, object]:
    return stance(citations=[citation(source, **other) for source in sources])


def test_a_source_is_taken_back_to_what_it_passes_on() -> None:
    assert independent([1, 2, 3], ORIGINS) == {9}
    assert independent([3, 4], ORIGINS) == {4, 9}
    assert independent([], ORIGINS) == set()


@pytest.mark.parametrize(
    ("sources", "says"),
    [
        ((), "no source"),
        ((4,), "1 source"),
        ((1,), "1 source"),
        ((4, 5), "2 independent sources"),
        ((1, 2, 4), "3 sources, 2 independent"),
        ((1, 2, 3), "3 sources, 1 independent"),
        ((1, 1), "1 source"),
    ],
)
def test_of_a_claim(sources: tuple[int, ...], says: str) -> None:
    assert of_claim(of(*sources), ORIGINS) == says


def test_what_contradicts_a_claim_does_not_back_it() -> None:
    assert of_claim(of(4, relation="contradicts"), ORIGINS) == "no source"


def test_of_several_claims() -> None:
    claims = [of(1), of(1, 2), of(4, 5), of(4, 5, 6), of(4, 5, 6, 7), of()]

    assert of_claims(claims, ORIGINS) == (
        "Of 6 claims, 2 on one independent source, 1 on two, 2 on three or more, 1 on none."
    )
    assert of_claims(claims[:1], ORIGINS) == "Of 1 claim, 1 on one independent source."
    assert of_claims([], ORIGINS) == ""
