"""Workbooks: cells as CSV would have them, and files that are made to do harm."""

import re
import resource
import zipfile
from contextlib import suppress
from datetime import date, datetime, time
from io import BytesIO
from time import thread_time
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from tracker.public.formats import xlsx, xlsx_cells
from tracker.public.formats.csv import Column, Table
from tracker.public.formats.rows import Row, UnreadableError
from tracker.public.formats.xlsx import TooManyRowsError, encoded, read_rows, workbook


def book(*rows: list[Any]) -> BytesIO:
    file, made = BytesIO(), openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    made.save(file)
    return file


def tampered(file: BytesIO, name: str, content: bytes) -> BytesIO:
    made = BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, content if member == name else old.read(member))
    return made


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("NA", "NA"),
        ("", ""),
        (None, ""),
        (2019, "2019"),
        (2019.0, "2019"),
        (0.5, "0.5"),
        (True, "true"),
        (date(2019, 6, 5), "2019-06-05"),
        (datetime(2019, 6, 5), "2019-06-05"),
        (datetime(2019, 6, 5, 12), "2019-06-05T12:00:00"),
        (time(12), "12:00:00"),
        ("a\nb", "a\nb"),
    ],
)
def test_a_cell_is_written_as_csv_would_have_it(value: Any, text: str) -> None:
    assert list(read_rows(book(["a", "b"], [value, "x"])))[1] == Row(2, [text, "x"])


def test_rows_know_their_number_empty_ones_are_passed_over_and_short_ones_filled() -> None:
    file = book(["a", "b", "c"], [], ["1"], [None, None, "3"])
    assert list(read_rows(file)) == [
        Row(1, ["a", "b", "c"]),
        Row(3, ["1", "", ""]),
        Row(4, ["", "", "3"]),
    ]


def test_what_is_no_workbook_is_told() -> None:
    for content in (b"PK\x03\x04", b"", b"nonsense"):
        with pytest.raises(UnreadableError, match="the workbook is damaged; open it"):
            list(read_rows(BytesIO(content)))
    empty = BytesIO()
    zipfile.ZipFile(empty, "w").close()
    with pytest.raises(UnreadableError, match="damaged"):
        list(read_rows(empty))
    with pytest.raises(UnreadableError, match="damaged"):
        list(read_rows(tampered(book(["a"]), "xl/worksheets/sheet1.xml", b"<not xml")))


