"""An act is reviewed, published, corrected, put back, merged into its twin, exported,
and imported as the same.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import pick
from tests.browser.test_reviewing import step
from tests.factories import ActFactory, ActorFactory, SourceFactory
from tests.public.api.publishing import publish_whole
from tracker.models import Act, ChangeSet, Event
from tracker.verify import verify

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def act() -> Act:
    """A joint statement of two signatories with its text, as a draft;
    all that it names is public.
    """
    text = SourceFactory(title="The communiqué", url="https://example.org/communique")
    signatories = [
        {"actor": ActorFactory(name=name), "role": "signatory"}
        for name in ("Ruritania", "Freedonia")
    ]
    act: Act = ActFactory(
        title="Statement about the river",
        kind="joint_statement",
        text=text,
        participants=signatories,
        citations=[{"source": text, "locator": "p. 3", "quote": "The river is free."}],
    )
    publish_whole(text, *(part["actor"] for part in signatories))
    return act


def publish(page: Page, act: Act, edition: int) -> None:
    page.goto(f"/admin/tracker/act/{act.pk}/review/")
    page.get_by_role("button", name="Publish …").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text(f"published in edition {edition}.")).to_be_visible()


@pytest.mark.gate
def test_an_act_goes_through_all_that_is_done_with_records(log_in, act, tmp_path: Path):
    anna = log_in("analysts", "anna")
    anna.goto(f"/admin/tracker/act/{act.pk}/review/")
    step(anna, "Submit for review …", "Ready.")
    anna.get_by_role("button", name="Submit", exact=True).click()
    expect(anna.get_by_text("1 act submitted for review.")).to_be_visible()
    erik = log_in("editors", "erik")
    erik.goto(f"/admin/tracker/act/{act.pk}/review/")
    step(erik, "Approve")
    publish(erik, act, 2)
    erik.goto(f"/acts/{act.pk}/")
    expect(erik.locator("[aria-labelledby=text] blockquote")).to_have_text("The river is free.")
    expect(erik.locator("[aria-labelledby=text]")).to_contain_text("Signed by Ruritania, Freedonia")

    erik.goto(f"/admin/tracker/act/{act.pk}/change/")
    erik.locator("[name=since]").fill("2019-06-06")
    erik.get_by_label("Why:", exact=True).fill("It was signed a day later")
    erik.keyboard.press("Control+s")
    expect(erik.get_by_text("was changed")).to_be_visible()
    publish(erik, act, 3)
    erik.goto("/acts/")
    expect(erik.locator("#begun + p")).to_have_text("1 act on 6 June 2019.")

    corrected = ChangeSet.objects.get(reason="It was signed a day later")
    erik.goto(f"/admin/tracker/changeset/{corrected.pk}/undo/")
    erik.get_by_label("Why:", exact=True).fill("It wasn’t")
    erik.get_by_role("button", name="Undo", exact=True).click()
    expect(erik.get_by_text("1 record is as before, by this change.")).to_be_visible()
    publish(erik, act, 4)

    signatories = [{"actor": part.actor, "role": part.role} for part in act.participants.all()]
    twin = ActFactory(title="Statement on the river", participants=signatories)
    erik.goto(f"/admin/tracker/act/{twin.pk}/merge/")
    pick(erik, "into", "about the river")
    erik.get_by_role("button", name="Show what moves").click()
    erik.get_by_label("Why:", exact=True).fill("They are one")
    erik.get_by_role("button", name="Merge", exact=True).click()
    expect(erik.get_by_text("is merged into this act")).to_be_visible()
    twin.refresh_from_db()
    assert twin.merged_into == act

    erik.goto("/admin/tracker/act/?q=Statement+about")
    with erik.expect_download() as download:
        erik.get_by_role("link", name="Export").click()
    file = tmp_path / "acts.csv"
    download.value.save_as(file)
    events = Event.objects.count()
    erik.goto("/admin/tracker/act/")
    erik.get_by_role("link", name="Import …").click()
    erik.get_by_label("File").set_input_files(file)
    erik.get_by_role("button", name="Look at it").click()
    expect(
        erik.get_by_text("There is nothing to import: all rows are the same as here")
    ).to_be_visible()
    assert Event.objects.count() == events
    assert list(verify()) == []
