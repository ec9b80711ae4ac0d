"""The forms of records are as short as they can be: help beside its field, parts in rows;
nothing is lost by it.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import ActorFactory, MembershipFactory, SourceFactory, StanceFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
WRONG = "“last spring”: it is not a date that can be kept"


def overflows(page):
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def test_a_new_claim_is_asked_for_on_little_more_than_a_screen(log_in):
    page = log_in("analysts", "anna", width=1400)
    page.goto("/admin/tracker/stance/add/")

    assert page.locator("#content").bounding_box()["height"] < 1100
    position, rules = page.locator("#id_position"), page.get_by_text("Coding rules").first
    assert abs(position.bounding_box()["y"] - rules.bounding_box()["y"]) < 20, "in one row"


def test_help_that_is_not_seen_is_heard_and_seen_with_the_rules(log_in):
    page = log_in("analysts", "anna", width=1400)
    page.goto("/admin/tracker/stance/add/")

    expect(page.locator("#id_position")).to_have_accessible_description(
        re.compile("Where an actor stands")
    )
    expect(page.locator("#id_citations-0-locator")).to_have_accessible_description(
        re.compile("Where in the source")
    )
    help_text = page.get_by_text("Where an actor stands on the question of an issue.")
    assert help_text.bounding_box()["width"] <= 1
    page.get_by_text("Coding rules").first.click()
    assert help_text.bounding_box()["width"] > 100


@pytest.mark.parametrize("width", [1400, 1100, 800, 390])
def test_memberships_are_rows_of_a_table_that_fit_every_screen(log_in, width):
    actor = ActorFactory()
    for _ in range(3):
        MembershipFactory(
            actor=actor,
            organization__name="A long name of an organization " * 3,
            role="member",
            source=SourceFactory(),
        )
    page = log_in("analysts", "anna", width=width)
    page.goto(f"/admin/tracker/actor/{actor.pk}/change/")

    rows = page.locator("#memberships-group tr.has_original")
    heights = [row.bounding_box()["height"] for row in rows.all()]
    assert len(heights) == 3
    assert max(heights) < (60 if width > 767 else 320)
    assert not overflows(page)
    for field in ("role", "since", "until"):
        assert page.locator(f"#id_memberships-0-{field}").bounding_box()["width"] > 60
    page.get_by_text("Add another Membership").click()
    expect(page.locator("#memberships-group tr.dynamic-memberships")).to_have_count(4)
    expect(page.get_by_label("Since").last).to_have_attribute("placeholder", "2019-06")


CUT = """[...document.querySelectorAll(".form-row")].filter(row => row.offsetParent)
    .filter(row => row.scrollWidth > row.clientWidth).map(row => row.className)"""


@pytest.mark.parametrize("width", [1400, 1280, 800, 390])
@pytest.mark.parametrize("is_popup", [False, True], ids=["page", "window"])
def test_nothing_is_cut_off_in_a_form_that_is_filled_by_guesses(log_in, width, is_popup):
    page = log_in("analysts", "anna", width=width)
    address = "/admin/tracker/source/add/?address=https://news.example/2019/06/20/kremlin-says-it-backs-talks-in-caracas"
    page.goto(f"{address}&_popup=1" if is_popup else address)

    expect(page.get_by_text("Guessed from the address: check it.").first).to_be_visible()
    assert page.evaluate(CUT) == []
    assert page.locator("#id_type_beside").bounding_box()["height"] < 60


@pytest.mark.parametrize("width", [1280, 800, 390])
@pytest.mark.parametrize("noun", ["meeting", "act", "actor", "source", "issue", "alignment"])
def test_nothing_is_cut_off_in_a_new_form(log_in, noun, width):
    page = log_in("analysts", "anna", width=width)
    page.goto(f"/admin/tracker/{noun}/add/")
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")

    assert page.evaluate(CUT) == []


@pytest.mark.parametrize("width", [1280, 800, 390])
@pytest.mark.parametrize(
    ("noun", "name"), [("source", "issued"), ("stance", "since"), ("stance", "until")]
)
def test_what_a_date_could_mean_is_offered_below_what_is_said_of_it_and_above_its_help(
    log_in, noun, name, width
):
    page = log_in("analysts", "anna", width=width)
    page.goto(f"/admin/tracker/{noun}/add/")
    page.locator(f"#id_{name}").fill("spring 2019")
    button, hint = (
        page.get_by_role("button", name="Write [2019-03..2019-05]"),
        page.locator(f"#id_{name}_beside"),
    )
    expect(button).to_be_visible()

    offered, box = button.bounding_box(), hint.bounding_box()
    assert offered["y"] >= box["y"] + box["height"] - 1
    indent = hint.evaluate("one => parseFloat(getComputedStyle(one).paddingLeft)")
    assert offered["x"] == pytest.approx(box["x"] + indent)
    help_text = page.locator(f"#id_{name}_helptext")
    if help_text.is_visible():
        assert help_text.bounding_box()["y"] >= offered["y"] + offered["height"] - 1
    assert not overflows(page)


@pytest.mark.parametrize("width", [1400, 390])
def test_what_is_wrong_with_a_date_is_said_once(log_in, width):
    page = log_in("analysts", "anna", width=width)
    page.goto("/admin/tracker/stance/add/")

    page.locator("#id_since").press_sequentially("last spring")
    expect(page.get_by_text(WRONG).locator("visible=true")).to_have_count(1)
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.locator(".errornote")).to_be_visible()
    page.locator("#id_position").focus()
    sizes = page.evaluate(
        "[...document.querySelectorAll('.errorlist')].map(one => one.scrollWidth - one.clientWidth)"
    )
    assert max(sizes) <= 0
    if width > 767:
        message, until = (
            page.get_by_text(WRONG).first.bounding_box(),
            page.get_by_text("Until:").bounding_box(),
        )
        assert message["x"] + message["width"] <= until["x"], "one lies over the other"
    expect(page.get_by_text(WRONG).locator("visible=true")).to_have_count(1)
    assert not overflows(page)


def test_a_month_is_enough_and_the_form_says_so(log_in):
    page = log_in("analysts", "anna")

    for address, names in (
        ("stance/add/", ("since", "until")),
        ("source/add/", ("issued",)),
        ("meeting/add/", ("since",)),
    ):
        page.goto(f"/admin/tracker/{address}")
        for name in names:
            expect(page.locator(f"#id_{name}")).to_have_attribute(
                "placeholder", "2019-06 or 2019-06-14"
            )


@pytest.mark.parametrize(
    ("fills", "wrong"),
    [
        ({"#id_since": "last spring"}, "#id_position"),
        ({"#id_position": "supports", "#id_until": "soon"}, "#id_until"),
        ({"#id_position": "supports", "#id_confirmed_on": "soon"}, "#id_confirmed_on"),
    ],
)
def test_whoever_has_to_mend_something_begins_where_it_is(log_in, fills, wrong):
    """In a field that is folded away as well, which then is not."""
    page = log_in("analysts", "anna")
    stance = StanceFactory()
    page.goto(f"/admin/tracker/stance/{stance.pk}/change/")
    page.evaluate(
        "document.querySelectorAll('fieldset.collapse > details').forEach(one => one.open = true)"
    )
    page.locator("#id_position").select_option("")
    for field, text in fills.items():
        control = page.locator(field)
        control.select_option(text) if field == "#id_position" else control.fill(text)
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.locator(".errornote")).to_be_visible()
    expect(page.locator(wrong)).to_be_focused()


def test_whoever_has_to_mend_a_form_that_is_no_record_begins_where_it_is_too(log_in):
    page = log_in("administrators", "ada")
    page.goto("/admin/auth/user/add/")
    page.get_by_label("Username").fill("erik")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.locator(".errornote")).to_be_visible()
    expect(page.locator("[name=role]")).to_be_focused()


def test_a_chooser_that_is_wrong_has_the_focus_where_it_is_seen(log_in):
    page = log_in("analysts", "anna")
    page.goto("/admin/tracker/stance/add/")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.locator(".errornote")).to_be_visible()
    expect(page.locator(".field-issue .select2-selection")).to_be_focused()


LINES = """
    heads => heads.map(head => {
        const range = document.createRange();
        range.selectNodeContents(head);
        return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size;
    })
