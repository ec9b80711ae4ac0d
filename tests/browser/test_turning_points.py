"""Two positions that changed on a day:
coded from the claims that end, approved and published together, and read.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.keyboard import choose, count_keys, search, seconds, tab_to
from tests.browser.test_accessibility import complaints
from tests.factories import ActorFactory, IssueFactory, SourceFactory, StanceFactory
from tests.public.api.publishing import publish_whole
from tracker.models import Stance
from tracker.verify import verify

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
POINTED = 1.3  # seconds to point at a button and to press it, by the same model


@pytest.fixture
def claims() -> dict[str, Stance]:
    """China on the government of Syria, which changed with the government,
    and the United States on the invasion.
    """
    china, states = (
        ActorFactory(slug="china", name="China"),
        ActorFactory(slug="united-states", name="United States"),
    )
    russia = ActorFactory(slug="russia", name="Russia")
    syria = IssueFactory(
        slug="syria-government", title="Syria’s government", question="Should states work with it?"
    )
    invasion = IssueFactory(
        slug="invasion", title="Condemnation of the invasion", question="Should it be condemned?"
    )
    sources = [
        SourceFactory(title="Syria after Assad", issued="2024-12-08"),
        SourceFactory(title="Votes on the third anniversary", issued="2025-02-24"),
    ]
    claims = {
        "china": StanceFactory(
            actor=china,
            issue=syria,
            position="supports",
            since="2011",
            summary="It stood by Assad’s government.",
        ),
        "united-states": StanceFactory(
            actor=states,
            issue=invasion,
            position="strongly_supports",
            since="2022-02-25",
            summary="It led the votes.",
        ),
    }
    publish_whole(russia, *sources, *claims.values())
    return claims


def changed(page: Page, claim: Stance, position: str, since: str, source: str) -> float:
    """Code what a claim changed to and submit both;
    return how many seconds that takes beside the summary.
    """
    page.goto(f"/admin/tracker/stance/{claim.pk}/change/")
    page.get_by_role("link", name="Changed from a day …").click()
    expect(page.get_by_text("this takes the place of")).to_be_visible()
    assert complaints(page) == []
    count_keys(page)
    choose(page, "position", position)
    tab_to(page, "since")
    page.keyboard.type(since)
    choose(page, "basis", "sta")
    choose(page, "confidence", "high")
    search(page, "citations-0-source", source[:6].lower(), source)
    tab_to(page, "citations-0-locator")
    page.keyboard.type("p. 1")
    tab_to(page, "reason")
    page.keyboard.type("The vote")
    took = seconds(page, thoughts=9) + 2 * POINTED  # of seven fields, to begin and to submit
    page.get_by_role("button", name="Save and submit for review").click()
    expect(
        page.get_by_text("It was saved and is in review. Submitted with it: 1 stance")
    ).to_be_visible()
    return took


@pytest.mark.gate
def test_two_chains_are_coded_approved_together_and_told_to_readers(log_in, claims):
    anna = log_in("analysts", "anna")
    frozen = [f"/issues/{claim.issue.slug}/?edition=1&on=2024-01-01" for claim in claims.values()]
    before = [anna.request.get(address).body() for address in frozen]

    for slug, position, since, source in (
        ("china", "neu", "2024-12-08", "Syria after Assad"),
        ("united-states", "opp", "2025-02-24", "Votes on the third anniversary"),
    ):
        took = changed(anna, claims[slug], position, since, source)
        assert 15 < took <= 60

    erik = log_in("editors", "erik")
    erik.goto("/admin/review/waiting/")
    for box in erik.locator("input[name=record]").all():
        box.check()
    erik.get_by_role("button", name="Approve and publish").click()
    expect(erik.get_by_text("2024-12-08").first).to_be_visible()
    erik.get_by_role("button", name="Approve and publish").click()
    expect(erik.get_by_text("in edition 2")).to_be_visible()
    assert list(verify()) == []
    assert [anna.request.get(address).body() for address in frozen] == before

    later = Stance.objects.get(actor__slug="united-states", since="2025-02-24")
    erik.goto(f"/stances/{later.pk}/")
    expect(erik.locator("article.card").first).to_contain_text(
        "Until 23 February 2025 the United States strongly supported this."
    )
    erik.get_by_role("link", name="strongly supported", exact=True).first.click()
    expect(erik.locator("article.card").first).to_contain_text(
        "From 24 February 2025 on the United States opposed"
    )
    expect(erik.get_by_text("Tells that it ended:", exact=True)).to_be_visible()
    assert complaints(erik) == []
    erik.goto("/issues/syria-government/")
    expect(erik.locator("article.card").first).to_contain_text(
        "Until 7 December 2024 China supported this."
    )


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_a_claim_that_contradicts_one_that_is_accepted_ends_it_by_a_tick(
    log_in, claims, width, dark
):
    china = claims["china"]
    page = log_in("analysts", "anna", width=width, dark=dark)
    page.goto("/admin/tracker/stance/add/")
    search(page, "issue", "syria", "Syria’s government")
    search(page, "actor", "china", "China")
    told = page.locator("#alike")
    expect(told).to_contain_text("Already here, with the same actor and issue")
    page.keyboard.press("Control+/")
    expect(told.get_by_role("link", name="Edit it")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Control+/")
    choose(page, "position", "neu")
    tab_to(page, "since")
    page.keyboard.type("2024-12-08")
    choose(page, "basis", "sta")
    choose(page, "confidence", "high")
    search(page, "citations-0-source", "syria", "Syria after Assad")
    tab_to(page, "citations-0-locator")
    page.keyboard.type("p. 1")
    expect(told.get_by_label("Changed from a day")).to_be_checked()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints(page) == []
    page.locator("[name=reason]").fill("Assad fell")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_text("ends where this begins")).to_be_visible()
    china.refresh_from_db()
    assert china.until == "2024-12-07"
