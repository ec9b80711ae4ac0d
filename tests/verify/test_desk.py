"""Rows of the desk that are not what their history amounts to, as `verify` tells of them."""

from tests.verify.world import complaints, damaged


def test_a_row_that_was_changed_past_its_history(world):
    assert damaged(
        f"UPDATE tracker_stance SET summary = 'x', hedged = true WHERE id = {world.draft.pk}"
    ) == [f"stance {world.draft.pk}: it differs from its history at the desk: hedged, summary"]


def test_a_part_that_was_changed_past_its_history(world):
    part = world.draft.citations.get()

    assert damaged(f"UPDATE tracker_stancecitation SET locator = 'x' WHERE id = {part.pk}") == [
        f"stance {world.draft.pk}: citation {part.pk} of it differs from its history at the "
        f"desk: locator"
    ]


def test_a_row_that_was_added_past_its_history(world):
    assert damaged(
        "INSERT INTO tracker_discussion (meeting_id, issue_id, outcome) "
        f"VALUES ({world.meeting.pk}, {world.above.pk}, '')"
    ) == [
        f"meeting {world.meeting.pk}: discussion "
        f"{world.meeting.issues.get(issue=world.above).pk} of it "
        "is at the desk, but not in its history"
    ]


def test_a_row_that_was_deleted_past_its_history(world):
    part = world.draft.citations.get()

    assert damaged(f"DELETE FROM tracker_stancecitation WHERE id = {part.pk}") == [
        f"stance {world.draft.pk}: citation {part.pk} of it is in its history, but not at the desk"
    ]


def test_a_public_record_that_was_deleted_past_everything(world):
    assert damaged(f"DELETE FROM tracker_meeting WHERE id = {world.meeting.pk}") == [
        f"meeting {world.meeting.pk}: the desk does not have it, the publication has version "
        f"{world.meeting.version}",
        f"meeting {world.meeting.pk}: it is in its history, but not at the desk",
    ]


def test_an_event_that_was_taken_away(world):
    assert damaged(
        "DELETE FROM tracker_event WHERE id = (SELECT max(id) FROM tracker_event "
        f"WHERE noun = 'stance' AND part = '' AND record = {world.stance.pk})"
    ) == [f"stance {world.stance.pk}: it differs from its history at the desk: version, summary"]


def test_a_draft_that_lists_overlook(world):
    assert damaged(
        f"DELETE FROM tracker_ahead WHERE noun = 'stance' AND record = {world.draft.pk}"
    ) == [
        f"stance {world.draft.pk}: the desk is ahead of the publication, and lists of drafts "
        f"don't know it"
    ]


def test_columns_added_or_removed_since_an_event_are_no_difference(world):
    assert (
        damaged(
            "ALTER TABLE tracker_stance ADD COLUMN added text NOT NULL DEFAULT 'x'",
            "UPDATE tracker_event SET after = after || '{\"removed\": 1}' WHERE noun = 'stance'",
        )
        == []
    )
    assert complaints() == []
