"""Swagger UI in a browser: all that it needs comes from here, under a policy that allows no foreign or inline script.

`open_page` complains about whatever the page writes to the console as an error, and a violation of the policy is one.
"""

import json
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from tests.api.publishing import publish_whole
from tests.browser.test_accessibility import complaints
from tests.factories import ActorFactory, IssueFactory, StanceFactory
from tracker.api.v1.public.documentation import document, publication

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def stance():
    """A stance of China on Venezuela that is public."""
    stance = StanceFactory(actor=ActorFactory(slug="china", name="China"), issue=IssueFactory(slug="venezuela"))
    publish_whole(stance)
    return stance


@pytest.fixture
def opened(open_page: Callable[..., Page], live_server: LiveServer) -> Callable[[str], Page]:
    """A function that opens a page in a browser that reaches nothing but the tracker."""
    page = open_page()
    elsewhere = []

    def reach(route: Route) -> None:
        if route.request.url.startswith((str(live_server), "data:")):
            route.continue_()
        else:
            elsewhere.append(route.request.url)
            route.abort()

    page.context.route("**/*", reach)

    def opened(address: str) -> Page:
        answer = page.goto(address)
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        page.locator(".opblock-tag").last.wait_for()
        assert elsewhere == []
        return page

    return opened


@pytest.fixture
def docs(opened: Callable[[str], Page]) -> Page:
    """The page over the publication."""
    return opened("/api/v1/docs/")


def unfolded(docs: Page, tag: str) -> Locator:
    """Return what the page shows of a noun once that is unfolded."""
    docs.locator(f".opblock-tag[data-tag='{tag}']").click()
    section = docs.locator(".opblock-tag-section", has=docs.locator(f".opblock-tag[data-tag='{tag}']"))
    section.locator(".opblock").first.wait_for()
    return section


@pytest.mark.parametrize(("address", "shown"), [("/api/v1/docs/", publication), ("/api/v1/docs/whole/", document)])
def test_it_shows_every_operation(opened: Callable[[str], Page], address: str, shown: Callable[[], Any]) -> None:
    """Under its noun, with what it does."""
    docs, paths = opened(address), shown()["paths"]
    of = Counter(tag for methods in paths.values() for one in methods.values() for tag in one["tags"])
    for tag, count in of.items():
        expect(unfolded(docs, tag).locator(".opblock")).to_have_count(count)
        docs.locator(f".opblock-tag[data-tag='{tag}']").click()
    assert docs.locator(".opblock-tag").count() == len(of)
    assert of.total() == sum(map(len, paths.values()))
    unfolded(docs, "stances")
    expect(docs.locator(".opblock-tag[data-tag=stances]")).to_contain_text("holds this position on this issue")
    expect(docs.locator("#operations-stances-StanceList")).to_contain_text("List stances")
    expect(docs.locator(".info")).to_contain_text("Two time axes")


def test_an_operation_can_be_tried_out(docs: Page, stance) -> None:
    """With parameters, and a real answer."""
    operation = unfolded(docs, "stances").locator("#operations-stances-StanceList")
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Try it out").click()
    actor = operation.locator("tr[data-param-name=actor]")
    actor.get_by_role("button", name="Add string item").click()
    actor.get_by_role("textbox").fill("china")
    operation.locator("tr[data-param-name=on] input").fill("2019-03-01")
    operation.locator("tr[data-param-name=count] select").select_option("true")
    operation.get_by_role("button", name="Execute").click()

    answered = operation.locator(".live-responses-table .response").first
    expect(answered.locator(".response-col_status")).to_contain_text("200")
    body = json.loads(answered.locator(".response-col_description pre").first.inner_text())
    assert body["count"] == 1
    assert body["results"][0]["id"] == stance.pk
    assert re.search(r"/api/v1/stances/\?\S*actor=china", operation.locator(".request-url").inner_text())


def test_an_operation_says_how_it_can_end(docs: Page) -> None:
    """With which status, and what that means."""
    operation = unfolded(docs, "publication").locator("#operations-publication-EditionDetail")
    operation.locator(".opblock-summary-control").click()

    expect(operation.locator(".responses-table")).to_contain_text("Nothing was ever published here")
    expect(operation.locator(".responses-table")).to_contain_text("406")


def test_it_fits_a_narrow_screen(docs: Page) -> None:
    """Without anything to be scrolled sideways."""
    docs.set_viewport_size({"width": 390, "height": 900})
    operation = unfolded(docs, "stances").locator("#operations-stances-StanceList")
    operation.locator(".opblock-summary-control").click()
    operation.locator(".responses-table").wait_for()

    assert docs.evaluate("document.documentElement.scrollWidth") <= 390


def test_what_is_shown_can_be_read(open_page: Callable[..., Page]) -> None:
    """By everybody, before something is unfolded; and after, as far as colours go."""
    page = open_page(bypass_csp=True)  # axe brings styles
    page.goto("/api/v1/docs/")
    page.locator(".opblock-tag").last.wait_for()
    assert complaints(page) == []
    page.get_by_role("link", name="With the desk").click()
    page.locator(".opblock-tag[data-tag='desk stances']").wait_for()
    assert complaints(page) == []

    for tag in ("stances", "desk stances"):
        unfolded(page, tag)
        page.locator(f".opblock-tag-section:has([data-tag='{tag}']) .opblock-summary-control").first.click()
        page.locator(".parameters-container").last.wait_for()
        assert [one for one in complaints(page) if one.startswith("color-contrast")] == []
