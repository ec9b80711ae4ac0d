"""CSV as it is written: the format of import, which reads every cell back as it was."""

import csv
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.public.formats.csv import PIECE, Column, cell, read_rows, unguarded, write_rows

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


def written(columns: list[Column], *rows: tuple[Any, ...]) -> bytes:
    return b"".join(write_rows(columns, rows))


def test_it_is_utf_8_with_crlf_and_marks_doubled_inside_quotes() -> None:
    columns = [Column("id"), Column("name", is_text=True)]
    assert written(columns, (1, 'Си "x", y'), (2, "a\nb")) == (
        'id,name\r\n1,"Си ""x"", y"\r\n2,"a\nb"\r\n'.encode()
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        ([], ""),
        ({}, ""),
        ("", ""),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (date(2019, 6, 5), "2019-06-05"),
        (["energy", "trade"], '["energy","trade"]'),
        ({"zh": "中国"}, '{"zh":"中国"}'),
        ([{"source": None, "since": date(2019, 6, 5)}], '[{"source":null,"since":"2019-06-05"}]'),
    ],
)
def test_a_value_is_written_as_import_reads_it(value: Any, expected: str) -> None:
    assert cell(value) == expected


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "'"])
def test_only_text_is_guarded(sign: str) -> None:
    assert cell(f"{sign}1", is_text=True) == f"'{sign}1"
    assert cell(f"{sign}1") == f"{sign}1"


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=5))
def test_what_is_written_is_what_is_read(rows: list[tuple[str, str]]) -> None:
    file = BytesIO(
        written([Column("id"), Column("a", True), Column("b", True)], *((1, *row) for row in rows))
    )
    _, *read = read_rows(file)
    assert [tuple(unguarded(text) for text in row.cells[1:]) for row in read] == rows
    again = csv.reader(StringIO(file.getvalue().decode(), newline=""), strict=True)
    assert [row.cells for row in read] == list(again)[1:]


@given(st.lists(st.lists(st.text("a ,;\"'\n\r=é", max_size=4) | st.none(), min_size=1, max_size=3)))
def test_pythons_writer_would_write_the_same(rows: list[list[str | None]]) -> None:
    usual = StringIO(newline="")
    csv.writer(usual, lineterminator="\r\n").writerows([["a", "b", "c"], *rows])
    assert (
        written([Column("a"), Column("b"), Column("c")], *map(tuple, rows))
        == usual.getvalue().encode()
    )


def test_it_comes_in_pieces() -> None:
    pieces = list(write_rows([Column("id")], ((n,) for n in range(50_000))))
    assert len(pieces) > 3
    assert max(map(len, pieces)) < PIECE + 10
