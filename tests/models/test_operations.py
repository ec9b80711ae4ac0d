"""One operation of a migration makes of a noun's tables what
migrations have made of those that are there.
"""

from collections.abc import Iterable

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, models, transaction
from django.db.migrations.state import ProjectState

from tests.factories import ActorFactory, BallotFactory, VoteFactory
from tests.models.rows import execute
from tests.publishing.acts import published
from tracker.models import Actor, Ballot, Event, Predecessor, Vote, VoteDocument
from tracker.models.operations import TRIGGERS, NounTables, digest, models_of
from tracker.values.nouns import Noun

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_owner")]
CATALOG = {
    "triggers": (
        "SELECT pg_get_triggerdef(oid), tgenabled::text FROM pg_trigger WHERE NOT tgisinternal "
        "ORDER BY 1"
    ),
    "views": "SELECT relname::text, pg_get_viewdef(oid) FROM pg_class "
    "WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace ORDER BY 1",
    "storage": (
        "SELECT relname::text, ARRAY(SELECT unnest(reloptions) ORDER BY 1), obj_description(oid) "
        "FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
    ),
    "columns": (
        "SELECT relname::text, attname::text, attstorage::text, attcompression::text, "
        "attstattarget, attoptions FROM pg_attribute JOIN pg_class c ON c.oid = attrelid WHERE "
        "relkind = 'r' AND relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT "
        "attisdropped ORDER BY 1, 2"
    ),
    "rights": (
        "SELECT relname::text, pg_get_userbyid(relowner)::text, ARRAY(SELECT "
        "unnest(relacl)::text ORDER BY 1), ARRAY(SELECT attname || attacl::text FROM "
        "pg_attribute       WHERE attrelid = c.oid AND attacl IS NOT NULL AND NOT attisdropped "
        "ORDER BY 1) FROM pg_class c WHERE relkind IN ('r', 'v', 'S') AND relnamespace = "
        "'public'::regnamespace ORDER BY 1"
    ),
    "groups": (
        "SELECT g.name, p.codename FROM auth_group g JOIN auth_group_permissions h ON h.group_id "
        "= g.id JOIN auth_permission p ON p.id = h.permission_id ORDER BY 1, 2"
    ),
    "permissions": "SELECT codename, name FROM auth_permission ORDER BY 1",
    "types": "SELECT app_label, model FROM django_content_type ORDER BY 1, 2",
}


def catalog() -> dict[str, list[tuple[object, ...]]]:
    """Return what the database has of all tables that an operation may make."""
    return {name: execute(query) for name, query in CATALOG.items()}


def make(operation: NounTables, state: ProjectState) -> None:
    with connection.schema_editor() as editor:
        operation.database_forwards("tracker", editor, state, state)


def take_back(operation: NounTables, state: ProjectState) -> None:
    with connection.schema_editor() as editor:
        operation.database_backwards("tracker", editor, state, state)


def drop(tables: Iterable[type[models.Model]]) -> None:
    with connection.schema_editor() as editor:
        for model in tables:
            editor.delete_model(model)


def create(tables: Iterable[type[models.Model]]) -> None:
    with connection.schema_editor() as editor:
        for model in tables:
            editor.create_model(model)


@pytest.fixture
def state() -> ProjectState:
    return ProjectState.from_apps(apps)


def test_it_makes_of_all_nouns_what_migrations_made(state):
    """So the first migration may be written with it:
    tables of all nouns, then the operation for each.
    """
    before = catalog()
    tables = [model for noun in Noun for model in models_of(noun)]
    operations = [NounTables(noun, digest(noun)) for noun in Noun]

    for operation in reversed(operations):
        take_back(operation, state)
    drop(tables)
    bare = catalog()
    create(tables)
    for operation in operations:
        make(operation, state)

    assert {name: len(rows) for name, rows in bare.items() if len(rows) >= len(before[name])} == {}
    for name, rows in catalog().items():
        assert rows == before[name], name


