"""Editions: what was published when; never by whom."""

import json
from datetime import datetime
from hashlib import sha256
from operator import itemgetter

import pytest

from tests.factories import ActorFactory, SourceFactory, StanceFactory, UserFactory
from tests.public.api.client import Reader
from tests.public.api.publishing import edit, publish, publish_whole, retract
from tests.verify.world import damage, run
from tracker.history import changeset
from tracker.models import Link
from tracker.publishing.publish import Chosen
from tracker.publishing.publish import publish as publish_by
from tracker.schema.records import CLAIMS
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Channel

pytestmark = pytest.mark.django_db


@pytest.fixture
def three() -> None:
    """An edition of four records, one that renames, and one that retracts."""
    stance = StanceFactory()
    publish_whole(stance, note="The first")
    publish(edit(stance.actor, name="Other"))
    retract(stance)


def test_the_latest_comes_first_with_what_it_did(reader: Reader, three: None) -> None:
    editions = reader.read("editions/")["results"]

    assert [(edition["number"], edition["note"], edition["counts"]) for edition in editions] == [
        (3, None, {"retracted": 1}),
        (2, None, {"renamed": 1, "updated": 1}),
        (1, "The first", {"published": 4}),
    ]
    moments = [datetime.fromisoformat(edition["published_at"]) for edition in editions]
    assert moments == sorted(moments, reverse=True)
    assert all(moment.utcoffset() is not None for moment in moments)


def test_each_has_an_address(reader: Reader, three: None) -> None:
    for edition in reader.read("editions/")["results"]:
        assert reader.read(edition["url"]) == {
            **edition,
            "digest": digest_of(reader, edition["number"]),
        }
    assert reader.get("editions/2/").headers["Edition"] == "2"


def test_each_has_the_head_of_the_chain_and_keeps_it(reader: Reader, three: None) -> None:
    """Of it and of all before; one of before there was a chain has none."""
    heads = [edition["chain"] for edition in reader.read("editions/")["results"]]
    publish(SourceFactory())

    assert len(set(heads)) == 3
    assert all(len(bytes.fromhex(head)) == 32 for head in heads)
    assert [reader.read(f"editions/{number}/")["chain"] for number in (3, 2, 1)] == heads
    assert heads == [
        bytes(link.digest).hex() for link in Link.objects.filter(pk__lte=3).order_by("-pk")
    ]

    with damage():
        run("DELETE FROM tracker_link WHERE edition = 4")
    assert reader.read("editions/4/")["chain"] is None


def test_its_digest_tells_whether_two_hold_the_same(reader: Reader, three: None) -> None:
    digests = [reader.read(f"editions/{number}/")["digest"] for number in (1, 2, 3)]
    publish(SourceFactory(title='«Кто» — 谁?\t"\\\u007f'))

    assert len(set(digests)) == 3
    assert [reader.read(f"editions/{number}/")["digest"] for number in (1, 2, 3)] == digests
    assert reader.read("editions/4/")["digest"] == digest_of(reader, 4)


def test_an_edition_that_holds_nothing_has_the_digest_of_nothing(reader: Reader) -> None:
    source = SourceFactory()
    publish(source)
    retract(source)

    assert reader.read("editions/2/")["digest"] == sha256().hexdigest()


def digest_of(reader: Reader, edition: int) -> str:
    """Return the digest of an edition as the documents of the API say that it comes about,
    from its lists.
    """
    whole = sha256()
    for noun in Noun:
        standing = {"standing": "any"} if noun in CLAIMS else {}
        records = reader.walk(f"{noun.plural}/", {**standing, "edition": edition})
        for record in sorted(records, key=itemgetter("id")):
            written = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
            whole.update(sha256(written.encode()).digest())
    return whole.hexdigest()


@pytest.mark.parametrize("number", ["0", "4", "2147483648", "9" * 40])
def test_there_is_none_that_was_not_published(reader: Reader, three: None, number: str) -> None:
    assert reader.get(f"editions/{number}/").status_code == 404


def test_they_come_in_pages_of_one_snapshot(reader: Reader, three: None) -> None:
    walked = []
    for page in reader.pages("editions/?page_size=1&count=true"):
        assert (page["edition"], page["count"]) == (3, 3)
        walked += [edition["number"] for edition in page["results"]]
        publish(ActorFactory())

    assert walked == [3, 2, 1]
    assert [edition["number"] for edition in reader.read("editions/?edition=2")["results"]] == [
        2,
        1,
    ]


def test_nobody_learns_who_published(reader: Reader) -> None:
    actor, person = ActorFactory(slug="china"), UserFactory(username="somebody-of-the-team")
    with changeset(made_by=person.pk, reason="because-of-this", channel=Channel.COMMAND):
        publish_by(records=[Chosen(Noun.ACTOR, actor.pk)])

    for address in (
        "editions/",
        "editions/1/",
        "changes/",
        "actors/china/history/",
        "actors/china/",
    ):
        content = reader.get(address).content.decode()
        assert "somebody-of-the-team" not in content
        assert "because-of-this" not in content
