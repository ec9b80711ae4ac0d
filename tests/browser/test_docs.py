"""The documentation of the API in a browser: plain HTML, from here alone, without a script."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_accessibility import complaints
from tests.factories import ActorFactory, IssueFactory, StanceFactory
from tests.public.api.publishing import publish_whole
from tracker.public.api.documentation import document, publication

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def opened(open_page: Callable[..., Page], live_server: LiveServer) -> Callable[..., Page]:
    """A function that opens a page in a browser that asks nobody but the tracker."""

    def opened(address: str, **how: Any) -> Page:
        page = open_page(**how)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        answer = page.goto(address)
        assert answer is not None
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert [url for url in asked if not url.startswith(str(live_server))] == []
        return page

    return opened


def unfolded(docs: Page, operation: str) -> Locator:
    docs.locator(f"details:has(> #{operation}) > summary").click()
    return docs.locator(f"#{operation}")


@pytest.mark.parametrize(
    ("address", "shown"), [("/api/v1/docs/", publication), ("/api/v1/docs/whole/", document)]
)
def test_it_shows_every_operation(
    opened: Callable[..., Page], address: str, shown: Callable[[], Any]
) -> None:
    docs, paths = opened(address), shown()["paths"]
    of = Counter(
        tag
        for methods in paths.values()
        for operation in methods.values()
        for tag in operation["tags"]
    )

    for tag, count in of.items():
        section = docs.get_by_role("region", name=tag, exact=True)
        expect(section.locator("> details")).to_have_count(count)
    assert of.total() == sum(map(len, paths.values()))
    stances = docs.get_by_role("region", name="stances", exact=True)
    expect(stances).to_contain_text("holds this position on this issue")
    expect(stances.locator("summary").first).to_have_text("GET /api/v1/stances/ List stances")
    expect(docs.locator(".description")).to_contain_text("Two time axes")


def test_an_example_leads_to_a_real_answer(opened: Callable[..., Page]) -> None:
    """That of a day: which stances there are, with how many."""
    stance = StanceFactory(
        actor=ActorFactory(slug="russia", iso3="RUS"), issue=IssueFactory(slug="venezuela")
    )
    publish_whole(stance)

    docs = opened("/api/v1/docs/")
    unfolded(docs, "StanceList").get_by_role(
        "link", name="/api/v1/stances/?under=venezuela"
    ).first.click()

    docs.wait_for_url("**/api/v1/stances/?under=venezuela**")
    expect(docs.locator("body")).to_contain_text('"count":1')
    expect(docs.locator("body")).to_contain_text(f'"id":{stance.pk}')


def test_an_operation_says_how_it_can_end(opened: Callable[..., Page]) -> None:
    operation = unfolded(opened("/api/v1/docs/"), "EditionDetail")

    expect(operation.locator(".answers")).to_contain_text("Nothing was ever published here")
    expect(operation.locator(".answers")).to_contain_text("406")


def test_a_type_leads_to_its_schema(opened: Callable[..., Page]) -> None:
    docs = opened("/api/v1/docs/")
    unfolded(docs, "StanceList").get_by_role("link", name="StancePage").click()

    expect(docs.locator("#schema-StancePage")).to_be_visible()


@pytest.mark.parametrize(
    ("dark", "width"), [(False, 1280), (True, 390)], ids=["light", "dark, narrow"]
)
def test_it_can_be_read_by_everybody_and_on_a_narrow_screen(opened, dark, width):
    """Before something is unfolded, and after:
    an operation that reads, one that writes, a schema.
    """
    # axe brings styles
    docs = opened("/api/v1/docs/whole/", dark=dark, width=width, bypass_csp=True)
    for name in ("StanceList", "DeskStanceCreate", "schema-Stance", "schema-Position"):
        unfolded(docs, name)
    for answer in docs.locator(
        "#StanceList details > summary, #DeskStanceCreate details > summary"
    ).all():
        answer.click()
    expect(docs.locator("#StanceList pre").first).to_be_visible()

    assert docs.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints(docs) == []


@pytest.mark.parametrize(
    ("dark", "width"), [(False, 1280), (True, 390)], ids=["light", "dark, narrow"]
)
def test_nothing_is_wrong_with_it_when_all_of_it_is_unfolded(opened, dark, width):
    # axe brings styles
    docs = opened("/api/v1/docs/whole/", dark=dark, width=width, bypass_csp=True)
    docs.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
    operations = [
        declared["operationId"]
        for methods in document()["paths"].values()
        for declared in methods.values()
    ]

    assert len(operations) > 100
    for operation in operations:
        expect(docs.locator(f"#{operation}")).to_be_visible()
    assert docs.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints(docs) == []
