"""In which encoding a text is, and with which separator."""

import codecs
from io import BytesIO

import pytest

from tracker.public.formats.csv import NotCsvError, read_rows
from tracker.public.formats.rows import Row
from tracker.public.formats.text_files import encoding_of, separator_of

ENCODINGS = {
    "utf-8": ["a,é\n".encode(), codecs.BOM_UTF8 + "a,é\n".encode(), b"a,b\n", "a,中国\n".encode()],
    "utf-16": [
        codecs.BOM_UTF16_LE + "a,é\n".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "a,é\n".encode("utf-16-be"),
    ],
    "windows-1252": ["a,“é”\n".encode("windows-1252"), "a,€5 – é\n".encode("windows-1252")],
    "latin-1": ["a,é\n".encode("latin-1"), b"a,\x81\n", b"a,\x93\x81\n"],
}


@pytest.mark.parametrize(
    ("content", "encoding"),
    [(content, name) for name, all_ in ENCODINGS.items() for content in all_],
)
def test_the_encoding_is_recognised_and_the_text_read_in_it(content: bytes, encoding: str) -> None:
    file = BytesIO(content)
    assert encoding_of(file) == encoding
    file.seek(0)
    (row,) = read_rows(file, encoding=encoding)
    assert row.cells[0] == "a"
    assert row.cells[1] in content.decode(encoding)


def test_a_sign_that_lies_across_two_pieces_is_still_utf_8() -> None:
    assert encoding_of(BytesIO(b"x" * ((1 << 20) - 1) + "é".encode())) == "utf-8"
    assert encoding_of(BytesIO(b"x" * (1 << 20) + b"\xc3")) == "latin-1"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_that_of_the_header_outside_quotation_marks(separator: str) -> None:
    others = ",;\t|".replace(separator, "")
    header = f'"a{others * 3}"{separator}b{separator}c\r\n1{others}{separator}2{separator}3\r\n'
    file = BytesIO(header.encode())
    assert separator_of(file, "utf-8") == separator
    file.seek(0)
    assert [len(row.cells) for row in read_rows(file, separator=separator)] == [3, 3]


def test_a_line_that_names_the_separator_is_believed_and_passed_over() -> None:
    file = BytesIO(b"sep=;\r\na;b\r\n1;2\r\n")
    assert separator_of(file, "utf-8") == ";"
    file.seek(0)
    assert list(read_rows(file, separator=";")) == [Row(2, ["a", "b"]), Row(3, ["1", "2"])]


def test_one_column_needs_no_separator() -> None:
    assert separator_of(BytesIO(b"slug\nchina\n"), "utf-8") == ","


@pytest.mark.parametrize(
    ("encoding", "content"), [("utf-8", b"a\n\xff\n"), ("utf-16", b"\xff\xfea\x00\n\x00\xd8")]
)
def test_what_is_not_in_the_encoding_that_was_said_is_told_by_line(
    encoding: str, content: bytes
) -> None:
    with pytest.raises(NotCsvError, match=r"line 2: this is not UTF-"):
        list(read_rows(BytesIO(content), encoding=encoding))
