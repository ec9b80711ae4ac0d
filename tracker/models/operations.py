"""What a migration gives the tables of a noun that `makemigrations` doesn't write:
triggers, storage, view, rights.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from tracker.models.changes import Change
from tracker.models.nouns import DOCUMENTS
from tracker.models.tables import TABLES, tables_of
from tracker.models.tracking import merges, triggers_of
from tracker.values.nouns import MERGEABLE, Noun

VIEW = "tracker_document"
IN_VIEW = "id, record, version, opened, closed, gone, shape, body, digest"
# statistics follow as soon as editions have grown documents
AUTOVACUUM = (
    "autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02, "
    "autovacuum_analyze_scale_factor = 0.02"
)
# other rights follow from defaults of the schema
RIGHTS = """
    REVOKE UPDATE, DELETE ON public.{table} FROM {application};
    GRANT UPDATE (closed) ON public.{table} TO {application};
    REVOKE INSERT, UPDATE, DELETE ON public.{view} FROM {application};
    GRANT SELECT ON public.{table}, public.{view} TO {reader};
"""
TRIGGERS = "SELECT tgname::text FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal"


class NounTables(Operation):
    """Make of a noun's tables what their models declare:
    `NounTables("vote", "0123456789ab")`, after `CreateModel`.

    It makes triggers and storage, lets the view have the documents and the roles their rights, and
    lets whoever writes the noun's records write what is new. What is there is made again, so a
    migration that gives a noun another trigger, a column that one is told of, or a part, runs it
    too: `new` are the models whose tables it adds, if not all.

    Models are taken as they are, also by a migration of a day when they were others; what later
    migrations add is left to these. The digest says which state of the declarations a migration
    brings to databases that are there already. Going back takes what is new out of what others
    have; its own goes with its tables.
    """

    reversible = True
    reduces_to_sql = False

    def __init__(self, noun: str, digest: str, new: Iterable[str] | None = None) -> None:
        self.noun, self.digest = Noun(noun), digest
        self.new = [name_of(model) for model in models_of(self.noun)] if new is None else [*new]

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change no model."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make all of it."""
        columns = _columns(to_state)
        for model in models_of(self.noun):
            if name_of(model) in columns:
                _make_triggers(schema_editor, model, columns[name_of(model)])
        _make_merges(schema_editor, columns)
        if self.noun in MERGEABLE:  # one of its triggers looks at what can be merged
            _make_triggers(schema_editor, Change, columns[name_of(Change)])
        documents = DOCUMENTS[self.noun]
        table = documents._meta.db_table
        _run(schema_editor, f"ALTER TABLE public.{table} SET ({AUTOVACUUM}), {documents.storage}")
        _run(schema_editor, _view(noun for noun in Noun if name_of(DOCUMENTS[noun]) in columns))
        roles = {"application": settings.APPLICATION, "reader": settings.READER}
        _run(schema_editor, RIGHTS.format(table=table, view=VIEW, **roles))
        _let_write(to_state, schema_editor.connection.alias, self.noun, self.new)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take what is new out of other triggers, the view and permissions."""
        columns = _columns(to_state)
        _make_merges(schema_editor, columns.keys() - self.new)
        if name_of(DOCUMENTS[self.noun]) in self.new:
            _run(schema_editor, _view([*Noun][: [*Noun].index(self.noun)]))
        types: Any = to_state.apps.get_model("contenttypes", "ContentType")
        alias = schema_editor.connection.alias
        types.objects.using(alias).filter(app_label="tracker", model__in=self.new).delete()

    def describe(self) -> str:
        return f"Make triggers, storage, view and rights of {self.noun.plural}"


def models_of(noun: Noun) -> list[type[models.Model]]:
    """Return the models of a noun: its records, their parts, its documents."""
    return [*(table.model for table in tables_of(noun).values()), DOCUMENTS[noun]]


def name_of(model: type[models.Model]) -> str:
    return model._meta.model_name or ""


def digest(noun: Noun) -> str:
    """Return by what a migration knows what a noun's tables declare;
    what merging asks others for is not of it.
    """
    asking = {trigger.name for trigger in (merges(noun) if noun in MERGEABLE else ())}
    declared = [
        trigger.sql(model._meta.db_table)
        for model in models_of(noun)
        for trigger in triggers_of(model)
        if trigger.name not in asking
    ]
    return sha256("\n".join([*declared, DOCUMENTS[noun].storage]).encode()).hexdigest()[:12]


def _columns(state: ProjectState) -> dict[str, set[str]]:
    """Return the columns that each of our models has at a migration."""
    return {
        name_of(model): {str(field.column) for field in model._meta.concrete_fields}
        for model in state.apps.get_app_config("tracker").get_models()
    }


def _run(editor: BaseDatabaseSchemaEditor, statement: str) -> None:
    editor.execute(statement, params=None)


def _make_triggers(
    editor: BaseDatabaseSchemaEditor, model: type[models.Model], columns: set[str]
) -> None:
    """Let a table have its triggers and no others,
    but for those that look at columns which aren't there yet.
    """
    table = model._meta.db_table
    with editor.connection.cursor() as cursor:
        cursor.execute(TRIGGERS, [f"public.{table}"])
        names = [name for (name,) in cursor.fetchall()]
    for name in names:
        _run(editor, f"DROP TRIGGER {name} ON public.{table}")
    for trigger in triggers_of(model):
        if trigger.columns <= columns:
            _run(editor, trigger.sql(table))


def _make_merges(editor: BaseDatabaseSchemaEditor, there: Iterable[str]) -> None:
    """Let merging ask for the rows of all tables that are there."""
    tables = [table for table in TABLES if name_of(table.model) in there]
    for table in tables:
        for trigger in (
            merges(table.noun, tables) if table.noun in MERGEABLE and not table.part else ()
        ):
            _run(editor, f"DROP TRIGGER IF EXISTS {trigger.name} ON public.{table.name}")
            _run(editor, trigger.sql(table.name))


def _view(nouns: Iterable[Noun]) -> str:
    documents = [
        f"SELECT '{noun}'::text AS noun, {IN_VIEW} FROM public.{DOCUMENTS[noun]._meta.db_table}"
        for noun in nouns
    ]
    if not documents:
        return f"DROP VIEW public.{VIEW}"
    return f"CREATE OR REPLACE VIEW public.{VIEW} AS {' UNION ALL '.join(documents)}"


def _let_write(state: ProjectState, alias: str, noun: Noun, new: list[str]) -> None:
    """Make the permissions of what is new, which Django would make only afterwards,
    for groups that write the like.

    Those are of a part the groups that add its record, of a noun those that submit records.
    """
    config = state.apps.get_app_config("tracker")
    config.models_module = True  # type: ignore[assignment]  # else nothing is made from a historical state
    create_permissions(config, apps=state.apps, using=alias, verbosity=0)
    config.models_module = None
    permission, group = (state.apps.get_model("auth", name) for name in ("Permission", "Group"))
    desk = [name for name in new if name != name_of(DOCUMENTS[noun])]
    permissions: Any = permission._default_manager.using(alias).filter(
        content_type__app_label="tracker"
    )
    like = permissions.filter(codename="add_review" if noun in new else f"add_{noun}")
    for writing in group._default_manager.using(alias).filter(permissions__in=like):
        writing.permissions.add(*permissions.filter(content_type__model__in=desk))