def test_a_bomb_is_known_by_what_it_declares(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_EXPANDED", 50_000_000)
    bomb = tampered(book(["a"]), "xl/worksheets/sheet1.xml", b"\0" * 60_000_000)
    assert len(bomb.getvalue()) < 100_000
    with pytest.raises(
        UnreadableError,
        match="the workbook expands to more than 50 MB; save the sheet as “CSV UTF-8”",
    ):
        list(read_rows(bomb))


def test_a_bomb_that_declares_too_little_is_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    size = 60_000_000
    bomb = tampered(book(["a"]), "xl/worksheets/sheet1.xml", b"\0" * size).getvalue()
    lying = BytesIO(bomb.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little")))
    with pytest.raises(UnreadableError, match="damaged"):
        list(read_rows(lying))


def test_entities_of_xml_are_refused() -> None:
    xml = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b '
        b'"&a;&a;">]><x>&b;</x>'
    )
    for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml"):
        with pytest.raises(UnreadableError, match="declares entities"):
            list(read_rows(tampered(book(["a"]), name, xml)))


def test_a_row_that_is_too_wide_is_refused() -> None:
    with pytest.raises(UnreadableError, match="line 2: the row has more than 500 cells"):
        list(read_rows(book(["a"], ["x"] * 501)))


def test_what_a_sheet_declares_of_its_size_is_not_believed() -> None:
    file = book(["a"], ["1"])
    with zipfile.ZipFile(file) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    wide = tampered(
        file, "xl/worksheets/sheet1.xml", sheet.replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"')
    )
    assert list(read_rows(wide)) == [Row(1, ["a"]), Row(2, ["1"])]


def test_a_text_that_many_cells_share_counts_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_EXPANDED", 1_000_000)
    many = book(*([["x" * 30_000] * 20] * 20))
    assert len(many.getvalue()) < 100_000
    with pytest.raises(UnreadableError, match="expands to more than 1 MB"):
        list(read_rows(many))


def test_a_row_said_to_be_far_below_is_not_sought(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_cells, "MOST_LINES", 1000)
    file = book(["a"], ["1"])
    with zipfile.ZipFile(file) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    far = tampered(
        file, "xl/worksheets/sheet1.xml", sheet.replace(b'<row r="2"', b'<row r="900000000"')
    )
    assert far.getvalue() != file.getvalue()
    with pytest.raises(UnreadableError, match="expands"):
        list(read_rows(far))


COLUMNS = [
    Column("id"),
    Column("name", is_text=True),
    Column("since"),
    Column("score"),
    Column("hedged"),
    Column("of"),
]


def made(*rows: list[Any], name: str = "stances") -> bytes:
    return workbook(name, *encoded(Table(COLUMNS, rows)))


@pytest.mark.parametrize(
    "text", ["=1+1", "=HYPERLINK(1)", "+1", "-1", "@x", "#N/A", "#REF!", "007", "TRUE", "2019"]
)
def test_text_is_text_whatever_it_looks_like(text: str) -> None:
    """For who opens it, with and without what formulas were last worked out as;
    numbers and truths are themselves.
    """
    content = made([1, text, text, 0.5, True, None])
    for data_only in (True, False):
        sheet = openpyxl.load_workbook(BytesIO(content), data_only=data_only).active
        values = [(cell.value, cell.data_type) for cell in sheet[2]]
        assert values == [(1, "n"), (text, "s"), (text, "s"), (0.5, "n"), (True, "b"), (None, "n")]
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    assert list(read_rows(BytesIO(content)))[1].cells == ["1", text, text, "0.5", "true", ""]


def test_what_no_workbook_can_hold_is_left_out_or_cut() -> None:
    content = made(
        [1, "a\x00\x1b\ufffe\u202eb\tc\nd", "", None, False, {"a": ["=1"]}],
        [2, "x" * 40_000, [], {}, None, ""],
    )
    rows = [row.cells for row in read_rows(BytesIO(content))][1:]
    assert rows[0] == ["1", "ab\tc\nd", "", "", "false", '{"a":["=1"]}']
    assert (len(rows[1][1]), rows[1][1][-2:]) == (32_767, "x…")


def test_an_apostrophe_comes_back_as_one() -> None:
    """Import takes one off, as of CSV, from text alone."""
    cells = list(read_rows(BytesIO(made([1, "'x", "'x", None, None, None]))))[1].cells
    assert cells[1:3] == ["''x", "'x"]


def test_its_head_is_bold_and_stays_and_filters_and_its_sheet_is_named() -> None:
    sheet = openpyxl.load_workbook(
        BytesIO(made([1, "a", "b", 1, True, ""], name="issues/what: is*?" + "x" * 40))
    ).active
    assert sheet.title == "issues-what- is--xxxxxxxxxxxxxx"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F2"
    assert {cell.font.bold for cell in sheet[1]} == {True}
    assert {cell.font.bold for cell in sheet[2]} == {False}
    assert [cell.value for cell in sheet[1]] == [column.name for column in COLUMNS]


def test_the_same_table_is_the_same_bytes() -> None:
    """Without a moment of its making in any file, and without a host's name or a program's."""
    content = made([1, "a", "b", 1, True, ""])
    assert content == made([1, "a", "b", 1, True, ""])
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert {member.date_time[:3] for member in archive.infolist()} == {(1980, 1, 1)}
        assert set(re.findall(rb"\d{4}-\d\d-\d\dT", archive.read("docProps/core.xml"))) == {
            b"1980-01-01T"
        }
        assert {member.compress_type for member in archive.infolist()} == {zipfile.ZIP_DEFLATED}


def test_of_more_rows_than_it_may_have_none_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)
    row = [1, "a", "b", 1, True, ""]
    made(row, row)
    with pytest.raises(
        TooManyRowsError, match="it has more than 2 rows, too many for a workbook; take CSV"
    ):
        made(row, row, row)


@pytest.mark.parametrize(
    "text",
    [
        "_x000D_",
        "_x0041_",
        "a_x005F_x000D_b",
        "_x0041_x0042_",
        "__x0000_",
        "a\rb",
        "a\r\nb",
        "_x00",
        "_xZZZZ_",
    ],
)
def test_escapes_of_a_workbook_come_back_as_what_was_written(text: str) -> None:
    content = made([1, text, text, None, None, None])

    assert list(read_rows(BytesIO(content)))[1].cells[1:3] == [text, text]


def test_escapes_that_a_spreadsheet_wrote_are_read() -> None:
    """Half of a character beyond the first plane stays as it is written."""
    file = book(["a"], ["x_x000D_\ny"], ["_x005F_x0041_"], ["_xD83D_"], ["_x263A_"])

    assert [row.cells for row in read_rows(file)] == [
        ["a"],
        ["x\r\ny"],
        ["_x0041_"],
        ["_xD83D_"],
        ["☺"],
    ]


