"""What each role of the database may do, table by table; tried as that role."""

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from tests.models.rows import execute
from tracker.models.nouns import DOCUMENTS

pytestmark = pytest.mark.django_db
OF_DOCUMENTS = [model._meta.db_table for model in DOCUMENTS.values()]
APPEND_ONLY = [
    *("tracker_event", "tracker_changeset", "tracker_edition", "tracker_change", "tracker_mention"),
    *("tracker_changesubject", "tracker_editionfacts"),
    *("tracker_review", "tracker_unchanged", "tracker_undoing", "tracker_link"),
    *("tracker_release", "tracker_releasedoi", "tracker_releasefile", "tracker_releasepiece"),
    *OF_DOCUMENTS,
]
BY_TRIGGERS_ONLY = {
    *(
        "tracker_event",
        "tracker_changeset",
        "tracker_link",
        "tracker_changesubject",
        "tracker_editionfacts",
    ),
}
INSUFFICIENT_PRIVILEGE = "42501"
READABLE = {
    *OF_DOCUMENTS,
    *(
        "tracker_document",
        "tracker_change",
        "tracker_changesubject",
        "tracker_editionfacts",
        "tracker_mention",
    ),
    *("tracker_releasedoi", "tracker_releasefile", "tracker_releasepiece"),
}
IN_PART = {
    "tracker_edition": {"number", "published_at", "note"},
    "tracker_link": {"edition", "digest"},
    "tracker_release": {"id", "version", "edition", "notes", "made_at"},
}
RELATIONS = (
    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN "
    "('r', 'v', 'm', 'p')"
)


def tables() -> list[str]:
    """Return every table and view there is."""
    names = [name for (name,) in execute(f"{RELATIONS} ORDER BY relname")]
    assert {
        "auth_user",
        "django_session",
        "tracker_stance",
        "tracker_event",
        "tracker_document",
    } <= set(names)
    return names


def is_denied(statement: str) -> bool:
    """Tell whether the current role lacks the right to a statement;
    whatever it does is rolled back.
    """
    try:
        with transaction.atomic():
            execute(statement)
            transaction.set_rollback(True)
    except DatabaseError as error:
        return error.__cause__.sqlstate == INSUFFICIENT_PRIVILEGE
    return False


# The application ----------------------------------------------------------------------------------


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_the_application_may_add_to_the_past_but_not_rewrite_it(table):
    column = execute(
        "SELECT attname::text FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 "
        "AND attname <> 'closed' AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
        table,
    )[-1][0]

    assert is_denied(f"UPDATE {table} SET {column} = {column}")
    assert is_denied(f"DELETE FROM {table}")
    assert is_denied(f"TRUNCATE {table} CASCADE")
    assert not is_denied(f"SELECT FROM {table}")
    assert is_denied(f"INSERT INTO {table} DEFAULT VALUES") == (table in BY_TRIGGERS_ONLY)


def test_the_application_may_fill_in_who_closed_a_document_and_change_nothing_else():
    columns = execute(
        "SELECT attrelid::regclass::text, attname::text FROM pg_attribute WHERE "
        "attrelid::regclass::text = ANY(%s) AND attnum > 0 AND NOT attisdropped AND "
        "has_column_privilege(%s, attrelid, attnum, 'UPDATE')",
        *(APPEND_ONLY, settings.APPLICATION),
    )

    assert set(columns) == {(table, "closed") for table in OF_DOCUMENTS}


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO django_migrations (app, name, applied) VALUES ('tracker', '9999', now())",
        "UPDATE django_migrations SET name = name",
        "DELETE FROM django_migrations",
        "TRUNCATE django_migrations",
        "CREATE TABLE public.mine (id int)",
        "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql RETURN 1",
        "CREATE OR REPLACE FUNCTION public.current_changeset() RETURNS uuid LANGUAGE sql "
        "RETURN gen_random_uuid()",
        "ALTER TABLE tracker_stance DISABLE TRIGGER ALL",
        "ALTER TABLE tracker_event ADD COLUMN mine int",
        "DROP TABLE tracker_event",
        "CREATE TRIGGER mine BEFORE INSERT ON tracker_event EXECUTE FUNCTION "
        "suppress_redundant_updates_trigger()",
        "SET LOCAL session_replication_role = replica",
        "SELECT setval('tracker_event_id_seq', 1)",
        "SELECT nextval('tracker_event_id_seq')",
        "SELECT public.add_link(1)",
        "SELECT public.note_subjects(1)",
        "ALTER SEQUENCE tracker_event_id_seq RESTART",
    ],
)
def test_the_application_has_no_way_round(statement):
    assert is_denied(statement)


