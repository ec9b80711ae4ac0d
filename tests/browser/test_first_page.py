"""The first page and what it leads to:
the matrix, a narrowed list, a change of a selection, an issue that moves.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import pick
from tests.factories import ActorFactory, IssueFactory, StanceFactory
from tracker.models import Issue, Stance

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
HOW = pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])


@pytest.fixture
def river(transactional_db: None) -> Issue:
    """Return an issue below a group, on which China and Iran hold positions,
    one of them contested.
    """
    issue = IssueFactory(title="The river", parent=IssueFactory(title="Asia", question=""))
    china = ActorFactory(name="China", slug="china", iso3="CHN")
    ActorFactory(name="Russia", slug="russia", iso3="RUS")
    StanceFactory(actor=china, issue=issue, position="strongly_opposes")
    StanceFactory(
        actor=china,
        issue=issue,
        position="supports",
        standing="contested",
        standing_note="Xinhua differs.",
    )
    StanceFactory(actor__name="Iran", actor__names={"fa": "ایران"}, issue=issue, position="silent")
    return issue


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@HOW
def test_the_matrix_is_widened_and_leads_to_claims(log_in, river, width, dark):
    page = log_in("analysts", "anna", width=width, dark=dark)
    expect(page.locator(".matrix thead th")).to_have_text(["Issue", "China", "Russia"])
    assert fits(page)

    page.locator("#matrix .select2-selection").last.click()
    page.locator(".select2-search__field").fill("iran")
    page.locator(".select2-results__option--highlighted", has_text="Iran").click()
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".matrix thead th")).to_have_text(
        ["Issue", "China", "Russia", "Iran Take Iran out✕"]
    )
    expect(page.locator(".matrix .position-silent .word")).to_have_text("was silent")
    expect(page.locator(".matrix .position-strongly_opposes .word")).to_have_text(
        "strongly opposed"
    )
    expect(page.locator(".matrix .contested")).to_contain_text("supported, contested")
    assert fits(page)

    page.locator(".matrix .contested").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/stance/?issue__exact=**")
    expect(page.locator("#result_list tbody tr")).to_have_count(2)
    # issue, actor, period, and a way to clear all
    expect(page.locator(".chips li")).to_have_count(4)
    page.get_by_role("link", name="Remove Actor: China").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(3)


def test_two_actors_of_old_claims_fit_a_narrow_screen(log_in, river):
    StanceFactory(
        actor__name="Russia",
        issue=IssueFactory(title="A long name of a region", parent=river),
        since="2018",
    )
    Stance.objects.update(confirmed_on="2019-06-01")
    page = log_in("analysts", "anna", width=390)

    expect(page.get_by_text("not confirmed since").first).to_be_visible()
    assert page.locator("#matrix .scroll").evaluate("box => box.scrollWidth - box.clientWidth") <= 0


def test_filters_fit_the_narrowest_screen(log_in):
    """That is 320 px wide, as one of 1280 px is at 400 %."""
    page = log_in("editors", "erik", width=320)

    for address in ("/admin/", "/admin/review/waiting/"):
        page.goto(address)
        expect(page.locator(".worklist-filter .select2-container").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_matrix_is_for_paper_too(log_in, river):
    page = log_in("editors", "erik")
    page.emulate_media(media="print")

    expect(page.locator(".matrix")).to_be_visible()
    for gone in ("#header", "#nav-sidebar", "#matrix form"):
        expect(page.locator(gone)).to_be_hidden()
    colour = page.locator(".matrix .contested").evaluate(
        "cell => getComputedStyle(cell).printColorAdjust"
    )
    assert colour == "exact"


@HOW
def test_a_selection_is_changed_from_a_narrowed_list(log_in, river, width, dark):
    page = log_in("analysts", "anna", width=width, dark=dark)
    page.goto("/admin/tracker/stance/?q=river&period=2018/2019")
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option("change_selected")
    page.get_by_role("button", name="Go").click()
    page.get_by_label("Field").select_option("confidence")
    page.get_by_role("button", name="Choose").click()
    page.locator("#id_confidence").select_option("high")
    page.get_by_label("Why:", exact=True).fill("The treaty was published.")
    page.get_by_role("button", name="Show what changes").click()
    expect(page.get_by_role("row", name="moderate")).to_contain_text("3")
    assert fits(page)
    page.get_by_role("button", name="Change 3 stances").click()

    expect(page.get_by_text("3 stances changed, in one change set.")).to_be_visible()
    assert set(Stance.objects.values_list("confidence", flat=True)) == {"high"}
    assert "q=river" in page.url


@HOW
def test_an_issue_moves(log_in, river, width, dark):
    IssueFactory(title="Europe", question="")
    page = log_in("editors", "erik", width=width, dark=dark)
    page.goto("/admin/tracker/issue/")
    expect(page.locator("#result_list .depth-1")).to_have_text("The river")
    page.get_by_role("link", name="The river").click()
    page.get_by_role("link", name="Move …").click()
    pick(page, "parent", "Europe")
    page.get_by_role("button", name="Show what that means").click()
    expect(page.get_by_text("It moves below Europe")).to_be_visible()
    assert fits(page)
    page.get_by_label("Why:", exact=True).fill("It flows there")
    page.get_by_role("button", name="Move", exact=True).click()

    expect(page.get_by_text("“The river” moved below “Europe”.")).to_be_visible()
    river.refresh_from_db()
    assert river.parent.title == "Europe"
