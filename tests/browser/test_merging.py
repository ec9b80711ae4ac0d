"""Two actors turn out to be one: an editor merges them, readers are led to the one that stays, and it is undone."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import pick
from tests.factories import ActorFactory, StanceFactory
from tests.publishing.acts import all_of, published
from tracker.verify import verify

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_two_actors_become_one_and_two_again(log_in, width, dark):
    stance = StanceFactory(actor__name="PRC", actor__slug="prc", issue__title="The river")
    china = ActorFactory(name="China", slug="china")
    published(china, *all_of(stance))
    prc = stance.actor
    page = log_in("editors", "erik", width=width, dark=dark)

    page.goto(f"/admin/tracker/actor/{prc.pk}/change/")
    page.get_by_role("link", name="Merge …").click()
    pick(page, "into", "China")
    page.get_by_role("button", name="Show what moves").click()
    expect(page.get_by_text("Stances (actor): 1")).to_be_visible()
    expect(page.get_by_role("link", name="The river")).to_be_visible()
    page.get_by_label("Why:", exact=True).fill("They are one")
    page.get_by_label("Note for readers").fill("One state, one record")
    page.get_by_role("button", name="Merge", exact=True).click()

    expect(page.get_by_text("is merged into this actor. Readers see it since edition 2.")).to_be_visible()
    answer = page.request.get("/api/v1/actors/prc/")
    assert (answer.status, answer.url.rpartition("/api")[2]) == (200, "/v1/actors/china/")
    assert page.request.get(f"/api/v1/stances/{stance.pk}/").json()["actor"]["slug"] == "china"
    page.goto(f"/admin/tracker/actor/{prc.pk}/change/")
    expect(page.get_by_role("link", name="China", exact=False).first).to_be_visible()
    expect(page.get_by_role("button", name="Save", exact=True)).to_have_count(0)

    page.goto("/admin/tracker/changeset/")
    page.get_by_role("row", name="They are one").get_by_role("link").first.click()
    page.get_by_role("link", name="Undo …").click()
    page.get_by_label("Why:", exact=True).fill("They are two after all")
    page.get_by_role("button", name="Undo", exact=True).click()

    expect(page.get_by_text("3 records are as before, by this change.")).to_be_visible()
    stance.refresh_from_db()
    assert stance.actor_id == prc.pk
    assert list(verify()) == []
