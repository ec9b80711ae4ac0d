"""Records written over REST:
with their parts in one body, all or nothing, and all that is wrong at once.
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from unicodedata import normalize

import pytest
from django.db import connection

from tests.costs import assert_same_cost
from tests.desk.api.working import at, faults, good, tag
from tests.factories import ActorFactory, IssueFactory, MeetingFactory, SourceFactory, StanceFactory
from tests.public.api.publishing import merge, publish_whole
from tests.publishing.review.acting import by
from tracker.desk import records
from tracker.desk.records.writing import write_all
from tracker.models import Actor, ChangeSet, Event, Issue, Meeting, Source, Stance, StanceCitation

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    """The body of a new stance of China's on sanctions, with two citations."""
    actor, issue = ActorFactory(slug="china", iso3="CHN"), IssueFactory(slug="sanctions")
    source, other = (
        SourceFactory(ref="yearbook", issued="2019-06"),
        SourceFactory(issued="2020-02-29"),
    )
    return {
        "actor": actor.slug,
        "issue": issue.slug,
        "position": "supports",
        "since": "2018-12",
        "basis": "statement",
        "confidence": "moderate",
        "instruments": ["diplomatic"],
        "hedged": True,
        "citations": [
            {"source": source.ref, "locator_label": "paragraph", "locator": "2"},
            {"source": other.pk, "quote": "It says so."},
        ],
    }


def test_texts_in_pieces_are_answered_as_they_are_kept(anna, claim):
    composed = "Китай, Ålesund"
    pieces = normalize("NFD", composed)
    claim |= {"summary": pieces, "citations": [{"source": "yearbook", "quote": pieces}]}

    body = good(anna.post("stances/", claim), 201)

    assert (body["summary"], body["citations"][0]["quote"]) == (composed, composed)
    assert anna.read(at(Stance.objects.get()))["summary"] == composed
    assert [
        record["id"] for record in anna.read(f"stances/?q={normalize('NFD', 'Китай')}")["results"]
    ] == [body["id"]]


def test_a_claim_is_made_with_its_citations_in_one_change(anna, claim):
    response = anna.post("stances/", claim, Change_Reason="New%20source%3A%20%E4%B8%AD")

    body = good(response, 201)
    assert response.headers["Location"] == f"/api/v1/desk/stances/{body['id']}/"
    assert response.headers["ETag"] == '"1"'
    assert (body["version"], body["state"], body["author"]) == (1, "draft", "anna")
    assert (body["actor"]["slug"], body["since"]["latest"], body["hedged"]) == (
        "china",
        "2018-12-31",
        True,
    )
    assert [
        (citation["source"]["id"], citation["locator"], citation["quote"])
        for citation in body["citations"]
    ] == [
        (Source.objects.get(ref="yearbook").pk, "2", None),
        (claim["citations"][1]["source"], None, "It says so."),
    ]
    assert body["confirmed_on"] == "2020-02-29"  # the day of the newest source
    changeset = ChangeSet.objects.get(pk=response.headers["Change-Set"])
    assert (changeset.made_by, changeset.reason, changeset.channel) == (
        anna.user,
        "New source: 中",
        "api",
    )
    assert Event.objects.filter(changeset=changeset).count() == 3


def test_a_rule_is_told_at_its_field(anna, claim):
    (error,) = good(anna.post("stances/", {**claim, "confirmed_on": "2999-01-01"}), 400)["errors"]

    assert error["pointer"] == "/confirmed_on"
    assert "it is a day to come" in error["detail"]


def test_a_claim_with_twenty_citations_takes_as_many_statements_as_one_with_a_single_one(
    anna, claim
):
    def prepare(number):
        body = {
            **claim,
            "citations": [{"source": "yearbook", "locator": str(page)} for page in range(number)],
        }
        return lambda: good(
            anna.post("stances/", {**body, "standing": "contested", "standing_note": "x"}), 201
        )

    assert assert_same_cost(prepare) <= 12


def test_a_reference_may_be_any_key(anna, claim):
    actor, source = (
        Actor.objects.get(slug="china"),
        SourceFactory(url="https://www.example.org/a/?utm_source=x"),
    )
    Actor.objects.filter(pk=actor.pk).update(ref="actor-china")
    claim["citations"] = [{"source": "http://example.org/a", "locator": "1"}]

    for key in (
        "china",
        "CHN",
        "actor-china",
        actor.pk,
        {"slug": "china"},
        {"url": "x", "slug": "china", "name": "x"},
    ):
        made = good(anna.post("stances/", {**claim, "actor": key}), 201)
        assert (made["actor"]["slug"], made["citations"][0]["source"]["id"]) == (
            "china",
            source.pk,
        ), key


