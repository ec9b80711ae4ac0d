"""Pages for readers in a browser:
wide and narrow, light and dark, printed, without style, by keyboard, by axe.
"""

import itertools
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import complaints
from tests.factories import ActorFactory
from tests.public.api.publishing import edit, publish, publish_whole
from tests.public.site.pages import PAGES, make, make_every_noun, pages_of
from tests.public.site.test_pages import HOSTILE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
NARROW = [(390, False), (390, True), (320, False), (320, True)]
# How far the levels of headings jump, in the order of the page.
LEVELS = (
    "() => [...document.querySelectorAll('h1, h2, h3, h4')].map(heading => "
    "Number(heading.tagName[1]))"
)
# What has the focus: whether it follows what had it before, whether that is seen, and its words;
# null at the end.
FOCUSED = """
() => {
  const now = document.activeElement, before = window.before;
  if (!now || now === document.body) return null;
  window.before = now;
  const style = getComputedStyle(now), box = now.getBoundingClientRect();
  const place = before ? before.compareDocumentPosition(now) : Node.DOCUMENT_POSITION_FOLLOWING;
  return {
    follows: now === before || Boolean(place & Node.DOCUMENT_POSITION_FOLLOWING),
    seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth)
        > 0 && box.width > 0 && box.right > 0,
    words: now.textContent.trim() || now.id,
  };
}
"""
LUMINANCES = """
() => ['color', 'background-color'].map(name => {
  const [r, g, b] = getComputedStyle(document.body).getPropertyValue(name).match(/\\d+/g)
    .map(Number).map(c => c / 255)
    .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
})
"""


@pytest.fixture
def kinds() -> list[str]:
    known = make_every_noun()
    council = known["vote"].body
    member = ActorFactory(
        memberships=[{"organization": council, "role": "permanent member", "since": "1945"}]
    )
    publish_whole(*known.values(), member, note="The first edition")
    edit(known["stance"], confidence="high")
    publish(known["stance"], note="Checked again")
    narrowed = ("/?differ=true", "/?actor=iran", "/acts/?kind=exercise", "/votes/?body=council")
    return [*pages_of(known).values(), *narrowed, "/search/", "/actors/council/"]


@pytest.mark.parametrize(
    ("width", "dark"), [pytest.param(1280, False, marks=pytest.mark.gate), (1280, True), *NARROW]
)
def test_no_page_keeps_anybody_out(
    open_page: Callable[..., Page], kinds: list[str], width: int, dark: bool
) -> None:
    """Nothing that axe finds, and nothing to be scrolled sideways;
    320 px are what is left of 1280 at 400 %.
    """
    page = open_page(dark=dark, width=width, bypass_csp=True)  # axe brings styles
    faults = []
    for address in kinds:
        page.goto(address)
        faults += [f"{address}: {complaint}" for complaint in complaints(page)]
        faults += [f"{address} is scrolled sideways"] * (
            page.evaluate("document.documentElement.scrollWidth") > width
        )
    text, paper = page.evaluate(LUMINANCES)

    assert faults == []
    assert (text > paper) == dark
    assert (max(text, paper) + 0.05) / (min(text, paper) + 0.05) > 7


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1366, 721, 390])
def test_nothing_is_drawn_over_the_name_of_a_group(open_page, kinds, width, dark):
    """It looks the same without the shadow of the table that begins in its line."""
    page = open_page(dark=dark, width=width, bypass_csp=True)
    page.goto("/")
    summary = page.locator(".group > summary").first
    drawn = summary.screenshot()
    page.add_style_tag(content=".scroll { background: none !important; }")

    assert drawn == summary.screenshot()


@pytest.mark.parametrize("width", [1280, 320])
def test_whatever_is_in_a_record_breaks_no_layout(
    open_page: Callable[..., Page], width: int
) -> None:
    """Markup, controls of direction, words that never end, and writing from right to left."""
    known = make()
    edit(known["canal"], title=HOSTILE[:190], question=HOSTILE[:290])
    edit(known["china"], name="\u0645\u0635\u0631" * 40, summary=HOSTILE)
    publish_whole(*known.values(), note=HOSTILE[:500])
    page = open_page(width=width)
    wide = []
    for address in (*PAGES, f"/stances/{known['stance'].pk}/", f"/meetings/{known['meeting'].pk}/"):
        page.goto(address)
        wide += [address] * (page.evaluate("document.documentElement.scrollWidth") > width)

    assert wide == []


def test_a_timeline_is_drawn_for_the_width_of_the_screen(
    open_page: Callable[..., Page], kinds: list[str]
) -> None:
    """On a telephone by a picture whose letters are as large as those around it;
    all of it is in the table below.
    """
    for width, is_narrow in ((1280, False), (390, True)):
        page = open_page(width=width)
        page.goto("/pairs/china/russia/")
        narrow = page.locator("figure.picture > img")
        narrow.scroll_into_view_if_needed() if is_narrow else None
        expect(page.locator("figure.picture > .scroll")).to_be_visible(visible=not is_narrow)
        expect(narrow).to_be_visible(visible=is_narrow)
        page.get_by_text("The same as a table").click()
        expect(page.locator("table.marks a").first).to_be_visible()
        if is_narrow:
            expect(narrow).to_have_js_property("naturalWidth", 390)
            assert narrow.bounding_box()["width"] > 0.85 * 390


