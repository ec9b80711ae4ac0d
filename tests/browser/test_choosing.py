"""A searching select takes what was typed, however slow the answer is,
and never what it showed before.
"""

import time

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import pick
from tests.browser.keyboard import tab_to
from tests.browser.test_accessibility import complaints
from tests.factories import ActorFactory, IssueFactory, MeetingFactory, SourceFactory, StanceFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ADD = "/admin/tracker/stance/add/"
OPTIONS = ".select2-results__option[aria-selected]"
SLOW = 0.3  # seconds


@pytest.fixture
def slow(log_in):
    """Return the page of an analyst for whom every answer of a searching select takes a while."""
    ActorFactory(name="Afghanistan", iso3="AFG")
    ActorFactory(name="Russia", iso3="RUS", aliases=["Russian Federation"])
    ActorFactory(name="Russian Orthodox Church", kind="organization")
    page = log_in("analysts", "anna")

    def delay(route):
        time.sleep(SLOW)
        route.continue_()

    page.route("**/admin/autocomplete/**", delay)
    return page


def selection(page, field):
    return page.locator(f".field-{field} .select2-selection").first


def opened(page, field="actor"):
    """Open a searching select, and wait until it shows what it finds for nothing."""
    page.goto(ADD)
    selection(page, field).focus()
    page.keyboard.press("Enter")
    expect(page.locator(OPTIONS).first).to_contain_text("Afghanistan")
    return page


@pytest.mark.parametrize("key", ["Enter", "Tab", "Control+Enter"])
@pytest.mark.parametrize("typed", ["russia", "RUS", "russian federation", "orthodox"])
def test_a_key_pressed_before_the_answer_takes_what_was_typed(slow, typed, key):
    opened(slow)

    slow.keyboard.insert_text(typed)  # fast, as one who knows the name
    slow.keyboard.press(key)

    called = "Russian Orthodox Church" if typed == "orthodox" else "Russia"
    expect(selection(slow, "actor")).to_contain_text(called, timeout=15_000)
    expect(slow.locator(OPTIONS)).to_have_count(0)
    assert slow.url.endswith(ADD), "nothing was sent"


@pytest.mark.parametrize("key", ["Enter", "Tab"])
def test_what_could_be_several_is_shown_and_a_second_press_takes_the_one_marked(slow, key):
    opened(slow)

    slow.keyboard.insert_text("russ")
    slow.keyboard.press(key)

    expect(slow.locator(OPTIONS)).to_have_count(2)
    assert slow.locator("[name=actor]").input_value() == ""
    slow.keyboard.press(key)
    expect(selection(slow, "actor")).to_contain_text("Russia")


def test_typing_on_takes_back_the_press_and_so_does_leaving(slow):
    opened(slow)

    slow.keyboard.insert_text("russia")
    slow.keyboard.press("Enter")
    slow.keyboard.insert_text("n ort")
    expect(slow.locator(OPTIONS)).to_contain_text(["Russian Orthodox Church"])
    assert slow.locator("[name=actor]").input_value() == ""
    slow.keyboard.type("h")
    slow.keyboard.press("Enter")
    slow.keyboard.press("Escape")
    slow.wait_for_timeout(2000 * SLOW)

    expect(slow.locator(OPTIONS)).to_have_count(0)
    assert slow.locator("[name=actor]").input_value() == ""


def test_what_is_not_found_chooses_nothing(slow):
    opened(slow)

    slow.keyboard.insert_text("atlantis")
    slow.keyboard.press("Enter")

    expect(slow.get_by_text("No results found")).to_be_visible()
    slow.keyboard.press("Enter")
    assert slow.locator("[name=actor]").input_value() == ""


def test_what_is_said_in_place_of_options_keeps_nobody_out(log_in):
    page = log_in("analysts", "anna", bypass_csp=True)  # axe brings styles
    page.goto(ADD)
    selection(page, "actor").focus()

    page.keyboard.type("atlantis")

    expect(page.get_by_role("option", name="No results found")).to_be_disabled()
    assert complaints(page) == []


def test_an_answer_that_fails_chooses_nothing(slow, expect_console_error):
    expect_console_error("500")
    opened(slow)
    slow.unroute("**/admin/autocomplete/**")
    slow.route("**/admin/autocomplete/**", lambda route: route.fulfill(status=500))

    slow.keyboard.press("x")
    slow.keyboard.press("Enter")

    expect(slow.get_by_text("The results could not be loaded.")).to_be_visible()
    assert slow.locator("[name=actor]").input_value() == ""


@pytest.mark.parametrize("field", ["issue", "actor", "source"])
def test_typing_opens_a_chooser_that_has_the_focus(slow, field):
    IssueFactory(title="Russia’s gas", question="Should it flow?")
    SourceFactory(title="Russia and gas")
    slow.goto(ADD)
    tab_to(slow, "citations-0-source" if field == "source" else field)

    slow.keyboard.type("ru")
    slow.keyboard.insert_text("ssia")
    expect(slow.locator(".select2-search__field")).to_have_value("russia")
    slow.keyboard.press("Enter")

    expect(selection(slow, field)).to_contain_text("Russia", timeout=15_000)
    expect(selection(slow, field)).to_be_focused()


def test_tab_goes_on_to_the_next_field_and_chooses_nothing_where_nothing_was_typed(slow):
    opened(slow)
    slow.keyboard.press("Tab")
    assert slow.locator("[name=actor]").input_value() == ""

    slow.keyboard.type("afgh")
    expect(slow.locator(OPTIONS)).to_have_count(1)
    slow.keyboard.press("Tab")

    expect(selection(slow, "actor")).to_contain_text("Afghanistan")
    expect(selection(slow, "actor")).not_to_be_focused()


@pytest.mark.parametrize(
    ("address", "chooser"),
    [
        ("/admin/", "#matrix-add"),
        ("/admin/tracker/stance/", "#filter-actor"),
        ("/admin/tracker/actor/{actor}/merge/", "#id_into"),
        ("/admin/tracker/meeting/{meeting}/change/", "#id_participants-0-actor"),
    ],
)
def test_every_page_with_choosers_waits(slow, log_in, address, chooser):
    meeting = MeetingFactory(participants=[{}])
    page = log_in("editors", "erik")
    page.route("**/admin/autocomplete/**", lambda route: (time.sleep(SLOW), route.continue_()))
    page.goto(address.format(actor=StanceFactory().actor_id, meeting=meeting.pk))
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    page.locator(f"{chooser} + .select2 .select2-selection").focus()

    page.keyboard.type("r")
    page.keyboard.insert_text("ussia")
    page.keyboard.press("Enter")

    expect(page.locator(f"{chooser} + .select2 .select2-selection")).to_contain_text(
        "Russia", timeout=15_000
    )


@pytest.mark.parametrize(
    ("dark", "width"), [(False, 1280), (True, 390)], ids=["light", "dark, narrow"]
)
def test_an_option_says_what_tells_it_apart(log_in, dark, width):
    arctic = IssueFactory(title="The Arctic", question="")
    IssueFactory(title="Shipping", question="Should the passage be open?", parent=arctic)
    page = log_in("analysts", "anna", dark=dark, width=width, bypass_csp=True)
    page.goto(ADD)
    selection(page, "issue").focus()

    page.keyboard.type("shipping")

    option = page.locator(OPTIONS)
    expect(option.locator("small")).to_be_visible()
    expect(option).to_have_text("Shipping in The Arctic · Should the passage be open? · draft")
    assert complaints(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    option.click()
    expect(selection(page, "issue")).to_have_text("Shipping")
    pick(page, "issue", "Shipping")
