"""References that are not the documents of the edition, as `verify` tells of them."""

from tests.verify.world import damaged

STANCES, ACTORS = "tracker_stancedocument", "tracker_actordocument"


def test_a_rename_that_a_document_did_not_follow(world):
    """As if the alignment had been forgotten when its actor was renamed."""
    alignment = world.alignment.pk

    assert damaged(
        "DELETE FROM tracker_mention m USING tracker_alignmentdocument d "
        "WHERE m.noun = 'alignment' AND d.id = m.document AND d.opened = 2",
        "DELETE FROM tracker_alignmentdocument WHERE opened = 2",
        "DELETE FROM tracker_change WHERE edition = 2 AND noun = 'alignment'",
        "UPDATE tracker_alignmentdocument SET closed = NULL",
    ) == [
        f"alignment {alignment}: in edition 2 it still calls actor {world.actor.pk} “China” "
        f"(china), not “PRC” (prc)"
    ]


def test_a_named_record_that_is_gone_while_it_is_named(world):
    """As if the bloc had been retracted past the rule,
    in the edition that retracted the meeting.
    """
    assert damaged(
        "INSERT INTO tracker_change (edition, position, noun, record, key, operation, changed) "
        f"VALUES (4, 99, 'actor', {world.bloc.pk}, 'bloc', 'retracted', '{{}}')",
        f"UPDATE {ACTORS} SET closed = 4 WHERE record = {world.bloc.pk}",
    ) == [
        f"actor {world.actor.pk}: it names actor {world.bloc.pk}, which is not public in edition 4"
    ]


def test_a_named_record_that_was_published_only_later(world):
    assert damaged(
        f"UPDATE tracker_change SET edition = 3 WHERE edition = 1 AND noun = 'actor' AND "
        f"record = {world.other.pk}",
        f"UPDATE {ACTORS} SET opened = 3 WHERE record = {world.other.pk}",
    ) == [
        f"stance {world.forecast.pk}: it names actor {world.other.pk}, which is not public "
        f"in edition 1",
        f"alignment {world.alignment.pk}: it names actor {world.other.pk}, which is not "
        f"public in edition 1",
        f"alignment {world.alignment.pk}: it names actor {world.other.pk}, which is not "
        f"public in edition 2",
        f"meeting {world.meeting.pk}: it names actor {world.other.pk}, which is not public "
        f"in edition 1",
        f"meeting {world.meeting.pk}: it names actor {world.other.pk}, which is not public "
        f"in edition 2",
        f"act {world.act.pk}: it names actor {world.other.pk}, which is not public in edition 1",
        f"act {world.act.pk}: it names actor {world.other.pk}, which is not public in edition 2",
    ]


def test_a_named_record_that_was_never_public(world):
    assert damaged(
        f"DELETE FROM tracker_change WHERE noun = 'actor' AND record = {world.bloc.pk}",
        f"DELETE FROM {ACTORS} WHERE record = {world.bloc.pk}",
    ) == [
        f"actor {world.actor.pk}: it names actor {world.bloc.pk}, which is not public in edition 1",
        f"actor {world.actor.pk}: it names actor {world.bloc.pk}, which is not public in edition 2",
        f"actor {world.bloc.pk}: the desk is ahead of the publication, and lists of drafts "
        f"don't know it",
    ]


def test_a_mention_by_a_document_that_does_not_exist(world):
    assert damaged(
        "INSERT INTO tracker_mention (noun, document, named_noun, named) "
        f"VALUES ('stance', 0, 'actor', {world.actor.pk})"
    ) == [f"mentions: stance document 0 is said to name actor {world.actor.pk}, but does not exist"]
