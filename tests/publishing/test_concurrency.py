"""Publishing at the same moment, by processes of their own."""

from random import Random

import pytest
from django.db import connections

from tests.consistency.cast import cast
from tests.consistency.walker import Walker
from tests.factories import ActorFactory, IssueFactory, StanceFactory
from tests.publishing.acts import all_of, edited, many_stances, published, refused
from tests.publishing.processes import CONTEXT, together
from tracker.models import Edition, StanceDocument
from tracker.models.nouns import noun_of
from tracker.publishing import locking
from tracker.publishing.publish import publish
from tracker.verify import verify

SIDE_BY_SIDE = {"publish": 8, "retract": 2, "merge": 1}
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def names(*records):
    return [(noun_of(record).value, record.pk) for record in records]


def published_at_once(*, is_locked: bool) -> list[str]:
    """Let four processes publish at one moment, two of them new names, two what bears both;
    tell what went wrong.
    """
    one, two, issue = ActorFactory(name="One"), ActorFactory(name="Two"), IssueFactory()
    first = StanceFactory(actor=one, defers_to=two, issue=issue, until="2018")
    second = StanceFactory(actor=two, defers_to=one, issue=issue)
    published(one, two, *all_of(first)[2:], *all_of(second)[2:])
    edited(one, name="One Renamed")
    edited(two, name="Two Renamed")
    begun, rendered = CONTEXT.Barrier(4), CONTEXT.Barrier(4)

    results = together(
        *[
            ("publisher", (names(record), begun, rendered, is_locked))
            for record in (one, two, first, second)
        ]
    )

    wrong = [str(result) for result in results if result is not None] + list(verify())
    bodies = [body for (body,) in StanceDocument.objects.filter(closed=None).values_list("body")]
    if len(bodies) != 2 or not all(
        "One Renamed" in body and "Two Renamed" in body for body in bodies
    ):
        wrong.append("a rename or a publication was lost")
    return wrong


def test_publishers_at_one_moment_lose_nothing():
    assert published_at_once(is_locked=True) == []
    assert Edition.objects.count() == 5


def test_without_the_lock_publishers_at_one_moment_lose_something():
    assert published_at_once(is_locked=False) != []


def test_publishers_editors_and_a_follower_side_by_side_agree_on_every_edition():
    cast()
    Walker(Random(0)).do("publish_all")
    begun = CONTEXT.Barrier(7)

    *made, (followed, wrong) = together(
        *[("walker", (seed, SIDE_BY_SIDE, begun, 2.5)) for seed in range(4)],
        *[("walker", (seed, {"edit": 3, "change": 1}, begun, 2.5)) for seed in (4, 5)],
        ("follower", (begun, 6)),
    )

    assert wrong == []
    assert list(verify()) == []
    assert Edition.objects.count() == followed == 1 + sum(editions for editions, _ in made)
    assert len([editions for editions, _ in made if editions]) > 1, (
        "publishers did publish side by side"
    )
    assert min(edits for _, edits in made[4:]) > 0, "the editors did edit"


def test_who_waits_too_long_for_a_record_that_is_being_edited_is_refused(monkeypatch):
    monkeypatch.setattr(locking, "PATIENCE", "50ms")
    actor = ActorFactory()
    other = connections.create_connection("default")

    with other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(
            "UPDATE tracker_actor SET summary = 'Being edited.' WHERE id = %s", [actor.pk]
        )
        problems = refused(publish, actor)
        cursor.execute("ROLLBACK")
    other.close()

    assert problems == {(noun_of(actor), actor.pk, "")}
    published(actor)


def test_who_waits_too_long_for_another_edition_is_refused(monkeypatch):
    monkeypatch.setattr(locking, "PATIENCE", "50ms")
    actor = ActorFactory()
    other = connections.create_connection("default")

    with other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('tracker: publication'))")
        problems = refused(publish, actor)
        cursor.execute("ROLLBACK")
    other.close()

    assert problems == {(noun_of(actor), actor.pk, "")}


def test_an_edition_of_twenty_thousand_takes_hardly_more_memory_than_one_of_two_thousand():
    first = many_stances(22_000)

    [few] = together(("memory_of_publishing", ("stance", first, first + 1_999)))
    [many] = together(("memory_of_publishing", ("stance", first + 2_000, first + 21_999)))

    assert StanceDocument.objects.count() == 22_001
    assert many - few < 8, f"{few:.0f} MB for 2,000, {many:.0f} MB for 20,000"
