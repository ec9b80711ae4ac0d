"""What is there already stands beside the form as soon as actor and issue are chosen,
with what to do about it.
"""

import pytest
from playwright.sync_api import expect

from tests.browser.keyboard import count_keys, search, seconds, tab_to
from tests.browser.test_accessibility import in_both_schemes
from tests.factories import ActorFactory, IssueFactory, SourceFactory, StanceFactory
from tests.publishing.acts import all_of, published

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.mark.parametrize("width", [1366, 390])
def test_a_claim_that_is_still_so_is_confirmed_from_the_form_by_its_new_source(log_in, width):
    china = ActorFactory(name="China")
    river = IssueFactory(title="The river", question="Should it be dammed?")
    claim = StanceFactory(actor=china, issue=river, since="2018", confirmed_on="2019-06-05")
    source = SourceFactory(title="The communiqué")
    published(*all_of(claim))
    page = log_in("analysts", "anna", width=width, bypass_csp=True)  # axe brings styles
    page.goto("/admin/tracker/stance/add/")
    told, below = page.locator("#alike"), page.locator("[name=position]")
    place = below.bounding_box()
    expect(told).to_have_attribute("aria-live", "polite")
    count_keys(page)
    search(page, "issue", "river", "The river")
    search(page, "actor", "china", "China")

    expect(told.get_by_role("button", name="Still so")).to_be_in_viewport()
    question = page.locator("#id_issue_question").bounding_box()["height"]
    assert below.bounding_box()["y"] - place["y"] <= question + 12, "nothing else moves"
    assert in_both_schemes(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    search(page, "citations-0-source", "commun", "The communiqué")
    tab_to(page, "citations-0-locator")
    page.keyboard.type("p. 1")
    page.keyboard.press("Control+/")
    page.keyboard.press("Tab")
    assert seconds(page, thoughts=5) <= 25  # of four fields, and to see that it is there
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Confirm as current")).to_be_visible()
    assert in_both_schemes(page) == []
    page.get_by_label("Why:", exact=True).fill("Said again")
    page.get_by_role("button", name="Confirm as current").click()

    expect(page.get_by_text("and submitted for review")).to_be_visible()
    assert claim.citations.filter(source=source, locator="p. 1").count() == 1


def test_what_was_shown_is_saved_by_one_press_and_enter_in_a_field_saves(log_in):
    claim = StanceFactory(
        actor__name="China", issue__title="The river", position="supports", since="2018"
    )
    SourceFactory(title="The communiqué")
    page = log_in("analysts", "anna")
    page.goto(f"/admin/tracker/stance/add/?actor={claim.actor_id}&issue={claim.issue_id}")
    expect(page.locator("#alike")).to_contain_text("Already here")
    for name, value in {"position": "supports", "basis": "statement", "confidence": "high"}.items():
        page.locator(f"[name={name}]").select_option(value)
    search(page, "citations-0-source", "commun", "The communiqué")
    page.locator("[name=citations-0-locator]").fill("p. 1")
    page.wait_for_load_state("networkidle")

    page.locator("[name=citations-0-locator]").press("Enter")

    expect(page.get_by_text("was added")).to_be_visible()
