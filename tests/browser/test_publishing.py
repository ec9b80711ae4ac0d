"""From nothing to a published stance, by two people; and two people at one record."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.factories import ActorFactory, StanceFactory
from tests.publishing.acts import all_of, edited, published
from tracker import history
from tracker.models import Edition, StanceDocument
from tracker.values.vocabularies import Channel

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def added(page: Page, field: str, **typed: str) -> None:
    """Add a record in the window that the plus beside a field opens; it is then selected."""
    with page.expect_popup() as window:
        page.locator(f".field-{field}:visible .add-related").last.click()
    popup = window.value
    for name, text in typed.items():
        popup.locator(f"[name={name}]").fill(text) if name not in (
            "kind",
            "type",
        ) else popup.locator(f"[name={name}]").select_option(text)
    with popup.expect_event("close"):
        popup.get_by_role("button", name="Save", exact=True).click()


@pytest.mark.gate
def test_an_analyst_codes_a_stance_and_an_editor_publishes_it(log_in):
    analyst = log_in("analysts", "anna")
    analyst.goto("/admin/tracker/stance/add/")
    added(analyst, "actor", kind="organization", name="Ruritania")
    added(analyst, "issue", title="The river", question="Should the river be dammed?")
    analyst.get_by_label("Position").select_option("supports")
    analyst.get_by_label("Since").fill("2018-12/2019-04")
    analyst.get_by_label("Basis").select_option("statement")
    analyst.get_by_label("Confidence").select_option("high")
    added(analyst, "source", type="webpage", title="The decree", issued="2019-06-05")
    analyst.locator("[name=citations-0-locator]").fill("p. 3")
    analyst.get_by_label("Why:", exact=True).fill("Read in the archive")
    analyst.get_by_role("button", name="Save and continue editing").click()
    expect(
        analyst.get_by_role("heading", name="Ruritania supports: The river (2018-12/2019-04)")
    ).to_be_visible()
    expect(analyst.locator(".public-status .status")).to_have_text("draft")
    expect(analyst.get_by_role("button", name="Publish")).to_have_count(0)

    editor = log_in("editors", "erik")
    editor.goto("/admin/tracker/stance/")
    editor.locator("[name=_selected_action]").check()
    editor.get_by_label("Action:").select_option("publish_selected")
    editor.get_by_role("button", name="Go").click()
    for name in (
        "Ruritania supports: The river (2018-12/2019-04)",
        "Ruritania (organization)",
        "The river",
        "The decree (2019-06-05)",
    ):
        expect(editor.get_by_role("link", name=name, exact=True)).to_be_visible()
    editor.get_by_label("Note").fill("The first edition")
    editor.get_by_role("button", name="Publish").click()
    expect(editor.get_by_text("4 records published in edition 1.")).to_be_visible()
    editor.get_by_role("link", name="edition 1").click()
    expect(editor.get_by_text("The first edition")).to_be_visible()
    expect(editor.locator("#content-main tbody tr")).to_have_count(4)

    body = json.loads(StanceDocument.objects.get().body)
    assert (body["actor"]["name"], body["position"], body["citations"][0]["locator"]) == (
        "Ruritania",
        "supports",
        "p. 3",
    )
    assert body["confirmed_on"] == "2019-06-05"


@pytest.mark.parametrize("action", ["publish_selected", "retract_selected"])
def test_what_is_selected_fits_a_narrow_screen(log_in, action):
    stance = StanceFactory(
        issue__title="Recognition of the parliament", actor__name="The United Principalities"
    )
    published(*all_of(stance))
    page = log_in("editors", "erik", width=390)
    page.goto("/admin/tracker/stance/")

    page.locator("[name=_selected_action]").check()
    page.get_by_label("Action:").select_option(action)
    page.get_by_role("button", name="Go").click()

    expect(page.get_by_role("checkbox", name="Include The United Principalities")).to_be_checked()
    assert (
        page.locator(".selection .results").evaluate("box => box.scrollWidth - box.clientWidth")
        <= 0
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("width", [1366, 390])
def test_the_public_reason_begins_with_the_words_of_the_desk_at_a_press(log_in, width):
    editor = log_in("editors", "erik", width=width)
    actor = ActorFactory(name="Ruritania")
    published(actor)
    with history.changeset(made_by=None, reason="A misprint in the name.", channel=Channel.COMMAND):
        edited(actor, name="Ruritanien")
    editor.goto(f"/admin/tracker/actor/{actor.pk}/review/")
    editor.get_by_role("button", name="Publish …").click()

    note = editor.get_by_role("textbox", name="Note for readers")
    expect(note).to_have_value("")
    copy = editor.get_by_role("button", name="Copy the internal reason")
    field, button = note.bounding_box(), copy.bounding_box()
    assert button["height"] <= 36
    assert (
        max(button["x"] - field["x"] - field["width"], button["y"] - field["y"] - field["height"])
        >= 6
    )
    copy.click()
    expect(note).to_have_value("A misprint in the name.")
    expect(note).to_be_focused()
    assert editor.evaluate("document.documentElement.scrollWidth") <= width
    editor.get_by_role("button", name="Publish", exact=True).click()
    expect(editor.get_by_text("published in edition 2")).to_be_visible()
    assert Edition.objects.latest("number").note == "A misprint in the name."
