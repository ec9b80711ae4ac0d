"""The picture of how alike two vote: of each body a line, with marks below;
nothing of after its day.
"""

import re
from datetime import date
from xml.etree import ElementTree

import pytest

from tests.public.cards.pictures import plate
from tracker.public.cards.pictures.voting import NARROW, SPAN, WIDE, Plot, in_words, shown, voting

ON = date(2019, 6, 15)
COUNCIL, ASSEMBLY = "United Nations Council", "United Nations Assembly"
SHARES = {
    COUNCIL: dict.fromkeys(range(1990, 2019), 0.9),
    ASSEMBLY: {year: 0.4 + (year - 1990) / 100 for year in range(1990, 2010) if year != 1995},
}
MARKS = {"acts": [date(2017, 1, 1), date(2018, 1, 1)], "meetings": [date(2018, 5, 5)]}
BOTH = pytest.mark.parametrize("shape", [WIDE, NARROW], ids=["wide", "narrow"])


@BOTH
def test_it_says_what_is_drawn(shape: Plot) -> None:
    """By names without what all have in common, last shares, and years;
    and to those who can't see, in words.
    """
    picture = voting(plate(), SHARES, MARKS, shape).inline
    root = ElementTree.fromstring(picture)
    words = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]

    assert {"Council", "Assembly", "Acts", "Meetings", "100\u202f%", "59\u202f% in 2009"} <= {
        *words
    }
    assert words[words.index("90\u202f%") + 1] == "2018"
    assert root.attrib["role"] == "img"
    assert f"{ASSEMBLY}: 40\u202f% in 1990, 59\u202f% in 2009." in picture
    assert "NaN" not in picture
    assert not re.search("<a |style=|url\\(", picture)
    for number in re.findall(r'[xy]="([\d.-]+)"', picture):
        assert 0 <= float(number) <= shape.width


def test_a_gap_is_dotted_and_marks_stand_at_their_days() -> None:
    picture = voting(plate(), SHARES, MARKS).inline
    assert len(re.findall('class="body body-1 gap"', picture)) == 1
    assert [
        len(re.findall("M", ticks)) for ticks in re.findall('class="event" d="([^"]*)"', picture)
    ] == [2, 1]
    without = voting(plate(), SHARES, {"acts": [], "meetings": [date(1950, 1, 1)]}).inline
    assert "event" not in without
    assert "Acts" not in without


def test_what_happened_on_the_first_day_of_the_axis_has_a_mark() -> None:
    on_the_first_day = {"acts": [date(1990, 1, 1)], "meetings": [date(1989, 12, 31)]}
    picture = voting(plate(), SHARES, on_the_first_day).inline

    assert "Acts" in picture
    assert "Meetings" not in picture


def test_years_are_shown_that_had_ended_by_the_day() -> None:
    assert max(shown(SHARES, ON)[COUNCIL]) == 2018
    assert max(shown(SHARES, date(2018, 12, 31))[COUNCIL]) == 2018
    assert max(shown(SHARES, date(2018, 12, 30))[COUNCIL]) == 2017
    assert shown(SHARES, date(1990, 6, 1)) == {}
    assert len(shown({COUNCIL: dict.fromkeys(range(1900, 2019), 0.5)}, ON)[COUNCIL]) == SPAN - 1


def test_what_would_be_dots_beside_a_line_is_left_out() -> None:
    assert [*shown({**SHARES, "Few": {2001: 1, 2011: 1}}, ON)] == [COUNCIL, ASSEMBLY]
    assert [*shown({"Few": {2001: 1, 2002: 1}}, ON)] == ["Few"]
    assert shown({"One": {2001: 1}}, ON) == {}
    assert voting(plate(), {}, MARKS) is None


def test_it_is_the_same_however_often_it_is_drawn() -> None:
    assert voting(plate(), SHARES, MARKS).inline == voting(plate(), SHARES, MARKS).inline
    assert (
        voting(plate(), SHARES, MARKS).inline
        != voting(plate(), {COUNCIL: SHARES[COUNCIL]}, MARKS).inline
    )
    assert in_words({}) == ""


def test_two_who_always_vote_alike_are_a_line_at_the_top() -> None:
    picture = voting(plate(), {COUNCIL: {2001: 1.0, 2002: 1.0}}, {}).inline
    assert ">Council<" not in picture  # alone it has its whole name
    assert f">{COUNCIL}<" in picture
