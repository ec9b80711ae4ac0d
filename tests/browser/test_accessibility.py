"""axe finds nothing on any page, light or dark, wide or narrow."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.walk import addresses, make_records, reached_by_forms

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
# All rules are run; what is in order needn't be described.
OPTIONS = {"preload": False, "resultTypes": ["violations"]}


@pytest.mark.parametrize(("dark", "width"), [(False, 1280), (True, 390)], ids=["light", "dark, narrow"])
def test_no_page_keeps_anybody_out(log_in, dark, width):
    records = make_records()
    page = log_in("administrators", "ada", dark=dark, width=width, bypass_csp=True)  # axe brings styles

    found = []
    for address in addresses(records):
        page.goto(address)
        found += [f"{address}: {complaint}" for complaint in complaints(page)]

    assert found == []


@pytest.mark.parametrize(("dark", "width"), [(False, 1280), (True, 390)], ids=["light", "dark, narrow"])
def test_no_page_that_a_form_leads_to_keeps_anybody_out(log_in, expect_console_error, dark, width):
    """Nor has it to be scrolled sideways; one of what never was says so."""
    records = make_records()
    page = log_in("administrators", "ada", dark=dark, width=width, bypass_csp=True)  # axe brings styles

    found = []
    for name in reached_by_forms(page, records):
        found += [f"{name}: {complaint}" for complaint in complaints(page)]
        found += [f"{name} is scrolled sideways"] * (page.evaluate("document.documentElement.scrollWidth") > width)
    expect_console_error("404")
    assert page.goto("/admin/find/?address=/actors/never-was/").status == 404
    found += complaints(page)

    assert found == []


def complaints(page):
    """Return what axe finds on a page: the rule, and the first elements that break it."""
    return [
        f"{one['id']}: {'; '.join(node['html'][:160] for node in one['nodes'][:3])}"
        for one in Axe().run(page, options=OPTIONS).response["violations"]
    ]
