"""An editor names an edition, sees that on its page, and finds its files where readers do."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories import ActorFactory
from tests.publishing.acts import published

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.mark.parametrize(("dark", "width"), [(False, 1280), (True, 390)], ids=["light", "dark, narrow"])
def test_an_editor_names_an_edition_a_release(log_in, dark, width):
    published(ActorFactory(name="Ruritania"), note="The first actor")
    page: Page = log_in("editors", "erik", dark=dark, width=width)

    page.goto("/admin/tracker/edition/1/change/")
    page.get_by_role("link", name="Name it a release").click()
    page.get_by_label("Version").fill("one")
    page.get_by_label("Notes").fill("The first release")
    page.get_by_role("button", name="Release").click()
    expect(page.get_by_text("“one” is no version")).to_be_visible()
    page.get_by_label("Version").fill("2026.1")
    page.get_by_role("button", name="Release").click()
    expect(page.get_by_text("Edition 1 is released as 2026.1.")).to_be_visible()
    page.goto("/admin/tracker/edition/")
    expect(page.get_by_role("cell", name="2026.1").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    files = page.request.get("/api/v1/releases/2026.1/").json()["files"]
    assert "Ruritania" in page.request.get(next(file["url"] for file in files if file["name"] == "actors.csv")).text()

    page.goto("/releases/")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.emulate_media(media="print")
    expect(page.get_by_role("rowheader", name="actors.csv")).to_be_visible()