def test_what_was_merged_means_its_survivor(anna, claim):
    china, other = Actor.objects.get(slug="china"), ActorFactory(slug="prc")
    publish_whole(china, other)
    merge(china, other)

    assert good(anna.post("stances/", claim), 201)["actor"]["slug"] == "prc"


def test_whatever_is_wrong_is_said_at_once_and_nothing_is_written(anna, claim):
    before = Event.objects.count()
    claim |= {
        "actor": "atlantis",
        "position": "likes",
        "since": "12/2018",
        "colour": "red",
        "hedged": "yes",
    }
    claim |= {"basis": "forecast", "standing": "contested", "instruments": "all"}
    claim["citations"] = [
        {"source": 999_999, "page": 3},
        "x",
        {"source": "yearbook", "relation": "likes"},
        {},
    ]
    del claim["confidence"]

    response = anna.post("stances/", claim)

    assert faults(response) == {
        ("/actor", "unknown"),
        ("/position", "invalid"),
        ("/since", "invalid"),
        ("/colour", "unknown_field"),
        ("/hedged", "invalid"),
        ("/likelihood", "invalid"),
        ("/standing_note", "invalid"),
        ("/instruments", "invalid"),
        ("/confidence", "required"),
        ("/citations/0/source", "unknown"),
        ("/citations/0/page", "unknown_field"),
        ("/citations/1", "invalid"),
        ("/citations/2/relation", "invalid"),
        ("/citations/3/source", "required"),
    }
    assert all(len(fault["detail"]) > 10 for fault in response.json()["errors"])
    assert Event.objects.count() == before
    assert not Stance.objects.exists()


def test_a_body_that_is_no_json_object_is_refused(anna):
    bodies = (
        b"[]",
        b"5",
        b"{",
        b"\xff{}",
        b'{"a": 1, "a": 2}',
        b'{"a": NaN}',
        b'{"title": "\\u0000"}',
        b"[" * 100_000,
    )

    answers = [anna.send("issues/", body, "application/json") for body in bodies]
    too_long = anna.send("issues/", b'{"summary": "' + b"x" * 3_000_000 + b'"}', "application/json")
    otherwise = anna.send("issues/", b"title=x", "application/x-www-form-urlencoded")

    assert [answer.status_code for answer in answers] == [400] * len(bodies)
    assert (too_long.status_code, otherwise.status_code) == (413, 415)
    for answer in (*answers, too_long, otherwise):
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_only_what_is_said_is_changed(anna):
    stance = StanceFactory(summary="Before.")
    before = anna.read(at(stance))

    response = anna.patch(
        stance, {"summary": None, "until": {"edtf": "2020", "earliest": "x", "latest": "y"}}
    )

    after = good(response, 200)
    assert (after["summary"], after["until"]["edtf"]) == (None, "2020")
    assert {name for name in after if after[name] != before[name]} == {
        "version",
        "summary",
        "until",
    }
    assert after["version"] == before["version"] + 1
    assert response.headers["ETag"] == f'"{after["version"]}"' == tag(stance)


def test_what_was_read_can_be_sent_back_and_changes_nothing(anna):
    actor = ActorFactory(
        slug="china",
        names={"zh": "中国"},
        aliases=["PRC"],
        memberships=[{"source": SourceFactory()}],
    )
    meeting = MeetingFactory(participants=[{"actor": actor}], issues=[{"issue": IssueFactory()}])

    for record in (
        actor,
        meeting,
        StanceFactory(actor=actor),
        SourceFactory(authors=[{"family": "Xi"}]),
    ):
        read, version = anna.read(at(record)), tag(record)
        kept = {name: value for name, value in read.items() if name not in ("id", "score", *HEAD)}
        response = anna.patch(record, kept)
        assert good(response, 200) == read
        assert tag(record) == version
        assert not ChangeSet.objects.filter(pk=response.headers["Change-Set"]).exists()


HEAD = ("version", "state", "public", "author", "merged_into")