def test_a_noun_is_taken_back_without_a_residue_and_begins_a_history_when_it_comes_again(
    state, acting_as
):
    """The last one, whose records name those of others, as those of a new one do."""
    before, operation = catalog(), NounTables("vote", digest(Noun.VOTE))

    take_back(operation, state)
    drop(models_of(Noun.VOTE))
    left = catalog()
    assert [
        row
        for rows in left.values()
        for row in rows
        if "vote" in repr(row) or "ballot" in repr(row)
    ] == []
    assert {
        name: rows
        for name, rows in left.items()
        if len(rows) >= len(before[name]) and name != "views"
    } == {}
    create(models_of(Noun.VOTE))
    make(operation, state)

    with acting_as(settings.APPLICATION):
        vote = VoteFactory()
        BallotFactory(vote=vote)
        vote.refresh_from_db()
        assert vote.version == 3
        events = Event.objects.filter(noun="vote", record=vote.pk).order_by("pk")
        assert [*events.values_list("part", flat=True)] == ["", "citation", "", "ballot", ""]
        published(*(ballot.actor for ballot in vote.ballots.all()), vote.body, *sources(vote), vote)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            VoteDocument.objects.update(body="{}")
    with acting_as(settings.READER):
        assert VoteDocument.objects.get().record == vote.pk
        assert execute("SELECT count(*) FROM tracker_document WHERE noun = 'vote'") == [(1,)]
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Vote.objects.exists()


def sources(record):
    return [citation.source for citation in record.citations.all()]


def test_a_part_is_taken_back_alone_and_comes_again(state):
    before, operation = catalog(), NounTables("actor", digest(Noun.ACTOR), new=["predecessor"])

    take_back(operation, state)
    drop([Predecessor])
    left = catalog()
    assert [row for rows in left.values() for row in rows if "_predecessor" in repr(row)] == []
    assert left["views"] == before["views"]
    assert not any("predecessor" in definition for definition, _ in left["triggers"])
    create([Predecessor])
    make(operation, state)

    assert catalog() == before


def test_what_a_later_migration_adds_is_left_to_it(state):
    """An earlier one, too, takes declarations as they are."""
    before, operation = catalog(), NounTables("vote", digest(Noun.VOTE), new=[])
    earlier = state.clone()
    earlier.remove_field("tracker", "vote", "issue")
    earlier.remove_model("tracker", "ballot")
    drop([Ballot])
    with connection.schema_editor() as editor:
        editor.remove_field(Vote, Vote._meta.get_field("issue"))

    make(operation, earlier)

    names = {name for (name,) in execute(TRIGGERS, "tracker_vote")}
    assert {"names_what_stands", "raises_version"} <= names
    assert "names_what_stands_now" not in names
    merged, survivor = ActorFactory(), ActorFactory()
    Actor.objects.filter(pk=merged.pk).update(merged_into=survivor)
    create([Ballot])
    with connection.schema_editor() as editor:
        editor.add_field(Vote, Vote._meta.get_field("issue"))
    make(operation, state)
    assert catalog() == before


def test_a_trigger_that_is_declared_no_more_goes(state):
    before = catalog()
    execute(
        "CREATE TRIGGER old BEFORE INSERT ON tracker_vote FOR EACH ROW EXECUTE FUNCTION "
        "public.compose_text()"
    )

    make(NounTables("vote", digest(Noun.VOTE), new=[]), state)

    assert catalog() == before


def test_its_digest_is_that_of_what_the_noun_itself_declares(monkeypatch):
    before = {noun: digest(noun) for noun in Noun}
    assert len(set(before.values())) == len(Noun)

    monkeypatch.setattr(VoteDocument, "storage", "SET (fillfactor = 90)")

    assert [noun for noun in Noun if digest(noun) != before[noun]] == [Noun.VOTE]
