"""The desk read over REST:
drafts in the publication's shapes, with what the desk alone knows of them.
"""

from functools import partial

import pytest

from tests.costs import cost
from tests.desk.api.working import Worker, at
from tests.factories import ActorFactory, IssueFactory, MeetingFactory, StanceFactory
from tests.public.api.client import Reader
from tests.public.api.publishing import edit, merge, publish_whole, retract
from tests.public.api.test_urls import populate
from tests.publishing.review.acting import by
from tracker.models.nouns import RECORDS
from tracker.publishing.review import submit
from tracker.schema.records import SHAPES
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db
HEAD = ["version", "state", "public", "author", "merged_into"]


def test_a_draft_is_read_at_the_desk_and_nowhere_else(anna, reader):
    stance = StanceFactory()

    response = anna.get(at(stance))

    body = response.json()
    assert list(body) == [*HEAD, *SHAPES[Noun.STANCE].__struct_fields__]
    assert (body["id"], body["state"], body["public"], body["version"]) == (
        stance.pk,
        "draft",
        None,
        stance.version,
    )
    assert body["actor"] == {
        "url": f"/api/v1/desk/actors/{stance.actor.slug}/",
        "slug": stance.actor.slug,
        "name": stance.actor.name,
    }
    assert [citation["locator"] for citation in body["citations"]] == ["Introduction, paragraph 1"]
    assert response.headers["ETag"] == f'"{stance.version}"'
    assert response.headers["Cache-Control"] == "no-store"
    assert reader.get(f"stances/{stance.pk}/").status_code == 404


def test_what_is_public_reads_as_in_the_publication_and_is_found_by_its_number(anna, reader):
    """As changes and plans of imports tell it; what has a slug leads on to that."""
    for noun, record in populate(1).items():
        here, there = anna.read(at(record)), reader.read(at(record).replace("/desk/", "/"))
        by_number = anna.get(f"{noun.plural}/{record.pk}/")

        assert here["public"]["is_changed"] is False
        assert here["public"]["edition"] == there.pop("edition") == 1
        assert str({name: here[name] for name in there}).replace("/desk/", "/") == str(there)
        if hasattr(record, "slug"):
            assert (by_number.status_code, by_number.headers["Location"]) == (308, at(record))
        else:
            assert by_number.json()["id"] == record.pk
        assert anna.get(f"{noun.plural}/999999/").status_code == 404


def test_a_record_tells_since_when_it_is_public_and_whether_it_changed_since(anna):
    issue = IssueFactory()
    publish_whole(issue)

    before, public = issue.version, anna.read(at(issue))["public"]
    edit(issue, title="Another title")
    after = anna.read(at(issue))

    assert (public["edition"], public["version"], public["is_changed"]) == (1, before, False)
    assert after["public"] == {**public, "is_changed": True}
    assert (after["state"], after["title"]) == ("changed", "Another title")
    retract(issue)
    assert (anna.read(at(issue))["state"], anna.read(at(issue))["public"]) == ("retracted", None)


def test_a_record_tells_into_what_it_was_merged(anna):
    one, other = MeetingFactory(), MeetingFactory()
    publish_whole(one, other)
    merge(one, other)

    body = anna.read(at(one))

    assert (body["state"], body["merged_into"]) == ("merged", at(other))


def test_an_older_slug_or_a_code_leads_to_the_address_of_now(anna):
    actor = ActorFactory(slug="burma", iso3="MMR")
    publish_whole(actor)
    edit(actor, slug="myanmar")

    for key in ("burma", "MMR"):
        response = anna.get(f"actors/{key}/")
        assert (response.status_code, response.headers["Location"]) == (
            308,
            "/api/v1/desk/actors/myanmar/",
        )
    assert anna.read("actors/myanmar/")["slug"] == "myanmar"


def test_what_there_is_none_of_is_a_404(anna):
    for address in (
        "stances/1/",
        "stances/x/",
        f"stances/{'9' * 40}/",
        "actors/nobody/",
        "actors/%00/",
    ):
        response = anna.get(address)
        assert response.status_code == 404, address
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.headers["Cache-Control"] == "no-store"


def test_lists_come_in_pages_the_newest_first(anna):
    stances = [StanceFactory() for _ in range(5)]

    first = anna.read("stances/?page_size=2&count=true")
    second = anna.read(first["next"])
    third = anna.read(second["next"])

    ids = [record["id"] for page in (first, second, third) for record in page["results"]]
    assert ids == [stance.pk for stance in reversed(stances)]
    assert (first["count"], third["next"]) == (5, None)


@pytest.mark.slow
@pytest.mark.parametrize("noun", Noun)
def test_lists_can_be_ordered_and_walked_in_that_order(anna, noun):
    populate(3)
    everything = sorted(RECORDS[noun].objects.values_list("pk", flat=True))
    orders = {
        Noun.ISSUE: "-title",
        Noun.ACTOR: "slug",
        Noun.SOURCE: "issued,-title",
        Noun.VOTE: "-held",
    }

    ids, page = [], anna.read(f"{noun.plural}/?page_size=1&ordering={orders.get(noun, '-since')}")
    while True:
        ids += [record["id"] for record in page["results"]]
        if page["next"] is None:
            break
        page = anna.read(page["next"])

    assert sorted(ids) == everything


def test_records_are_found_by_state_and_author(anna, erik):
    draft, public, changed = IssueFactory(), IssueFactory(), IssueFactory()
    publish_whole(public, changed)
    edit(changed, title="Another")
    by(anna.user, submit, draft)

    assert anna.ids("issues/?state=in_review") == [draft.pk]
    assert anna.ids("issues/?state=changed,published") == [changed.pk, public.pk]
    assert anna.ids("issues/?author=anna") == []


def test_whatever_is_wrong_with_a_query_is_said_at_once(anna):
    response = anna.get("stances/?actor=nobody&colour=red&state=lost&ordering=edition")

    problems = {(fault["parameter"], fault["code"]) for fault in response.json()["errors"]}
    assert response.status_code == 400
    assert problems == {
        ("actor", "unknown"),
        ("colour", "unknown_parameter"),
        ("state", "invalid"),
        ("ordering", "invalid"),
    }


@pytest.mark.slow
def test_lists_and_records_cost_the_same_at_one_and_at_twenty(anna: Worker, reader: Reader):
    costs = []
    for number in (1, 19):
        records = populate(number)
        pages = [f"{noun.plural}/" for noun in Noun] + [at(record) for record in records.values()]
        assert all(anna.read(page) for page in pages)
        costs.append([cost(partial(anna.read, page)) for page in pages])

    assert costs[0] == costs[1]
    assert max(costs[1]) <= 15


def test_a_merged_actor_is_found_by_its_survivor(anna):
    one, other = ActorFactory(), ActorFactory()
    publish_whole(one, other)
    stance = StanceFactory(actor=one)
    merge(one, other)

    assert (
        anna.ids(f"stances/?actor={one.slug}")
        == anna.ids(f"stances/?actor={other.slug}")
        == [stance.pk]
    )
    assert anna.read(at(one))["merged_into"] == at(other)
