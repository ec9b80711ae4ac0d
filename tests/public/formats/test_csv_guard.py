"""The guard against formulas: what an export puts before text, an import takes off, and no more."""

import pytest
from hypothesis import given
from hypothesis.strategies import text

from tracker.public.formats.csv import guarded, unguarded


@given(text())
def test_text_comes_back_as_it_went(written: str) -> None:
    assert unguarded(guarded(written)) == written


@pytest.mark.parametrize("written", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "'x", "''"])
def test_what_a_spreadsheet_would_compute_gets_one_apostrophe(written: str) -> None:
    assert guarded(written) == f"'{written}"


@pytest.mark.parametrize("written", ["China", "", " =1", "2019-06", "“quoted”", "a'b"])
def test_other_text_is_left_alone(written: str) -> None:
    assert guarded(written) == written


def test_only_one_apostrophe_is_taken_off() -> None:
    assert unguarded("''tis") == "'tis"
