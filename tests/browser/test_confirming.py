"""Confirming a selection and publishing it, and the question of an issue, in a browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import complaints
from tests.browser.test_coding import ADD, search
from tests.factories import ActorFactory, IssueFactory, StanceFactory
from tests.publishing.acts import all_of, published

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.mark.parametrize(
    ("dark", "width"), [(False, 1280), (True, 390)], ids=["light", "dark, narrow"]
)
def test_a_selection_is_confirmed_by_one_and_approved_and_published_by_another(log_in, dark, width):
    for _ in range(3):
        published(*all_of(StanceFactory()))

    def select_all(page, action, heading):
        page.goto("/admin/tracker/stance/")
        for row in page.locator("#result_list tbody input[type=checkbox]").all():
            row.check()
        page.locator("select[name=action]").select_option(action)
        page.get_by_role("button", name="Go", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        assert complaints(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    anna = log_in("analysts", "anna", dark=dark, width=width, bypass_csp=True)  # axe brings styles
    select_all(anna, "confirm_selected", "Confirm as current")
    anna.get_by_label("Why:", exact=True).fill("Read again")
    anna.get_by_role("button", name="Confirm as current").click()
    expect(anna.get_by_text("3 stances confirmed as of")).to_be_visible()

    erik = log_in("editors", "erik", dark=dark, width=width, bypass_csp=True)
    select_all(erik, "approve_and_publish_selected", "Approve and publish")
    erik.get_by_label("Note for readers").fill("Looked at again")
    erik.get_by_role("button", name="Approve and publish").click()
    expect(erik.get_by_text("3 records approved and published in edition 4.")).to_be_visible()


def test_the_question_follows_the_issue_that_is_chosen_and_groups_are_not_offered(log_in):
    IssueFactory(title="The river", question="Should it be dammed?")
    IssueFactory(title="Rivers", question="")
    page = log_in("analysts", "anna")
    page.goto(ADD)

    search(page, "issue", "river", "The river")

    expect(page.locator("#id_issue_question")).to_have_text("Should it be dammed?")
    page.locator("#id_issue + .select2, #id_issue ~ .select2").first.click()
    page.keyboard.type("rivers")
    expect(page.locator(".select2-results__option", has_text="group of issues")).to_have_count(0)


@pytest.mark.parametrize(
    ("dark", "width"), [(False, 1280), (True, 390)], ids=["light", "dark, narrow"]
)
def test_the_page_that_asks_keeps_nobody_out(log_in, dark, width):
    ActorFactory(name="Ruritania"), ActorFactory(name="Freedonia", state="in_review")
    page = log_in("analysts", "anna", dark=dark, width=width, bypass_csp=True)  # axe brings styles
    page.goto("/admin/tracker/actor/")

    for row in page.locator("#result_list tbody input[type=checkbox]").all():
        row.check()
    page.locator("select[name=action]").select_option("submit_selected")
    page.get_by_role("button", name="Go", exact=True).click()
    expect(page.locator(".problems li")).to_contain_text("it is in review already")
    assert complaints(page) == []
    page.get_by_role("button", name="Leave these out").click()

    expect(page.get_by_text("1 actor", exact=True)).to_be_visible()
    assert complaints(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.get_by_text("1 actor submitted for review.")).to_be_visible()
