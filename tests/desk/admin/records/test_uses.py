"""Issues, actors and sources list what names them, and offer to add what would."""

import re

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import Permission

from tests.costs import cost
from tests.desk.admin.conftest import address
from tests.desk.merge.acts import merged
from tests.factories import (
    ActFactory,
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    MembershipFactory,
    PredecessorFactory,
    SourceFactory,
    StanceFactory,
    VoteFactory,
)
from tracker.desk.admin.records.uses import uses_of
from tracker.models import CoreInterest, Stance
from tracker.models.nouns import RECORDS
from tracker.models.tables import TABLES
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db


def shown(client, record):
    """Return what the page of a record says uses it: {in which way:
    (how many, which, where all are)}.
    """
    page = client.get(address(record))
    return {
        use.message: (use.counted, "".join(use.first), use.all_of_them)
        for use in page.context["uses"]
    }


def items(client, record):
    """Return what the page of a record shows in its lists, the last of each."""
    page = client.get(address(record)).content.decode()
    uses = page.partition("uses-heading")[2].partition("</section>")[0]
    return [
        re.sub("<[^>]+>", "", item.split("<li>")[-1]).strip() for item in uses.split("</ul>")[:-1]
    ]


def named(lookup, owner):
    """Return the table and the column that a lookup of a noun's records ends at."""
    model = RECORDS[owner]
    *way, name = lookup.split("__")
    for step in way:
        model = model._meta.get_field(step).related_model
    return model._meta.model_name, f"{name}_id"


def test_every_column_that_names_a_record_is_among_its_uses():
    covered = {
        (noun, *named(lookup, page.noun))
        for noun in Noun
        for page, use in uses_of(noun, site)
        for lookup in use.lookups
    }

    assert covered == {
        (noun, table.model._meta.model_name, column)
        for table in TABLES
        for column, noun in table.references.items()
    }


def test_an_issue_lists_what_is_on_it_and_offers_more(analyst):
    issue = IssueFactory(title="Venezuela")
    stance, below = (
        StanceFactory(issue=issue, actor__name="Russia"),
        IssueFactory(parent=issue, title="Maduro"),
    )
    meeting = MeetingFactory(title="Summit", issues=[{"issue": issue}])
    StanceFactory()

    uses = shown(analyst, issue)
    page = analyst.get(address(issue)).content.decode()

    assert set(uses) == {"Stances on it", "Meetings about it", "Issues that are part of it"}
    assert uses["Stances on it"][0] == "1"
    assert f'href="/admin/tracker/stance/{stance.pk}/change/">Russia' in uses["Stances on it"][1]
    assert f"/admin/tracker/meeting/{meeting.pk}/change/" in uses["Meetings about it"][1]
    assert f"/admin/tracker/issue/{below.pk}/change/" in uses["Issues that are part of it"][1]
    for noun in ("stance", "alignment", "meeting", "vote"):
        form = f"/admin/tracker/{noun}/add/?issue={issue.pk}"
        assert f'href="{form}"' in page
        assert "Venezuela" in analyst.get(form).content.decode().split("<form")[-1]


def test_no_stance_is_offered_on_a_group_of_issues(analyst):
    page = analyst.get(
        f"/admin/tracker/issue/{IssueFactory(question='').pk}/change/"
    ).content.decode()

    assert "/admin/tracker/stance/add/?" not in page
    assert "/admin/tracker/alignment/add/?" in page


def test_an_actor_lists_every_way_in_which_it_is_named(analyst):
    actor, source = ActorFactory(kind="organization"), SourceFactory()
    StanceFactory(actor=actor)
    StanceFactory(defers_to=actor)
    AlignmentFactory(counterpart=actor)
    MeetingFactory(participants=[{"actor": actor}])
    MeetingFactory(participants=[{"actor": ActorFactory(), "represented_by": actor}])
    ActFactory(participants=[{"actor": actor}, {}])
    ActFactory(participants=[{"represented_by": actor}, {}])
    VoteFactory(body=actor), VoteFactory(ballots=[{"actor": actor}])
    MembershipFactory(organization=actor, source=source)
    PredecessorFactory(predecessor=actor)
    CoreInterest.objects.create(issue=IssueFactory(), actor=actor)

    assert [count for count, _, _ in shown(analyst, actor).values()] == ["1"] * len(
        uses_of(Noun.ACTOR, site)
    )
    assert set(shown(analyst, source)) == {"Actors whose membership it tells"}
    for noun in ("stance", "alignment", "meeting", "vote"):
        assert (
            actor.name
            in analyst.get(f"/admin/tracker/{noun}/add/?actor={actor.pk}").content.decode()
        )


