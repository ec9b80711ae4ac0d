"""Desk and site are in one dress:
the same colours, type, chips, cards and buttons, in light and in dark.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.factories import MeetingFactory, SourceFactory, StanceFactory, VoteFactory
from tests.publishing.acts import all_of, published, stance_with_all

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SURFACE = ("backgroundColor", "color")
SHAPE = (*SURFACE, "borderTopColor", "borderTopWidth", "borderTopLeftRadius")
# what is compared: where it is on the site, where at the desk, and what of it
ALIKE = {
    "page": ("body", "body", (*SURFACE, "fontFamily")),
    "heading": ("h1", "#content h1", ("color", "fontFamily", "fontWeight")),
    "heading of a section": (
        "h2",
        "#content .module > h2",
        ("color", "fontFamily", "fontWeight", "borderTopColor"),
    ),
    "link": (
        "main p a:not(.chip, sup a)",
        "#content .public-status a",
        ("color", "textDecorationLine"),
    ),
    "chip": (".card .chip", ".card .chip", (*SHAPE, "fontFamily", "fontSize", "paddingLeft")),
    "card": (".card", ".card", (*SHAPE, "paddingLeft")),
    "sentence": (
        ".card .sentence",
        ".card .sentence",
        ("color", "fontFamily", "fontSize", "lineHeight"),
    ),
    "button": (".search button", "#header .find .button", (*SHAPE, "fontFamily", "fontWeight")),
    "field": (".search input", "#header .find input", (*SHAPE, "fontFamily")),
}


def look(page: Page, selector: str, names: tuple[str, ...]) -> list[str]:
    script = "(one, names) => names.map(name => getComputedStyle(one)[name])"
    return page.locator(selector).first.evaluate(script, list(names))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_desk_and_site_are_drawn_alike(log_in, dark):
    stance = stance_with_all()
    desk = log_in("editors", "erik", dark=dark)
    desk.goto(f"/admin/tracker/stance/{stance.pk}/review/")
    site = desk.context.new_page()
    site.goto(f"/stances/{stance.pk}/")

    differ = {
        what: (there, here)
        for what, (on_site, at_desk, names) in ALIKE.items()
        if (there := look(site, on_site, names)) != (here := look(desk, at_desk, names))
    }

    assert differ == {}


def test_a_date_in_a_list_stands_on_one_line(log_in):
    VoteFactory(title="Of what a resolution is called " * 6, held="2019-06-14")
    MeetingFactory(title="Of what a meeting is called " * 6, since="2019-06-14")
    SourceFactory(title="Of what a source is called " * 6, issued="[2019-06-14..2019-06-20]")
    page = log_in("analysts", "anna")
    for noun, column in (("vote", "held"), ("meeting", "since"), ("source", "issued")):
        page.goto(f"/admin/tracker/{noun}/")
        lines = (
            "cell => { const r = document.createRange(); r.selectNodeContents(cell); return "
            "r.getClientRects().length }"
        )
        assert page.locator(f"td.field-{column}").first.evaluate(lines) == 1, noun
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280, noun


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_no_button_of_a_form_is_cut_off(log_in, width):
    stance = stance_with_all()
    page = log_in("administrators", "ada", width=width)
    cut = """all => all.filter(one => {
        const box = one.getBoundingClientRect();
        return box.left < 0 || box.right > innerWidth || one.scrollWidth > one.clientWidth + 1;
    }).map(one => one.value || one.textContent)"""
    for place in (f"stance/{stance.pk}/change/", "stance/add/", "source/add/", "vote/add/"):
        page.goto(f"/admin/tracker/{place}")

        assert page.locator(".submit-row > :visible").evaluate_all(cut) == [], place
        expect(page.get_by_role("button", name="Save", exact=True)).to_be_in_viewport(ratio=1)


def test_what_saves_is_in_sight_and_tells_its_keys(log_in):
    stance = stance_with_all()
    page = log_in("editors", "erik")
    page.goto(f"/admin/tracker/stance/{stance.pk}/change/")

    expect(page.get_by_role("button", name="Save", exact=True)).to_be_in_viewport()
    expect(page.locator(".submit-row .keys")).to_have_text("Ctrl+Enter")
    page.locator("#id_reason").scroll_into_view_if_needed()
    expect(page.locator("#id_reason")).to_be_in_viewport()


def test_a_long_name_and_the_buttons_beside_it_do_not_overlap(log_in):
    """A published claim has four buttons; more would need more room."""
    stance = StanceFactory(
        issue__title="Giving way to Russia over Ukraine and its neighbours",
        since="2019-06",
        until="2022",
    )
    published(*all_of(stance))
    page = log_in("editors", "erik", width=1366)
    page.goto(f"/admin/tracker/stance/{stance.pk}/change/")
    box = """element => {
        const range = document.createRange();
        range.selectNodeContents(element);
        return range.getBoundingClientRect().toJSON();
    }"""

    name, buttons = (
        page.locator(place).evaluate(box) for place in ("#content > h2", ".object-tools")
    )

    expect(page.locator(".object-tools li")).to_have_count(4)
    assert name["right"] <= buttons["left"] or name["bottom"] <= buttons["top"]


def test_the_ring_of_what_has_the_focus_is_not_cut_off_by_its_row(log_in):
    page = log_in("analysts", "anna", width=1366)
    for place in ("stance/add/", "source/add/", "actor/add/"):
        page.goto(f"/admin/tracker/{place}")
        hidden = "rows => rows.filter(row => getComputedStyle(row).overflowX === 'hidden').length"
        assert page.locator("div.form-row").evaluate_all(hidden) == 0, place
