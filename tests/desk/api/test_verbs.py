"""What is done with records besides editing:
their review, publishing, merging and undoing, as in the admin.
"""

import pytest
from django.test import override_settings

from tests.desk.api.working import Worker, at, faults, good, tag
from tests.factories import (
    ActorFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
    UserFactory,
)
from tests.public.api.publishing import publish_whole
from tests.publishing.review.acting import edits
from tracker.models import ChangeSet, Edition, Issue, Review, Stance

pytestmark = pytest.mark.django_db


def steps(record):
    """Return the steps of a record's review: what, by whom, with which words."""
    return list(
        Review.objects.filter(record=record.pk)
        .order_by("id")
        .values_list("step", "made_by__username", "text")
    )


def test_a_claim_goes_from_a_draft_of_one_to_an_edition_of_another(anna, erik, reader):
    with override_settings(FOUR_EYES="on"):
        stance = StanceFactory()
        publish_whole(
            stance.actor, stance.issue, *[citation.source for citation in stance.citations.all()]
        )
        edits(anna.user, stance, summary="Mine.")

        assert (
            good(anna.verb(stance, "submit", {"comment": "Please.", "to": "erik"}), 200)["state"]
            == "in_review"
        )
        assert (
            good(erik.verb(stance, "send-back", {"comment": "Which page?"}), 200)["state"]
            == "draft"
        )
        assert good(anna.verb(stance, "submit"), 200)["state"] == "in_review"
        approved = erik.verb(stance, "approve", {"comment": "Good."})
        response = erik.verb(stance, "publish", {"note": "A first stance"})

    body = good(response, 200)
    assert good(approved, 200)["state"] == "in_review"
    assert (body["state"], body["public"]["edition"]) == (
        "published",
        int(response.headers["Edition"]),
    )
    assert Edition.objects.get(pk=response.headers["Edition"]).note == "A first stance"
    assert reader.read(f"stances/{stance.pk}/")["summary"] == "Mine."
    assert steps(stance) == [
        ("submitted", "anna", "Please."),
        ("sent_back", "erik", "Which page?"),
        ("submitted", "anna", ""),
        ("approved", "erik", "Good."),
    ]


@pytest.mark.parametrize(
    ("verb", "body", "wrong"),
    [
        ("submit", {"to": "nobody"}, {("/to", "unknown")}),
        (
            "submit",
            {"comment": 5, "colour": "red"},
            {("/comment", "invalid"), ("/colour", "unknown_field")},
        ),
        ("send-back", {}, {("/comment", "required")}),
        ("send-back", {"comment": "  "}, {("/comment", "required")}),
        ("retract", {}, {("/note", "required")}),
        ("merge", {"note": " "}, {("/into", "required"), ("/note", "invalid")}),
        ("merge", {}, {("/into", "required")}),
        ("merge", {"into": "nobody"}, {("/into", "unknown")}),
        ("propose-merge", {}, {("/into", "required")}),
        ("propose-merge", {"into": "nobody", "comment": 5}, {("/comment", "invalid")}),
        ("propose-merge", {"into": "nobody"}, {("/into", "unknown")}),
        ("revert", {}, {("/change", "required")}),
        ("revert", {"change": 2**62}, {("/change", "unknown")}),
        ("revert", {"change": 2**64}, {("/change", "invalid")}),
        ("revert", {"change": True}, {("/change", "invalid")}),
        ("publish", [], {("", "invalid")}),
    ],
)
def test_what_a_verb_lacks_or_does_not_know_is_said(erik, verb, body, wrong):
    issue = IssueFactory()

    assert faults(erik.verb(issue, verb, body)) == wrong


def test_a_review_is_for_somebody_in_the_team(erik):
    """As at the desk: an account without a role, or of somebody who left, would never see it."""
    UserFactory(username="olga"), UserFactory(username="oleg", is_staff=True, is_active=False)
    issue = IssueFactory()

    for name in ("olga", "oleg"):
        assert faults(erik.verb(issue, "submit", {"to": name})) == {("/to", "unknown")}
    assert not Review.objects.exists()


@pytest.mark.parametrize(
    "verb",
    [
        "submit",
        "approve",
        "send-back",
        "publish",
        "retract",
        "propose-merge",
        "merge",
        "confirm",
        "revert",
    ],
)
def test_every_verb_names_the_version_that_it_is_about(erik, verb):
    record = StanceFactory() if verb == "confirm" else IssueFactory()

    assert faults(erik.post(f"{at(record)}{verb}/"), 428) == {("If-Match", "required")}
    assert (
        good(erik.post(f"{at(record)}{verb}/", If_Match='"77"'), 412)["version"] == record.version
    )
    assert not Review.objects.exists()


