"""A stance goes back and forth between two people before it is published."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories import ActorFactory, StanceFactory, UserFactory
from tests.publishing.acts import all_of, edited, published
from tests.publishing.review.acting import by, person
from tracker.models import Review, StanceDocument
from tracker.publishing.review import submit

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def step(page: Page, button: str, comment: str = "") -> None:
    page.get_by_role("textbox", name="Comment").fill(comment)
    page.get_by_role("button", name=button).click()


def submitted(page: Page, comment: str) -> None:
    """Submit what is on the page of a review, by the page that asks why,
    which has what was typed.
    """
    step(page, "Submit for review …", comment)
    expect(page.get_by_label("Why:", exact=True)).to_have_value(comment)
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.get_by_text("1 stance submitted for review.")).to_be_visible()
    expect(page.get_by_role("heading", name="Review", exact=True)).to_be_visible()


@pytest.mark.gate
def test_a_stance_is_submitted_sent_back_submitted_again_approved_and_published(log_in):
    stance = StanceFactory(
        actor__name="Ruritania", issue__title="The river", summary="It supports the upper dam."
    )
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
    expect(
        editor.get_by_text("Write a comment: without one nobody knows what to do")
    ).to_be_visible()
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
    acts = (
        Review.objects.filter(noun="stance").order_by("id").values_list("step", "made_by__username")
    )
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

    for address in (
        f"/admin/tracker/stance/{stance.pk}/review/",
        "/admin/review/waiting/",
        "/admin/review/drafts/",
    ):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address


def test_keys_step_through_the_list_but_not_while_somebody_types(log_in):
    editor = log_in("editors", "erik")
    stances = [StanceFactory(actor__name=name) for name in ("Ruritania", "Freedonia")]
    by(person("analysts"), submit, *stances)
    editor.goto("/admin/review/waiting/")
    editor.get_by_role("link", name="Ruritania").click()
    expect(editor.locator(".neighbours")).to_contain_text("1 of 2")

    comment = editor.get_by_role("textbox", name="Comment")
    comment.press_sequentially("no, not now")
    expect(comment).to_have_value("no, not now")
    comment.evaluate("field => field.blur()")
    editor.keyboard.press("n")
    expect(editor.locator(".neighbours")).to_contain_text("2 of 2")
    editor.keyboard.press("n")  # there is none
    editor.keyboard.press("p")
    expect(editor.locator(".neighbours")).to_contain_text("1 of 2")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1366, 390])
def test_approving_and_publishing_shows_cards_that_fit(log_in, width, dark):
    editor = log_in("editors", "erik", width=width, dark=dark)
    stances = [
        StanceFactory(actor__name=name, confidence="high") for name in ("Ruritania", "Freedonia")
    ]
    by(person("analysts"), submit, *stances)
    editor.goto("/admin/review/waiting/")
    editor.get_by_role("button", name="Tick all").click()
    editor.get_by_role("button", name="Approve and publish …").click()

    expect(editor.get_by_text("Not yet opened by you: 2 of 2.")).to_be_visible()
    assert editor.evaluate("document.documentElement.scrollWidth") <= width
    editor.get_by_role("link", name="Open the review of Ruritania").click()
    expect(editor.locator(".neighbours")).to_contain_text("of 2")


def test_tick_all_ticks_all_and_says_how_many(log_in):
    erik = log_in("editors", "erik")
    actors = [ActorFactory(name=f"Actor number {number}") for number in range(52)]
    by(UserFactory(), submit, *actors)
    erik.goto("/admin/review/waiting/")
    count = erik.locator("#ticked-count")

    erik.get_by_role("button", name="Tick all 52").click()
    expect(count).to_have_text("52 ticked")
    erik.locator("[name=record]").first.uncheck()
    expect(count).to_have_text("51 ticked")
    erik.get_by_role("button", name="Approve …").click()

    expect(erik.get_by_text("51 actors").first).to_be_visible()
