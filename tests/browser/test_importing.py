"""A workbook with an error is uploaded, mended, imported, and the import undone."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.desk.imports.uploading import workbook
from tests.factories import SourceFactory
from tracker.models import Source
from tracker.verify import verify

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
HEADER = ["type", "title", "issued", "url"]
PAGE = ["webpage", "A page", "2019-06-05", "https://example.org/page"]
ALIKE = ["webpage", "A report, twice", "2019-06-04", ""]


def upload(page: Page, directory: Path, *rows: list[Any]) -> None:
    file = directory / "sources.xlsx"
    file.write_bytes(workbook(HEADER, *rows))
    page.goto("/admin/tracker/source/")
    page.get_by_role("link", name="Import …").click()
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_text("Nothing is written yet. Look")).to_be_visible()


@pytest.mark.parametrize(
    "how",
    [pytest.param({}, marks=pytest.mark.gate), {"width": 390, "dark": True}],
    ids=["wide", "narrow and dark"],
)
def test_a_workbook_is_mended_imported_and_undone(log_in, tmp_path, how):
    SourceFactory(title="A report twice", issued="2019-06-04")
    page = log_in("analysts", "anna", **how)

    upload(page, tmp_path, PAGE, ["webpage", "", "last spring", "nowhere"], ALIKE)
    expect(page.locator(".outcome-filters")).to_contain_text("New: 1")
    expect(page.locator(".faults")).to_contain_text(
        "issued: “last spring”: it is not a date that can be kept"
    )
    expect(page.locator(".faults")).to_contain_text(
        "url: “nowhere”: it is no web address; write it whole"
    )
    expect(page.get_by_text("nearly the same title, the same day")).to_be_visible()
    expect(page.get_by_role("button", name="Import", exact=True)).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download 1 row with errors").click()
    assert "last spring" in Path(download.value.path()).read_text(encoding="utf-8-sig")

    upload(
        page,
        tmp_path,
        PAGE,
        ["webpage", "Another page", "2019-06", "https://example.org/other"],
        ALIKE,
    )
    page.get_by_label("What becomes of row 4").select_option("leave_out")
    page.get_by_role("button", name="Look again with these choices").click()
    expect(page.locator(".outcome-filters")).to_contain_text("Left out: 1")
    page.get_by_label("Why:", exact=True).fill("From the reading list")
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_text("Imported as drafts: 2 new, 0 changed sources.")).to_be_visible()
    assert Source.objects.count() == 3

    page.get_by_role("link", name="Undo …").click()
    page.get_by_label("Why:", exact=True).fill("The wrong list")
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_text("2 records are as before, by this change.")).to_be_visible()
    assert Source.objects.count() == 1
    assert list(verify()) == []
