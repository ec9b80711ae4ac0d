"""The filters of a list:
beside its rows where there is room, before them and folded where there is none.
"""

import pytest
from playwright.sync_api import expect

from tests.factories import StanceFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_on_a_narrow_screen_filters_unfold_before_the_rows_by_keyboard(log_in):
    StanceFactory(position="supports"), StanceFactory(position="opposes")
    page = log_in("analysts", "anna", width=390)
    page.goto("/admin/tracker/stance/")
    filters, shows = (
        page.locator("#changelist-filter"),
        page.get_by_role("checkbox", name="Filters"),
    )

    expect(filters).to_be_hidden()
    label, rows = (
        page.locator(".filters-label").bounding_box(),
        page.locator("#result_list").bounding_box(),
    )
    assert label["y"] < rows["y"] < 900, "both are on the first screen"
    shows.focus()
    page.keyboard.press("Space")
    expect(filters).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate(
        "document.querySelector('#changelist-filter').contains(document.activeElement)"
    )
    page.get_by_text("By position").click()
    page.get_by_role("link", name="supports", exact=True).click()

    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    expect(filters).to_be_hidden()
    expect(page.get_by_role("checkbox", name="Filters (1 set)")).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_on_a_wide_screen_filters_stand_beside_the_rows(log_in):
    StanceFactory()
    page = log_in("analysts", "anna", width=1400)
    page.goto("/admin/tracker/stance/")

    filters, rows = (
        page.locator("#changelist-filter").bounding_box(),
        page.locator("#result_list").bounding_box(),
    )
    assert filters["x"] > rows["x"] + rows["width"]
    assert filters["y"] < rows["y"]
    expect(page.get_by_role("checkbox", name="Filters")).to_have_count(0)
