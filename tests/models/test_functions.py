"""Functions of ours do the same whoever calls them:
names lead nowhere else, and nobody borrows the owner's rights.
"""

import json

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from tests.factories import ActorFactory, IssueFactory
from tests.models.publishing import CHANGE, DOCUMENT, publication_of
from tests.models.releasing import release_of
from tests.models.rows import deferred_checked, execute
from tests.models.test_append_only import publish_everything
from tests.models.test_roles import is_denied
from tracker.models import ChangeSet, Event, Release

pytestmark = pytest.mark.django_db
OURS = (
    "pg_proc p JOIN pg_language l ON l.oid = p.prolang WHERE p.pronamespace = "
    "'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = "
    "'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')"
)
PINNED = "search_path=pg_catalog, pg_temp"
BORROW = (
    "CREATE TRIGGER mine AFTER INSERT ON mine REFERENCING NEW TABLE AS new_rows EXECUTE FUNCTION "
    "{}()"
)


def test_every_function_looks_in_the_catalogue_first_and_in_temporary_tables_last():
    functions = execute(
        f"SELECT p.oid::regprocedure::text, l.lanname, p.proconfig, p.prosqlbody IS NULL "
        f"FROM {OURS}"
    )
    languages = {language for _, language, _, _ in functions}

    assert languages == {"plpgsql", "sql"}
    assert [
        name
        for name, language, config, _ in functions
        if language == "plpgsql" and PINNED not in (config or [])
    ] == []


def test_functions_in_sql_were_parsed_when_they_were_made_and_can_be_inlined():
    functions = execute(
        f"SELECT proname, prosqlbody IS NULL, proconfig FROM {OURS} AND l.lanname = 'sql'"
    )

    assert len(functions) >= 5
    assert [name for name, is_text, config in functions if is_text or config] == []


def test_only_what_writes_history_or_the_chain_has_the_owner_s_rights_and_nobody_else_may_call_it():
    lending = execute(
        "SELECT p.proname::text, pg_get_userbyid(p.proowner)::text, "
        "ARRAY(SELECT role FROM unnest(%s::text[]) AS role WHERE "
        "has_function_privilege(role, p.oid, 'EXECUTE')) "
        f"FROM {OURS} AND p.prosecdef",
        ["public", settings.APPLICATION, settings.READER],
    )
    writing = execute(
        f"SELECT proname::text FROM {OURS} AND p.prosrc ~ 'INTO public\\.tracker_event "
        f"|PERFORM public\\.add_link'"
    )

    assert {(owner, *others) for _, owner, others in lending} == {(settings.OWNER,)}
    assert {name for name, *_ in lending} == {name for (name,) in writing}


def test_the_application_can_hang_no_function_that_writes_history_on_a_table_of_its_own():
    execute("CREATE TEMPORARY TABLE mine (id int, version int)")
    (borrowed,) = execute(
        "SELECT proname::text FROM pg_proc WHERE prosecdef ORDER BY proname LIMIT 1"
    )[0]

    assert is_denied(BORROW.format(borrowed))


def test_a_temporary_trigger_writes_no_event_into_the_change_set_of_another():
    ActorFactory()
    old = ChangeSet.objects.latest("made_at")
    before = Event.objects.count()
    execute("CREATE TEMPORARY TABLE mine (id int)")
    execute(
        "CREATE FUNCTION pg_temp.forge() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, after) "
        f"VALUES ('{old.pk}', 'actor', 1, '', 1, '{{}}'); RETURN NULL; END $$"
    )
    execute(
        "CREATE TRIGGER forges AFTER INSERT ON mine FOR EACH ROW EXECUTE FUNCTION pg_temp.forge()"
    )

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        execute("INSERT INTO mine VALUES (1)")
    assert Event.objects.count() == before


def test_no_table_called_as_one_of_the_catalogue_hides_that_an_edition_has_proved_itself():
    execute("CREATE TEMPORARY TABLE pg_locks AS SELECT * FROM pg_catalog.pg_locks WHERE false")
    execute("SET LOCAL search_path = pg_temp, public, pg_catalog")
    issue, other = IssueFactory(), IssueFactory()
    with deferred_checked():
        for statement, *parameters in publication_of(issue):
            execute(statement, *parameters)

    for statement, *parameters in (
        (DOCUMENT, other.pk, other.slug),
        (CHANGE, "issue", other.pk, other.slug),
    ):
        with pytest.raises(DatabaseError, match="edition being made"), transaction.atomic():
            execute(statement.replace("), 1,", "), 2,"), *parameters)


@pytest.mark.parametrize(
    "hidden", ["tracker_changeset", "tracker_event", "tracker_actor", "tracker_ahead"]
)
def test_no_temporary_table_takes_in_what_history_is_to_keep(hidden):
    actor = ActorFactory()
    before = Event.objects.count()
    execute(f"CREATE TEMPORARY TABLE {hidden} AS SELECT * FROM public.{hidden} WHERE false")
    execute("SET LOCAL search_path = pg_temp, public")

    execute("UPDATE public.tracker_actor SET name = 'Another' WHERE id = %s", actor.pk)

    assert execute("SELECT count(*) FROM public.tracker_event") == [(before + 1,)]
    assert execute(f"SELECT count(*) FROM pg_temp.{hidden}") == [(0,)]


# In a restored database the numbers of transactions begin anew,
# so an old one may be that of the present one.


def give_this_transaction(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE; SET session_replication_role = replica")
        cursor.execute(
            f"UPDATE {table} SET transaction = pg_current_xact_id()::text::bigint, made_at = "
            f"made_at - interval '1 day'"
        )
        cursor.execute(f"SET session_replication_role = origin; SET ROLE {settings.APPLICATION}")


def test_a_change_set_of_another_day_is_anothers_though_its_transaction_had_this_number():
    actor = ActorFactory()
    old = ChangeSet.objects.latest("made_at")
    give_this_transaction("tracker_changeset")
    setting = {"id": str(old.pk), "reason": "", "channel": "sql"}
    execute("SELECT set_config('tracker.change', %s, true)", json.dumps(setting))

    with pytest.raises(DatabaseError, match="belongs to another transaction"), transaction.atomic():
        execute("UPDATE tracker_actor SET name = 'Another' WHERE id = %s", actor.pk)


def test_nothing_is_added_to_a_release_of_another_day_though_its_transaction_had_this_number():
    IssueFactory()
    release_of(publish_everything())
    give_this_transaction("tracker_release")
    release = Release.objects.get()

    with pytest.raises(DatabaseError, match="not of the release being made"), transaction.atomic():
        release.files.create(name="more.csv", media_type="text/csv", sha256="0" * 64, size=0)
    with pytest.raises(DatabaseError, match="not of the release being made"), transaction.atomic():
        release.files.get().pieces.create(number=7, content=b"")
