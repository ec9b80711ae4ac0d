"""The address of a source:
which sources have it already is told once it was typed, before anything is saved.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import in_both_schemes
from tests.factories import SourceFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.mark.parametrize("width", [1366, 390])
def test_an_address_that_is_there_is_told_when_its_field_is_left(log_in, width):
    source = SourceFactory(url="https://example.org/a", title="A page")
    page = log_in("analysts", "anna", width=width, bypass_csp=True)  # axe brings styles
    page.goto("/admin/tracker/source/add/")
    field, says, below = page.locator("#id_url"), page.locator("#alike"), page.locator("#id_type")
    place = below.bounding_box()
    assert width < 768 or field.bounding_box()["width"] > 300
    assert width < 768 or field.bounding_box()["x"] == place["x"], "beside its label"

    field.fill("http://www.example.org/a/?utm_source=x")
    expect(says).to_be_empty()
    field.press("Tab")

    expect(says).to_have_text(re.compile("Already here, with the same address:.*A page", re.DOTALL))
    expect(says).to_have_attribute("aria-live", "polite")
    assert below.bounding_box() == place, "nothing moves"
    assert (
        says.get_by_role("link").get_attribute("href")
        == f"/admin/tracker/source/{source.pk}/change/"
    )
    assert in_both_schemes(page) == []
    field.fill("https://example.org/b")
    field.press("Tab")
    expect(says).to_be_empty()


def test_the_form_of_the_source_itself_tells_of_others_only(log_in):
    source, other = (
        SourceFactory(url="https://example.org/a"),
        SourceFactory(url="https://example.org/b", title="B"),
    )
    page = log_in("analysts", "anna")
    page.goto(f"/admin/tracker/source/{source.pk}/change/")
    field, says = page.locator("#id_url"), page.locator("#alike")

    field.fill(other.url)
    field.press("Tab")
    expect(says).to_contain_text("with the same address")
    field.fill("https://example.org/a/")
    field.press("Tab")
    expect(says).to_be_empty()
