"""The same request under the same key does nothing twice:
later, at the same moment, and after a refusal.
"""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone

from tests.desk.api.working import Worker, at, faults, good
from tests.factories import ActorFactory, SourceFactory
from tracker.models import ChangeSet, Issue, KeptAnswer

pytestmark = pytest.mark.django_db
ISSUE = {"slug": "korea", "title": "Korea"}


def test_the_same_request_again_gets_the_same_answer_and_makes_nothing(anna):
    first = anna.post("issues/", ISSUE, Idempotency_Key="one")
    again = anna.post("issues/", ISSUE, Idempotency_Key="one")

    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    for name in ("ETag", "Location", "Change-Set", "Content-Type", "Cache-Control"):
        assert first.headers[name] == again.headers[name]
    assert (Issue.objects.count(), ChangeSet.objects.count()) == (1, 1)


def test_another_request_under_the_same_key_is_a_422(anna):
    good(anna.post("issues/", ISSUE, Idempotency_Key="one"), 201)

    assert faults(anna.post("issues/", {**ISSUE, "slug": "x"}, Idempotency_Key="one"), 422) == {
        ("Idempotency-Key", "reused")
    }
    assert faults(anna.post("sources/", ISSUE, Idempotency_Key="one"), 422) == {
        ("Idempotency-Key", "reused")
    }
    assert Issue.objects.count() == 1


def test_about_another_version_or_for_another_reason_it_is_another_request(anna):
    """What `If-Match` and `Change-Reason` say is part of what is asked; how it is sent isn't."""
    actor, asked = (
        ActorFactory(),
        {"If_Match": '"1"', "Change_Reason": "Checked", "Idempotency_Key": "one"},
    )
    first = anna.post(f"{at(actor)}submit/", {}, **asked)
    assert first.status_code == 200

    for other in (
        {"If_Match": '"2"'},
        {"If_Match": "*"},
        {"Change_Reason": "Read"},
        {"Change_Reason": ""},
    ):
        again = anna.post(f"{at(actor)}submit/", {}, **{**asked, **other})
        assert faults(again, 422) == {("Idempotency-Key", "reused")}, other
    assert (
        anna.post(f"{at(actor)}submit/", {}, **asked, Accept="application/json").content
        == first.content
    )


def test_a_key_is_one_persons(anna, erik):
    good(anna.post("issues/", ISSUE, Idempotency_Key="one"), 201)

    good(erik.post("issues/", {**ISSUE, "slug": "other"}, Idempotency_Key="one"), 201)


def test_a_request_that_was_refused_may_be_mended_under_its_key(anna):
    assert faults(anna.post("issues/", {"slug": "korea"}, Idempotency_Key="one")) == {
        ("/title", "required")
    }

    good(anna.post("issues/", ISSUE, Idempotency_Key="one"), 201)


@pytest.mark.parametrize(
    "since", [-timedelta(hours=24, minutes=1), timedelta(days=365)], ids=["a day", "ahead"]
)
def test_a_key_is_kept_for_a_day_and_not_for_longer_by_a_clock_that_was_ahead(anna, since):
    good(anna.post("issues/", ISSUE, Idempotency_Key="one"), 201)
    good(anna.post("issues/", {**ISSUE, "slug": "two"}, Idempotency_Key="two"), 201)
    KeptAnswer.objects.update(made_at=timezone.now() + since)

    good(anna.post("issues/", {**ISSUE, "slug": "other"}, Idempotency_Key="one"), 201)

    if since.days < 0:
        assert list(KeptAnswer.objects.values_list("key", flat=True)) == ["one"]


def test_a_key_that_can_not_be_kept_is_refused(anna):
    for key in ("", "x" * 201, "a\tb"):
        assert faults(anna.post("issues/", ISSUE, Idempotency_Key=key)) == {
            ("Idempotency-Key", "invalid")
        }


def test_the_longest_key_is_kept(anna):
    assert anna.post("issues/", ISSUE, Idempotency_Key="x" * 200).status_code == 201
    assert KeptAnswer.objects.get().key == "x" * 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("body", [ISSUE, {"slug": "korea"}])
def test_of_equal_requests_at_the_same_moment_one_waits(body):
    who = Worker("analysts")
    start, responses = threading.Barrier(4), []

    def ask() -> None:
        start.wait()
        responses.append(who.post("issues/", body, Idempotency_Key="one"))
        connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    expected = 201 if body == ISSUE else 400
    assert [response.status_code for response in responses] == [expected] * 4
    assert len({response.content for response in responses}) == 1
    assert Issue.objects.count() == (expected == 201)


@pytest.mark.parametrize(
    ("code", "table", "done"), [("40P01", "tracker_source", 201), ("55P03", "tracker_edition", 200)]
)
def test_who_meets_somebody_else_at_the_same_is_told_when_to_come_again(erik, code, table, done):
    """A deadlock as a record is written, and a lock that doesn't come as an edition is made:
    both pass.
    """
    source = SourceFactory()
    chosen = {
        "records": [{"resource": "sources", "id": source.pk, "version": source.version}],
        "note": "A source",
    }
    address, body = (
        ("sources/", {"type": "report", "title": "A"})
        if table == "tracker_source"
        else ("publish/", chosen)
    )

    def meet(execute, sql, params, many, context):
        if f"INSERT INTO {table} " in sql.replace('"', ""):
            sql, params = f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{code}'; END $$", None
        return execute(sql, params, many, context)

    with connection.execute_wrapper(meet):
        refused = erik.post(address, body, Idempotency_Key="once")

    assert good(refused, 503)["detail"].startswith(
        "Somebody else is changing the same at this moment."
    )
    assert refused["Retry-After"] == "1"
    assert erik.post(address, body, Idempotency_Key="once").status_code == done
