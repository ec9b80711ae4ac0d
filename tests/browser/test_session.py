"""A session ends while somebody types, and nothing is lost."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD
from tests.factories import StanceFactory
from tracker.models import ChangeSet

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def type_summary(page: Page, stance: object, text: str) -> None:
    """Open the form of a stance and type its summary."""
    page.goto(f"/admin/tracker/stance/{stance.pk}/change/")
    page.locator("[name=summary]").fill(text)


@pytest.mark.parametrize(
    ("width", "dark"), [pytest.param(1280, False, marks=pytest.mark.gate), (390, True)]
)
def test_a_save_after_the_session_has_ended_asks_for_the_login_and_then_saves(log_in, width, dark):
    stance = StanceFactory(summary="")
    page = log_in("analysts", "anna", width=width, dark=dark)
    type_summary(page, stance, "One.\n\nIt took an <hour> & more.")
    page.locator("[name=reason]").fill("Read again")
    page.context.clear_cookies(name="sessionid")

    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("What you typed is kept")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_label("Username").fill("anna")
    page.get_by_label("Password").fill("mistyped")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_text("Please enter the correct username and password")).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()

    expect(page.get_by_text("was changed")).to_be_visible()
    stance.refresh_from_db()
    assert stance.summary == "One.\n\nIt took an <hour> & more."
    assert ChangeSet.objects.get(reason="Read again").made_by.username == "anna"


def test_a_login_in_another_tab_outdates_a_form_and_it_is_sent_again(log_in, expect_console_error):
    stance = StanceFactory(summary="")
    page = log_in("analysts", "anna")
    type_summary(page, stance, "It took an hour.")
    page.context.clear_cookies()
    other = page.context.new_page()
    other.goto("/admin/")
    other.get_by_label("Username").fill("anna")
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Log in").click()
    other.get_by_role("heading", name="The desk").wait_for()

    expect_console_error("403 (Forbidden)")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("You have logged in again since this form was opened")).to_be_visible()
    page.get_by_role("button", name="Send it again").click()

    expect(page.get_by_text("was changed")).to_be_visible()
    stance.refresh_from_db()
    assert stance.summary == "It took an hour."
