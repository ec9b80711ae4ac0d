"""Dates in words."""

import pytest

from tests.public.cards.documents import vague
from tracker.values import days


@pytest.mark.parametrize(
    ("edtf", "at"),
    [
        ("2019", "in 2019"),
        ("2019-06", "in June 2019"),
        ("2019-06-05", "on 5 June 2019"),
        ("201X", "in the 2010s"),
        ("19XX", "in the years 1900 to 1999"),
        ("2019-XX", "in some month of 2019"),
        ("2019-06-XX", "on some day of June 2019"),
        ("2019-XX-XX", "on some day of 2019"),
        ("2019~", "in about 2019"),
        ("2019-06?", "in June 2019 (uncertain)"),
        ("2019-06-05%", "on about 5 June 2019 (uncertain)"),
        ("[2019-06-01..2019-06-05]", "on some day between 1 and 5 June 2019"),
        ("[2019-03..2019-05]", "on some day between March and May 2019"),
        ("[2018-12..2019-05]", "on some day between December 2018 and May 2019"),
        ("[2018..2019]", "on some day between 2018 and 2019"),
        ("[2019..2019-05]", "on some day between 2019 and May 2019"),
    ],
)
def test_each_form_of_a_date_is_said_as_it_was_written(edtf: str, at: str) -> None:
    assert days.at(vague(edtf) or {}) == at
    assert days.when(vague(edtf) or {}) == at.partition(" ")[2]
    assert days.read(at.partition(" ")[2]) == edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("4 February 2022", "2022-02-04"),
        ("4 feb 2022", "2022-02-04"),
        (" 4  FEBRUARY\u00a02022 ", "2022-02-04"),
        ("About june 2019", "2019-06~"),
        ("some day between 30 May and 2 June 2019", "[2019-05-30..2019-06-02]"),
        ("30 Febuary 2022", ""),
        ("February 4, 2022", ""),
        ("7/8/2022", ""),
        ("some day between and", ""),
        ("about ", ""),
        ("", ""),
        ("June\n2019", ""),
        ("٤ February 2022", ""),
        ("the years 1900 to 1998", ""),
    ],
)
def test_what_is_written_so_is_read_so(text: str, edtf: str) -> None:
    assert days.read(text) == edtf


@pytest.mark.parametrize(
    ("since", "until", "span"),
    [
        ("2019-06-05", "2019-06-07", "from 5 to 7 June 2019"),
        ("2019-05-30", "2019-06-02", "from 30 May to 2 June 2019"),
        ("2019-06", None, "in June 2019"),
        ("2019-06-05", "2019-06-05", "on 5 June 2019"),
        (None, None, "on an unknown day"),
        (None, "2019-06", "from an unknown day to June 2019"),
    ],
)
def test_a_span_is_said_shortly(since: str | None, until: str | None, span: str) -> None:
    assert days.span(vague(since), vague(until)) == span


@pytest.mark.parametrize(
    ("since", "until", "lifetime"),
    [
        ("1922", "1991-12", "1922 – December 1991"),
        ("1949-10-01", None, "since 1 October 1949"),
        (None, "200X", "until the 2000s"),
        (None, None, ""),
    ],
)
def test_from_when_until_when_something_exists(
    since: str | None, until: str | None, lifetime: str
) -> None:
    assert days.lifetime(vague(since), vague(until)) == lifetime
