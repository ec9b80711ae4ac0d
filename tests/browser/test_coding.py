"""Coding claims in one form:
by keyboard alone, with what is typed explained at once and never lost.
"""

import pytest
from playwright.sync_api import expect

from tests.browser.keyboard import choose, look_for, search, tab_to
from tests.browser.test_accessibility import complaints
from tests.factories import ActorFactory, IssueFactory, SourceFactory, StanceFactory
from tracker.models import Source, Stance

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ADD = "/admin/tracker/stance/add/"
KEEPS = "Accepted or contested, and last check"


@pytest.mark.parametrize(
    ("width", "dark"), [pytest.param(1280, False, marks=pytest.mark.gate), (390, True)]
)
def test_a_stance_is_coded_by_keyboard_alone_with_a_source_from_its_address(log_in, width, dark):
    issue, actor = IssueFactory(title="The river"), ActorFactory(name="Ruritania")
    SourceFactory(url="https://news.example/1", publisher="The News", outlet="state_media")
    page = log_in("analysts", "anna", width=width, dark=dark)
    page.goto(ADD)

    search(page, "issue", "river", "The river")
    search(page, "actor", "rurit", "Ruritania")
    choose(page, "position", "supp")
    tab_to(page, "since")
    page.keyboard.type("2018-12")
    choose(page, "basis", "sta")
    choose(page, "confidence", "high")
    new = "https://news.example/2019/06/05/the-talks-went-well"
    look_for(page, "citations-0-source", new, "New source from this address")
    with page.expect_popup() as opened:
        page.keyboard.press("Enter")
    form = opened.value
    expect(form.locator("[name=title]")).to_have_value("The talks went well")
    expect(form.locator("[name=publisher]")).to_have_value("The News")
    expect(form.get_by_text("Guessed from the address: check it.").first).to_be_visible()
    tab_to(form, "title")
    form.keyboard.press("End")
    form.keyboard.type(" in May")
    with form.expect_event("close"):
        form.keyboard.press("Control+Enter")
    expect(page.locator(".field-source .select2-selection").first).to_be_focused()
    expect(page.locator(".field-source .select2-selection__rendered").first).to_contain_text(
        "The talks went well in May"
    )
    tab_to(page, "citations-0-locator")
    page.keyboard.type("paragraph 2")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("Control+s")

    expect(page.get_by_text("was added")).to_be_visible()
    stance = Stance.objects.get()
    assert (stance.issue, stance.actor, stance.position, stance.since) == (
        issue,
        actor,
        "supports",
        "2018-12",
    )
    assert (stance.basis, stance.confidence, stance.likelihood) == ("statement", "high", "")
    source = Source.objects.get(url=new)
    assert (stance.citations.get().source, stance.citations.get().locator) == (
        source,
        "paragraph 2",
    )
    assert (source.title, source.issued, source.outlet) == (
        "The talks went well in May",
        "2019-06-05",
        "state_media",
    )


def test_days_and_rules_are_told_as_one_types(log_in):
    page = log_in("analysts", "anna")
    page.goto(ADD)
    since, position = page.locator("[name=since]"), page.locator("[name=position]")
    days, rule = (page.locator(f"#id_{name}_beside") for name in ("since", "position"))

    since.press_sequentially("2018-12")
    expect(days).to_have_text("1 Dec 2018 to 31 Dec 2018")
    since.press_sequentially("/2019-04")
    expect(days).to_have_text(
        "An interval, to be split: since 1 Dec 2018 to 31 Dec 2018; until 1 Apr 2019 to 30 Apr 2019"
    )
    since.fill("Dec. 2018")
    expect(days).to_have_text("“Dec. 2018”: it is not a date that can be kept; write 2018-12")
    expect(since).to_have_attribute("aria-invalid", "true")
    since.fill("2019~")
    expect(days).to_have_text("1 Jan 2019 to 31 Dec 2019")
    expect(since).to_have_attribute("aria-invalid", "false")
    assert "id_since_beside" in since.get_attribute("aria-describedby")
    since.fill("")
    expect(days).to_have_text("")

    position.select_option("silent")
    expect(rule).to_contain_text("A source says that the actor says nothing")
    position.select_option("")
    expect(rule).to_have_text("")
    page.context.clear_cookies(name="sessionid")
    since.fill("2020")
    expect(days).to_have_text("Your session has ended. What you type is kept when you save.")


