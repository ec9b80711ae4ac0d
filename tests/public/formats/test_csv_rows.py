"""Rows of CSV: as RFC 4180 has it, each with the physical line on which it starts."""

import csv
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis.strategies import characters, lists, text

from tracker.public.formats.csv import NotCsvError, read_rows
from tracker.public.formats.rows import Row

CELLS = text(characters(exclude_categories=["Cs"]))


def rows_in(content: str | bytes) -> list[Row]:
    return list(read_rows(BytesIO(content.encode() if isinstance(content, str) else content)))


def test_a_row_knows_the_line_on_which_it_starts_behind_cells_of_many_lines() -> None:
    assert rows_in('a,b\n1,"two\nlines"\n\n3,4\n') == [
        Row(1, ["a", "b"]),
        Row(2, ["1", "two\nlines"]),
        Row(5, ["3", "4"]),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_both_line_ends_are_read_and_kept_inside_cells(end: str) -> None:
    assert rows_in(f'a,b{end}"x{end}y",z{end}') == [Row(1, ["a", "b"]), Row(2, [f"x{end}y", "z"])]


def test_a_byte_order_mark_is_no_part_of_the_first_cell() -> None:
    assert rows_in(b"\xef\xbb\xbfslug\nchina\n") == [Row(1, ["slug"]), Row(2, ["china"])]


def test_rows_without_anything_in_them_are_left_out() -> None:
    assert [row.line for row in rows_in("a,b\n,\n\n1,\n")] == [1, 4]


def test_the_last_line_needs_no_end() -> None:
    assert rows_in("a\n1")[-1] == Row(2, ["1"])


@pytest.mark.parametrize(
    ("content", "line", "remedy"),
    [
        ('a\n1\n"never closed\nx\n', 3, "never closed"),
        ('a\n"x"y\n', 2, "closing mark"),
        (b"a\nok\n\xff\xfe\n", 3, "UTF-8"),
        ("a\ud7ff\n1".encode("utf-16"), 1, "UTF-8"),
        ("a\r1\r", 1, "neither CRLF nor LF"),
    ],
)
def test_what_is_no_csv_says_where_and_what_to_do(
    content: str | bytes, line: int, remedy: str
) -> None:
    with pytest.raises(NotCsvError) as refused:
        rows_in(content)
    assert refused.value.line == line
    assert remedy in refused.value.remedy


def test_a_very_long_cell_is_read() -> None:
    assert rows_in("a\n" + "x" * 1_000_000)[1].cells == ["x" * 1_000_000]


@given(lists(lists(CELLS, min_size=2, max_size=2).filter(any), max_size=5))
def test_what_a_writer_writes_comes_back(written: list[list[str]]) -> None:
    out = StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([["a", "b"], *written])
    assert [row.cells for row in rows_in(out.getvalue())] == [["a", "b"], *written]
