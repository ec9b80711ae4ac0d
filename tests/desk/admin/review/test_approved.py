"""What is approved waits to be published, and says so wherever its state is shown; and what a review links to."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import ActorFactory, AlignmentFactory, StanceFactory
from tests.publishing.acts import edited, published
from tests.publishing.review.acting import by
from tracker.publishing.review import approve, submit

pytestmark = pytest.mark.django_db
SAYS = "approved by erik, waiting to be published"
PAGES = ("/admin/tracker/actor/", "/admin/tracker/actor/{}/review/", "/admin/tracker/actor/{}/change/")


def approved(analyst, editor, *records):
    """Let an editor approve what an analyst submits."""
    by(analyst.user, submit, *records)
    by(editor.user, approve, *records)


def main(page):
    return page.content.decode().split('id="content-main"')[1]


@pytest.mark.parametrize("address", [*PAGES, "waiting"])
def test_an_approved_record_says_by_whom_and_that_it_waits(analyst, editor, address):
    actor = ActorFactory()
    by(analyst.user, submit, actor)
    page = waiting_list() if address == "waiting" else address.format(actor.pk)
    assert SAYS not in main(analyst.get(page))

    by(editor.user, approve, actor)

    assert SAYS in main(analyst.get(page))
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


def test_a_list_of_approved_records_costs_as_much_with_twenty_as_with_one(analyst, editor):
    def cost(number):
        approved(analyst, editor, *[ActorFactory() for _ in range(number)])
        counts = []
        for page in (PAGES[0], waiting_list()):
            analyst.get(page)
            with CaptureQueriesContext(connection) as queries:
                assert SAYS in main(analyst.get(page))
            counts.append(len(queries))
        return counts

    assert cost(1) == cost(20)


@pytest.mark.parametrize("factory", [StanceFactory, AlignmentFactory])
def test_a_review_leads_to_what_the_record_names_and_asks_its_question(editor, factory):
    claim = factory(issue__question="Should the dam be built?")
    source = claim.citations.get().source

    page = main(editor.get(f"/admin/tracker/{claim._meta.model_name}/{claim.pk}/review/"))

    for record in (claim.actor, claim.issue, source):
        assert f'<a href="/admin/tracker/{record._meta.model_name}/{record.pk}/change/">' in page
    assert '<p class="question">Should the dam be built?</p>' in page


def waiting_list():
    """Return the address of the list of what waits for review."""
    return reverse("admin:worklist_waiting")
