"""The history of a record: by keyboard, and in the reader's own time."""

import re

import pytest
from playwright.sync_api import expect

from tests.desk.undo.acts import done, edit
from tests.factories import IssueFactory, SourceFactory, StanceFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


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
    page.get_by_role("link", name="Next change").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Versions 2 and 3")).to_be_visible()
    expect(page.get_by_text("This is the last change.")).to_be_visible()


@pytest.mark.parametrize(
    ("dark", "width"), [(False, 1400), (True, 390)], ids=["light", "dark, narrow"]
)
def test_only_an_older_and_a_newer_version_can_be_chosen_and_changes_unfold(log_in, dark, width):
    stance = StanceFactory(citations=[])
    done(
        lambda: stance.citations.create(
            source=SourceFactory(title="A long title " * 20), locator="p. 1"
        )
    )
    for number in range(3, 6):
        edit(stance, summary=f"Summary {number}")
    page = log_in("analysts", "anna", dark=dark, width=width)
    page.goto(f"/admin/tracker/stance/{stance.pk}/history/")

    assert offered(page) == {"old": ["4", "3", "2", "1"], "new": ["5"]}
    page.get_by_role("radio", name="compare from version 2").check()
    assert offered(page) == {"old": ["4", "3", "2", "1"], "new": ["5", "4", "3"]}
    page.get_by_role("radio", name="compare to version 3").check()
    assert offered(page) == {"old": ["2", "1"], "new": ["5", "4", "3"]}

    page.get_by_text("1 field: Summary").first.click()
    expect(page.locator(".steps:visible")).to_have_count(1)
    page.get_by_role("link", name="Unfold all changes").click()
    expect(page.locator(".steps:visible")).to_have_count(5)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def offered(page):
    return {
        name: [
            radio.get_attribute("value")
            for radio in page.locator(f"[name={name}]:visible[type=radio]").all()
        ]
        for name in ("old", "new")
    }


def test_moments_are_told_in_the_readers_own_time(browser, log_in, live_server):
    edit(IssueFactory(title="The river"), title="The brook")
    page = log_in("analysts", "anna")
    tokyo = browser.new_context(timezone_id="Asia/Tokyo", base_url=str(live_server))
    tokyo.add_cookies(page.context.cookies())
    there, plain = (
        tokyo.new_page(),
        browser.new_context(java_script_enabled=False, base_url=str(live_server)),
    )
    plain.add_cookies(page.context.cookies())
    without = plain.new_page()
    for tab in (there, without):
        tab.goto("/admin/tracker/changeset/")

    expect(there.locator("time").first).to_have_text(
        re.compile(r"^\d+ \w+ 20\d\d, \d\d:\d\d GMT\+9$")
    )
    expect(without.locator("time").first).to_have_text(
        re.compile(r"^\d+ \w+ 20\d\d, \d\d:\d\d UTC$")
    )
    expect(there.locator("time").first).to_have_attribute(
        "title", re.compile(r"\d\d:\d\d:\d\d\.\d{6} UTC$")
    )
    tokyo.close()
    plain.close()