def test_on_paper_there_is_what_is_read_and_where_it_is_from(
    open_page: Callable[..., Page], kinds: list[str]
) -> None:
    """No form and no navigation; the two dates, the frozen address, and those of sources."""
    page = open_page()
    page.emulate_media(media="print")
    for address in kinds:
        page.goto(address)
        expect(
            page.locator("form, header nav, nav.crumbs, .skip").locator("visible=true"), address
        ).to_have_count(0)
        expect(page.locator("h1"), address).to_be_visible()
        if address != "/since/1/":
            expect(page.locator(".printed"), address).to_contain_text(
                "as published in edition 2 of"
            )
            expect(page.locator(".printed"), address).to_contain_text("edition=2")
    outside = page.locator(".outside").first
    shown = outside.evaluate("it => getComputedStyle(it, '::after').content")

    assert outside.get_attribute("href") in shown
    assert page.pdf().startswith(b"%PDF")
    shade = "it => { it.className = 'shade-4'; return getComputedStyle(it).printColorAdjust }"
    # its words are white, and would be on white
    assert page.locator("h1").evaluate(shade) == "exact"


def test_folded_parts_are_printed_too(open_page: Callable[..., Page], kinds: list[str]) -> None:
    page = open_page()
    page.goto("/pairs/china/russia/")
    claim = page.locator("details .card .sentence").first
    assert not claim.is_visible()
    page.emulate_media(media="print")
    is_printed = "it => it.checkVisibility({contentVisibilityAuto: true})"
    assert claim.evaluate(is_printed)
    page.goto("/api/v1/docs/")
    # nobody prints all of these
    assert not page.locator(".operation table").first.evaluate(is_printed)


def test_without_a_style_sheet_order_and_words_make_sense(
    open_page: Callable[..., Page], kinds: list[str]
) -> None:
    page = open_page()
    page.route("**/*.css", lambda route: route.fulfill(body="", content_type="text/css"))
    for address in kinds:
        page.goto(address)
        levels = page.evaluate(LEVELS)
        assert levels[0] == 1, address
        assert levels.count(1) == 1, address
        assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels)), (
            address,
            levels,
        )
        text = page.locator("body").inner_text()
        parts = (
            "Skip to the content",
            "Issues",
            page.locator("h1").inner_text(),
            "In English only",
        )
        assert sorted(parts, key=text.index) == [*parts], address


@pytest.mark.parametrize(
    "address", ["/", "/issues/canal/", "/pairs/china/russia/", "/search/?q=canal"]
)
def test_it_is_walked_by_keyboard(
    open_page: Callable[..., Page], kinds: list[str], address: str
) -> None:
    """In the order of the page, to its end, always seen where one is;
    past what is the same everywhere.
    """
    page = open_page()
    page.goto(address)
    walked = []
    for _ in range(300):
        page.keyboard.press("Tab")
        if (focused := page.evaluate(FOCUSED)) is None:
            break
        walked.append(focused)

    assert walked[0]["words"] == "Skip to the content"
    assert walked[-1]["words"] == "API"
    assert [stop["words"] for stop in walked if not (stop["seen"] and stop["follows"])] == []
    page.goto(address)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("main :focus")).to_have_count(1)


def test_what_is_folded_is_opened_by_key(open_page: Callable[..., Page], kinds: list[str]) -> None:
    page = open_page()
    page.goto("/")
    for summary in page.locator("summary").all():
        was = summary.evaluate("it => it.parentElement.open")
        summary.focus()
        page.keyboard.press("Enter")
        assert summary.evaluate("it => it.parentElement.open") != was


def test_chinese_names_have_their_characters(
    log_in: Callable[..., Page], expect_console_error
) -> None:
    """Of the font that comes along the pieces that a page needs are fetched,
    none by a page without Chinese.

    So it is on pages for readers, where there is nothing, and at the desk.
    """
    china = ActorFactory(slug="china", name="\u4e2d\u56fd", names={"zh": "\u4e2d\u56fd"})
    publish_whole(china, ActorFactory(slug="russia", names={}))
    loaded = (
        "async () => (await document.fonts.ready, [...document.fonts].filter(f => f.status === "
        "'loaded').length)"
    )
    expect_console_error("404")
    page = log_in("analysts", "anna")
    counts = {}
    for address in (
        "/actors/russia/", "/actors/china/", "/search/?q=\u4e2d\u56fd", "/actors/\u4e2d\u56fd/",
        f"/admin/tracker/actor/{china.pk}/change/", "/admin/tracker/actor/",
    ):  # fmt: skip
        page.goto(address)
        counts[address] = page.evaluate(loaded)
    assert counts.pop("/actors/russia/") == 0
    assert set(counts.values()) == {1}, counts