@pytest.mark.parametrize("end", ["since", "until"])
def test_an_interval_is_split_before_ones_eyes_when_one_goes_on(log_in, end):
    page = log_in("analysts", "anna")
    page.goto(ADD)

    page.locator(f"[name={end}]").press_sequentially("2018-12/2019-04")
    page.keyboard.press("Tab")

    for name, written, days in (
        ("since", "2018-12", "1 Dec 2018 to 31 Dec 2018"),
        ("until", "2019-04", "1 Apr 2019 to 30 Apr 2019"),
    ):
        expect(page.locator(f"[name={name}]")).to_have_value(written)
        expect(page.locator(f"#id_{name}_beside")).to_have_text(
            f"Split from 2018-12/2019-04: {days}"
        )
        expect(page.locator(f"#id_{name}_beside")).to_have_class("days split")


def test_what_is_pressed_after_a_date_does_not_move_away(log_in):
    """To leave the date has it explained, which takes a line more:
    not while somebody's finger is on a button below.
    """
    page = log_in("analysts", "anna")
    page.goto(ADD)
    page.locator("[name=since]").fill("2018-12/2019-04")
    plus = page.locator(".field-source:visible .add-related").last
    plus.hover()
    place = plus.bounding_box()

    with page.expect_popup() as opened:
        page.mouse.down()
        page.wait_for_timeout(500)  # the server explains a date in a tenth of that
        assert plus.bounding_box() == place
        page.mouse.up()

    expect(opened.value.get_by_role("heading", name="Add source")).to_be_visible()
    expect(page.locator("#id_until_beside")).to_have_text(
        "Split from 2018-12/2019-04: 1 Apr 2019 to 30 Apr 2019"
    )


@pytest.mark.parametrize(
    ("dark", "width"), [(False, 1280), (True, 390)], ids=["light", "dark, narrow"]
)
def test_what_a_date_could_mean_is_a_press_away(log_in, dark, width):
    page = log_in("analysts", "anna", dark=dark, width=width, bypass_csp=True)
    page.goto(ADD)

    page.locator("[name=since]").fill("7/8/2022")
    expect(page.get_by_role("button", name="Write 2022-07-08")).to_be_visible()
    assert complaints(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Write 2022-08-07").click()

    expect(page.locator("[name=since]")).to_have_value("2022-08-07")
    expect(page.locator("#id_since_beside")).to_have_text("7 Aug 2022")
    expect(page.get_by_role("button", name="Write 20")).to_have_count(0)
    page.locator("[name=since]").fill("2019-2020")
    page.get_by_role("button", name="Write 2019/2020").click()
    expect(page.locator("[name=until]")).to_have_value("2020")
    page.locator("[name=until]").fill("31.12.2018")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("button", name="Write 2018-12-31")).to_be_visible()


def test_dates_of_a_part_that_was_added_are_told_too(log_in):
    page = log_in("analysts", "anna")
    page.goto("/admin/tracker/actor/add/")

    page.get_by_text("Add another Membership").click()
    since = page.locator("[name=memberships-0-since]")
    since.fill("1971-10")

    expect(page.locator("#id_memberships-0-since_beside")).to_have_text("1 Oct 1971 to 31 Oct 1971")
    assert "id_memberships-0-since_beside" in since.get_attribute("aria-describedby")


def test_only_what_is_always_needed_is_asked_for_at_first(log_in):
    page = log_in("analysts", "anna")
    page.goto(ADD)
    fields = page.locator(
        "#stance_form :is(input, select, textarea):not([type=hidden], [type=submit])"
    )
    shown = [
        field.get_attribute("name")
        for field in fields.all()
        if field.is_visible() and field.get_attribute("name")
    ]

    assert shown == [
        "issue",
        "actor",
        "position",
        "since",
        "until",
        "basis",
        "confidence",
        "summary",
        "citations-0-source",
        "citations-0-locator_label",
        "citations-0-locator",
        "citations-0-quote",
        "reason",
    ]
    likelihood = page.locator("[name=likelihood]")
    page.locator("[name=basis]").select_option("forecast")
    likelihood.select_option("likely")
    page.locator("[name=basis]").select_option("inference")
    expect(likelihood).to_be_hidden()
    expect(likelihood).to_be_disabled()
    page.locator("[name=basis]").select_option("forecast")
    expect(likelihood).to_have_value("likely")