def test_parts_are_replaced_touching_as_few_rows_as_can_be(anna):
    stance = StanceFactory(citations=[{"locator": "1"}, {"locator": "2"}, {"locator": "3"}])
    kept = list(StanceCitation.objects.order_by("pk").values_list("pk", flat=True))
    citations = anna.read(at(stance))["citations"]

    response = anna.patch(
        stance,
        {
            "citations": [
                citations[0],
                {**citations[2], "locator": "three"},
                {"source": citations[0]["source"]},
            ]
        },
    )

    assert [citation["locator"] for citation in good(response, 200)["citations"]] == [
        "1",
        "three",
        None,
    ]
    assert set(StanceCitation.objects.values_list("pk", flat=True)) & set(kept) >= {kept[0]}
    assert (
        Event.objects.filter(changeset=response.headers["Change-Set"]).exclude(part="").count() <= 3
    )
    assert good(anna.patch(stance, {"citations": []}), 200)["citations"] == []


def test_every_noun_is_made_with_its_parts(anna):
    def made(path, body):
        """Return what the answer to a new record says, which is what is kept of it."""
        response = anna.post(path, body)
        record = good(response, 201)
        assert record == anna.read(response.headers["Location"].removeprefix("/api/v1/desk/"))
        return record

    actor = made("actors/", {"slug": "un", "kind": "organization", "name": "United Nations"})
    member = {"organization": "un", "role": "member", "since": "1945-10-24"}
    state = {
        "slug": "china",
        "kind": "state",
        "name": "China",
        "iso3": "CHN",
        "names": {"zh": "中国"},
    }
    made("actors/", {**state, "aliases": ["PRC"], "memberships": [member]})
    made("issues/", {"slug": "asia", "title": "Asia"})
    interest = {"actor": "CHN", "note": "By its own account."}
    issue = {
        "slug": "korea",
        "title": "Korea",
        "question": "Ease?",
        "parent": "asia",
        "themes": ["sanctions"],
    }
    korea = made("issues/", {**issue, "core_interests": [interest]})
    source = {
        "type": "webpage",
        "title": "A page",
        "authors": [{"literal": "UN"}],
        "url": "https://example.org/x",
    }
    page = made("sources/", {**source, "issued": "2019-06", "keywords": ["a", "b"]})
    cited = {"citations": [{"source": page["id"], "locator": "1"}]}
    coded = {"issue": "korea", "basis": "action", "confidence": "low", **cited}
    pair = {"actor": "china", "counterpart": "un", "pattern": "parallel"}
    alignment = made("alignments/", {**coded, **pair})
    met = {
        "title": "A summit",
        "kind": "summit",
        "status": "held",
        "since": "2019-05-21",
        "country": "CHN",
    }
    present = {
        "participants": [{"actor": "CHN", "role": "host"}],
        "issues": [{"issue": "korea", "outcome": "None."}],
    }
    meeting = made("meetings/", {**met, **present, **cited})
    ballots = {
        "yes": ["china"],
        "no": [],
        "abstain": [],
        "absent": [],
        "not_participating": [],
        "notes": {"china": "So."},
    }
    resolution = {
        "body": "un",
        "symbol": "S/1",
        "kind": "resolution",
        "held": "2019-05",
        "outcome": "adopted",
    }
    made(
        "votes/",
        {**resolution, "issue": "korea", "yes_means": "supports", "ballots": ballots, **cited},
    )

    assert actor["id"] == Actor.objects.get(slug="un").pk
    assert (korea["parent"]["slug"], korea["core_interests"][0]["actor"]["name"]) == (
        "asia",
        "China",
    )
    assert alignment["citations"][0]["source"]["name"] == "A page"
    assert (meeting["participants"][0]["role"], meeting["issues"][0]["outcome"]) == (
        "host",
        "None.",
    )
    assert anna.read("actors/china/")["memberships"][0]["organization"]["slug"] == "un"


def test_a_key_of_another_record_is_taken(anna):
    ActorFactory(slug="china", iso3="CHN", ref="actor-china")
    SourceFactory(url="https://example.org/x", issued="2019")

    body = {"slug": "china", "iso3": "CHN", "ref": "actor-china", "kind": "state", "name": "China"}
    assert faults(anna.post("actors/", body)) == {
        ("/slug", "taken"),
        ("/iso3", "taken"),
        ("/ref", "taken"),
    }
    source = {
        "type": "webpage",
        "title": "Again",
        "url": "http://www.example.org/x/",
        "issued": "2019",
    }
    assert faults(anna.post("sources/", source)) == {("/url", "taken")}
    copied = SourceFactory(
        url="https://example.org/x", issued="2019", archive_url="https://archive.example/1"
    )
    other = SourceFactory(
        url="https://example.org/x", issued="2019", archive_url="https://archive.example/2"
    )
    refused = anna.patch(other, {"archive_url": copied.archive_url})
    assert faults(refused) == {("/url", "taken")}
    assert f"source {copied.pk}" in refused.content.decode()


