"""The functions and triggers of the database are those of `models/sql/` and of the models,
and no others.
"""

import re
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, migrations, transaction
from django.db.migrations.exceptions import IrreversibleError
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

import tracker.migrations
from tests.factories import StanceFactory
from tests.models.rows import execute
from tests.models.test_functions import OURS
from tracker.models import operations, rules
from tracker.models.nouns import RECORDS
from tracker.models.operations import NounTables
from tracker.models.tracking import triggers_of
from tracker.models.triggers import FOLDER, Functions, Trigger, digest, source
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db
SUBJECTS = sorted(path.stem for path in FOLDER.glob("*.sql"))
MODELS = list(apps.get_app_config("tracker").get_models())
TRIGGERS = [(trigger, model._meta.db_table) for model in MODELS for trigger in triggers_of(model)]
DEFINED = re.compile(r"^CREATE OR REPLACE FUNCTION public\.(\w+)\(", re.MULTILINE)


def functions() -> set[tuple[str, ...]]:
    """Return each function of the database: as it is defined, and who may execute it."""
    return {
        (definition, str(rights))
        for definition, rights in execute(
            f"SELECT pg_get_functiondef(p.oid), p.proacl::text FROM {OURS}"
        )
    }


def triggers() -> dict[tuple[str, str], str]:
    """Return each trigger of the database:
    by table and name, how it is defined, and that it is enabled.
    """
    rows = execute(
        "SELECT tgrelid::regclass::text, tgname::text, pg_get_triggerdef(oid) || ' ' || "
        "tgenabled::text FROM pg_trigger WHERE NOT tgisinternal"
    )
    return {(table, name): definition for table, name, definition in rows}


def remedy(table: str, statement: str) -> str:
    """Return what a migration runs:
    for a table of a noun the operation, of which `new` are the tables it adds.
    """
    for noun in Noun:
        if table in [model._meta.db_table for model in operations.models_of(noun)]:
            return f'NounTables("{noun}", "{operations.digest(noun)}", new=[])'
    return statement


def steps() -> list[migrations.Migration]:
    """Return our migrations in their order."""
    names = sorted(path.stem for path in Path(tracker.migrations.__file__).parent.glob("0*.py"))
    return [
        import_module(f"tracker.migrations.{name}").Migration(name, "tracker") for name in names
    ]


def test_the_database_has_the_functions_of_the_files_as_they_are(as_owner):
    before = functions()
    files = [*map(source, SUBJECTS), rules.function()]
    named = [name for file in files for name in DEFINED.findall(file)]

    for file in files:
        execute(file)

    assert functions() == before
    assert sorted(named) == sorted(
        name for (name,) in execute(f"SELECT p.proname::text FROM {OURS}")
    )


def test_the_database_has_the_triggers_that_models_declare(as_owner):
    before = triggers()
    wanted = {(table, trigger.name): trigger.sql(table) for trigger, table in TRIGGERS}
    missing = {remedy(table, wanted[table, name]) for table, name in wanted.keys() - before.keys()}
    extra = {
        remedy(table, f"DROP TRIGGER {name} ON public.{table};")
        for table, name in before.keys() - wanted.keys()
    }
    assert missing | extra == set(), "a migration runs these"

    for table, name in before:
        execute(f"DROP TRIGGER {name} ON public.{table}")
    for statement in wanted.values():
        execute(statement)
    changed = {
        remedy(key[0], wanted[key])
        for key, definition in triggers().items()
        if definition != before[key]
    }
    assert changed == set(), "a migration drops the trigger and runs this"


def test_there_is_no_way_back_to_a_trigger_that_refuses_what_functions_do(as_owner):
    with pytest.raises(IrreversibleError):
        MigrationExecutor(connection).migrate([("tracker", "0031_operations_in_plain_words")])


def test_a_table_tells_which_of_its_columns_are_generated():
    """Else its version would be raised by saves that change nothing."""
    generated = {
        model._meta.db_table: tuple(
            str(field.column) for field in model._meta.concrete_fields if field.generated
        )
        for model in RECORDS.values()
    }

    assert {
        table: trigger.arguments for trigger, table in TRIGGERS if trigger.name == "raises_version"
    } == generated


def test_a_file_or_a_noun_that_was_changed_is_run_by_a_migration():
    """Else only databases that are yet to come have what it says."""
    files, nouns = dict[str, str](), dict[Noun, str]()
    for step in steps():
        for operation in step.operations:
            if isinstance(operation, Functions):
                files |= operation.digests
            if isinstance(operation, NounTables):
                nouns[operation.noun] = operation.digest

    assert files == {subject: digest(subject) for subject in SUBJECTS}, (
        "give a new migration Functions(…) with these"
    )
    assert nouns == {noun: operations.digest(noun) for noun in nouns}, (
        "give a new migration NounTables(…) with these"
    )


def test_no_trigger_is_declared_twice_and_none_of_their_functions_is_called_by_nobody():
    assert len({(table, trigger.name) for trigger, table in TRIGGERS}) == len(TRIGGERS)
    called = {trigger.function for trigger, _ in TRIGGERS}
    returning = execute(f"SELECT p.proname::text FROM {OURS} AND p.prorettype = 'trigger'::regtype")

    assert called == {name for (name,) in returning}


def test_a_rule_is_changed_by_a_migration_of_a_few_lines(as_owner, tmp_path, monkeypatch):
    """The very example of `docs/development/triggers.md`, with its file and its migration."""
    issue = StanceFactory().issue
    text = Path(settings.BASE_DIR, "docs/development/triggers.md").read_text()
    example = next(
        block
        for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL)
        if "Migration" in block
    )
    changed = source("issues").replace("is one of stances", "has stances on it")
    (tmp_path / "issues.sql").write_text(changed)
    monkeypatch.setattr("tracker.models.triggers.FOLDER", tmp_path)
    scope: dict[str, type[migrations.Migration]] = {}
    exec(example, scope)
    migration = scope["Migration"]("0099_example", "tracker")
    state = ProjectState.from_apps(apps)
    before = functions()

    with connection.schema_editor() as editor:
        state = migration.apply(state, editor)

    assert len(functions() - before) == 1
    assert len(example.splitlines()) < 40
    with pytest.raises(DatabaseError, match="has stances on it"), transaction.atomic():
        execute("UPDATE tracker_issue SET question = '' WHERE id = %s", issue.pk)
    with connection.schema_editor() as editor:
        migration.unapply(state, editor)
    assert len(functions() - before) == 1


def test_a_declaration_says_all_that_a_trigger_has():
    trigger = Trigger(
        "writes",
        "AFTER UPDATE",
        "write_events",
        ("actor", "it's"),
        each="STATEMENT",
        rows=("old_rows", "new_rows"),
    )

    assert trigger.sql("tracker_actor") == (
        "CREATE TRIGGER writes AFTER UPDATE ON public.tracker_actor "
        "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT "
        "EXECUTE FUNCTION public.write_events('actor', 'it''s');"
    )
    assert Trigger("t", "AFTER INSERT", "f", condition="NEW.id > 1", deferred=True).sql("x") == (
        "CREATE CONSTRAINT TRIGGER t AFTER INSERT ON public.x DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW WHEN (NEW.id > 1) EXECUTE FUNCTION public.f();"
    )
