"""Filters of lists: each narrows, together they narrow further,
and what is chosen is shown and can be taken away.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.desk.admin.conftest import messages, text
from tests.factories import (
    ActFactory,
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
    VoteFactory,
)
from tests.public.api.publishing import publish_whole
from tests.publishing.acts import all_of, changeset, edited, published, retracted, stance_with_all
from tracker.models import ChangeSet
from tracker.values.vocabularies import Channel

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.localdate() - timedelta(days=366)


def narrowed(client, noun, **query):
    """Return the ids that a list shows."""
    page = client.get(f"/admin/tracker/{noun}/", query)
    assert page.status_code == 200, page.headers
    return {record.pk for record in page.context["cl"].result_list}


def test_an_issue_with_all_below_it_or_alone(analyst):
    top = IssueFactory()
    below = IssueFactory(parent=IssueFactory(parent=top, question=""))
    high, low, _ = (StanceFactory(issue=issue) for issue in (top, below, IssueFactory()))
    meeting = MeetingFactory(issues=[{"issue": below}, {"issue": top}])
    MeetingFactory(issues=[{}])

    assert narrowed(analyst, "stance", issue__exact=top.pk, below="1") == {high.pk, low.pk}
    assert narrowed(analyst, "stance", issue__exact=top.pk) == {high.pk}
    assert narrowed(analyst, "meeting", issues__issue__exact=top.pk, below="1") == {meeting.pk}
    assert narrowed(analyst, "issue", parent__exact=top.pk, below="1") == {
        below.pk,
        below.parent_id,
    }


def test_an_actor_of_an_alignment_either_way(analyst):
    china = ActorFactory()
    first, second = AlignmentFactory(actor=china), AlignmentFactory(counterpart=china)
    AlignmentFactory()

    assert narrowed(analyst, "alignment", actor__exact=china.pk) == {first.pk, second.pk}
    assert narrowed(analyst, "alignment", counterpart__exact=china.pk) == {second.pk}


PERIODS = {
    "2018-12-15": {"long", "open"},
    "2017": {"long", "unknown"},
    "2017/2019-06": {"long", "open", "unknown", "later"},
    "2019-05-21": {"long", "open", "later"},
    "../2016-12": {"unknown"},
    "2030/": {"open"},
}


def test_a_period_finds_what_may_have_been_so_then(analyst):
    stances = {
        "long": StanceFactory(since="2017", until="2019"),
        "open": StanceFactory(since="2018-06"),
        "unknown": StanceFactory(since="", until="2017-03"),
        "later": StanceFactory(since="2019-05-21~", until="2019-05"),
    }

    by_id = {stance.pk: name for name, stance in stances.items()}
    finds = {
        period: {by_id[pk] for pk in narrowed(analyst, "stance", period=period)}
        for period in PERIODS
    }
    assert finds == PERIODS


def test_a_meeting_without_an_end_lasts_a_day(analyst):
    meeting = MeetingFactory(since="2019-05-21")

    assert narrowed(analyst, "meeting", period="2019-05") == {meeting.pk}
    assert narrowed(analyst, "meeting", period="2019-06") == set()


@pytest.mark.parametrize(
    ("period", "says"),
    [
        ("last May", "“last May”: it is not a date"),
        ("2019/2018", "swap the two"),
        ("2019-02-30", "no day of the calendar"),
    ],
)
def test_what_is_no_period_is_said_and_finds_nothing(analyst, period, says):
    StanceFactory()

    page = analyst.get("/admin/tracker/stance/", {"period": period})

    assert says in messages(page)[0]
    assert not page.context["cl"].result_list
    assert f'value="{period}"' in page.content.decode()


def test_claims_that_want_attention(analyst):
    old, never = stance_with_all(confirmed_on=LONG_AGO), stance_with_all(confirmed_on=None)
    stance_with_all(confirmed_on=LONG_AGO, until="2020")
    fresh = StanceFactory(confirmed_on=timezone.localdate())
    contested = StanceFactory(
        standing="contested",
        standing_note="Rival evidence.",
        confirmed_on=fresh.confirmed_on,
        until="2021",
    )
    due = StanceFactory(
        basis="forecast", likelihood="likely", since="2020", confirmed_on=fresh.confirmed_on
    )
    StanceFactory(
        basis="forecast", likelihood="likely", since="2100", confirmed_on=fresh.confirmed_on
    )

    assert narrowed(analyst, "stance", attention="unconfirmed") == {old.pk, never.pk}
    assert narrowed(analyst, "stance", attention="contested") == {contested.pk}
    assert narrowed(analyst, "stance", attention="due") == {due.pk}


def test_a_draft_on_an_old_source_waits_for_its_review_and_not_to_be_confirmed(analyst):
    draft = StanceFactory(confirmed_on=LONG_AGO)
    assert narrowed(analyst, "stance", attention="unconfirmed") == set()

    published(*all_of(draft))
    assert narrowed(analyst, "stance", attention="unconfirmed") == {draft.pk}

    retracted(draft)
    assert narrowed(analyst, "stance", attention="unconfirmed") == set()


def test_meetings_to_come_and_those_whose_day_has_passed(analyst):
    soon, open_, passed = (
        MeetingFactory(status="planned", since=since) for since in ("2100-05", "", "2020-05")
    )
    MeetingFactory(status="held", since="2020-05")
    MeetingFactory(status="cancelled", since="2100-05")

    assert narrowed(analyst, "meeting", attention="to-come") == {soon.pk, open_.pk}
    assert narrowed(analyst, "meeting", attention="overdue") == {passed.pk}


def test_sources_without_an_archived_copy_and_what_cites_them(analyst):
    kept = SourceFactory(archive_url="https://archive.example/1")
    lost = SourceFactory()
    SourceFactory(url="")
    stance = StanceFactory(
        citations=[{"source": lost, "locator": "1"}, {"source": kept, "locator": "1"}]
    )
    StanceFactory(citations=[{"source": kept, "locator": "1"}])

    assert narrowed(analyst, "source", archive="none") == {lost.pk}
    assert narrowed(analyst, "stance", archive="none") == {stance.pk}


def test_who_made_a_record_and_how_it_came_here(analyst, editor):
    with changeset(analyst.user.pk, Channel.IMPORT):
        imported = ActorFactory()
    with changeset(editor.user.pk, Channel.ADMIN):
        made = ActorFactory()
        imported.name = "Another"
        imported.save()
    import_ = ChangeSet.objects.get(channel="import")

    assert narrowed(analyst, "actor", author=analyst.user.pk) == {imported.pk}
    assert narrowed(analyst, "actor", author=editor.user.pk) == {made.pk}
    assert narrowed(analyst, "actor", channel="import") == {imported.pk}
    assert narrowed(analyst, "actor", changeset=import_.pk) == {imported.pk}
    assert narrowed(analyst, "actor", changeset=ChangeSet.objects.get(channel="admin").pk) == {
        imported.pk,
        made.pk,
    }
    assert narrowed(analyst, "actor", channel="import", author=editor.user.pk) == set()


def test_a_value_that_is_no_choice_narrows_nothing_and_a_change_set_that_is_none_touched_nothing(
    analyst,
):
    stance = StanceFactory()

    for name, value in (
        ("author", "x"),
        ("channel", "x"),
        ("attention", "x"),
        ("attention", "overdue"),
        ("below", 1),
    ):
        assert narrowed(analyst, "stance", **{name: value}) == {stance.pk}
    assert narrowed(analyst, "stance", changeset="x") == set()


def test_issues_of_a_theme(analyst):
    issue = IssueFactory(themes=["energy", "trade"])
    IssueFactory(themes=["trade"])

    assert narrowed(analyst, "issue", theme="energy") == {issue.pk}


def test_what_is_chosen_is_shown_and_each_can_be_taken_away(analyst):
    stance = StanceFactory(actor__name="Ruritania", since="2018")
    query = {
        "q": "supports",
        "period": "2018",
        "actor__exact": stance.actor_id,
        "position__exact": "supports",
    }

    chips = analyst.get("/admin/tracker/stance/", query).context["cl"].chips

    assert {chip.text for chip in chips} == {
        "Search: supports",
        "Period: 2018",
        "Actor: Ruritania",
        "Position: supports",
    }
    without = next(chip.without for chip in chips if chip.text == "Period: 2018")
    assert "period" not in without
    assert all(f"{name}=" in without for name in ("q", "actor__exact", "position__exact"))


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({}, "Filters"),
        ({"q": "a"}, "Filters"),
        ({"q": "a", "position": "supports", "basis": "action"}, "Filters (2 set)"),
    ],
)
def test_filters_come_before_the_rows_and_say_how_many_are_set(analyst, query, says):
    StanceFactory(summary="a", position="supports", basis="action")
    filters = {f"{name}__exact" if name != "q" else name: value for name, value in query.items()}

    page = analyst.get("/admin/tracker/stance/", filters).content.decode()

    assert f'class="filters-label">{says}</label>' in page
    assert page.index('id="changelist-filter"') < page.index('id="result_list"')
    assert page.count('id="changelist-filter"') == 1


def test_a_filter_without_a_place_beside_the_list_is_shown_too(analyst):
    chips = analyst.get("/admin/tracker/stance/", {"defers_to__isnull": "True"}).context["cl"].chips

    assert [chip.text for chip in chips] == ["defers_to__isnull: True"]


def test_a_list_counts_no_further_than_its_bound(analyst, monkeypatch):
    monkeypatch.setattr("tracker.desk.admin.lists.changelists.MOST_RECORDS", 3)
    actors = [ActorFactory() for _ in range(4)]
    sent = {
        "action": "submit_selected",
        "_selected_action": [actors[0].pk],
        "select_across": "1",
        "index": "0",
    }

    page = analyst.get("/admin/tracker/actor/")
    answer = analyst.post("/admin/tracker/actor/", sent, follow=True)

    assert page.context["cl"].result_count == 3
    assert "Showing the first 3 of 4. Filter or search to see the others." in text(page)
    assert "3 of 4 actors" in text(page)
    assert "Export all 4 as CSV" in page.content.decode()
    assert "Select all 3" not in page.content.decode()
    assert messages(answer) == [
        "More than 5,000 records match. Narrow the list by filters or by searching, and "
        "select again."
    ]


@pytest.mark.parametrize("factory", [StanceFactory, AlignmentFactory])
def test_claims_are_to_check_once_something_happened_on_their_issue(analyst, factory):
    claim, ended, draft, other = (
        factory(since="2018", until=until, confirmed_on="2019-06-03")
        for until in ("", "2019-12-31", "", "")
    )
    both = [{"actor": ActorFactory()} for _ in range(2)]
    publish_whole(claim, ended, other)

    def to_check():
        return narrowed(analyst, claim._meta.model_name, attention="to-check")

    on_it = {"issues": [{"issue": claim.issue}], "participants": both}
    earlier = VoteFactory(issue=claim.issue, held="2019-06-03")
    planned = MeetingFactory(status="planned", since="2100", until="", **on_it)
    vote = VoteFactory(issue=claim.issue, held="2019-06-04")
    publish_whole(earlier, planned)
    assert to_check() == set()
    publish_whole(vote)
    VoteFactory(issue=draft.issue, held="2019-06-04")
    assert to_check() == {claim.pk}
    for event in (
        MeetingFactory(since="2020", until="", **on_it),
        ActFactory(since="2020", until="", **on_it),
    ):
        edited(claim, confirmed_on="2019-12-31")
        assert to_check() == set()
        publish_whole(event)
        assert to_check() == {claim.pk}
        retracted(event)
    edited(claim, confirmed_on="2020-01-02")
    assert to_check() == set()
