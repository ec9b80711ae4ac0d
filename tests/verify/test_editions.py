"""Editions, spans and changes that are not whole, as `verify` tells of them."""

import re

import pytest

from tests.verify.world import damaged

STANCES, MEETINGS = "tracker_stancedocument", "tracker_meetingdocument"


def test_a_number_that_is_missing(world):
    assert damaged(
        f"UPDATE {MEETINGS} SET opened = 6 WHERE opened = 5",
        "UPDATE tracker_change SET edition = 6 WHERE edition = 5",
        "UPDATE tracker_edition SET number = 6 WHERE number = 5",
    ) == ["edition 6: it follows number 4"]


@pytest.mark.parametrize("earlier", ["1 day", "0 days"], ids=["before it", "with it"])
def test_an_edition_published_no_later_than_the_one_before_it(world, earlier):
    reported = damaged(
        "ALTER TABLE tracker_edition DROP CONSTRAINT tracker_edition_published_at_key",
        f"UPDATE tracker_edition e SET published_at = b.published_at - interval '{earlier}' "
        "FROM tracker_edition b WHERE b.number = 2 AND e.number = 3",
    )

    assert len(reported) == 1
    assert re.match(
        r"edition 3: published at [-0-9]{10} [0-9:.]{15}, not after the one before it \(2",
        reported[0],
    )


def test_an_edition_that_changed_nothing(world):
    assert damaged(
        "INSERT INTO tracker_edition VALUES (6, now() + interval '1 day', '', 0, NULL)"
    ) == ["edition 6: it changed nothing"]


def test_an_edition_that_is_gone_though_documents_opened_in_it(world):
    assert damaged("DELETE FROM tracker_edition WHERE number = 5") == [
        f"meeting {world.meeting.pk}: opened by edition 5, which does not exist"
    ]


def test_an_edition_that_is_gone_though_documents_closed_in_it(world):
    assert damaged(
        f"DELETE FROM tracker_mention USING {MEETINGS} d WHERE noun = 'meeting' AND document "
        f"= d.id AND opened = 5",
        f"DELETE FROM {MEETINGS} WHERE opened = 5",
        "DELETE FROM tracker_change WHERE edition = 5",
        "DELETE FROM tracker_edition WHERE number IN (4, 5)",
    ) == [f"meeting {world.meeting.pk}: closed by edition 4, which does not exist"]


def test_two_documents_of_one_record_that_stand_at_once(world):
    assert damaged(
        "DROP INDEX stance_document_stands_once",
        "UPDATE tracker_change SET operation = 'published', changed = '{}' "
        f"WHERE edition = 3 AND record = {world.stance.pk}",
        f"UPDATE {STANCES} SET closed = NULL WHERE record = {world.stance.pk} AND closed = 3",
    ) == [f"stance {world.stance.pk}: two documents of it are live in edition 3"]


def test_a_gap_that_is_no_retraction(world):
    assert damaged("UPDATE tracker_change SET operation = 'updated' WHERE edition = 4") == [
        f"edition 4: meeting {world.meeting.pk} was retracted or merged, but its change says "
        f"“updated”"
    ]


def test_a_document_that_opened_without_a_change(world):
    assert damaged("DELETE FROM tracker_change WHERE edition = 1 AND noun = 'alignment'") == [
        f"edition 1: alignment {world.alignment.pk} was published, but has no change"
    ]


def test_a_change_of_what_neither_opened_nor_closed(world):
    assert damaged(
        "INSERT INTO tracker_change (edition, position, noun, record, key, operation, changed) "
        f"VALUES (3, 99, 'stance', {world.draft.pk}, '{world.draft.pk}', 'published', '{{}}')"
    ) == [
        f"edition 3: stance {world.draft.pk} has a change (published), but nothing of it "
        f"opened or closed"
    ]


@pytest.mark.parametrize("operation", ["published", "retracted"])
def test_a_change_of_another_sort_than_what_happened(world, operation):
    assert damaged(f"UPDATE tracker_change SET operation = '{operation}' WHERE edition = 3") == [
        f"edition 3: stance {world.stance.pk} was updated or renamed, but its change says "
        f"“{operation}”"
    ]


def test_an_update_that_calls_itself_a_rename_and_the_other_way_round(world):
    assert damaged("UPDATE tracker_change SET operation = 'renamed' WHERE edition = 3") == [
        f"stance {world.stance.pk}, opened by edition 3: its change says “renamed”, but it "
        f"was updated"
    ]
    assert (
        f"alignment {world.alignment.pk}, opened by edition 2: its change says “updated”, "
        f"but it was renamed"
        in damaged(
            "UPDATE tracker_change SET operation = 'updated' WHERE edition = 2 AND noun = "
            "'alignment'"
        )
    )


def test_a_change_under_another_key(world):
    assert damaged(
        "UPDATE tracker_change SET key = 'china' WHERE edition = 2 AND noun = 'actor'"
    ) == [f"actor {world.actor.pk}, opened by edition 2: its change has the key “china”, not “prc”"]


def test_a_retraction_under_another_key(world):
    assert damaged("UPDATE tracker_change SET key = '0' WHERE edition = 4") == [
        f"edition 4: meeting {world.meeting.pk} has the key “{world.meeting.pk}”, but its "
        f"change says “0”"
    ]


def test_a_change_that_tells_of_other_fields_than_differ(world):
    assert damaged(
        'UPDATE tracker_change SET changed = changed || \'{"position": ["opposes", '
        '"supports"]}\' WHERE edition = 3'
    ) == [
        f"stance {world.stance.pk}, opened by edition 3: its change does not tell how the "
        f"two bodies differ: position"
    ]
    assert damaged(
        "UPDATE tracker_change SET changed = changed - 'position' - 'summary' WHERE edition = 3"
    ) == [
        f"stance {world.stance.pk}, opened by edition 3: its change does not tell how the "
        f"two bodies differ: summary"
    ]


def test_a_first_publication_and_a_retraction_that_tell_of_changed_fields(world):
    assert damaged(
        "UPDATE tracker_change SET changed = '{\"title\": [1, 2]}' WHERE noun = 'meeting' "
        "AND edition IN (1, 4, 5)"
    ) == [
        f"edition 4: meeting {world.meeting.pk} only closed, but its change tells of changed "
        f"fields",
        f"meeting {world.meeting.pk}, opened by edition 1: its change does not tell how the "
        f"two bodies differ: title",
        f"meeting {world.meeting.pk}, opened by edition 5: its change does not tell how the "
        f"two bodies differ: title",
    ]