def test_what_does_not_fit_the_state_of_a_record_is_a_409(erik):
    response = erik.verb(IssueFactory(), "approve", {"comment": "x"})

    assert response.status_code == 409
    assert response.json()["errors"][0]["detail"] == "it is not in review"


def test_a_record_is_retracted_with_words_for_readers(erik, reader):
    issue = IssueFactory()
    publish_whole(issue)

    response = erik.verb(issue, "retract", {"note": "A mistake"})

    assert good(response, 200)["state"] == "retracted"
    assert reader.get(f"issues/{issue.slug}/").status_code == 410


def test_only_claims_are_confirmed_and_never_merged(erik):
    assert erik.verb(IssueFactory(), "confirm").status_code == 404
    assert erik.verb(StanceFactory(), "merge", {"into": 1}).status_code == 404
    assert erik.verb(StanceFactory(), "propose-merge", {"into": 1}).status_code == 404


def test_an_actor_is_merged_into_another_by_any_key(erik, reader):
    loser, survivor = ActorFactory(), ActorFactory(iso3="CHN")
    stance = StanceFactory(actor=loser)
    publish_whole(stance, survivor)

    assert faults(erik.verb(loser, "merge", {"into": "CHN"})) == {("Change-Reason", "required")}
    response = erik.verb(
        loser, "merge", {"into": "CHN", "note": "One state"}, Change_Reason="Twice"
    )

    body = good(response, 200)
    assert (body["state"], body["merged_into"]) == ("merged", at(survivor))
    assert Edition.objects.get(pk=response.headers["Edition"]).note == "One state"
    assert ChangeSet.objects.get(pk=response.headers["Change-Set"]).reason == "Twice"
    assert Stance.objects.get().actor == survivor
    assert (
        reader.get(f"actors/{loser.slug}/").headers["Location"]
        == f"/api/v1/actors/{survivor.slug}/"
    )


def test_what_readers_see_is_merged_by_one_as_another_proposed_it(anna, erik):
    loser, survivor = ActorFactory(), ActorFactory(iso3="CHN")
    publish_whole(loser, survivor)
    with override_settings(FOUR_EYES="on"):
        refused = erik.verb(loser, "merge", {"into": "CHN"}, Change_Reason="Twice")
        proposed = anna.verb(loser, "propose-merge", {"into": "CHN", "comment": "The same."})
        merged = erik.verb(loser, "merge", {"into": "CHN", "note": "Twice"})

    assert refused.status_code == 409
    assert refused.json()["errors"] == [
        {
            "code": "refused",
            "detail": (
                "readers see it, so somebody else must propose this merge first: of version 1 "
                "into version 1 of "
                f"actor {survivor.pk}"
            ),
            "resource": "actors",
            "id": loser.pk,
        }
    ]
    assert good(proposed, 200)["state"] == "published"
    assert steps(loser) == [("merge_proposed", "anna", "The same.")]
    assert good(merged, 200)["state"] == "merged"
    assert ChangeSet.objects.get(pk=merged.headers["Change-Set"]).reason == "Twice"


def test_parts_that_differ_are_listed(erik):
    actor = ActorFactory()
    survivor, loser = (
        MeetingFactory(participants=[{"actor": actor, "role": role}])
        for role in ("host", "invited")
    )

    response = erik.verb(loser, "merge", {"into": survivor.pk})

    assert response.status_code == 409
    assert response.json()["errors"] == [
        {
            "code": "refused",
            "detail": (
                f"its participant actor {actor.pk} and that of meeting {loser.pk} differ: role "
                f"“host” and "
                "“invited”; make the two the same, or take one of them away, first"
            ),
            "resource": "meetings",
            "id": survivor.pk,
            "field": "participants",
        }
    ]


def test_one_change_of_a_record_is_put_back_with_its_parts(anna, erik):
    stance = StanceFactory(summary="Before.", citations=[{"locator": "1"}])
    source = stance.citations.get().source_id
    citations = [{"source": source, "locator": locator} for locator in ("1", "2")]
    good(anna.patch(stance, {"summary": "After.", "citations": citations}), 200)
    good(anna.patch(stance, {"confidence": "low"}), 200)
    changes = anna.read(f"{at(stance)}history/")["results"]
    change = next(
        event
        for event in changes
        if "summary" in event["changed"] and event["happened"] == "changed"
    )

    response = erik.verb(stance, "revert", {"change": change["id"]})

    body = good(response, 200)
    assert (body["summary"], len(body["citations"]), body["confidence"]) == ("Before.", 1, "low")
    assert ChangeSet.objects.get(pk=response.headers["Change-Set"]).made_by == erik.user


