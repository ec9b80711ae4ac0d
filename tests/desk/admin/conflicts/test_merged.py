"""What was merged is shown as such, leads to the survivor, and is no longer edited,
published or picked.
"""

import pytest
from django.test import Client

from tests.desk.merge.acts import merged
from tests.factories import ActorFactory, StanceFactory
from tracker.models import Actor

pytestmark = pytest.mark.django_db
LIST = "/admin/tracker/actor/"


@pytest.fixture
def pair() -> tuple[Actor, Actor]:
    """Return an actor that was merged, and its survivor."""
    loser, survivor = ActorFactory(name="Merged One"), ActorFactory(name="Standing One")
    merged(loser, into=survivor)
    return loser, survivor


def test_its_page_is_read_only_and_leads_to_the_survivor(
    editor: Client, pair: tuple[Actor, Actor]
) -> None:
    loser, survivor = pair

    page = editor.get(f"{LIST}{loser.pk}/change/")

    assert f'<a href="{LIST}{survivor.pk}/change/">Standing One' in page.content.decode()
    assert not page.context["can_publish"]
    assert b'name="_save"' not in page.content
    assert editor.post(f"{LIST}{loser.pk}/change/", {"name": "Other"}).status_code == 403


def test_the_list_calls_it_merged_and_finds_it_by_that(
    editor: Client, pair: tuple[Actor, Actor]
) -> None:
    loser, survivor = pair

    def listed(status: str) -> set[int]:
        page = editor.get(LIST, {"status": status})
        return {actor.pk for actor in page.context["cl"].result_list}

    assert listed("merged") == {loser.pk}
    assert listed("draft") == {survivor.pk}
    assert "status-merged" in editor.get(LIST).content.decode()


def test_claims_are_never_merged(editor: Client) -> None:
    StanceFactory()

    assert "status=merged" not in editor.get("/admin/tracker/stance/").content.decode()


def test_nobody_can_pick_it(editor: Client, pair: tuple[Actor, Actor]) -> None:
    _, survivor = pair

    page = editor.get(
        "/admin/autocomplete/",
        {"term": "One", "app_label": "tracker", "model_name": "stance", "field_name": "actor"},
    )

    assert [choice["id"] for choice in page.json()["results"]] == [str(survivor.pk)]
