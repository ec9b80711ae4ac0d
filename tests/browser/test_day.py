"""A day's work at the desk, from a new source to what readers see, on the first dataset:
the story of docs/analyst.md.

The pictures there are taken by `make pictures`,
which tells this test where to put them (`PICTURES`).
"""

import os
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tests.browser.conftest import pick
from tests.browser.test_coding import look_for
from tests.browser.test_importing import upload
from tests.factories import ActorFactory, StanceFactory
from tracker.models import ChangeSet, Stance
from tracker.verify import verify

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
GUIDE = Path(__file__).resolve().parents[2] / "docs" / "analyst.md"
ADDRESS = "https://news.example/2019/06/20/kremlin-says-it-backs-talks-in-caracas"
SUMMARY = "Moscow backs the talks, and says that it backs the government."


@pytest.fixture
def picture(tmp_path: Path) -> Callable[[Page, str], None]:
    """Return a function that takes a picture of what is on the screen; the guide must show it."""
    directory = Path(os.environ.get("PICTURES", tmp_path))
    guide = GUIDE.read_text()

    def take(page: Page, name: str) -> None:
        assert f"(analyst/{name}.png)" in guide
        # a click on a link doesn't wait for all of the page that it leads to
        page.wait_for_load_state()
        expect(page.locator("#content")).to_be_visible()
        page.screenshot(path=directory / f"{name}.png")

    return take


def test_a_day_at_the_desk(log_in, tmp_path, picture):
    call_command("bootstrap", "first", "security-council", stdout=StringIO())
    anna = log_in("analysts", "anna")

    code_a_stance(anna, picture)
    stance = Stance.objects.latest("id")
    find_and_change_many(anna)
    meet_somebody_else_in_the_form(anna, log_in("analysts", "boris"), stance)
    anna.goto(f"/admin/tracker/stance/{stance.pk}/review/")
    anna.get_by_role("textbox", name="Comment").fill("Ready.")
    anna.get_by_role("button", name="Submit for review …").click()
    anna.get_by_role("button", name="Submit", exact=True).click()

    erik = log_in("editors", "erik")
    publish_it(erik, stance, picture)
    read_what_readers_see(erik, stance)
    look_at_its_history(erik, stance)
    merge_two_actors(erik)
    import_a_workbook(anna, tmp_path, picture)
    undo_the_import(anna)
    assert list(verify()) == []


def code_a_stance(page: Page, picture: Callable[[Page, str], None]) -> None:
    """Code a stance with a new source, filled from its address."""
    page.goto("/admin/tracker/stance/add/")
    pick(page, "issue", "Maduro")
    pick(page, "actor", "Vladimir")
    page.locator("[name=position]").select_option("supports")
    page.locator("[name=since]").press_sequentially("2019-06")
    page.locator("[name=basis]").select_option("statement")
    page.locator("[name=confidence]").select_option("moderate")
    look_for(page, "citations-0-source", ADDRESS, "New source from this address")
    with page.expect_popup() as opened:
        page.keyboard.press("Enter")
    form = opened.value
    expect(form.get_by_text("Guessed from the address: check it.").first).to_be_visible()
    with form.expect_event("close"):
        form.keyboard.press("Control+Enter")
    page.locator("[name=citations-0-locator]").fill("paragraph 2")
    expect(page.locator("#id_since_beside")).to_have_text("1 Jun 2019 to 30 Jun 2019")
    picture(page, "coding")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("was added")).to_be_visible()


def find_and_change_many(page: Page) -> None:
    """Narrow a list to a region's claims of one actor."""
    page.goto("/admin/tracker/stance/?q=venezuela+Россия")
    expect(page.locator("#result_list tbody tr").first).to_be_visible()


def meet_somebody_else_in_the_form(anna: Page, boris: Page, stance: Stance) -> None:
    """Change the stance while somebody else does, and choose field by field."""
    for page in (anna, boris):
        page.goto(f"/admin/tracker/stance/{stance.pk}/change/")
    boris.locator("[name=confidence]").select_option("high")
    boris.get_by_role("textbox", name="Summary").fill("Moscow backs the talks.")
    boris.get_by_label("Why:", exact=True).fill("A second spokesman said so")
    boris.get_by_role("button", name="Save", exact=True).click()
    expect(boris.get_by_text("was changed")).to_be_visible()
    anna.get_by_role("textbox", name="Summary").fill(SUMMARY)
    anna.get_by_role("button", name="Save", exact=True).click()
    expect(anna.locator(".conflict ins").first).to_be_visible()
    anna.get_by_label("Summary: keep mine").check()
    anna.get_by_role("button", name="Save", exact=True).click()
    expect(anna.get_by_text("was changed")).to_be_visible()


def publish_it(page: Page, stance: Stance, picture: Callable[[Page, str], None]) -> None:
    """Review the stance as somebody else, and publish it with the source that it names."""
    page.get_by_role("link", name="Waiting for review").first.click()
    page.goto(f"/admin/tracker/stance/{stance.pk}/review/")
    picture(page, "review")
    page.get_by_role("button", name="Approve").click()
    page.get_by_role("button", name="Publish …").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("published in edition 3")).to_be_visible()


def read_what_readers_see(page: Page, stance: Stance) -> None:
    """Ask the public API for the stance: now, and as of the edition before."""
    record = page.request.get(f"/api/v1/stances/{stance.pk}/").json()
    assert (record["position"], record["summary"], record["confidence"]) == (
        "supports",
        SUMMARY,
        "high",
    )
    assert record["citations"][0]["locator"] == "paragraph 2"
    before = page.request.get(f"/api/v1/stances/?id={stance.pk}&edition=2").json()
    assert before["results"] == []


def look_at_its_history(page: Page, stance: Stance) -> None:
    page.goto(f"/admin/tracker/stance/{stance.pk}/history/")
    expect(page.get_by_text("A second spokesman said so")).to_be_visible()


def merge_two_actors(page: Page) -> None:
    """See what a merge would move, and leave it at that."""
    issue = Stance.objects.order_by("pk")[0].issue
    twin = StanceFactory(
        actor=ActorFactory(name="SCO", slug="sco", kind="organization"), issue=issue
    ).actor
    page.goto(f"/admin/tracker/actor/{twin.pk}/merge/")
    pick(page, "into", "Shanghai")
    page.get_by_role("button", name="Show what moves").click()
    page.wait_for_load_state("networkidle")


def import_a_workbook(page: Page, directory: Path, picture: Callable[[Page, str], None]) -> None:
    """Upload sources with one row in error, and import the others."""
    statement = ["webpage", "A joint statement", "2019-06-05", "https://example.org/statement"]
    communique = ["webpage", "A communiqué", "last spring", "https://example.org/communique"]
    upload(
        page,
        directory,
        statement,
        communique,
        ["webpage", "The talks, again", "2019-06-20", ADDRESS],
    )
    picture(page, "import")
    communique[2] = "2019-05"
    upload(page, directory, statement, communique)
    page.get_by_label("Why:", exact=True).fill("From the reading list")
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_text("Imported as drafts: 2 new")).to_be_visible()


def undo_the_import(page: Page) -> None:
    changeset = ChangeSet.objects.get(reason="From the reading list")
    page.goto(f"/admin/tracker/changeset/{changeset.pk}/undo/")
    page.get_by_label("Why:", exact=True).fill("The wrong list")
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_text("2 records are as before, by this change.")).to_be_visible()
