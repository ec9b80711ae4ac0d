"""What blocks a step is told by titles that lead to reviews, never by numbers,
with what to publish along.
"""

import re

import pytest

from tests.desk.admin.actions.test_publish import sent
from tests.desk.admin.conftest import address
from tests.factories import ActorFactory, IssueFactory, StanceFactory
from tests.publishing.acts import edited, stance_with_all
from tracker.models import Edition
from tracker.publishing.status import statuses
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db


def blockers(client, record):
    """Return what blocks publishing, as a review says it."""
    page = client.get(address(record, "review")).content.decode()
    return page.split('aria-labelledby="blockers-heading"')[1].split("</section>")[0]


def rivals():
    """Return a public stance, and a draft on days on which that one is accepted."""
    kept = stance_with_all(since="2018")
    source = kept.citations.get().source
    cited = [{"source": source, "locator": "p. 9"}]
    return kept, StanceFactory(actor=kept.actor, issue=kept.issue, since="2020", citations=cited)


def test_a_blocker_names_others_by_their_titles_as_links_to_their_reviews(editor):
    kept, draft = rivals()
    actor = ActorFactory(name="Free & <easy>")

    html = blockers(editor, draft)
    of_actor = blockers(editor, StanceFactory(actor=actor))

    assert (
        f'Accepted or contested: <a href="{address(kept, "review")}">{kept.actor.name} supports: '
        in html
    )
    easy = f'<a href="{address(actor, "review")}">Free &amp; &lt;easy&gt;</a>'
    assert f"Actor: {easy} is named but not public" in of_actor
    assert not re.search(r"\b(stance|actor|issue|source) [0-9]", html)


def test_a_rival_that_was_mended_at_the_desk_is_published_together(editor):
    kept, draft = rivals()
    assert "Publish these together" not in blockers(editor, draft)
    edited(kept, until="2019-12-31")

    html = blockers(editor, draft)
    page = editor.post("/admin/tracker/stance/", hidden(html))
    editor.post("/admin/tracker/stance/", sent(page, note="One after the other."))

    assert "At the desk this is mended already" in html
    edition = Edition.objects.latest("number")
    assert set(edition.changes.values_list("noun", "record")) == {
        ("stance", kept.pk),
        ("stance", draft.pk),
    }


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


def hidden(form):
    """Return what a button of a page sends."""
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
