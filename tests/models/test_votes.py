"""Votes: symbols in both spellings."""

import pytest

from tests.models.rows import execute

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("symbol", "spellings"),
    [
        ("A/RES/2752(XXVI)", ["A/RES/2752(XXVI)", "R/26/2752"]),
        ("A/RES/2752 (XXVI)", ["A/RES/2752 (XXVI)", "R/26/2752"]),
        ("R/26/2752", ["R/26/2752", "A/RES/2752(XXVI)"]),
        ("R/30/3379", ["R/30/3379", "A/RES/3379(XXX)"]),
        ("R/31/6", ["R/31/6", "A/RES/31/6"]),
        ("A/RES/66/253", ["A/RES/66/253", "R/66/253"]),
        ("R/66/54L", ["R/66/54L", "A/RES/66/54L"]),
        ("A/RES/48/208/I", ["A/RES/48/208/I", "R/48/208/I"]),
        ("A/RES/1(XXXX)", ["A/RES/1(XXXX)"]),
        ("S/2019/186", ["S/2019/186"]),
        ("", []),
        (None, []),
    ],
)
def test_a_symbol_of_the_general_assembly_has_two_spellings(symbol, spellings):
    assert execute("SELECT public.spellings(%s)", symbol) == [(spellings,)]
