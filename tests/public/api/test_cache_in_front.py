"""The publication behind a real HTTP cache:
it answers by itself what can't change, and is never stale.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.factories import ActorFactory, StanceFactory
from tests.public.api.publishing import edit, publish, publish_whole, retract
from tests.public.api.varnish import PROGRAM, Cache, running
from tests.publishing.releases.acts import contents, released
from tracker.models import Stance

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

NO_CACHE = "there is no Varnish here: `apt install varnish` to run the tests with a cache in front"
FORMS = [{"Accept-Encoding": "gzip"}, {"Accept-Encoding": "identity"}]


@pytest.fixture
def cache(live_server: Any) -> Iterator[Cache]:
    """An empty cache before the server."""
    if PROGRAM is None:
        pytest.fail(NO_CACHE) if os.environ.get("CI") == "true" else pytest.skip(NO_CACHE)
    with (
        tempfile.TemporaryDirectory(prefix="varnish-") as directory,
        running(str(live_server), Path(directory)) as it,
    ):
        yield it


@pytest.fixture
def china(cache: Cache) -> Any:
    """An actor who is public, with two stances, one of which was retracted."""
    stances = [StanceFactory(actor__slug="china", actor__summary="A state. " * 200)]
    stances.append(StanceFactory(id=777, actor=stances[0].actor))
    publish_whole(*stances)
    retract(stances[1])
    return stances[0].actor


@pytest.mark.parametrize("accepted", FORMS, ids=["gzip", "identity"])
@pytest.mark.parametrize("path", ["stances/?edition=1", "actors/china/?edition=2", "editions/1/"])
def test_what_names_an_edition_is_a_hit(
    cache: Cache, china: Any, path: str, accepted: dict[str, str]
) -> None:
    responses = [cache.get(path, **accepted) for _ in range(3)]

    assert [response.status_code for response in responses] == [200] * 3
    assert len({(response.content, response.headers["ETag"]) for response in responses}) == 1
    assert cache.heard() == [200]


@pytest.mark.parametrize("accepted", FORMS, ids=["gzip", "identity"])
@pytest.mark.parametrize(
    "path", ["stances/", "actors/china/", "actors/china/history/", "changes/", "codebook/", ""]
)
def test_what_names_none_is_revalidated_and_not_sent_again(cache, china, path, accepted):
    """The server says that nothing changed, and the cache answers with what it holds."""
    first, again = cache.get(path, **accepted), cache.get(path, **accepted)

    assert (again.status_code, again.content, again.headers["ETag"]) == (
        200,
        first.content,
        first.headers["ETag"],
    )
    assert cache.heard() == [200, 304]


def test_a_publication_is_seen_at_once(cache: Cache, china: Any) -> None:
    """By the very next request, while all that it did not touch is unchanged."""
    paths = [
        "actors/",
        "actors/china/",
        "actors/?edition=1",
        "stances/?actor=china",
        "stances/777/",
    ]
    before = {path: cache.get(path) for path in paths}

    for number, name in enumerate(["PRC", "China", "Cathay"], start=3):
        publish(edit(china, name=name))
        assert (
            cache.get("actors/").json()["results"][0]["name"]
            == cache.get("actors/china/").json()["name"]
            == name
        )
        assert cache.get("actors/").headers["Edition"] == str(number)
        assert cache.get("stances/?actor=china").json()["results"][0]["actor"]["name"] == name
        assert cache.get("actors/?edition=1").content == before["actors/?edition=1"].content

    publish(ActorFactory(slug="russia"))
    assert cache.get("actors/china/").json()["name"] == "Cathay"
    assert cache.heard()[-1] == 304


def test_what_is_gone_or_moved_is_never_held(cache: Cache, china: Any) -> None:
    """A retracted record answers 410 until it is published again,
    an older slug leads to the one of now.
    """
    assert [cache.get("stances/777/").status_code for _ in range(2)] == [410, 410]
    publish(Stance.objects.get(pk=777))
    assert cache.get("stances/777/").status_code == 200

    publish(edit(china, slug="prc"))
    assert cache.get("actors/china/").headers["Location"] == "/api/v1/actors/prc/"
    publish(edit(china, slug="china-prc"))
    assert cache.get("actors/china/").headers["Location"] == "/api/v1/actors/china-prc/"
    assert cache.get("actors/nobody/").status_code == 404
    publish(ActorFactory(slug="nobody"))
    assert cache.get("actors/nobody/").status_code == 200


def test_a_reader_who_holds_the_answer_gets_a_304_from_the_cache(cache: Cache, china: Any) -> None:
    tag = cache.get("actors/china/").headers["ETag"]

    assert cache.get("actors/china/", **{"If-None-Match": tag}).status_code == 304
    publish(edit(china, name="PRC"))
    assert cache.get("actors/china/", **{"If-None-Match": tag}).json()["name"] == "PRC"


def test_who_calls_the_tracker_by_another_name_is_led_on_by_that_name(
    cache: Cache, china: Any
) -> None:
    """The cache keeps what it answered to one apart from what it answers to the other."""
    publish(*ActorFactory.create_batch(3))
    for path in ("actors/?page_size=1", "actors/?page_size=1&edition=3"):
        for _ in range(2):
            for host in ("localhost", "127.0.0.1"):
                assert (
                    cache.get(path, Host=host)
                    .json()["next"]
                    .startswith(f"http://{host}/api/v1/actors/?")
                )


def test_a_part_of_a_file_comes_through_the_cache(cache: Cache, china: Any) -> None:
    release = released("2026.1")
    content = contents(release)["actors.csv"]
    for _ in range(2):
        part = cache.get("releases/2026.1/files/actors.csv", Range="bytes=3-9")
        assert (part.status_code, part.content) == (206, content[3:10])
    assert cache.get("releases/2026.1/files/actors.csv").headers["Content-Length"] == str(
        len(content)
    )
