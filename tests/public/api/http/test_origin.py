"""Addresses of other pages are absolute:
they begin with where the tracker is reached, and nowhere else.
"""

import pytest
import requests
from django.conf import LazySettings
from django.test import Client

from tests.desk.api.working import Worker
from tests.factories import ActorFactory, MeetingFactory, StanceFactory
from tests.public.api.client import Reader
from tests.public.api.publishing import edit, publish, publish_whole
from tests.publishing.releases.acts import released

PAGED = (
    "actors/?page_size=1",
    "editions/?page_size=1",
    "changes/?page_size=1",
    "actors/china/history/?page_size=1",
)
OF_THE_DESK = ("actors/?page_size=1", "changes/?page_size=1", "actors/china/history/?page_size=1")
HERE = "https://tracker.example"


def publish_twice() -> None:
    """Publish two editions, which both change an actor, and name one."""
    actor = ActorFactory(slug="china")
    publish(actor, ActorFactory())
    publish(edit(actor, name="China"))
    released("2026.1")


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000"])
def test_next_begins_as_the_request_does(host: str) -> None:
    """Whichever of its names the tracker is called by;
    `Link` says the same, and so does the desk.
    """
    publish_twice()
    anna = Worker("analysts")

    for address in PAGED:
        answer = Client().get(f"/api/v1/{address}", headers={"host": host})
        following = answer.json()["next"]
        assert following.startswith(f"http://{host}/api/v1/{address.partition('?')[0]}?"), address
        assert "changes" in address or f'<{following}>; rel="next"' in answer.headers["Link"]
    for address in OF_THE_DESK:
        following = anna.get(address, Host=host).json()["next"]
        assert following.startswith(f"http://{host}/api/v1/desk/{address.partition('?')[0]}?"), (
            address
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "host", ["elsewhere.example", "localhost.elsewhere.example", "localhost@elsewhere.example"]
)
def test_a_name_that_is_none_of_ours_is_refused(host: str) -> None:
    """So nobody can be led elsewhere;
    what a proxy may say by X-Forwarded-Host is not listened to.
    """
    publish_twice()

    assert Client().get("/api/v1/actors/?page_size=1", headers={"host": host}).status_code == 400
    forwarded = Client().get("/api/v1/actors/?page_size=1", headers={"x-forwarded-host": host})
    assert forwarded.json()["next"].startswith("http://testserver/")


@pytest.mark.django_db
def test_where_it_is_reached_can_be_told(settings: LazySettings) -> None:
    """By TRACKER_URL; then it makes no difference by which name it is asked."""
    publish_twice()
    settings.URL = HERE

    for address in PAGED:
        responses = [
            Client().get(f"/api/v1/{address}", headers={"host": host})
            for host in ("localhost", "127.0.0.1")
        ]
        assert responses[0].json()["next"].startswith(f"{HERE}/api/v1/")
        assert (responses[0].content, responses[0].headers["ETag"]) == (
            responses[1].content,
            responses[1].headers["ETag"],
        )
    assert (
        Client().get("/api/v1/releases/2026.1/").json()["csl"]["URL"]
        == f"{HERE}/api/v1/releases/2026.1/"
    )
    feed = Client().get("/api/v1/changes/?format=atom").content.decode()
    assert f'href="{HERE}/api/v1/changes/' in feed
    assert "testserver" not in feed


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        *PAGED,
        "releases/2026.1/",
        "changes/?format=atom",
        "meetings/?format=ics",
        "actors/?format=csv",
        "actors/china/",
    ],
)
def test_an_answer_to_another_name_has_another_tag(reader: Reader, address: str) -> None:
    """Since what it begins with is in it; under one tag there is one answer, always."""
    publish_twice()
    publish_whole(MeetingFactory(since="2019-06-01"))
    responses = [
        Client().get(f"/api/v1/{address}", headers={"host": host})
        for host in ("localhost", "127.0.0.1")
    ]

    assert len({response.headers["ETag"] for response in responses}) == 2
    for answer, host in zip(responses, ("127.0.0.1", "localhost"), strict=True):
        held = {"host": host, "if-none-match": answer.headers["ETag"]}
        assert Client().get(f"/api/v1/{address}", headers=held).status_code == 200


@pytest.mark.django_db
def test_addresses_in_records_are_the_same_wherever_they_are_read(reader: Reader) -> None:
    publish_whole(StanceFactory(actor__slug="china"))
    lists = [
        Client().get("/api/v1/stances/", headers={"host": host}).json()["results"]
        for host in ("localhost", "127.0.0.1")
    ]

    assert lists[0] == lists[1]
    assert lists[0][0]["actor"]["url"] == "/api/v1/actors/china/"


@pytest.mark.django_db(transaction=True)
def test_a_program_goes_on_by_next_as_it_is(live_server: object) -> None:
    """With a library that knows nothing of the tracker, in the lists and in the feed."""
    publish(*ActorFactory.create_batch(5))
    for address in ("actors/?page_size=2", "changes/?page_size=2"):
        following, count = f"{live_server}/api/v1/{address}", 0
        while following:
            page = requests.get(following, timeout=30).json()
            count += len(page["results"])
            following = page["next"] if page["results"] else None
        assert count == 5
    links = requests.get(f"{live_server}/api/v1/actors/?page_size=2", timeout=30).links
    assert requests.get(links["next"]["url"], timeout=30).json()["results"]
