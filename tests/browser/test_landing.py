"""The front page and the pages of errors in a browser: on a wide and a narrow screen, light and dark."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.api.publishing import publish_whole
from tests.factories import ActorFactory, IssueFactory, StanceFactory

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
    page = open_page(width=width, dark=dark)
    page.goto("/")

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    text, paper = page.evaluate(LUMINANCES)
    assert (text > paper) == dark
    assert (max(text, paper) + 0.05) / (min(text, paper) + 0.05) > 7


def test_a_question_leads_to_its_answer(open_page: Callable[..., Page]) -> None:
    """By its link."""
    stance = StanceFactory(actor=ActorFactory(iso3="RUS", name="Russia"), issue=IssueFactory(slug="venezuela"))
    publish_whole(stance, note="The first edition")
    page = open_page()
    page.goto("/")

    expect(page.locator("li").filter(has_text="The first edition")).to_contain_text("4 published")
    link = page.get_by_role("link", name="Where did Russia stand on Venezuela on 1 March 2019?")
    answer = page.request.get(link.get_attribute("href"))

    assert [found["id"] for found in answer.json()["results"]] == [stance.pk]


def test_it_is_reached_by_keyboard(open_page: Callable[..., Page]) -> None:
    """And shows where one is."""
    page = open_page()
    page.goto("/")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.textContent").strip() == "Tracker"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
