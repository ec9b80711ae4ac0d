"""Naming an edition a release in the admin, and seeing which edition is which release."""

import pytest

from tests.desk.admin.conftest import logged_in
from tests.factories import ActorFactory
from tests.publishing.releases.acts import released
from tracker.models import Release

pytestmark = pytest.mark.django_db
PAGE = "/admin/tracker/edition/1/release/"


@pytest.fixture(autouse=True)
def edition(published):
    return published(ActorFactory())


@pytest.mark.parametrize("group", ["editors", "administrators"])
def test_who_may_publish_names_an_edition(group):
    client = logged_in(group)
    page = client.get("/admin/tracker/edition/1/change/").content.decode()
    assert f'href="{PAGE}"' in page
    suggested = client.get(PAGE).context["form"]["version"].value()

    answer = client.post(PAGE, {"version": suggested, "notes": "The first."}, follow=True)

    made = Release.objects.get()
    assert (made.version, made.notes, made.edition_id, made.made_by) == (
        suggested,
        "The first.",
        1,
        client.user,
    )
    assert f"Edition 1 is released as {suggested}." in answer.content.decode()


def test_an_analyst_is_offered_none_and_makes_none(analyst):
    assert PAGE not in analyst.get("/admin/tracker/edition/1/change/").content.decode()

    assert analyst.get(PAGE).status_code == 403
    assert analyst.post(PAGE, {"version": "2026.1"}).status_code == 403
    assert not Release.objects.exists()


@pytest.mark.parametrize(
    ("version", "says"),
    [("first", "“first” is no version"), ("2026.1", "There is a release 2026.1")],
)
def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(version, says):
    released("2026.1")

    answer = logged_in("editors").post(PAGE, {"version": version, "notes": "About it."})

    (error,) = answer.context["form"].errors["version"]
    assert says in error
    assert "About it." in answer.content.decode()
    assert Release.objects.count() == 1


def test_notes_of_which_readers_would_see_nothing_are_refused():
    answer = logged_in("editors").post(PAGE, {"version": "2026.1", "notes": "\u200b"})

    assert answer.context["form"].errors["notes"]
    assert not Release.objects.exists()


def test_the_list_and_the_page_of_editions_say_which_release_each_is(analyst, published):
    published(ActorFactory())
    released("2026.1", edition=1)
    released("2026.2", edition=1)

    rows = analyst.get("/admin/tracker/edition/").context["rows"]
    page = analyst.get("/admin/tracker/edition/1/change/").content.decode()

    assert [(edition.pk, edition.names) for edition, _ in rows] == [
        (2, []),
        (1, ["2026.1", "2026.2"]),
    ]
    assert '<a href="/api/v1/releases/2026.1/">2026.1</a>' in page


def test_there_is_no_page_for_an_edition_that_there_is_not():
    assert logged_in("editors").get("/admin/tracker/edition/7/release/").status_code == 404
