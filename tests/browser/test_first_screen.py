"""What somebody sees without scrolling on the first page:
the sentence and the picture, on a telephone too.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import complaints
from tests.factories import ActFactory, MeetingFactory, StanceFactory
from tests.public.api.publishing import publish_whole
from tests.public.site.test_agreement import votes
from tracker.models import Actor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ON = "/?on=2019-06-15"


@pytest.fixture
def screen() -> None:
    """Publish votes of many years, an act, a meeting, and positions."""
    votes({year: (20, 5 + year % 7) for year in range(1995, 2019)})
    two = [Actor.objects.get(slug=slug) for slug in ("china", "russia")]
    both = [{"actor": actor} for actor in two]
    long = (
        "A joint statement on the comprehensive partnership and strategic interaction of both in "
        "a new era"
    )
    claims = [StanceFactory(actor=two[0], since="2018", confirmed_on="2019-06-01")]
    claims += [
        StanceFactory(actor=two[1], issue=claims[0].issue, since="2018", confirmed_on="2019-06-01")
    ]
    publish_whole(
        ActFactory(title=long, since="2019-06-05", participants=both),
        MeetingFactory(title="A summit", since="2019-06-05", until="2019-06-07", participants=both),
        *claims,
    )


def bottom(page: Page, selector: str) -> float:
    box = page.locator(selector).locator("visible=true").first.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_is_seen_without_scrolling(
    open_page: Callable[..., Page], screen: None, dark: bool
) -> None:
    """The sentence and the picture on a telephone, what is newest too on a screen."""
    for width, height, seen in (
        (390, 844, ("p.finding", ".screen svg")),
        (1366, 768, ("p.finding", ".screen svg", ".newest")),
    ):
        page = open_page(width=width, dark=dark)
        page.set_viewport_size({"width": width, "height": height})
        page.goto(ON)
        for selector in seen:
            assert bottom(page, selector) < height, (width, selector)
        expect(page.locator(".screen svg").locator("visible=true")).to_have_count(1)
        letters = page.locator(".screen svg text").locator("visible=true").first.bounding_box()
        assert letters is not None
        assert letters["height"] >= 11, width


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_it_keeps_nobody_out(
    open_page: Callable[..., Page], screen: None, width: int, dark: bool
) -> None:
    page = open_page(dark=dark, width=width, bypass_csp=True)
    page.goto(ON)

    assert complaints(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_alike_has_no_colour(open_page: Callable[..., Page], screen: None) -> None:
    page = open_page()
    page.goto(ON)
    page.locator(".group:not([open]) > summary").first.click() if page.locator(
        ".group:not([open])"
    ).count() else None
    chip = page.locator(".matrix tr:not(.differs) td .chip.position-supports").first
    expect(chip).to_have_css("background-color", "rgba(0, 0, 0, 0)")
