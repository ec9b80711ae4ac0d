"""A vote is entered by hand with fifteen ballots that are pasted, reviewed, published,
and seen by readers.
"""

import time

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import pick
from tests.browser.test_reviewing import step
from tests.factories import ActorFactory, IssueFactory, SourceFactory
from tracker.models import Actor, Vote
from tracker.verify import verify

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
MEMBERS = [f"Member {letter}" for letter in "ABCDEFGHIJKLM"]


@pytest.mark.gate
def test_a_vote_is_entered_by_hand_reviewed_published_and_read(log_in):
    council = ActorFactory(name="The Council", kind="organization")
    for name in ("China", "Russia", *MEMBERS):
        ActorFactory(name=name, memberships=[{"organization": council, "role": "permanent member"}])
    IssueFactory(title="The canal"), SourceFactory(title="The record of the meeting")
    anna = log_in("analysts", "anna")
    began = time.monotonic()
    anna.goto("/admin/tracker/vote/add/")
    pick(anna, "body", "Council")
    anna.locator("[name=symbol]").fill("S/2019/186")
    anna.locator("[name=held]").fill("2019-02-28")
    anna.locator("[name=title]").fill("The canal: free passage")
    anna.locator("[name=kind]").select_option("draft")
    anna.locator("[name=outcome]").select_option("vetoed")
    for name, count in {"yes": 9, "no": 3, "abstain": 3}.items():
        anna.locator(f"[name=tally_{name}]").fill(str(count))
    anna.locator("[name=pasted_yes]").fill("\n".join(MEMBERS[:9]))
    anna.locator("[name=pasted_no]").fill("China, Rusia, Member J")
    anna.locator("[name=pasted_abstain]").fill("; ".join(MEMBERS[10:]))
    pick(anna, "issue", "canal")
    anna.locator("[name=yes_means]").select_option("supports")
    pick(anna, "source", "record")
    anna.locator("[name=citations-0-locator]").fill("p. 4")
    anna.keyboard.press("Control+s")
    expect(
        anna.get_by_text("there is no actor “Rusia” (did you mean Russia?)").first
    ).to_be_visible()
    expect(anna.locator("[name=pasted_no]")).to_have_value("Rusia")
    assert not Vote.objects.exists()
    anna.locator("[name=pasted_no]").fill("Russia")
    anna.keyboard.press("Control+s")
    expect(anna.get_by_text("was added")).to_be_visible()
    assert time.monotonic() - began < 120
    vote = Vote.objects.get()
    assert vote.ballots.count() == 15

    anna.goto(f"/admin/tracker/vote/{vote.pk}/review/")
    step(anna, "Submit for review …", "Ready.")
    anna.get_by_role("button", name="Submit", exact=True).click()
    expect(anna.get_by_text("1 vote submitted for review.")).to_be_visible()
    erik = log_in("editors", "erik")
    erik.goto(f"/admin/tracker/vote/{vote.pk}/review/")
    step(erik, "Approve")
    expect(erik.get_by_text("You approved this version.")).to_be_visible()
    erik.get_by_role("button", name="Publish …").click()
    erik.get_by_role("button", name="Publish", exact=True).click()
    expect(erik.get_by_text("published in edition 1.")).to_be_visible()

    erik.goto(f"/votes/{vote.pk}/")
    rows = erik.locator("table.ballots tbody tr")
    expect(rows.nth(1)).to_contain_text("China, Member J, Russia")
    expect(rows.nth(0)).to_contain_text("9")
    expect(rows).to_have_count(3)
    erik.goto("/votes/")
    expect(erik.locator("table.votes tbody th")).to_contain_text(
        "The canal: free passage S/2019/186"
    )
    slugs = sorted(
        Actor.objects.filter(name__in=["China", "Member A"]).values_list("slug", flat=True)
    )
    erik.goto(f"/pairs/{'/'.join(slugs)}/")
    expect(erik.locator("#differing + ul")).to_contain_text("China voted no; Member A voted yes.")
    assert list(verify()) == []


def test_members_that_can_become_actors_are_in_sight_where_they_were_pasted(log_in):
    council = ActorFactory(name="The Council", kind="organization")
    page = log_in("analysts", "anna", width=1366)
    page.goto(f"/admin/tracker/vote/add/?body={council.pk}")
    page.locator("[name=title]").fill("The canal: free passage")
    page.locator("[name=kind]").select_option("draft")
    page.locator("[name=outcome]").select_option("vetoed")
    page.locator("[name=pasted_line]").fill("yes: Togo, DRC")

    page.keyboard.press("Control+s")

    expect(page.get_by_label("Togo")).to_be_checked()
    expect(page.get_by_label("DRC")).not_to_be_checked()
    for name in ("Togo", "DRC"):
        expect(page.get_by_label(name)).to_be_in_viewport()
