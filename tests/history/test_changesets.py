"""Change sets over everything, and what one of them touched, record by record."""

import pytest

from tests.desk.undo.acts import done, edit
from tests.factories import ActorFactory, IssueFactory, SourceFactory, StanceFactory
from tracker.history import changesets
from tracker.history.changesets import HistoryFilter, recent, summary, touched
from tracker.history.timeline import StepKind
from tracker.models import Issue
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db


def test_change_sets_are_found_by_the_nouns_that_they_touched():
    stances, actors = done(StanceFactory), done(ActorFactory)
    cited = done(
        lambda: StanceFactory._meta.model.objects.get().citations.create(source=SourceFactory())
    )

    def recent_of(noun):
        return {changeset.pk for changeset in recent(HistoryFilter(noun=noun), most=50).rows}

    assert recent_of(Noun.STANCE) == {stances, cited}
    assert recent_of(Noun.ACTOR) == {stances, actors}
    assert recent_of(Noun.MEETING) == set()


def test_what_a_change_set_touched_is_told_record_by_record_in_pages():
    def act():
        for _ in range(3):
            StanceFactory(citations=[{}, {}])

    changed = done(act)

    pages, after = [], None
    while True:
        page = touched(changed, after=after, most=5)
        pages.append(page)
        if (after := page.after) is None:
            break
    records = [(record.noun, record.record) for page in pages for record in page.records]

    assert records == sorted(records)
    assert [len(page.records) for page in pages] == [5, 5, 5]
    stances = [record for page in pages for record in page.records if record.noun is Noun.STANCE]
    assert [[(step.part, step.happened) for step in stance.steps] for stance in stances] == [
        [("", StepKind.ADDED), ("citation", StepKind.ADDED), ("citation", StepKind.ADDED)]
    ] * 3


def test_a_page_takes_two_queries(django_assert_num_queries):
    changed = done(lambda: ActorFactory.create_batch(20))

    for most in (1, 20):
        with django_assert_num_queries(2):
            assert len(touched(changed, most=most).records) == most


def test_a_change_set_is_summed_up():
    issue, gone = IssueFactory(), IssueFactory()

    def act():
        Issue.objects.filter(pk=issue.pk).update(title="New")
        Issue.objects.filter(pk=gone.pk).delete()
        StanceFactory(issue=issue)

    assert summary(done(act)).counts == {
        Noun.ISSUE: {StepKind.ADDED: 0, StepKind.CHANGED: 1, StepKind.REMOVED: 1},
        Noun.ACTOR: {StepKind.ADDED: 1, StepKind.CHANGED: 0, StepKind.REMOVED: 0},
        Noun.SOURCE: {StepKind.ADDED: 1, StepKind.CHANGED: 0, StepKind.REMOVED: 0},
        Noun.STANCE: {StepKind.ADDED: 1, StepKind.CHANGED: 0, StepKind.REMOVED: 0},
    }
    assert summary(edit(issue, title="Newer")).counts == {
        Noun.ISSUE: {StepKind.ADDED: 0, StepKind.CHANGED: 1, StepKind.REMOVED: 0}
    }


def test_several_are_summed_up_by_one_query_each_up_to_a_bound(django_assert_num_queries):
    many, few = done(lambda: ActorFactory.create_batch(3)), done(ActorFactory)

    with django_assert_num_queries(1):
        summed_up = changesets.summaries([many, few], up_to=2)

    counted = [
        (summed.counts[Noun.ACTOR][StepKind.ADDED], summed.is_cut) for summed in summed_up.values()
    ]
    assert counted == [(2, True), (1, False)]


@pytest.mark.parametrize(("counted", "is_cut"), [(2, True), (4, False)])
def test_a_large_change_set_is_counted_up_to_a_bound(monkeypatch, counted, is_cut):
    monkeypatch.setattr(changesets, "MOST_EVENTS_COUNTED", counted)

    summed_up = summary(done(lambda: ActorFactory.create_batch(3)))

    assert (summed_up.counts[Noun.ACTOR][StepKind.ADDED], summed_up.is_cut) == (
        min(counted, 3),
        is_cut,
    )
