"""axe finds nothing on any page, light or dark, wide or narrow."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model

from tests.browser.walk import addresses, make_records, reached_by_forms
from tests.factories import ActorFactory, UserFactory
from tests.publishing.review.acting import by, edits
from tracker.publishing.review import approve, send_back, submit

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
# All rules are run; what is in order needn't be described.
OPTIONS = {"preload": False, "resultTypes": ["violations"]}
OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.gate), 390])
def test_no_page_keeps_anybody_out(log_in, width):
    records = make_records()
    page = log_in("administrators", "ada", width=width, bypass_csp=True)  # axe brings styles

    faults = []
    for address in addresses(records):
        page.goto(address)
        faults += [f"{address}: {complaint}" for complaint in in_both_schemes(page)]

    assert faults == []


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_that_a_form_leads_to_keeps_anybody_out(log_in, expect_console_error, width):
    """Nor has it to be scrolled sideways; one of what never was says so."""
    records = make_records()
    page = log_in("administrators", "ada", width=width, bypass_csp=True)  # axe brings styles

    faults = []
    for name in reached_by_forms(page, records):
        faults += [f"{name}: {complaint}" for complaint in in_both_schemes(page)]
        faults += [f"{name} is scrolled sideways"] * (
            page.evaluate("document.documentElement.scrollWidth") > width
        )
    expect_console_error("404")
    assert page.goto("/admin/find/?address=/actors/never-was/").status == 404
    faults += in_both_schemes(page)

    assert faults == []


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_worklists_with_records_of_every_state_keep_nobody_out(log_in, width):
    """Of what is approved too, which no page without a review has;
    nor have they to be scrolled sideways.
    """
    page = log_in("administrators", "ada", width=width, bypass_csp=True)
    ada, anna = get_user_model().objects.get(), UserFactory(groups=["analysts"], is_staff=True)
    approved, waits, sent_back, draft = (
        ActorFactory(name=f"Actor {number}") for number in range(4)
    )
    by(anna, submit, approved, waits, text="Of one report.")
    by(ada, submit, sent_back)
    by(anna, send_back, sent_back, text="Which page?")
    by(ada, approve, approved)
    edits(ada, draft, summary="New.")

    faults = []
    histories = (
        "tracker/changeset/",
        f"tracker/actor/{approved.pk}/history/",
        f"tracker/actor/{approved.pk}/review/",
    )
    for place in ("review/waiting/", "review/sent-back/", "review/drafts/", "", *histories):
        page.goto(f"/admin/{place}")
        faults += [f"{place}: {complaint}" for complaint in in_both_schemes(page)]
        faults += [f"{place} is scrolled sideways"] * (
            page.evaluate("document.documentElement.scrollWidth") > width
        )

    assert faults == []


def in_both_schemes(page):
    """Return what axe finds on a page in light and, of its colours, in dark,
    which it follows while it stays open.
    """
    faults = [f"light: {complaint}" for complaint in complaints(page)]
    page.emulate_media(color_scheme="dark")
    while page.evaluate("document.getAnimations().length"):  # colours change gradually
        page.wait_for_timeout(50)
    faults += [f"dark: {complaint}" for complaint in complaints(page, runOnly=OF_COLOURS)]
    page.emulate_media(color_scheme="light")
    return faults


def complaints(page, **only):
    """Return what axe finds on a page: the rule, and the first elements that break it."""
    return [
        f"{violation['id']}: {'; '.join(node['html'][:160] for node in violation['nodes'][:3])}"
        for violation in Axe().run(page, options=OPTIONS | only).response["violations"]
    ]
