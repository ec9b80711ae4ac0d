"""What blocks a step is told by titles that lead to reviews, never by numbers, with what to publish along."""

import re

import pytest

from tests.desk.admin.actions.test_publish import sent
from tests.desk.admin.conftest import logged_in
from tests.factories import ActorFactory, IssueFactory, StanceFactory
from tests.publishing.acts import edited, stance_with_all
from tests.publishing.review.acting import edits
from tracker.models import Edition
from tracker.publishing.status import statuses
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db


def blockers(client, record):
    """Return what blocks publishing, as a review says it."""
    page = client.get(f"/admin/tracker/{record._meta.model_name}/{record.pk}/review/").content.decode()
    return page.split('aria-labelledby="blockers-heading"')[1].split("</section>")[0]


def rivals():
    """Return a public stance, and a draft on days on which that one is accepted."""
    kept = stance_with_all(since="2018")
    source = kept.citations.get().source
    cited = [{"source": source, "locator": "p. 9"}]
    return kept, StanceFactory(actor=kept.actor, issue=kept.issue, since="2020", citations=cited)


def test_a_blocker_names_others_by_their_titles_as_links_to_their_reviews(editor):
    kept, draft = rivals()

    html = blockers(editor, draft)

    assert (
        f'Accepted or contested: <a href="/admin/tracker/stance/{kept.pk}/review/">{kept.actor.name} supports: ' in html
    )
    assert not re.search(r"\b(stance|actor|issue|source) [0-9]", html)


def test_what_is_not_public_is_named_by_its_title(editor):
    actor = ActorFactory(name="Free & <easy>")

    html = blockers(editor, StanceFactory(actor=actor))

    assert (
        f'Actor: <a href="/admin/tracker/actor/{actor.pk}/review/">Free &amp; &lt;easy&gt;</a> is named but not public'
        in html
    )


def test_a_rival_that_was_mended_at_the_desk_is_published_together(editor):
    kept, draft = rivals()
    assert "Publish these together" not in blockers(editor, draft)
    edited(kept, until="2019-12-31")

    html = blockers(editor, draft)
    page = editor.post("/admin/tracker/stance/", hidden(html))
    editor.post("/admin/tracker/stance/", sent(page, note="One after the other."))

    assert "At the desk this is mended already" in html
    edition = Edition.objects.latest("number")
    assert set(edition.changes.values_list("noun", "record")) == {("stance", kept.pk), ("stance", draft.pk)}


def test_records_of_two_kinds_are_published_together(editor):
    issue = IssueFactory(question="Should the dam be built?")
    stance = stance_with_all(issue=issue)
    edited(stance, issue=IssueFactory())
    edited(issue, question="")

    html = blockers(editor, issue)
    page = editor.post("/admin/tracker/issue/", hidden(html))

    assert f"stance:{stance.pk}" in sent(page)["selected"]
    editor.post("/admin/tracker/issue/", sent(page))
    status = statuses(Noun.ISSUE, [issue.pk])[issue.pk]
    issue.refresh_from_db()
    assert status.version == issue.version


def test_who_may_not_publish_is_told_and_not_offered_it(analyst):
    kept, draft = rivals()
    edited(kept, until="2019-12-31")

    html = blockers(analyst, draft)

    assert "At the desk this is mended already" in html
    assert "Publish these together" not in html


def test_what_nobody_else_saw_is_no_reason_to_publish_others_along(editor):
    logged_in("editors", username="emma")
    actor = ActorFactory()
    edits(editor.user, actor, name="Ruritania")

    html = blockers(editor, actor)

    assert "somebody else must approve or publish" in html
    assert "together" not in html


@pytest.mark.parametrize("also", ["x", "planet:1", "stance:one"])
def test_what_no_page_asks_to_publish_along_is_a_bad_request(editor, also):
    body = {"action": "publish_selected", "_selected_action": [ActorFactory().pk], "also": also}

    assert editor.post("/admin/tracker/actor/", body).status_code == 400


def hidden(form):
    """Return what a button of a page sends."""
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