def test_what_is_folded_away_opens_if_it_holds_something_or_is_wrong(log_in):
    quiet = StanceFactory(summary="", ref="quiet-1", confirmed_on="2019-06-05")
    detailed = StanceFactory(
        summary="", instruments=["legal"], citations=[{"relation": "contradicts"}]
    )
    page = log_in("analysts", "anna")

    page.goto(f"/admin/tracker/stance/{quiet.pk}/change/")
    expect(page.locator("fieldset.collapse > details[open]")).to_have_count(0)
    page.goto(f"/admin/tracker/stance/{detailed.pk}/change/")
    expect(page.locator("[name=instruments]").first).to_be_visible()
    expect(page.locator("[name=citations-0-relation]")).to_be_visible()
    expect(page.locator("[name=standing]")).to_be_hidden()
    page.get_by_text(KEEPS).click()
    page.locator("[name=standing]").select_option("contested")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Say why the claim is contested.")).to_be_visible()


def test_without_scripts_everything_is_there(browser, live_server, log_in):
    stance = StanceFactory(since="2018-12")
    session = log_in("analysts", "anna").context.storage_state()
    context = browser.new_context(
        java_script_enabled=False, base_url=str(live_server), storage_state=session
    )
    page = context.new_page()

    page.goto(f"/admin/tracker/stance/{stance.pk}/change/")
    expect(page.locator("[name=likelihood]")).to_be_visible()
    expect(page.locator("#id_since_beside")).to_have_text("1 Dec 2018 to 31 Dec 2018")
    expect(page.locator("#id_position_beside")).to_contain_text("Speaks, votes or works for")
    page.get_by_text("Coding rules").first.click()
    expect(page.get_by_text("A source says that the actor says nothing").first).to_be_visible()
    page.locator("[name=since]").fill("2019")
    page.get_by_role("button", name="Save", exact=True).click()
    stance.refresh_from_db()
    assert stance.since == "2019"
    context.close()


def test_the_next_one_keeps_issue_source_and_locator(log_in):
    stance = StanceFactory(issue__title="The river", citations=[{"locator": "p. 3"}])
    other = ActorFactory(name="Ruritania")
    page = log_in("analysts", "anna")
    page.goto(f"/admin/tracker/stance/{stance.pk}/change/")

    page.get_by_role("button", name="Save and code the next one").click()
    expect(
        page.get_by_text("Kept from it: issue, day, basis, confidence, source, locator.")
    ).to_be_visible()
    search(page, "actor", "rurit", "Ruritania")
    choose(page, "position", "opp")
    choose(page, "basis", "act")
    choose(page, "confidence", "low")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_text("was added")).to_be_visible()
    new = Stance.objects.get(actor=other)
    assert (new.issue, new.position) == (stance.issue, "opposes")
    assert (new.citations.get().source, new.citations.get().locator) == (
        stance.citations.get().source,
        "p. 3",
    )


def test_leaving_warns_only_if_something_was_changed(log_in):
    stance = StanceFactory(summary="One.")
    page = log_in("analysts", "anna")
    address = f"/admin/tracker/stance/{stance.pk}/change/"
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    page.goto(address)
    page.locator("[name=summary]").click()
    page.goto("/admin/")
    assert asked == []
    page.goto(address)
    page.locator("[name=summary]").fill("Two.")
    page.locator("[name=summary]").fill("One.")
    page.goto("/admin/")
    assert asked == []

    page.goto(address)
    page.locator("[name=summary]").fill("Two.")
    page.goto("/admin/")
    assert asked == ["beforeunload"]

    page.goto(address)
    page.locator("[name=since]").fill("nonsense")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Please correct the error below.")).to_be_visible()
    assert asked == ["beforeunload"]
    page.get_by_role("link", name="Home").click()
    assert asked == ["beforeunload"] * 2

    page.goto(address)
    page.locator("[name=summary]").fill("Two.")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("was changed")).to_be_visible()
    assert asked == ["beforeunload"] * 2
