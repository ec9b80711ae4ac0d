"""Every table has a history, or is named here as one that has none, with the reason."""

import pytest
from django.apps import apps

from tests.models.rows import DESK, OTHERS, execute
from tracker.models.nouns import PARTS, RECORDS

pytestmark = pytest.mark.django_db
UNTRACKED = {
    # the history itself
    "ChangeSet",
    "Event",
    # append-only, so they are their own history
    "Edition",
    "EditionFacts",
    "Change",
    "ChangeSubject",
    "Mention",
    "Review",
    "Unchanged",
    "Undoing",
    "Link",
    "RuleChange",
    "Release",
    "ReleaseDoi",
    "ReleaseFile",
    "ReleasePiece",
    "IssueDocument",
    "ActorDocument",
    "SourceDocument",
    "StanceDocument",
    "AlignmentDocument",
    "MeetingDocument",
    "ActDocument",
    "VoteDocument",
}
WITHOUT_A_PAST = {
    # what triggers derive from versions and documents
    "Ahead",
    # on their way to the desk, and gone after a day
    "Upload",
    "UploadPiece",
    "UploadRow",
    # how people and programs reach the desk, which is no part of it
    "Token",
    "KeptAnswer",
    "FailedAttempts",
    "Throttle",
    # what was made of the database, elsewhere
    "CheckedBackup",
}
COMMON = {
    *("event_of_insert", "event_of_update", "event_of_delete"),
    *("keeps_id", "refuses_truncate"),
}
OF_RECORDS = COMMON | {
    *("raises_version", "begins_at_one", "public_is_not_deleted"),
    *("is_ahead_by_insert", "is_ahead_by_update", "is_ahead_no_more"),
}
OF_PARTS = COMMON | {"keeps_owner", "touch_by_insert", "touch_by_update", "touch_by_delete"}


def triggers_on(model) -> set[str]:
    """Return the names of the triggers that are on the model's table in the database,
    and enabled.
    """
    triggers = execute(
        "SELECT tgname::text FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT "
        "tgisinternal AND tgenabled = 'O'",
        model._meta.db_table,
    )
    return {name for (name,) in triggers}


@pytest.mark.parametrize("model", [*DESK, *OTHERS], ids=lambda model: model.__name__)
def test_every_table_is_tracked_or_named_as_an_exception(model):
    triggers = triggers_on(model)

    if model.__name__ in WITHOUT_A_PAST:
        assert not triggers & COMMON - {"refuses_truncate"}
    elif model.__name__ in UNTRACKED:
        assert "is_append_only" in triggers
    elif model in RECORDS.values():
        assert triggers >= OF_RECORDS
    else:
        assert triggers >= OF_PARTS


def test_the_exceptions_are_tables_and_the_tracked_are_the_nouns_and_their_parts():
    names = {model.__name__ for model in apps.get_app_config("tracker").get_models()}

    assert names >= UNTRACKED | WITHOUT_A_PAST
    assert names - UNTRACKED - WITHOUT_A_PAST == {model.__name__ for model in DESK}
    assert len(DESK) == len(RECORDS) + sum(map(len, PARTS.values()))


def test_all_tables_share_one_table_of_events_and_so_one_sequence():
    assert execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename ~ 'event'"
    ) == [("tracker_event",)]


def test_no_trigger_listens_to_a_setting_that_would_let_it_be_passed():
    bodies = execute(
        "SELECT DISTINCT proname, prosrc FROM pg_proc JOIN pg_trigger ON tgfoid = "
        "pg_proc.oid WHERE NOT tgisinternal"
    )

    assert len(bodies) > 20
    assert [name for name, body in bodies if "current_setting" in body] == []
