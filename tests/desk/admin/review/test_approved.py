"""What is approved waits to be published, and says so wherever its state is shown;
and what a review links to.
"""

import pytest

from tests.desk.admin.conftest import address, main
from tests.factories import ActorFactory, AlignmentFactory, StanceFactory
from tests.publishing.acts import edited, published
from tests.publishing.review.acting import by
from tracker.publishing.review import approve, submit

pytestmark = pytest.mark.django_db
SAYS = "approved by erik, waiting to be published"
PAGES = (
    "/admin/tracker/actor/",
    "/admin/tracker/actor/{}/review/",
    "/admin/tracker/actor/{}/change/",
)


def approved(analyst, editor, *records):
    """Let an editor approve what an analyst submits."""
    by(analyst.user, submit, *records)
    by(editor.user, approve, *records)


def test_an_approved_record_says_by_whom_and_that_it_waits(analyst, editor):
    actor = ActorFactory()
    pages = [page.format(actor.pk) for page in (*PAGES, "/admin/review/waiting/")]
    by(analyst.user, submit, actor)
    assert [SAYS in main(analyst.get(page)) for page in pages] == [False] * 4

    by(editor.user, approve, actor)

    assert [SAYS in main(analyst.get(page)) for page in pages] == [True] * 4
    assert "in review" in main(analyst.get(PAGES[0]))


@pytest.mark.parametrize("ends", ["an edit", "an edition"])
def test_an_approval_that_ended_is_not_said_any_more(analyst, editor, ends):
    actor = ActorFactory()
    approved(analyst, editor, actor)
    if ends == "an edit":
        edited(actor, name="Ruritania")
    else:
        published(actor)

    for page in PAGES:
        assert SAYS not in main(analyst.get(page.format(actor.pk)))


@pytest.mark.parametrize("factory", [StanceFactory, AlignmentFactory])
def test_a_review_leads_to_what_the_record_names_and_asks_its_question(editor, factory):
    claim = factory(issue__question="Should the dam be built?")
    source = claim.citations.get().source

    page = main(editor.get(address(claim, "review")))

    for record in (claim.actor, claim.issue, source):
        assert f'<a href="{address(record)}">' in page
    assert '<p class="question">Should the dam be built?</p>' in page
