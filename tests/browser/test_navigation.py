"""From any page to any other:
by the sidebar where there is room, else by the menu, also without scripts.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import complaints
from tests.factories import StanceFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
REFUSED = "403 (Forbidden)"


def menu(page: Page):
    return page.get_by_role("navigation", name="Pages of the desk")


@pytest.mark.parametrize(("width", "dark"), [(390, False), (768, True)])
def test_a_narrow_page_has_a_menu_that_the_keyboard_opens(log_in, width, dark):
    StanceFactory(standing="contested", standing_note="x")
    page = log_in("analysts", "anna", width=width, dark=dark, bypass_csp=True)  # axe brings styles
    page.goto("/admin/tracker/source/")
    expect(page.locator("#nav-sidebar")).to_be_hidden()
    expect(menu(page).get_by_role("link", name="Sources", exact=True)).to_be_hidden()

    menu(page).locator("summary").focus()
    page.keyboard.press("Enter")
    here = menu(page).locator("[aria-current=page]")
    expect(here).to_have_text("Sources")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints(page) == []
    while not page.evaluate("document.activeElement.textContent === 'Contested stances'"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('.menu') !== null")
    page.keyboard.press("Enter")

    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    expect(here).to_have_text("Contested stances")


def test_a_wide_page_has_the_sidebar_and_without_scripts_the_menu(browser, live_server, log_in):
    page = log_in("analysts", "anna")
    page.goto("/admin/tracker/meeting/")
    expect(
        page.get_by_role("navigation", name="Sidebar").locator("[aria-current=page]")
    ).to_have_text("Meetings")
    expect(menu(page)).to_be_hidden()

    session = page.context.storage_state()
    context = browser.new_context(
        java_script_enabled=False, base_url=str(live_server), storage_state=session
    )
    plain = context.new_page()
    plain.goto("/admin/tracker/meeting/")
    menu(plain).locator("summary").click()
    menu(plain).get_by_role("link", name="Editions").click()
    expect(plain.get_by_role("heading", name="Editions")).to_be_visible()
    context.close()


def test_the_menu_is_not_for_paper(log_in):
    page = log_in("analysts", "anna", width=390)
    expect(menu(page)).to_be_visible()

    page.emulate_media(media="print")

    expect(menu(page)).to_be_hidden()


def test_the_way_past_the_head_is_before_it_and_seen(log_in):
    page = log_in("analysts", "anna")

    page.keyboard.press("Tab")

    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    skip.click(trial=True)  # which fails if anything lies over it


def test_on_paper_there_is_nothing_to_press(log_in):
    stance = StanceFactory()
    page = log_in("editors", "erik")
    page.emulate_media(media="print")

    for shown in ("", f"{stance.pk}/change/", f"{stance.pk}/review/", f"{stance.pk}/history/"):
        page.goto(f"/admin/tracker/stance/{shown}")
        expect(page.locator("#content h1")).to_be_visible()
        pressed = page.locator(
            "button, [type=submit], [type=button], .add-row, .submit-row, #id_issue, .action-select"
        )
        expect(pressed.locator("visible=true"), shown).to_have_count(0)


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_what_is_not_for_somebody_is_refused_on_a_page_of_the_desk(
    log_in, expect_console_error, width, dark
):
    expect_console_error(REFUSED)
    page = log_in("analysts", "anna", width=width, dark=dark, bypass_csp=True)

    page.goto("/admin/auth/user/")

    expect(page.get_by_role("heading", name="Your account may not do this")).to_be_visible()
    assert complaints(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("link", name="The first page").click()
    expect(page.get_by_role("heading", name="The desk")).to_be_visible()
