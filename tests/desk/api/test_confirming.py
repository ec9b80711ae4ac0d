"""Confirming claims over REST, one or several:
at the desk alone, and published by somebody else.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.desk.api.working import faults, good, tag
from tests.factories import AlignmentFactory, StanceFactory
from tests.public.api.publishing import publish_whole
from tests.publishing.acts import all_of
from tracker.models import ChangeSet
from tracker.models.nouns import noun_of

pytestmark = pytest.mark.django_db


def versions(*records):
    """Return records at the versions that they have now, as bodies list them."""
    return [
        {
            "resource": noun_of(record).plural,
            "id": record.pk,
            "version": int(tag(record).strip('"')),
        }
        for record in records
    ]


def test_a_claim_that_readers_see_as_it_is_is_confirmed_at_the_desk_alone(anna, erik, reader):
    stance = StanceFactory(confirmed_on="2019-06-03")
    publish_whole(stance)
    editions = reader.read("editions/")

    response = anna.verb(
        stance, "confirm", {"note": "Read again: a libel."}, Change_Reason="Yearly%20round"
    )

    body = good(response, 200)
    assert (body["confirmed_on"], body["state"]) == (timezone.localdate().isoformat(), "changed")
    assert "Edition" not in response.headers
    assert (
        ChangeSet.objects.get(pk=response.headers["Change-Set"]).reason
        == "Yearly round\nRead again: a libel."
    )
    assert (reader.read(f"stances/{stance.pk}/")["confirmed_on"], reader.read("editions/")) == (
        "2019-06-03",
        editions,
    )
    assert anna.verb(stance, "confirm").status_code == 409
    good(erik.verb(stance, "publish"), 200)
    assert reader.read(f"stances/{stance.pk}/")["confirmed_on"] == body["confirmed_on"]
    assert "libel" not in reader.get(f"stances/{stance.pk}/history/").content.decode()


def test_a_claim_is_confirmed_as_of_a_day_that_has_come(anna):
    stance = StanceFactory(confirmed_on="2019-06-03")
    publish_whole(stance)
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()

    for day in (tomorrow, "2020-02-30", 2020):
        assert faults(anna.verb(stance, "confirm", {"on": day})) == {("/on", "invalid")}
    assert (
        good(anna.verb(stance, "confirm", {"on": "2020-01-02"}), 200)["confirmed_on"]
        == "2020-01-02"
    )


def test_several_claims_are_confirmed_in_one_change_and_published_by_somebody_else_in_one_edition(
    anna, erik, reader
):
    stance, alignment, late = (
        StanceFactory(),
        AlignmentFactory(),
        StanceFactory(confirmed_on="2020-02-01"),
    )
    for record in (stance, alignment, late):
        publish_whole(*all_of(record), *([record.counterpart] if record is alignment else []))
    payload = {
        "records": versions(stance, alignment, late),
        "on": "2020-01-02",
        "note": "Read again.",
    }

    response = anna.post("confirm/", payload, Idempotency_Key="x")

    confirmed = good(response, 200)["records"]
    assert confirmed == versions(stance, alignment)
    assert good(anna.post("confirm/", payload, Idempotency_Key="x"), 200)["records"] == confirmed
    changeset = ChangeSet.objects.get(pk=response.headers["Change-Set"])
    assert (changeset.reason, changeset.made_by) == ("Read again.", anna.user)
    assert anna.post("publish/", {"records": confirmed}).status_code == 403
    edition = good(erik.post("publish/", {"records": confirmed, "note": "Checked"}), 200)["edition"]
    assert [
        change["key"] for change in reader.read(f"changes/?after={edition - 1}")["results"]
    ] == [str(stance.pk), str(alignment.pk)]


def test_why_each_of_several_is_not_confirmed_is_said_and_none_is(anna):
    good_one, draft = StanceFactory(confirmed_on="2019-06-03"), StanceFactory()
    publish_whole(good_one)
    records = [*versions(good_one, draft), {"resource": "alignments", "id": 999_999, "version": 1}]

    response = anna.post("confirm/", {"records": records})

    problems = {
        (error["resource"], error["id"], error["code"]) for error in good(response, 409)["errors"]
    }
    assert problems == {("stances", draft.pk, "refused"), ("alignments", 999_999, "refused")}
    good_one.refresh_from_db()
    assert str(good_one.confirmed_on) == "2019-06-03"
    wrong = [{"resource": "issues", "id": 1, "version": 1}, {"resource": "stances", "id": 1}]
    assert faults(anna.post("confirm/", {"records": wrong, "on": "2999-01-01"})) == {
        ("/records/0/resource", "invalid"), ("/records/1/version", "required"), ("/on", "invalid"),
    }  # fmt: skip
