"""Two versions of a record beside each other."""

import pytest
from django.db import connection

from tests.desk.undo.acts import done, edit
from tests.factories import SourceFactory, StanceFactory
from tracker.history.timeline import Difference, StepKind
from tracker.history.versions import compare
from tracker.values.nouns import Noun


@pytest.fixture
def stance(db):
    """A stance of versions 2 to 5:
    its position changes, a citation comes, and the first one goes.
    """
    stance = StanceFactory(position="supports", citations=[{"locator": "p. 1"}])
    edit(stance, position="opposes")
    done(lambda: stance.citations.create(source=SourceFactory(), locator="p. 2"))
    done(stance.citations.get(locator="p. 1").delete)
    stance.refresh_from_db()
    return stance


def test_versions_are_compared_with_their_parts(stance):
    steps = compare(Noun.STANCE, stance.pk, old=2, new=5)

    assert [(step.part, step.happened) for step in steps] == [
        ("", StepKind.CHANGED),
        ("citation", StepKind.REMOVED),
        ("citation", StepKind.ADDED),
    ]
    assert steps[0].differences == (Difference("position", "supports", "opposes"),)


def test_a_field_that_the_earlier_version_had_not_yet_and_the_later_leaves_empty_is_no_difference(
    stance, acting_as
):
    with acting_as("NONE"), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE tracker_event SET after = after - 'until' - 'hedged' WHERE noun = 'stance'"
        )
        cursor.execute("SET session_replication_role = origin")
    edit(stance, position="supports", hedged=True)

    steps = compare(Noun.STANCE, stance.pk, old=5, new=6)

    assert [step.differences for step in steps] == [
        (Difference("position", "opposes", "supports"), Difference("hedged", None, True))
    ]


def test_versions_are_compared_either_way(stance):
    there, back = (
        compare(Noun.STANCE, stance.pk, old=old, new=new) for old, new in ((2, 5), (5, 2))
    )

    assert [
        (difference.old, difference.new) for step in there for difference in step.differences
    ] == [(difference.new, difference.old) for step in back for difference in step.differences]


def test_a_version_alone_is_told_whole(stance):
    steps = compare(Noun.STANCE, stance.pk, old=None, new=3)

    assert {step.happened for step in steps} == {StepKind.ADDED}
    assert Difference("position", None, "opposes") in steps[0].differences
    assert [step.part for step in steps] == ["", "citation"]


def test_a_version_is_the_same_as_itself_and_compared_with_none_that_never_was(stance):
    compared = [
        compare(Noun.STANCE, stance.pk, old=old, new=new) for old, new in ((4, 4), (2, 99), (99, 2))
    ]

    assert compared == [(), None, None]


def test_comparing_takes_one_query(stance, django_assert_num_queries):
    for _ in range(19):
        stance.citations.create(source=SourceFactory())
    stance.refresh_from_db()

    with django_assert_num_queries(1):
        assert len(compare(Noun.STANCE, stance.pk, old=1, new=stance.version)) > 19
