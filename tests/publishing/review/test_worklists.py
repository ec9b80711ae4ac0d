"""Who has to do what next: what waits for review, what was sent back, what somebody is writing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
)
from tests.publishing.acts import edited, published
from tests.publishing.review.acting import by, edits
from tracker.models import Actor
from tracker.publishing.review import approve, assign, comment, send_back, submit, withdraw
from tracker.publishing.status import in_state, statuses
from tracker.publishing.worklists import drafts, sent_back, waiting
from tracker.values.nouns import Noun
from tracker.values.vocabularies import State

pytestmark = pytest.mark.django_db


def keys(tasks) -> list[tuple[str, int]]:
    return [(task.noun.value, task.record) for task in tasks]


def key(record) -> tuple[str, int]:
    return record._meta.model_name, record.pk


def test_what_is_in_review_waits_the_oldest_first(anna, erik):
    records = [
        StanceFactory(),
        ActorFactory(),
        SourceFactory(),
        AlignmentFactory(),
        MeetingFactory(),
        IssueFactory(),
    ]
    for record in records:
        by(anna, submit, record, text="Ready.", to=erik.pk)

    listed = waiting()

    assert keys(listed) == [key(record) for record in records]
    first = listed[0]
    assert (first.version, first.step, first.by, first.text, first.to) == (
        3,
        "submitted",
        anna.pk,
        "Ready.",
        erik.pk,
    )


def test_what_left_review_waits_no_longer(anna, erik):
    records = withdrawn, back, edited_since, public, deleted = [ActorFactory() for _ in range(5)]
    by(anna, submit, *records)
    by(anna, withdraw, withdrawn)
    by(erik, send_back, back, text="No.")
    edited(edited_since, name="Another")
    published(public)
    deleted.delete()

    assert waiting() == []


def test_a_worklist_a_filter_and_a_status_agree_on_what_is_in_review(anna, erik):
    """Each is asked in its own way:
    the SQL of worklists, a condition of lists, and one record at a time.
    """
    records = up, edited_since, public, unchanged, back, draft = [ActorFactory() for _ in range(6)]
    by(anna, submit, up, edited_since, public, back)
    by(erik, send_back, back, text="No.")
    edited(edited_since, name="Another")
    published(public, unchanged)
    # past the service: of a version that came out as what readers see, and of one that did not
    Actor.objects.filter(pk__in=[unchanged.pk, draft.pk]).update(state=State.IN_REVIEW)
    for actor in records:
        actor.refresh_from_db()

    filtered = Actor.objects.filter(in_state(Noun.ACTOR, State.IN_REVIEW)).order_by("pk")
    status = statuses(Noun.ACTOR, [actor.pk for actor in records])
    in_review = [
        actor
        for actor in records
        if status[actor.pk].is_in_review(state=actor.state, version=actor.version)
    ]

    assert (
        {record for _, record in keys(waiting())}
        == {actor.pk for actor in filtered}
        == {record.pk for record in in_review}
    )
    assert up in in_review
    assert draft in in_review


def test_what_is_approved_waits_to_be_published(anna, erik):
    actor = ActorFactory()
    by(anna, submit, actor)
    by(erik, approve, actor)
    by(erik, comment, actor, text="Well done.")

    assert keys(waiting()) == [key(actor)]


def test_what_was_put_in_review_past_the_service_waits_too(anna):
    actor = ActorFactory()
    edits(anna, actor, name="Hers")
    by(anna, submit, ActorFactory())
    edited(actor, state="in_review")

    assert keys(waiting())[0] == key(actor)
    assert (waiting()[0].by, waiting()[0].to) == (None, None)


def test_the_queue_by_issue(anna):
    issue = IssueFactory()
    on_it = [
        issue,
        StanceFactory(issue=issue),
        AlignmentFactory(issue=issue),
        MeetingFactory(issues=[{"issue": issue}]),
    ]
    by(
        anna,
        submit,
        *on_it,
        StanceFactory(),
        MeetingFactory(),
        SourceFactory(),
        ActorFactory(),
        IssueFactory(),
    )

    assert sorted(keys(waiting(issue=issue.pk))) == sorted(key(record) for record in on_it)


def test_the_queue_by_author_and_by_whose_turn_it_is(anna, bert, erik):
    annas, berts = ActorFactory(), ActorFactory()
    by(anna, submit, annas)
    by(bert, submit, berts, to=erik.pk)

    assert keys(waiting(author=anna.pk)) == [key(annas)]
    assert keys(waiting(to=erik.pk)) == [key(berts)]
    by(anna, assign, annas, to=erik.pk)
    assert keys(waiting(to=erik.pk)) == [key(annas), key(berts)]
    assert keys(waiting(to=erik.pk, author=bert.pk)) == [key(berts)]


def test_what_was_sent_back_to_somebody_until_it_is_submitted_again(anna, bert, erik):
    actor = ActorFactory()
    by(anna, submit, actor)
    by(erik, send_back, actor, text="Which decree?")

    assert [(task.record, task.by, task.text) for task in sent_back(to=anna.pk)] == [
        (actor.pk, erik.pk, "Which decree?"),
    ]
    assert sent_back(to=bert.pk) == sent_back(to=erik.pk) == []
    edits(anna, actor, name="Better")
    assert keys(sent_back(to=anna.pk)) == [key(actor)]
    by(anna, submit, actor)
    assert sent_back(to=anna.pk) == []


def test_what_was_sent_back_is_in_no_other_list_until_it_is_given_to_somebody_else(
    anna, bert, erik
):
    actor = ActorFactory()
    by(anna, submit, actor)
    by(erik, send_back, actor, text="Which decree?")
    edits(anna, actor, name="Better")

    assert keys(sent_back(to=anna.pk)) == [key(actor)]
    assert drafts(of=anna.pk) == waiting() == []
    by(anna, assign, actor, to=bert.pk)
    assert sent_back(to=anna.pk) == sent_back(to=bert.pk) == []
    assert keys(drafts(of=bert.pk)) == [key(actor)]


def test_what_was_sent_back_and_published_all_the_same_is_done(anna, erik):
    actor = ActorFactory()
    by(anna, submit, actor)
    by(erik, send_back, actor, text="Which decree?")
    published(actor)

    assert sent_back(to=anna.pk) == []
    edited(actor, name="Another")
    assert sent_back(to=anna.pk) == drafts(of=anna.pk) == []


def test_drafts_are_of_whoever_changed_them_last(anna, bert):
    actor = ActorFactory()
    edits(anna, actor, name="Hers")
    assert keys(drafts(of=anna.pk)) == [key(actor)]

    edits(bert, actor, name="His")

    assert drafts(of=anna.pk) == []
    assert keys(drafts(of=bert.pk)) == [key(actor)]
    by(bert, submit, actor)
    assert drafts(of=bert.pk) == []


def test_drafts_are_of_whoever_they_were_given_to(anna, bert):
    actor = ActorFactory()
    edits(anna, actor, name="Hers")

    by(anna, assign, actor, to=bert.pk, text="Please go on.")

    assert drafts(of=anna.pk) == []
    assert [(task.record, task.text) for task in drafts(of=bert.pk)] == [
        (actor.pk, "Please go on.")
    ]


def test_an_edit_ends_a_review_and_what_was_arranged_in_it(anna, bert, erik):
    actor = ActorFactory()
    by(anna, submit, actor, to=erik.pk)
    by(erik, assign, actor, to=bert.pk)

    edits(anna, actor, name="Hers")

    assert keys(drafts(of=anna.pk)) == [key(actor)]
    assert drafts(of=erik.pk) == drafts(of=bert.pk) == sent_back(to=anna.pk) == []
    by(anna, assign, actor, to=bert.pk)
    assert keys(drafts(of=bert.pk)) == [key(actor)]


def test_what_was_given_to_anybody_is_whose_it_was(anna):
    actor = ActorFactory()
    edits(anna, actor, name="Hers")

    by(anna, assign, actor, to=None)

    assert keys(drafts(of=anna.pk)) == [key(actor)]


def test_what_readers_see_as_it_is_is_no_draft(anna):
    actor = ActorFactory()
    edits(anna, actor, name="Hers")

    published(actor)

    assert drafts(of=anna.pk) == []
    edits(anna, actor, name="Hers, and more")
    assert keys(drafts(of=anna.pk)) == [key(actor)]


def test_pages_follow_each_other_without_a_gap_or_a_repetition(anna):
    submitted = [StanceFactory() if number % 2 else ActorFactory() for number in range(7)]
    by(anna, submit, *submitted)
    for _ in range(4):
        edited(MeetingFactory(), state="in_review")
    pages, after = [], None

    while page := waiting(after=after, limit=3):
        pages.append(keys(page))
        after = page[-1].place

    assert [len(page) for page in pages] == [3, 3, 3, 2]
    assert [entry for page in pages for entry in page] == keys(waiting())
    assert len(set(keys(waiting()))) == 11


@pytest.mark.parametrize("page", [waiting, "sent_back", "drafts"])
def test_each_list_is_one_statement_whatever_its_length(anna, erik, page):
    def cost(number: int) -> int:
        records = [StanceFactory() for _ in range(number)]
        edits(anna, records[0], summary="Hers.")
        if page == "drafts":
            by(anna, assign, *records, to=anna.pk)
        else:
            by(anna, submit, *records)
        if page == "sent_back":
            by(erik, send_back, *records, text="No.")
        ask = {
            "sent_back": lambda: sent_back(to=anna.pk),
            "drafts": lambda: drafts(of=anna.pk),
        }.get(page, waiting)
        with CaptureQueriesContext(connection) as queries:
            assert len(ask()) >= number
        return len(queries)

    assert cost(1) == cost(20) == 1