"""


@pytest.mark.parametrize("width", [1366, 1100, 800])
def test_no_head_of_a_table_is_broken_within_a_word(log_in, width):
    actor = ActorFactory(
        memberships=[{"organization__name": "The Organization of " + "Very Long Names " * 8}]
    )
    page = log_in("analysts", "anna", width=width)

    for address in (f"actor/{actor.pk}/change", "meeting/add", "act/add", "vote/add"):
        page.goto(f"/admin/tracker/{address}/")
        heads = page.locator(".tabular thead th", has_text="Delete?")
        assert heads.count(), address
        assert {*heads.evaluate_all(LINES)} == {1}, address
        assert not overflows(page), address


def test_add_source_guesses_from_the_address_what_is_still_empty(log_in):
    SourceFactory(
        url="https://news.example/1", publisher="The News", outlet="state_media", language="fr"
    )
    page = log_in("analysts", "anna", width=1366)
    page.goto("/admin/tracker/source/add/")
    page.locator("[name=publisher]").fill("Somebody else")
    page.locator("[name=url]").fill("https://news.example/en/2019/06/05/the-talks-went-well.html")
    page.keyboard.press("Tab")

    expect(page.locator("[name=title]")).to_have_value("The talks went well")
    expect(page.locator("[name=issued]")).to_have_value("2019-06-05")
    expect(page.locator("[name=outlet]")).to_have_value("state_media")
    expect(page.locator("[name=language]")).to_have_value("en")
    expect(page.locator("[name=publisher]")).to_have_value("Somebody else")
    expect(page.locator("#id_title_helptext")).to_contain_text(
        "Guessed from the address: check it."
    )
    expect(page.locator("#id_publisher_helptext")).not_to_contain_text("Guessed")
    page.locator("[name=url]").fill("https://news.example/2020/01/02/they-met-again.html")
    page.keyboard.press("Tab")
    expect(page.locator("[name=title]")).to_have_value("They met again")
    expect(page.locator("[name=issued]")).to_have_value("2020-01-02")


def test_an_address_of_an_archived_copy_fills_both(log_in):
    page = log_in("analysts", "anna", width=1366)
    page.goto("/admin/tracker/source/add/")
    copy = "https://web.archive.org/web/20190605101112/https://example.org/page"
    page.locator("[name=url]").fill(copy)
    page.keyboard.press("Tab")

    expect(page.locator("[name=archive_url]")).to_have_value(copy)
    expect(page.locator("[name=url]")).to_have_value("https://example.org/page")
