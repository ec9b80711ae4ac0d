"""Naming an edition over the desk's API."""

import pytest

from tests.desk.api.working import faults
from tests.factories import ActorFactory
from tests.public.api.publishing import publish
from tracker.models import Release

pytestmark = pytest.mark.django_db


def test_an_editor_names_the_latest_edition(erik):
    publish(ActorFactory())

    made = erik.post("releases/", {"version": "2026.1", "notes": "The first."})

    assert made.status_code == 200
    assert made.json() == {"version": "2026.1", "edition": 1, "url": "/api/v1/releases/2026.1/"}
    release = Release.objects.get()
    assert (release.notes, release.made_by) == ("The first.", erik.user)


def test_all_that_is_wrong_is_told(erik):
    publish(ActorFactory())

    answer = erik.post("releases/", {"version": "one", "edition": 7})
    assert faults(answer) == {("/version", "invalid"), ("/edition", "unknown")}
    answer = erik.post("releases/", {"version": "2026.1", "notes": "\t"})
    assert faults(answer) == {("/notes", "invalid")}
    answer = erik.post("releases/", {"colour": "red"})
    assert faults(answer) == {("/version", "required"), ("/colour", "unknown_field")}
    assert not Release.objects.exists()


def test_a_name_that_is_taken_is_a_conflict(erik):
    publish(ActorFactory())
    erik.post("releases/", {"version": "2026.1"})

    answer = erik.post("releases/", {"version": "2026.1"})

    assert faults(answer, 409) == {("/version", "taken")}


def test_the_same_request_again_makes_nothing_twice(erik):
    publish(ActorFactory())

    responses = [erik.post("releases/", {"version": "2026.1"}, Idempotency_Key="one") for _ in range(2)]

    assert [response.status_code for response in responses] == [200, 200]
    assert responses[0].content == responses[1].content
    assert Release.objects.count() == 1