PARTS = {
    "xl/styles.xml": ("styleSheet", "<cellXfs>", "<xf/>", "</cellXfs>"),
    "xl/workbook.xml": ("workbook", "<definedNames>", "<definedName/>", "</definedNames>"),
    "xl/sharedStrings.xml": ("sst", "", "<si/>", ""),
    "xl/theme/theme1.xml": ("theme", "", "<a/>", ""),
    "xl/worksheets/sheet1.xml": ("worksheet", "<sheetData>", "<row><c/></row>", "</sheetData>"),
    "[Content_Types].xml": ("Types", "", "<Override/>", ""),
    "xl/_rels/workbook.xml.rels": ("Relationships", "", "<x/>", ""),
}


def with_shared(texts: str, sheet: str) -> BytesIO:
    """Return a workbook whose cells share texts, as spreadsheets write them."""
    file, made = book(["a"]), BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            content = old.read(member)
            if member == "xl/_rels/workbook.xml.rels":
                kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
                other = b'<Relationship Id="rId99" Type="%s" Target="sharedStrings.xml"/>' % kind
                content = content.replace(b"</Relationships>", other + b"</Relationships>")
            new.writestr(member, sheet if member == "xl/worksheets/sheet1.xml" else content)
        new.writestr("xl/sharedStrings.xml", texts)
    return made


def test_texts_that_cells_share_are_read_without_how_they_are_pronounced() -> None:
    """And of runs of several fonts the whole."""
    texts = "<sst><si><t>a</t></si><si><r><t>two </t></r><r><t>runs_x000D_</t></r></si>"
    texts += "<si><t>東京</t><rPh><t>とうきょう</t></rPh></si></sst>"
    cells = "".join(f'<c t="s"><v>{number}</v></c>' for number in (2, 1, 0))
    file = with_shared(texts, f"<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>")

    assert list(read_rows(file)) == [Row(1, ["東京", "two runs\r", "a"])]


def of_part(name: str, content: bytes) -> BytesIO:
    if name == "xl/sharedStrings.xml":
        return with_shared(content.decode(), "<worksheet/>")
    return tampered(book(["a"], ["b"]), name, content)


@pytest.mark.parametrize("name", PARTS)
def test_no_part_of_millions_takes_long_or_much(name: str) -> None:
    """A file of a few kilobytes is read within its bounds, or refused with what to do;
    it took 17 s and 1.3 GB.
    """
    root, before, each, after = PARTS[name]
    content = f"<{root}>{before}{each * 3_000_000}{after}</{root}>".encode()
    file = of_part(name, content)
    assert len(file.getvalue()) < 100_000

    begun, peak = thread_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with suppress(UnreadableError):
        list(read_rows(file))

    assert thread_time() - begun < 8
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak < 100_000  # KiB


@pytest.mark.parametrize(
    ("name", "says"),
    [
        (
            "xl/styles.xml",
            "the workbook has more than 100,000 styles; save the sheet as “CSV UTF-8”",
        ),
        ("xl/workbook.xml", "its part xl/workbook.xml expands to more than 5 MB; save the sheet"),
        ("xl/sharedStrings.xml", "the workbook has more than 2,000,000 texts; save the sheet"),
    ],
)
def test_what_is_too_much_of_a_part_is_told(name: str, says: str) -> None:
    root, before, each, after = PARTS[name]
    content = f"<{root}>{before}{each * 3_000_000}{after}</{root}>".encode()

    with pytest.raises(UnreadableError, match=says):
        list(read_rows(of_part(name, content)))


def test_days_and_durations_are_known_by_their_style() -> None:
    """By formats of the file and by those that every workbook has;
    of files that count from 1904, too.
    """
    for epoch in (CALENDAR_WINDOWS_1900, CALENDAR_MAC_1904):
        made = openpyxl.Workbook()
        made.epoch = epoch
        made.active.append(["a", date(2019, 6, 5), time(12), 0.5, 43_621])
        made.active["B1"].number_format = 'dd" of "mmm yyyy'
        file = BytesIO()
        made.save(file)
        assert next(iter(read_rows(file))).cells == ["a", "2019-06-05", "12:00:00", "0.5", "43621"]


def test_only_the_first_sheet_is_read_whatever_comes_before_it() -> None:
    made = openpyxl.Workbook()
    made.create_chartsheet(index=0)
    made.active = 1
    made.worksheets[0].append(["first"])
    made.create_sheet().append(["second"])
    file = BytesIO()
    made.save(file)

    assert [row.cells for row in read_rows(file)] == [["first"]]
