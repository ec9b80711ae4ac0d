"""What cells say, and what is told of those that say nothing that can be taken."""

from datetime import date
from typing import Any

import pytest

from tracker.formats import csv_cells as cells
from tracker.values.vocabularies import Outlet, Position, Theme


@pytest.mark.parametrize(
    ("read", "cell", "value"),
    [
        (cells.text(3), "NA", "NA"),
        (cells.text(), " kept as it is ", " kept as it is "),
        (cells.term(Position), " supports ", "supports"),
        (cells.terms(Theme), '["energy","trade"]', ["energy", "trade"]),
        (cells.terms(Theme), "energy; trade;", ["energy", "trade"]),
        (cells.terms(Theme), "energy", ["energy"]),
        (cells.texts(10), '["None","NA",""]', ["None", "NA", ""]),
        (cells.texts(10), " one; two;; NA ", ["one", "two", "NA"]),
        (cells.flag, "TRUE", True),
        (cells.flag, "false", False),
        (cells.day, "2019-06-05", date(2019, 6, 5)),
        (cells.vague_date, "201X", "201X"),
        (cells.vague_date, "[2019-06-01..2019-06-05]", "[2019-06-01..2019-06-05]"),
        (cells.country, "NAM", "NAM"),
        (cells.language, "zh-Hans", "zh-Hans"),
        (cells.url(100), "https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        (cells.number, "12", 12),
        (cells.names, '{"zh":"中国"}', {"zh": "中国"}),
        (cells.authors, '[{"family":"Stokes","given":"Jacob"}]', [{"family": "Stokes", "given": "Jacob"}]),
        (cells.objects, "[{}]", [{}]),
        (cells.objects, "[]", []),
    ],
)
def test_cells_are_read(read: cells.Reader, cell: str, value: Any) -> None:
    assert read(cell) == value


@pytest.mark.parametrize(
    ("read", "cell", "says"),
    [
        (cells.text(3), "four", "at most 3"),
        (cells.matching("[a-z]+", 80, "use letters"), "North Korea", "use letters"),
        (cells.term(Position), "suports", "did you mean supports"),
        (cells.term(Outlet), "None", "official, state_media, independent, academic, unknown"),
        (cells.terms(Theme), "energy; oil", "energy, defense"),
        (cells.terms(Theme), "energy; energy", "each once"),
        (cells.terms(Theme), '["energy"', "JSON"),
        (cells.texts(3), '["four"]', "at most 3"),
        (cells.texts(3), "[Peking", "JSON"),
        (cells.texts(3), "a; Peking", "at most 3"),
        (cells.texts(3), "[1]", "list of texts"),
        (cells.flag, "1", "true or false"),
        (cells.day, "2019-02-30", "calendar"),
        (cells.day, "20190605", "2019-06-05"),
        (cells.day, "2019-06", "2019-06-05"),
        (cells.vague_date, "last December", "201X"),
        (cells.vague_date, "2019-13", "calendar"),
        (cells.vague_date, "2019/2020", "interval"),
        (cells.vague_date, "[2020..2019]", "swap"),
        (cells.country, "NA", "write NAM"),
        (cells.country, "chn", "write CHN"),
        (cells.country, "XXX", "three letters"),
        (cells.language, "English language", "BCP 47"),
        (cells.language, "a" * 36, "BCP 47"),
        (cells.url(100), "javascript:alert(1)", "https://"),
        (cells.url(20), "https://example.org/long", "at most 20"),
        (cells.url(2000), "https://example.org/" + "a" * 2040, "at most 2000"),
        (cells.number, "-1", "number"),
        (cells.number, "1" * 30, "number"),
        (cells.names, '["a"]', "object of names"),
        (cells.names, '{"zh":1}', "object of names"),
        (cells.names, '{"not a tag!":"x"}', "BCP 47"),
        (cells.authors, '[{"name":"Stokes"}]', "family"),
        (cells.authors, '[{"given":"Jacob"}]', "family"),
        (cells.objects, '{"a":1}', "list of objects"),
        (cells.objects, "[1]", "list of objects"),
    ],
)
def test_what_cannot_be_taken_says_what_to_write(read: cells.Reader, cell: str, says: str) -> None:
    with pytest.raises(cells.BadCell, match=says):
        read(cell)
