"""Nobody overwrites anybody:
what is written says which version it is about, and hears what changed since.
"""

import threading

import pytest
from django.db import connections

from tests.desk.api.working import Worker, at, faults, good
from tests.factories import IssueFactory, SourceFactory, StanceFactory
from tests.publishing.review.acting import edits
from tracker.models import ChangeSet, Issue

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_a_write_that_names_no_version_is_a_428_and_one_about_another_a_412(anna, method):
    issue = IssueFactory()

    for headers in ({}, {"If_Match": "*"}):
        assert faults(anna.ask(method, at(issue), {}, **headers), 428) == {("If-Match", "required")}
    for tag in ('"2"', 'W/"1"', "1", '"x"', '"99999999999999"'):
        assert (
            good(anna.ask(method, at(issue), {"title": "x"}, If_Match=tag), 412)["version"] == 1
        ), tag
    assert Issue.objects.get().title == issue.title


def test_a_412_tells_what_changed_since_by_whom_when_and_why(anna, erik):
    stance = StanceFactory(summary="Before.")
    seen = stance.version
    edits(erik.user, stance, summary="After.")
    citation = {"source": SourceFactory().pk, "locator": "9"}
    good(anna.patch(stance, {"citations": [citation]}, Change_Reason="Better%20source"), 200)

    body = good(anna.ask("PATCH", at(stance), {"summary": "Mine."}, If_Match=f'"{seen}"'), 412)

    assert body["version"] == seen + 2
    latest, *_, first = body["changes"]
    assert (first["who"], first["channel"], first["changed"]["summary"]) == (
        "erik",
        "admin",
        ["Before.", "After."],
    )
    assert (latest["who"], latest["why"], latest["part"]) == ("anna", "Better source", "citation")
    assert (
        ChangeSet.objects.filter(
            pk__in=[change["change_set"] for change in body["changes"]]
        ).count()
        == 2
    )


def test_one_of_several_tags_is_enough(anna):
    issue = IssueFactory()

    assert (
        good(anna.ask("PATCH", at(issue), {"title": "x"}, If_Match='"7", "1"'), 200)["title"] == "x"
    )


@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_at_the_same_moment_one_hears_of_the_other():
    people = [Worker("analysts"), Worker("analysts")]
    issue = IssueFactory()
    start, statuses = threading.Barrier(2), []

    def write(who: Worker) -> None:
        start.wait()
        answer = who.ask("PATCH", at(issue), {"title": who.user.username}, If_Match='"1"')
        statuses.append((answer.status_code, who.user.username))
        connections.close_all()

    threads = [threading.Thread(target=write, args=[who]) for who in people]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert sorted(status for status, _ in statuses) == [200, 412]
    assert Issue.objects.get().title == dict(statuses)[200]
    assert Issue.objects.get().version == 2