def test_the_application_truncates_nothing_at_all():
    assert [
        table
        for table in set(tables()) - {"tracker_document"}
        if not is_denied(f"TRUNCATE {table} CASCADE")
    ] == []


# The reader ---------------------------------------------------------------------------------------


def test_the_reader_sees_what_is_published_and_nothing_else(acting_as):
    names = tables()

    with acting_as(settings.READER):
        seen = {name for name in names if not is_denied(f"SELECT * FROM {name}")}
        counted = {name for name in names if not is_denied(f"SELECT count(*) FROM {name}")}

    assert seen == READABLE
    assert counted == {*READABLE, *IN_PART}


@pytest.mark.parametrize("table", IN_PART)
def test_of_editions_releases_and_links_the_reader_sees_what_is_public_but_not_by_whom(
    acting_as, table
):
    columns = [
        name
        for (name,) in execute(
            "SELECT attname::text FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0",
            table,
        )
    ]
    hidden = {
        "tracker_edition": {"published_by_id", "transaction"},
        "tracker_release": {"made_by_id", "transaction"},
        "tracker_link": {"salt", "changesets"},
    }[table]

    with acting_as(settings.READER):
        seen = {column for column in columns if not is_denied(f"SELECT {column} FROM {table}")}
        assert all(
            is_denied(f"SELECT count(*) FROM {table} WHERE {column} IS NULL") for column in hidden
        )

    assert seen == IN_PART[table]
    assert hidden <= set(columns)


def test_the_reader_sees_no_other_column_of_any_table():
    columns = execute(
        f"SELECT c.relname || '.' || a.attname FROM pg_class c JOIN pg_attribute a ON "
        f"a.attrelid = c.oid "
        f"WHERE c.relname IN ({RELATIONS}) AND a.attnum > 0 AND NOT a.attisdropped "
        "AND has_column_privilege(%s, c.oid, a.attnum, 'SELECT')",
        settings.READER,
    )

    in_part = {f"{table}.{name}" for table, names in IN_PART.items() for name in names}
    assert {name for (name,) in columns if name.split(".")[0] not in READABLE} == in_part


def test_the_reader_changes_nothing(acting_as):
    names = tables()
    rights = ("INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN")

    held = [
        (name, right)
        for name in names
        for right in rights
        if execute("SELECT has_table_privilege(%s, %s, %s)", settings.READER, name, right)
        != [(False,)]
    ]
    columns = execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND "
        "relkind IN ('r', 'v') AND has_any_column_privilege(%s, oid, 'INSERT, UPDATE, "
        "REFERENCES')",
        settings.READER,
    )
    sequences = execute(
        "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' "
        "AND has_sequence_privilege(%s, quote_ident(sequencename), 'USAGE, SELECT, UPDATE')",
        settings.READER,
    )

    assert (held, columns, sequences) == ([], [], [])
    with acting_as(settings.READER):
        assert is_denied(
            "INSERT INTO tracker_changeset (id, reason, channel) VALUES (gen_random_uuid(), "
            "'', 'sql')"
        )
        assert is_denied("SELECT current_changeset()")
        assert is_denied("CREATE TABLE public.mine (id int)")


def test_temporary_tables_are_for_the_application_alone():
    asking = ["public", settings.READER, settings.APPLICATION]

    assert execute(
        "SELECT role FROM unnest(%s::text[]) AS role WHERE has_database_privilege(role, "
        "current_database(), 'TEMP')",
        asking,
    ) == [(settings.APPLICATION,)]