def test_so_is_one_under_which_another_was_public(anna):
    former, other = ActorFactory(slug="then", ref="then"), ActorFactory()
    publish_whole(former)
    Actor.objects.filter(pk=former.pk).update(slug="now", ref="now")
    body = {"slug": "then", "ref": "then", "kind": "state", "name": "China"}

    assert faults(anna.post("actors/", body)) == {("/slug", "taken"), ("/ref", "taken")}
    assert faults(anna.patch(other, {"slug": "then"})) == {("/slug", "taken")}
    good(anna.patch(Actor.objects.get(pk=former.pk), {"slug": "then"}, Change_Reason="Back."), 200)


def test_what_only_the_database_knows_is_said_as_kindly(anna):
    above = IssueFactory(slug="above")
    below = IssueFactory(slug="below", parent=above)
    StanceFactory(issue=below)

    assert faults(anna.patch(above, {"parent": "below"})) == {("/parent", "invalid")}
    assert faults(anna.patch(below, {"question": ""})) == {("/question", "invalid")}
    group = IssueFactory(question="")
    stance = {
        "actor": ActorFactory().slug,
        "position": "supports",
        "basis": "action",
        "confidence": "low",
    }
    assert faults(anna.post("stances/", {**stance, "issue": group.slug})) == {("/issue", "invalid")}


@pytest.mark.django_db(transaction=True)
def test_what_is_deleted_meanwhile_is_told_at_the_end(anna, claim, monkeypatch):
    """When the foreign keys are looked at: nothing is written."""

    def delete():
        with closing(connection):
            by(anna.user, Source.objects.get(ref="yearbook").delete)

    def write_late(*args):
        with ThreadPoolExecutor() as other:
            other.submit(delete).result()
        return write_all(*args)

    monkeypatch.setattr(records, "write_all", write_late)

    response = anna.post("stances/", claim)

    assert faults(response, 409) == {("", "refused")}
    assert "deleted meanwhile" in response.json()["errors"][0]["detail"]
    assert not Stance.objects.exists()


def test_a_draft_is_deleted_and_what_was_public_is_not(anna):
    draft, public = IssueFactory(), IssueFactory()
    publish_whole(public)

    gone, kept = anna.delete(draft), anna.delete(public)

    assert (gone.status_code, gone.content, gone.headers.get("Content-Type")) == (204, b"", None)
    assert ChangeSet.objects.get(pk=gone.headers["Change-Set"]).channel == "api"
    assert kept.status_code == 409
    assert "retract it instead" in kept.json()["errors"][0]["detail"]
    assert list(Issue.objects.all()) == [public]


def test_what_was_merged_stays_as_it_was(anna):
    one, other = MeetingFactory(), MeetingFactory()
    publish_whole(one, other)
    merge(one, other)

    response = anna.patch(one, {"title": "Another"}, Change_Reason="x")

    assert response.status_code == 409
    assert f"merged into meeting {other.pk}" in response.json()["errors"][0]["detail"]
    assert Meeting.objects.get(pk=one.pk).title == one.title


def test_what_has_been_public_is_changed_for_a_reason_only(anna):
    issue = IssueFactory(title="Before")
    publish_whole(issue)

    assert faults(anna.patch(issue, {"title": "After", "colour": "red"})) == {
        ("Change-Reason", "required"),
        ("/colour", "unknown_field"),
    }
    assert faults(anna.patch(issue, {"title": "After"}, Change_Reason="%20")) == {
        ("Change-Reason", "required")
    }
    assert faults(anna.patch(issue, {"title": "After"}, Change_Reason="%FF")) == {
        ("Change-Reason", "invalid")
    }
    assert Issue.objects.get().title == "Before"
    response = anna.patch(issue, {"title": "After"}, Change_Reason="Spelling")
    assert good(response, 200)["title"] == "After"
    assert ChangeSet.objects.get(pk=response.headers["Change-Set"]).reason == "Spelling"


def test_what_others_name_is_not_deleted(anna):
    stance = StanceFactory()

    response = anna.delete(stance.actor)

    assert response.status_code == 409
    assert f"it is named by stance {stance.pk}" in response.json()["errors"][0]["detail"]
    assert Actor.objects.filter(pk=stance.actor_id).exists()
