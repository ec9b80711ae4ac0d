"""A new record that may be there already is made; those that are there are named in `Link`."""

import pytest

from tests.costs import cost
from tests.desk.api.working import good
from tests.factories import ActorFactory, IssueFactory, MeetingFactory, SourceFactory
from tracker.models import Stance

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    """The body of a new stance."""
    about = {"actor": ActorFactory().slug, "issue": IssueFactory().slug, "since": "2018-12"}
    return {**about, "position": "supports", "basis": "statement", "confidence": "moderate"}


def related(noun, says, *records):
    """Return what `Link` says of records that may be the same."""
    return ", ".join(
        f'</api/v1/desk/{noun}/{record}/>; rel="related"; title="{says}"' for record in records
    )


def test_a_claim_that_may_be_there_already_is_made_and_those_are_told(anna, claim):
    first = anna.post("stances/", {**claim, "until": "2020"})
    second = anna.post("stances/", claim, Idempotency_Key="one")
    here = [good(answer, 201)["id"] for answer in (first, second)]
    third = anna.post("stances/", {**claim, "since": "2021"})

    says = "the same actor and issue, at the same time"
    assert "Link" not in first.headers
    assert second.headers["Link"] == related("stances", says, here[0])
    assert third.headers["Link"] == related("stances", says, here[1])
    assert (
        anna.post("stances/", claim, Idempotency_Key="one").headers["Link"]
        == second.headers["Link"]
    )
    assert Stance.objects.count() == 3
    for other in (
        {"since": "2017", "until": "2018-01"},
        {"standing": "contested", "standing_note": "Two say so."},
    ):
        assert "Link" not in anna.post("stances/", {**claim, **other}).headers, other


def test_so_is_a_meeting_of_the_same_participants(anna):
    actors = [{"actor": actor} for actor in ActorFactory.create_batch(2)]
    meetings = [
        MeetingFactory(since=since, until="", participants=actors)
        for since in ("2019-06-05", "2019-06")
    ]
    MeetingFactory(since="2019-06-05", participants=[*actors, {}])
    body = {"title": "Talks", "kind": "summit", "status": "held", "since": "2019-06-05"}
    body["participants"] = [{"actor": actor["actor"].slug} for actor in actors[::-1]]
    says, ids = "the same participants, on the same day", [meeting.pk for meeting in meetings]
    assert anna.post("meetings/", body).headers["Link"] == related("meetings", says, *ids)
    assert "Link" not in anna.post("meetings/", {**body, "since": "2019-07"}).headers
    assert "Link" not in anna.post("meetings/", {**body, "participants": []}).headers


def test_so_is_a_source_whose_address_is_there_and_one_that_is_given_it(anna):
    there = SourceFactory(url="https://www.example.org/page/", issued="2019-06")
    body = {
        "type": "webpage",
        "title": "A page",
        "issued": "2019-07",
        "url": "http://example.org/page#top",
    }
    says = related("sources", "the same address", there.pk)
    assert anna.post("sources/", body).headers["Link"] == says
    assert (
        "Link" not in anna.post("sources/", {**body, "url": "https://example.org/page/2"}).headers
    )
    assert "Link" not in anna.post("sources/", {**body, "url": ""}).headers

    other = SourceFactory(url="")
    changed = anna.patch(other, {"url": "http://example.org/page"})
    assert good(changed, 200)["version"] == 2
    assert f"/sources/{there.pk}/>" in changed.headers["Link"]
    assert f"/sources/{other.pk}/>" not in changed.headers["Link"]
    other.refresh_from_db()
    assert "Link" not in anna.patch(other, {"title": "Another"}).headers


def test_how_many_are_there_already_takes_no_more_statements_and_five_are_told(anna, claim):
    costs = [cost(lambda: anna.post("stances/", claim)) for _ in range(8)]

    assert costs[2] == costs[7]
    assert anna.post("stances/", claim).headers["Link"].count("related") == 5
