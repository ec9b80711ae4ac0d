"""The history of a record: by keyboard, and in the reader's own time."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import IssueFactory
from tests.services.reverting.acts import edit

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_moments_are_compared_by_keyboard_alone(log_in):
    issue = IssueFactory(title="The old river")
    edit(issue, title="The new river")
    edit(issue, region="africa")
    page = log_in("analysts", "anna")
    page.goto(f"/admin/tracker/issue/{issue.pk}/history/")

    page.get_by_role("radio", name="compare from version 2").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="compare from version 1")).to_be_checked()
    page.get_by_role("radio", name="compare to version 3").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Versions 1 and 2")).to_be_visible()
    expect(page.locator(".steps ins")).to_have_text("new")


def test_two_versions_of_different_pages_are_compared(log_in):
    issue = IssueFactory(title="Title 0")
    for number in range(1, 30):
        edit(issue, title=f"Title {number}")
    page = log_in("analysts", "anna")
    page.goto(f"/admin/tracker/issue/{issue.pk}/history/")

    page.get_by_label("Compare version").fill("2")
    page.get_by_label("with version").fill("29")
    page.keyboard.press("Enter")

    expect(page.locator(".steps del")).to_have_text("1")
    expect(page.locator(".steps ins")).to_have_text("28")


def test_moments_are_told_in_the_readers_own_time(browser, log_in, live_server):
    edit(IssueFactory(title="The river"), title="The brook")
    page = log_in("analysts", "anna")
    tokyo = browser.new_context(timezone_id="Asia/Tokyo", base_url=str(live_server))
    tokyo.add_cookies(page.context.cookies())
    there, plain = tokyo.new_page(), browser.new_context(java_script_enabled=False, base_url=str(live_server))
    plain.add_cookies(page.context.cookies())
    without = plain.new_page()
    for one in (there, without):
        one.goto("/admin/tracker/changeset/")

    expect(there.locator("time").first).to_have_text(re.compile(r"^\d+ \w+ 20\d\d, \d\d:\d\d GMT\+9$"))
    expect(without.locator("time").first).to_have_text(re.compile(r"^\d+ \w+ 20\d\d, \d\d:\d\d UTC$"))
    expect(there.locator("time").first).to_have_attribute("title", re.compile(r"\d\d:\d\d:\d\d\.\d{6} UTC$"))
    tokyo.close()
    plain.close()
