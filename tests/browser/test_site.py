"""Pages for readers in a browser: on a wide and a narrow screen, light and dark, by keyboard, and with axe."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.api.publishing import publish_whole
from tests.browser.test_accessibility import complaints
from tests.site.test_pages import PAGES, make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
LUMINANCES = """
() => ['color', 'background-color'].map(name => {
  const [r, g, b] = getComputedStyle(document.body)[name === 'color' ? 'color' : 'backgroundColor'].match(/\\d+/g)
    .map(Number).map(c => c / 255).map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
})
"""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("dark", [False, True])
def test_it_is_read_everywhere(open_page: Callable[..., Page], width: int, dark: bool) -> None:
    """Nothing to be scrolled sideways, and a contrast that all can read."""
    publish_whole(*make().values())
    page = open_page(width=width, dark=dark)
    for address in PAGES:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    text, paper = page.evaluate(LUMINANCES)
    assert (text > paper) == dark
    assert (max(text, paper) + 0.05) / (min(text, paper) + 0.05) > 7


@pytest.mark.parametrize(("dark", "width"), [(False, 1280), (True, 390), (False, 320)])
def test_no_page_keeps_anybody_out(open_page: Callable[..., Page], dark: bool, width: int) -> None:
    """320 px are what is left of 1280 at 400 %."""
    publish_whole(*make().values())
    page = open_page(dark=dark, width=width, bypass_csp=True)  # axe brings styles
    found = []
    for address in PAGES:
        page.goto(address)
        found += [f"{address}: {complaint}" for complaint in complaints(page)]
        found += [f"{address} is scrolled sideways"] * (page.evaluate("document.documentElement.scrollWidth") > width)

    assert found == []


def test_it_is_reached_by_keyboard(open_page: Callable[..., Page]) -> None:
    """Past what is the same everywhere, and shows where one is."""
    page = open_page()
    page.goto("/about/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    expect(page.locator("main :focus")).to_have_count(1)
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
