"""Turning points over REST:
`change/` makes the later claim and ends the earlier one, or says all that is wrong.
"""

import pytest

from tests.desk.api.working import Worker, at, faults, good, tag
from tests.factories import ActorFactory, AlignmentFactory, SourceFactory, StanceFactory
from tests.public.api.publishing import publish_whole
from tracker.models import ChangeSet, Stance

pytestmark = pytest.mark.django_db
SINCE = {"since": "2024-12-08", "position": "opposes"}


def cited(source):
    return [{"source": source.pk, "locator": "p. 3"}]


def test_the_later_claim_is_answered_and_both_are_one_change_of_drafts(anna, erik, reader):
    stance, source = StanceFactory(since="2018", position="supports"), SourceFactory()
    publish_whole(stance)

    response = anna.verb(
        stance, "change", {**SINCE, "citations": cited(source)}, Change_Reason="Damascus%20fell"
    )

    later = good(response, 201)
    assert (later["position"], later["since"]["edtf"], later["until"], later["state"]) == (
        "opposes", "2024-12-08", None, "draft"
    )  # fmt: skip
    assert (response.headers["Location"], response.headers["ETag"]) == (
        f"/api/v1/desk/stances/{later['id']}/",
        '"1"',
    )
    assert "Link" not in response.headers
    earlier = anna.read(f"stances/{stance.pk}/")
    assert (earlier["until"]["edtf"], earlier["state"]) == ("2024-12-07", "changed")
    assert [(cited["source"]["id"], cited["ends"]) for cited in earlier["citations"][1:]] == [
        (source.pk, True)
    ]
    assert [cited["ends"] for cited in later["citations"]] == [False]
    changeset = ChangeSet.objects.get(pk=response.headers["Change-Set"])
    assert set(changeset.events.values_list("record", flat=True)) == {stance.pk, later["id"]}
    assert reader.read(f"stances/{stance.pk}/")["until"] is None

    records = [
        {"resource": "stances", "id": each["id"], "version": each["version"]}
        for each in (earlier, later)
    ]
    publish_whole(source)
    good(erik.post("publish/", {"records": records, "note": "It turned."}), 200)

    held = [
        reader.read(f"stances/?on={day}&actor={stance.actor.slug}")["results"]
        for day in ("2024-12-07", "2024-12-08")
    ]
    assert [[claim["position"] for claim in claims] for claims in held] == [
        ["supports"],
        ["opposes"],
    ]


def test_it_is_undone_as_one(anna):
    stance = StanceFactory(since="2018")
    response = anna.verb(stance, "change", {**SINCE, "citations": cited(SourceFactory())})

    good(anna.post(f"changesets/{response.headers['Change-Set']}/revert/", {}), 200)

    assert Stance.objects.get().until == ""
    assert stance.citations.get().ends is False


def test_who_may_not_add_may_not_change(anna):
    stance = StanceFactory(since="2018")

    assert Worker("analysts", is_read_only=True).verb(stance, "change", SINCE).status_code == 403
    assert anna.post(f"{at(stance)}change/", SINCE).status_code == 428
    assert anna.post(f"{at(stance)}change/", SINCE, If_Match='"7"').status_code == 412
    assert Stance.objects.get().until == ""


def test_only_claims_change(anna):
    assert anna.verb(ActorFactory(), "change", SINCE).status_code == 404


def test_all_that_is_wrong_is_told_at_once(anna):
    stance = StanceFactory(since="2018")
    publish_whole(stance)

    wrong = faults(anna.verb(stance, "change", {"since": "2017", "position": "maybe"}))

    assert wrong == {("/since", "invalid"), ("/position", "invalid"), ("Change-Reason", "required")}
    contested = AlignmentFactory(
        since="2018", standing="contested", standing_note="One paper only."
    )
    body = good(anna.verb(contested, "change", {"since": "2024"}), 409)
    assert "is contested, so nobody holds that it was so" in str(body)


def test_the_same_request_again_does_nothing_twice(anna):
    stance = StanceFactory(since="2018")
    version = tag(stance)

    answers = [
        anna.post(f"{at(stance)}change/", SINCE, If_Match=version, Idempotency_Key="once").content
        for _ in range(2)
    ]

    assert answers[0] == answers[1]
    assert Stance.objects.count() == 2
