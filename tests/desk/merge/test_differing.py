"""Parts that a merge would have twice:
what is the same is said once, what differs is refused with its list.
"""

import pytest

from tests.desk.merge.acts import merged, not_merged, refusals
from tests.factories import ActorFactory, IssueFactory, MeetingFactory, SourceFactory
from tests.publishing.acts import body, edited, published
from tracker.values.nouns import Noun

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agreed")]
DESK = "make the two the same, or take one of them away, first"
PUBLIC = "that is so in what readers see: publish the desk's version first"


@pytest.fixture
def pair():
    """Return two actors that are one."""
    return ActorFactory(name="PRC"), ActorFactory(name="China")


def test_participants_of_both_meetings_that_differ(pair):
    one, two = pair
    kept = MeetingFactory(participants=[{"actor": one, "role": "host"}, {"actor": two}])
    twin = MeetingFactory(participants=[{"actor": one}, {"actor": two}])

    assert refusals(twin, into=kept) == [
        f"meeting {kept.pk}: participants: its participant actor {one.pk} and that of "
        f"meeting {twin.pk} differ: role “host” and “participant”; {DESK}"
    ]


def test_discussions_core_interests_predecessors_and_memberships_that_differ(pair):
    shared, bloc = pair
    issue = IssueFactory()
    kept, twin = (
        MeetingFactory(issues=[{"issue": issue, "outcome": outcome}]) for outcome in ("", "None.")
    )
    assert not_merged(twin, into=kept) == {(Noun.MEETING, kept.pk, "issues")}

    kept, twin = (
        IssueFactory(core_interests=[{"actor": shared, "note": note}]) for note in ("A.", "B.")
    )
    assert not_merged(twin, into=kept) == {(Noun.ISSUE, kept.pk, "core_interests")}

    kept, twin = (
        ActorFactory(predecessors=[{"predecessor": bloc, "since": since}])
        for since in ("1991", "1992")
    )
    assert not_merged(twin, into=kept) == {(Noun.ACTOR, kept.pk, "predecessors")}

    source = SourceFactory()
    kept, twin = (
        ActorFactory(memberships=[{"organization": bloc, "source": cited}])
        for cited in (source, None)
    )
    assert refusals(twin, into=kept) == [
        f"actor {kept.pk}: memberships: its membership actor {bloc.pk} and that of actor "
        f"{twin.pk} differ: source “{source.pk}” and “”; {DESK}"
    ]


def test_parts_of_a_third_record_that_differ(pair):
    prc, china = pair
    meeting = MeetingFactory(participants=[{"actor": prc}, {"actor": china, "role": "host"}])
    member = ActorFactory(
        memberships=[
            {"organization": prc, "role": "a", "until": "2010"},
            {"organization": china, "role": "a"},
        ]
    )
    issue = IssueFactory(
        core_interests=[{"actor": prc, "note": "x" * 80}, {"actor": china, "note": ""}]
    )

    assert refusals(prc, into=china) == [
        f"issue {issue.pk}: core_interests: its core interests actor {china.pk} and actor "
        f"{prc.pk} become one, and differ: note “” and “{'x' * 59}…”; {DESK}",
        f"actor {member.pk}: memberships: its memberships actor {china.pk} and actor "
        f"{prc.pk} become one, and differ: until “” and “2010”; {DESK}",
        f"meeting {meeting.pk}: participants: its participants actor {china.pk} and actor "
        f"{prc.pk} become one, and differ: role “host” and “participant”; {DESK}",
    ]


def test_issues_of_one_meeting_that_differ():
    one, two = IssueFactory(), IssueFactory()
    meeting = MeetingFactory(issues=[{"issue": one}, {"issue": two, "outcome": "None."}])

    assert not_merged(two, into=one) == {(Noun.MEETING, meeting.pk, "issues")}


def test_what_differs_for_readers_is_refused_though_the_desk_put_it_right(pair):
    prc, china = pair
    meeting = MeetingFactory(
        participants=[{"actor": prc}, {"actor": china, "role": "host"}], citations=[]
    )
    edited(meeting, status="planned")
    published(prc, china, meeting)
    meeting.participants.get(actor=prc).delete()

    assert refusals(prc, into=china) == [
        f"meeting {meeting.pk}: participants: its participants actor {china.pk} and actor "
        f"{prc.pk} become one, and differ: role “host” and “participant”; {PUBLIC}"
    ]
    published(meeting)
    merged(prc, into=china)
    assert [participant["role"] for participant in body(meeting)["participants"]] == ["host"]


def test_what_differs_of_the_two_for_readers_is_refused_though_the_desk_put_it_right(pair):
    shared, _ = pair
    kept, twin = (
        IssueFactory(core_interests=[{"actor": shared, "note": note}]) for note in ("A.", "B.")
    )
    published(shared, kept, twin)
    edited(twin.core_interests.get(), note="A.")

    assert refusals(twin, into=kept) == [
        f"issue {kept.pk}: core_interests: its core interest actor {shared.pk} and that of "
        f"issue {twin.pk} differ: note “A.” and “B.”; {PUBLIC}"
    ]
    published(twin)
    merged(twin, into=kept)
    assert [interest["note"] for interest in body(kept)["core_interests"]] == ["A."]
