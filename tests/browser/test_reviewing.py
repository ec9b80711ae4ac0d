"""A stance goes back and forth between two people before it is published."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories import StanceFactory
from tests.publishing.acts import all_of, edited, published
from tracker.models import Review, StanceDocument

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def step(page: Page, button: str, comment: str = "") -> None:
    page.get_by_role("textbox", name="Comment").fill(comment)
    page.get_by_role("button", name=button).click()


def submitted(page: Page, comment: str) -> None:
    """Submit what is on the page of a review, by the page that asks why, which has what was typed."""
    step(page, "Submit for review …", comment)
    expect(page.get_by_label("Why:", exact=True)).to_have_value(comment)
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.get_by_text("1 stance submitted for review.")).to_be_visible()
    expect(page.get_by_role("heading", name="Review", exact=True)).to_be_visible()


@pytest.mark.gate
def test_a_stance_is_submitted_sent_back_submitted_again_approved_and_published(log_in):
    stance = StanceFactory(actor__name="Ruritania", issue__title="The river", summary="It supports the upper dam.")
    name = "Ruritania supports: The river (2018)"
    analyst = log_in("analysts", "anna")
    analyst.goto(f"/admin/tracker/stance/{stance.pk}/change/")
    analyst.get_by_role("link", name="Review", exact=True).click()
    submitted(analyst, "Ready.")
    expect(analyst.locator(".public-status .status")).to_have_text("in review")
    expect(analyst.get_by_role("button", name="Approve")).to_have_count(0)
    expect(analyst.get_by_role("button", name="Publish")).to_have_count(0)

    editor = log_in("editors", "erik")
    editor.get_by_role("link", name="Waiting for review").first.click()
    editor.get_by_role("link", name=name).click()
    expect(editor.get_by_text("is named but not public").first).to_be_visible()
    step(editor, "Send back")
    expect(editor.get_by_text("Write a comment: without one nobody knows what to do")).to_be_visible()
    expect(editor.get_by_role("textbox", name="Comment")).to_be_focused()
    step(editor, "Send back", "The lower dam, surely?")
    expect(editor.get_by_text("It was sent back.")).to_be_visible()

    analyst.get_by_role("link", name="Sent back to me").first.click()
    expect(analyst.get_by_text("The lower dam, surely?")).to_be_visible()
    analyst.get_by_role("link", name=name).click()
    expect(analyst.locator(".sent-back")).to_have_text("Sent back by erik: The lower dam, surely?")
    analyst.locator("[name=summary]").fill("It supports the lower dam.")
    analyst.get_by_role("button", name="Save and continue editing").click()
    analyst.get_by_role("link", name="Review", exact=True).click()
    submitted(analyst, "Indeed.")

    editor.get_by_role("link", name="Waiting for review").first.click()
    editor.get_by_role("link", name=name).click()
    expect(editor.locator(".comparison")).to_contain_text("It supports the lower dam.")
    step(editor, "Approve")
    expect(editor.get_by_text("You approved this version.")).to_be_visible()
    editor.get_by_role("button", name="Publish …").click()
    editor.get_by_role("button", name="Publish", exact=True).click()

    expect(editor.get_by_text("4 records published in edition 1.")).to_be_visible()
    assert StanceDocument.objects.filter(body__contains="lower dam").exists()
    acts = Review.objects.order_by("id").values_list("step", "made_by__username")
    assert list(acts) == [
        ("submitted", "anna"),
        ("sent_back", "erik"),
        ("submitted", "anna"),
        ("approved", "erik"),
    ]


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("name", ["review", "change"])
def test_retracting_is_never_beside_what_stands_out_also_by_keyboard(log_in, name, width):
    stance = StanceFactory()
    published(*all_of(stance))
    edited(stance, summary="Otherwise.")
    page = log_in("editors", "erik", width=width)
    page.goto(f"/admin/tracker/stance/{stance.pk}/{name}/")

    first = page.get_by_role("button", name="Publish …" if name == "review" else "Save", exact=True)
    retract = page.get_by_role("button", name="Withdraw …")
    here, there = first.bounding_box(), retract.bounding_box()
    apart = (there["x"] - here["x"] - here["width"], there["y"] - here["y"] - here["height"])
    assert max(apart) > 100, "something lies between"
    retract.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("These are withdrawn in one edition.")).to_be_visible()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_review_fits_a_small_screen(log_in, dark):
    stance = StanceFactory(summary="It supports the upper dam. " * 10)
    page = log_in("editors", "erik", width=390, dark=dark)

    for address in (f"/admin/tracker/stance/{stance.pk}/review/", "/admin/review/waiting/", "/admin/review/drafts/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