def test_a_source_lists_what_cites_it(analyst):
    source = SourceFactory(title="A speech")
    for make in (StanceFactory, AlignmentFactory, MeetingFactory, VoteFactory):
        make(
            citations=[{"source": source, "locator": "p. 1"}, {"source": source, "locator": "p. 2"}]
        )

    assert {says: count for says, (count, _, _) in shown(analyst, source).items()} == {
        "Stances that cite it": "1",
        "Alignments that cite it": "1",
        "Meetings that cite it": "1",
        "Votes that cite it": "1",
    }
    assert (
        "A speech" in analyst.get(f"/admin/tracker/stance/add/?source={source.pk}").content.decode()
    )


def test_what_was_merged_uses_nothing_and_nothing_is_added_to_it(analyst):
    organization, loser, survivor = (ActorFactory(kind="organization") for _ in range(3))
    MembershipFactory(actor=loser, organization=organization)
    merged(loser, survivor)

    assert loser.name not in shown(analyst, organization)["Its members"][1]
    assert "?actor=" not in analyst.get(f"/admin/tracker/actor/{loser.pk}/change/").content.decode()
    assert (
        f"?actor={survivor.pk}"
        in analyst.get(f"/admin/tracker/actor/{survivor.pk}/change/").content.decode()
    )


def test_the_count_of_uses_is_that_of_their_list(analyst):
    """A list that is narrowed by what its records name has nothing that was merged into another."""
    organization, issue = ActorFactory(kind="organization"), IssueFactory()
    members = [ActorFactory(memberships=[{"organization": organization}]) for _ in range(8)]
    below = [IssueFactory(parent=issue) for _ in range(8)]
    merged(members[7], members[6])
    merged(below[7], below[6])

    for record, says in ((organization, "Its members"), (issue, "Issues that are part of it")):
        counted, _, all_of_them = shown(analyst, record)[says]
        assert analyst.get(all_of_them).context["cl"].result_count == int(counted) == 7


def test_what_is_shown_whole_leads_to_no_list(analyst):
    """Five are shown of what has a list, and twenty of what has none."""
    actor, other = ActorFactory(), ActorFactory()
    for count in (5, 6):
        for _ in range(count - actor.stances.count()):
            StanceFactory(actor=actor)
        _, first, all_of_them = shown(analyst, actor)["Its stances"]
        assert first.count("<a ") == 5
        assert bool(all_of_them) is (count == 6)
    for _ in range(20):
        StanceFactory(defers_to=other)
    assert not any(item.startswith("and ") for item in items(analyst, other))


@pytest.mark.slow
def test_many_are_counted_as_far_as_they_are_read_and_their_list_is_linked(analyst):
    actor, queries = ActorFactory(name="Russia"), {}
    for count in (1, 20, 101):
        for _ in range(count - actor.stances.count()):
            StanceFactory(actor=actor)
        counted, first, all_of_them = shown(analyst, actor)["Its stances"]
        queries[count] = cost(lambda: shown(analyst, actor))
        assert counted == ("more than 100" if count > 100 else str(count))
        assert first.count("<a ") == min(count, 5)
    assert queries[1] == queries[20] == queries[101]
    page = analyst.get(all_of_them)
    assert page.context["cl"].result_count == 101


@pytest.mark.slow
def test_what_has_a_list_leads_there_and_of_the_rest_twenty_are_shown_and_more_are_counted(analyst):
    source, actor = SourceFactory(), ActorFactory()
    for _ in range(6):
        MeetingFactory(citations=[{"source": source, "locator": "p. 1"}])
        StanceFactory(defers_to=actor)

    assert items(analyst, source) == ["All of them"]
    assert (
        analyst.get(shown(analyst, source)["Meetings that cite it"][2]).context["cl"].result_count
        == 6
    )
    assert shown(analyst, actor)["Stances that defer to it"][1].count("<a ") == 6
    for count, says in ((21, "and 1 more"), (101, "and more than 80 more")):
        for _ in range(count - Stance.objects.filter(defers_to=actor).count()):
            StanceFactory(defers_to=actor)
        assert items(analyst, actor) == [says]


def test_who_may_not_see_claims_is_told_of_none(analyst):
    issue = StanceFactory().issue
    analyst.user.groups.clear()
    analyst.user.user_permissions.set(Permission.objects.filter(codename="view_issue"))

    assert shown(analyst, issue) == {}


@pytest.mark.parametrize("make", [IssueFactory, ActorFactory, SourceFactory])
def test_what_could_be_added_has_its_article(analyst, make):
    page = " ".join(analyst.get(address(make())).content.decode().split())

    assert "Add an act" in page
    assert "Add a meeting" in page
    assert not re.search(r"\ba [aeiou]\w+ (on|of|that cites) it<", page)