def test_every_write_names_its_change_set_also_where_nothing_at_the_desk_changed(anna, erik):
    issue = IssueFactory()
    submitted = anna.verb(issue, "submit")

    for who, verb in ((erik, "approve"), (erik, "publish"), (anna, "")):
        response = who.verb(issue, verb) if verb else who.patch(issue, {}, Change_Reason="x")
        named = good(response, 200) and response.headers["Change-Set"]
        assert anna.read(f"changes/?change_set={named}")["results"] == []
        assert erik.post(f"changesets/{named}/revert/").status_code == 404
    assert len(anna.read(f"changes/?change_set={submitted.headers['Change-Set']}")["results"]) == 1


def test_an_analyst_undoes_what_readers_have_not_seen_and_an_editor_the_rest(anna, erik):
    draft, public = IssueFactory(title="One"), IssueFactory(title="One")
    publish_whole(public)
    asked = []
    for issue in (draft, public):
        good(anna.patch(issue, {"title": "Two"}, Change_Reason="x"), 200)
        change = anna.read(f"{at(issue)}history/")["results"][0]
        asked.append((issue, {"change": change["id"]}, change["change_set"]))

    assert good(anna.verb(draft, "revert", asked[0][1]), 200)["title"] == "One"
    refused = good(anna.verb(public, "revert", asked[1][1], Change_Reason="y"), 409)["errors"]
    assert [(error["resource"], error["id"]) for error in refused] == [("issues", public.pk)]
    assert "it takes an editor to undo this" in refused[0]["detail"]
    undo = f"changesets/{asked[1][2]}/revert/"
    assert good(anna.post(undo, Change_Reason="y"), 409)["errors"][0]["id"] == public.pk
    assert faults(erik.post(undo)) == {("Change-Reason", "required")}
    assert good(erik.post(undo, Change_Reason="y"), 200)["counts"] == {"issues": {"change": 1}}


def test_putting_back_what_was_edited_since_is_refused(anna, erik):
    issue = IssueFactory(title="One")
    good(anna.patch(issue, {"title": "Two"}), 200)
    change = anna.read(f"{at(issue)}history/")["results"][0]
    good(anna.patch(issue, {"title": "Three"}), 200)

    response = erik.verb(issue, "revert", {"change": change["id"]})

    assert response.status_code == 409
    (fault,) = response.json()["errors"]
    assert (fault["resource"], fault["id"]) == ("issues", issue.pk)
    assert fault["change_set"] == anna.read(f"{at(issue)}history/")["results"][0]["change_set"]


def test_the_desk_is_compared_with_the_publication(anna):
    issue = IssueFactory(title="Before")
    publish_whole(issue)
    edits(anna.user, issue, title="After", question="")

    body = anna.read(f"{at(issue)}diff/")

    assert body["changed"]["title"] == ["Before", "After"]
    assert body["public"]["is_changed"] is True
    assert body["obstacles"] == []
    draft = anna.read(f"{at(StanceFactory(citations=[]))}diff/")
    assert draft["changed"]["position"] == [None, "supports"]
    assert "citations" in {fault.get("field") for fault in draft["obstacles"]}


def test_several_records_are_published_as_one_edition(erik, reader):
    stance = StanceFactory(citations=[{"source": SourceFactory(), "locator": "1"}])
    source = stance.citations.get().source
    records = [
        {"resource": plural, "id": record.pk, "version": int(tag(record).strip('"'))}
        for plural, record in [
            ("stances", stance),
            ("actors", stance.actor),
            ("issues", stance.issue),
            ("sources", source),
        ]
    ]

    response = erik.post("publish/", {"records": records, "note": "Together"}, Idempotency_Key="x")
    again = erik.post("publish/", {"records": records, "note": "Together"}, Idempotency_Key="x")

    assert good(response, 200) == good(again, 200) == {"edition": 1}
    assert response.headers["Edition"] == again.headers["Edition"] == "1"
    assert reader.read(f"stances/{stance.pk}/")["edition"] == 1
    assert good(erik.post("publish/", {"records": records}), 200) == {"edition": None}


