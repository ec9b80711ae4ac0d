"""Every page of the admin runs clean under the content security policy,
and fits a narrow screen.
"""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import pick
from tests.browser.walk import addresses, make_records

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

# What a page is for stands out:
# a button that is filled, so that its text is in the colour of the page.
STAND_OUT = """() => [...document.querySelectorAll("#content :is(a, button, input)")]
    .filter(one => one.offsetParent)
    .filter(one => getComputedStyle(one).color === getComputedStyle(document.body).backgroundColor)
    .map(one => one.value || one.textContent)"""


@pytest.fixture
def records():
    """Return one record of each noun with all its parts; one actor is public."""
    return make_records()


def test_every_page_is_shown_without_a_complaint_and_fits_a_narrow_screen(log_in, records):
    page = log_in("administrators", "ada")

    wide, several, none = [], [], []
    for address in addresses(records):
        page.set_viewport_size({"width": 1280, "height": 900})
        answer = page.goto(address)
        assert answer.status == 200, address
        assert "script-src 'self'" in answer.headers["content-security-policy"], address
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append((width, address))
        stand_out = page.evaluate(STAND_OUT)
        if len(stand_out) > 1:
            several.append((address, stand_out))
        if (
            not stand_out
            and not address.endswith("/review/")
            and page.locator("#content-main .submit-row :is(button, input):visible").count()
        ):
            none.append(address)

    assert (wide, several, none) == ([], [], [])


def test_what_moves_on_a_form_moves_without_a_complaint(log_in, records):
    page = log_in("analysts", "anna")
    page.goto(f"/admin/tracker/stance/{records['stance'].pk}/change/")

    page.get_by_text("Coding rules").first.click()
    expect(page.get_by_text("Acts or speaks against it with all the weight it has")).to_be_visible()
    page.get_by_role("link", name="Today").first.click()
    page.locator(".datetimeshortcuts a:has(.date-icon)").locator("visible=true").first.click()
    page.get_by_role("link", name="Cancel").first.click()
    page.get_by_text("Add another Citation").click()
    pick(page, "source", "Source")
    page.get_by_role("button", name="Toggle theme").first.click()


def test_the_pages_of_actions_are_shown_without_a_complaint(log_in, records):
    page = log_in("editors", "erik")

    for action in ("publish_selected", "retract_selected", "delete_selected"):
        page.goto("/admin/tracker/actor/?q=Ruritania")
        page.get_by_role("checkbox").nth(1).check()
        page.get_by_label("Action:").select_option(action)
        page.get_by_role("button", name="Go").click()
        page.wait_for_load_state("networkidle")
    expect(
        page.get_by_text("This can't be deleted").or_(page.get_by_text("These can't be deleted"))
    ).to_be_visible()


def test_a_list_is_filtered_by_a_record_that_is_searched_for(log_in, records):
    page = log_in("analysts", "anna")
    page.goto("/admin/tracker/stance/?position__exact=supports")

    page.get_by_text("By actor").click()
    page.locator("details[open] .select2-selection").click()
    page.locator(".select2-search__field").fill("Ruri")
    page.locator(".select2-results__option--highlighted", has_text="Ruritania").click()
    page.get_by_role("button", name="Filter").locator("visible=true").click()
    page.wait_for_url("**actor__exact=**")

    assert f"actor__exact={records['actor'].pk}" in page.url
    assert "position__exact=supports" in page.url
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
