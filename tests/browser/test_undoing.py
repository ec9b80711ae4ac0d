"""An import is undone, but for what was edited since; and a record goes back to an earlier version."""

import pytest
from playwright.sync_api import expect

from tests.desk.imports.importing import WORLD, run, write
from tests.desk.undo.acts import edit
from tests.factories import IssueFactory
from tracker.models import Actor, Alignment, Issue, Meeting, Source, Stance
from tracker.verify import verify

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_an_import_is_undone_but_for_what_was_edited_since(log_in, tmp_path):
    run(write(tmp_path, **WORLD))
    edit(Stance.objects.get(), summary="It says so, loudly.")
    page = log_in("analysts", "anna")

    page.goto("/admin/tracker/changeset/?channel=import")
    page.locator("#result_list tbody th a").click()
    expect(page.get_by_text("2 actors added")).to_be_visible()
    page.get_by_role("link", name="Undo …").click()
    expect(page.get_by_text("Problems to fix first")).to_be_visible()
    expect(page.locator(".blockers")).to_contain_text("it was changed since (“summary”)")
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    page.get_by_label("Why:", exact=True).fill("The wrong files")
    page.get_by_label("Leave out", exact=True).check()
    page.get_by_role("button", name="Look again").click()

    expect(page.get_by_text("Left out: 4 records")).to_be_visible()
    expect(page.get_by_label("Why:", exact=True)).to_have_value("The wrong files")
    page.get_by_role("button", name="Undo", exact=True).click()

    expect(page.get_by_text("3 records are as before, by this change.")).to_be_visible()
    expect(page.get_by_text("The wrong files")).to_be_visible()
    counts = [model.objects.count() for model in (Stance, Issue, Source, Actor, Alignment, Meeting)]
    assert counts == [1, 1, 1, 1, 0, 0]
    assert list(verify()) == []


def test_two_versions_are_compared_and_the_older_one_is_put_back(log_in):
    issue = IssueFactory(title="The old river")
    edit(issue, title="The new river")
    edit(issue, region="africa")
    page = log_in("analysts", "anna")

    page.goto(f"/admin/tracker/issue/{issue.pk}/history/")
    page.get_by_role("radio", name="compare from version 1").check()
    page.get_by_role("button", name="Compare").first.click()
    expect(page.locator(".steps del")).to_have_text("old")
    expect(page.locator(".steps ins")).to_have_text("new")
    page.get_by_role("link", name="version 1").click()
    page.get_by_role("link", name="Put back …").click()
    page.get_by_label("Why:", exact=True).fill("The old one was right")
    page.get_by_role("button", name="Put back", exact=True).click()

    expect(page.get_by_text("1 record is as before, by this change.")).to_be_visible()
    issue.refresh_from_db()
    assert (issue.title, issue.region, issue.version) == ("The old river", "", 4)


def test_a_deleted_record_is_restored(log_in):
    issue = IssueFactory(title="The river")
    page = log_in("analysts", "anna")
    page.goto(f"/admin/tracker/issue/{issue.pk}/delete/")
    page.get_by_label("Why:", exact=True).fill("By mistake")
    page.get_by_role("button", name="Delete").click()

    page.goto("/admin/tracker/changeset/")
    page.get_by_role("link", name="Deleted records").click()
    page.get_by_role("link", name="Restore …").click()
    page.get_by_label("Why:", exact=True).fill("It was right")
    page.get_by_role("button", name="Restore", exact=True).click()

    expect(page.get_by_text("1 record is as before, by this change.")).to_be_visible()
    assert Issue.objects.get(pk=issue.pk).title == "The river"