def test_why_each_of_several_can_not_be_published_is_said_and_none_is(erik):
    stance, issue = StanceFactory(citations=[]), IssueFactory()
    records = [
        {"resource": "stances", "id": stance.pk, "version": stance.version},
        {"resource": "issues", "id": issue.pk, "version": 7},
        {"resource": "meetings", "id": 999_999, "version": 1},
    ]

    response = erik.post("publish/", {"records": records})

    problems = {
        (error["resource"], error["id"], error["code"]) for error in good(response, 409)["errors"]
    }
    assert problems >= {
        ("stances", stance.pk, "refused"),
        ("issues", issue.pk, "outdated"),
        ("meetings", 999_999, "refused"),
    }
    assert not Edition.objects.exists()


def test_a_body_that_names_no_records_is_refused(erik):
    assert faults(erik.post("publish/", {})) == {("/records", "required")}
    records = [
        {"resource": "stancez", "id": 1, "version": 1},
        5,
        {"resource": "stances", "id": "1"},
        {"id": 2**40},
    ]
    assert faults(erik.post("publish/", {"records": records})) == {
        ("/records/0/resource", "invalid"),
        ("/records/1", "invalid"),
        ("/records/2/id", "invalid"),
        ("/records/2/version", "required"),
        ("/records/3/id", "invalid"),
        ("/records/3/resource", "required"),
        ("/records/3/version", "required"),
    }


def test_a_change_set_is_undone_as_a_whole_and_so_is_the_making_of_a_record(anna, erik):
    made = anna.post("meetings/", {"title": "A summit", "kind": "summit", "status": "planned"})
    change_set = made.headers["Change-Set"]
    other = good(anna.post("issues/", {"slug": "korea", "title": "Korea"}), 201)
    making = {"change": anna.read("issues/korea/history/")["results"][-1]["id"]}
    put_back = erik.post("issues/korea/revert/", making, If_Match=f'"{other["version"]}"')
    assert (put_back.status_code, put_back.content, Issue.objects.count()) == (204, b"", 0)

    response = erik.post(f"changesets/{change_set}/revert/", Change_Reason="Never%20happened")

    body = good(response, 200)
    assert body == {
        "change_set": response.headers["Change-Set"],
        "counts": {"meetings": {"delete": 1}},
    }
    assert anna.get(f"meetings/{made.json()['id']}/").status_code == 404
    assert good(erik.post(f"changesets/{change_set}/revert/"), 200) == {
        "change_set": None,
        "counts": {},
    }
    back = good(erik.post(f"changesets/{body['change_set']}/revert/"), 200)
    assert back["counts"] == {"meetings": {"restore": 1}}


def test_what_blocks_undoing_is_listed_and_can_be_left_out(anna, erik):
    one, other = MeetingFactory(title="One"), MeetingFactory(title="Other")
    first = anna.patch(one, {"title": "Two"}).headers["Change-Set"]
    good(anna.patch(one, {"title": "Three"}), 200)

    response = erik.post(f"changesets/{first}/revert/")

    (fault,) = good(response, 409)["errors"]
    assert (fault["resource"], fault["id"]) == ("meetings", one.pk)
    left = {"leaving_out": [{"resource": "meetings", "id": one.pk}]}
    assert good(erik.post(f"changesets/{first}/revert/", left), 200)["counts"] == {}
    assert erik.post(f"changesets/{'0' * 8}-0000-0000-0000-{'0' * 12}/revert/").status_code == 404
    assert other.title == "Other"


def test_a_read_only_token_does_nothing(db):
    reads = Worker("editors", is_read_only=True)
    issue = IssueFactory()

    assert good(reads.verb(issue, "submit"), 403)["detail"].startswith("This token may only read")
    assert reads.get(at(issue)).status_code == 200


def test_what_readers_see_is_retracted_by_one_as_another_proposed_it(anna, erik):
    actor = ActorFactory()
    publish_whole(actor)

    with override_settings(FOUR_EYES="on"):
        refused = erik.verb(actor, "retract", {"note": "Forged."})
        assert faults(anna.verb(actor, "propose-retraction", {"comment": " "})) == {
            ("/comment", "required")
        }
        proposed = anna.verb(actor, "propose-retraction", {"comment": "It is forged."})
        retracted = erik.verb(actor, "retract", {"note": "Forged."})

    says = "readers see it, so somebody else must propose first to withdraw it, at version 1"
    assert [error["detail"] for error in good(refused, 409)["errors"]] == [says]
    assert good(proposed, 200)["state"] == "published"
    assert steps(actor) == [("commented", "anna", "It is forged.")]
    assert Review.objects.get().proposes_retraction
    assert good(retracted, 200)["state"] == "retracted"
