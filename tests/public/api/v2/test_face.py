"""A second version of the API that calls one field otherwise
is a projection of the first one's bodies.
"""

import json

import pytest
from django.test import Client

from tests.factories import ActorFactory, MeetingFactory
from tests.public.api.publishing import edit, publish, publish_whole
from tests.schema.growing import published_before

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.public.api.v2.urls")]


def test_a_field_has_another_name_and_references_lead_to_this_version():
    china = ActorFactory(slug="china")
    meeting = MeetingFactory(place="Beijing, at /api/v1/", participants=[{"actor": china}])
    publish_whole(meeting)

    before = Client().get(f"/api/v1/meetings/{meeting.pk}/")
    after = Client().get(f"/api/v2/meetings/{meeting.pk}/")
    listed = Client().get("/api/v2/meetings/?participant=china").json()

    assert after.status_code == 200
    old = before.json()
    participants = [
        {**participant, "actor": {**participant["actor"], "url": "/api/v2/actors/china/"}}
        for participant in old["participants"]
    ]
    citations = [
        {
            **citation,
            "source": {**citation["source"], "url": citation["source"]["url"].replace("v1", "v2")},
        }
        for citation in old["citations"]
    ]
    renamed = {"venue" if name == "place" else name: value for name, value in old.items()}
    assert after.json() == {**renamed, "participants": participants, "citations": citations}
    assert after.json()["venue"] == "Beijing, at /api/v1/"
    assert listed["results"] == [after.json()]


def test_it_is_asked_for_by_its_new_name():
    meeting = MeetingFactory(place="Beijing")
    publish_whole(meeting)

    assert Client().get(f"/api/v2/meetings/{meeting.pk}/?fields=venue").json() == {
        "venue": "Beijing"
    }
    assert Client().get("/api/v2/meetings/?fields=venue").json()["results"] == [
        {"venue": "Beijing"}
    ]
    assert Client().get("/api/v2/meetings/?fields=place").status_code == 400


def test_a_page_leads_on_to_pages_of_this_version_and_what_is_held_is_not_sent_again():
    publish_whole(*MeetingFactory.create_batch(3))

    page = Client().get("/api/v2/meetings/?page_size=2")
    following = Client().get(page.json()["next"])
    again = Client().get(
        "/api/v2/meetings/?page_size=2", headers={"If-None-Match": page.headers["ETag"]}
    )

    assert page.json()["next"].startswith("http://testserver/api/v2/meetings/?")
    assert len(following.json()["results"]) == 1
    assert again.status_code == 304


def test_it_shows_documents_of_every_shape():
    meeting = MeetingFactory(place="Beijing")
    with published_before():
        publish_whole(meeting)
    publish(edit(meeting, importance=2))

    bodies = [
        json.loads(Client().get(f"/api/v2/meetings/{meeting.pk}/?edition={edition}").content)
        for edition in (1, 2)
    ]

    assert [body["venue"] for body in bodies] == ["Beijing", "Beijing"]
    assert [body.get("importance", "absent") for body in bodies] == ["absent", 2]
