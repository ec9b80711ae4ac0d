"""One palette: pictures, which can have no variables,
are in the colours of the sheet that all pages share.
"""

import re
from pathlib import Path

import pytest

from tracker.values.vocabularies import Pattern, Position

TOWERS = Path(__file__).parents[3] / "tracker"
SHEETS = {path.stem: path for path in TOWERS.glob("*/static/tracker/*.css")}
SHARED = SHEETS["shared"].read_text()
PICTURES = SHEETS["pictures"].read_text()
WORDED = [
    f"position-{position}"
    for position in Position
    if position not in (Position.SILENT, Position.NO_EVIDENCE)
]
PATTERNS = [f"pattern-{pattern}" for pattern in Pattern]
OTHERS = ("site", "docs", "admin", "desk", "first_page", "forms", "history", "navigation")


@pytest.mark.parametrize("term", WORDED + PATTERNS)
def test_a_picture_is_in_the_colour_of_its_chip(term):
    name = re.search(rf"\.{term} \{{ --chip: var\((--[a-z0-9-]+)\)", SHARED)[1]
    light, dark = re.search(rf"{name}: light-dark\((.+?), (.+?)\);", SHARED).groups()

    fills = re.findall(rf"\.picture \.{term} rect \{{ fill: (#[0-9a-f]+)", PICTURES)

    assert fills == [light, dark]


@pytest.mark.parametrize("name", OTHERS)
def test_no_other_sheet_says_a_colour(name):
    assert re.findall(r": [^;]*#[0-9a-f]{3,6}", SHEETS[name].read_text()) == []
