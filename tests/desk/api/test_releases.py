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
    assert faults(erik.post("releases/", {"version": "2026.1"}), 409) == {("/version", "taken")}


def test_all_that_is_wrong_is_told(erik):
    publish(ActorFactory())

    answer = erik.post("releases/", {"version": "one", "edition": 7})
    assert faults(answer) == {("/version", "invalid"), ("/edition", "unknown")}
    answer = erik.post("releases/", {"version": "2026.1", "notes": "\t"})
    assert faults(answer) == {("/notes", "invalid")}
    answer = erik.post("releases/", {"colour": "red"})
    assert faults(answer) == {("/version", "required"), ("/colour", "unknown_field")}
    assert not Release.objects.exists()
