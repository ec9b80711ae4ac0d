"""Two people change one record at the same time; and an import, and SQL."""

import pytest
from playwright.sync_api import expect

from tests.factories import StanceFactory
from tests.models.rows import execute
from tracker.models import Stance

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.mark.gate
def test_two_people_save_one_stance_and_nothing_of_either_is_lost(log_in):
    stance = StanceFactory(summary="It supports the river, loudly.")
    anna, boris = log_in("analysts", "anna"), log_in("analysts", "boris", width=390, dark=True)
    for page in (anna, boris):
        page.goto(f"/admin/tracker/stance/{stance.pk}/change/")
        page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")

    anna.get_by_label("Position").select_option("opposes")
    anna.get_by_label("Confidence").select_option("high")
    anna.get_by_role("textbox", name="Summary").fill("It opposes the river, loudly.")
    anna.locator("#id_citations-0-locator").fill("p. 1")
    anna.get_by_label("Why:", exact=True).fill("They voted against it")
    anna.get_by_role("button", name="Save", exact=True).click()
    expect(anna.get_by_text("was changed")).to_be_visible()

    boris.get_by_label("Position").select_option("neutral")
    boris.get_by_label("Until").fill("2021")
    boris.get_by_role("textbox", name="Summary").fill("It supports the brook, loudly.")
    boris.locator("#id_citations-0-quote").fill("Not a word")
    boris.get_by_role("button", name="Save", exact=True).click()

    expect(boris.locator(".errornote + .errorlist")).to_contain_text(
        "anna (desk) changed this record"
    )
    expect(boris.locator(".conflict ins", has_text="brook")).to_be_visible()
    expect(boris.locator(".conflict tr", has_text="Confidence")).to_contain_text(
        "theirs, taken over"
    )
    expect(boris.locator(".conflict tr", has_text="Until")).to_contain_text("yours")
    # a third one, meanwhile
    execute("UPDATE tracker_stance SET hedged = true WHERE id = %s", stance.pk)
    boris.get_by_label("Position: take theirs").check()
    boris.get_by_label("Citation 1: keep mine").check()
    boris.get_by_role("button", name="Save", exact=True).click()

    expect(boris.locator(".errornote + .errorlist")).to_contain_text(
        "Choose theirs or yours for: Summary."
    )
    expect(boris.get_by_label("Position: take theirs")).to_be_checked()
    expect(boris.get_by_label("Citation 1: keep mine")).to_be_checked()
    boris.get_by_label("Summary: keep mine").check()
    # it unfolds what is folded
    boris.locator(".conflict").get_by_role("link", name="Summary").click()
    boris.get_by_role("textbox", name="Summary").fill("It opposes the brook, loudly.")
    boris.get_by_role("button", name="Save", exact=True).click()

    expect(boris.get_by_text("was changed")).to_be_visible()
    saved = Stance.objects.get()
    assert (saved.position, saved.confidence, saved.until, saved.hedged) == (
        "opposes",
        "high",
        "2021",
        True,
    )
    assert saved.summary == "It opposes the brook, loudly."
    assert (saved.citations.get().quote, saved.citations.get().locator) == (
        "Not a word",
        "Introduction, paragraph 1",
    )


def test_what_was_typed_survives_a_deletion(log_in):
    stance = StanceFactory()
    anna, boris = log_in("analysts", "anna"), log_in("analysts", "boris")
    boris.goto(f"/admin/tracker/stance/{stance.pk}/change/")
    boris.get_by_label("Position").select_option("neutral")
    anna.goto(f"/admin/tracker/stance/{stance.pk}/delete/")
    anna.get_by_label("Why:", exact=True).fill("By mistake")
    anna.get_by_role("button", name="Delete").click()

    boris.get_by_role("button", name="Save", exact=True).click()
    expect(boris.get_by_text("Somebody deleted this stance")).to_be_visible()
    with boris.expect_popup() as opened:
        boris.get_by_role("link", name="Restore it").click()
    opened.value.get_by_label("Why:", exact=True).fill("It was needed")
    opened.value.get_by_role("button", name="Restore", exact=True).click()
    expect(opened.value.get_by_text("1 record is as before")).to_be_visible()
    boris.get_by_role("button", name="Save again").click()
    expect(boris.locator(".conflict tr", has_text="Position")).to_contain_text("yours")
    boris.get_by_role("button", name="Save", exact=True).click()

    expect(boris.get_by_text("was changed")).to_be_visible()
    assert Stance.objects.get().position == "neutral"
