"""Releases: names of editions, with files that are made once; editors and administrators make them."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.apps.registry import Apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import tracker.models.functions
import tracker.models.triggers

GROUPS = {
    "analysts": ["view_release"],
    "editors": ["view_release", "add_release"],
    "administrators": ["view_release", "add_release"],
}
RIGHTS = f"""
REVOKE UPDATE, DELETE ON tracker_release, tracker_releasefile, tracker_releasepiece FROM {settings.APPLICATION};
GRANT SELECT (id, version, edition, notes, made_at) ON tracker_release TO {settings.READER};
GRANT SELECT ON tracker_releasefile, tracker_releasepiece TO {settings.READER};
"""


def add_permissions(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give the groups what they need, which Django itself would make only after the last migration."""
    alias = schema_editor.connection.alias
    config = apps.get_app_config("tracker")
    config.models_module = True  # type: ignore[assignment]  # else nothing is made from a historical state
    create_permissions(config, apps=apps, using=alias, verbosity=0)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    for name, codenames in GROUPS.items():
        group, _ = apps.get_model("auth", "Group").objects.using(alias).get_or_create(name=name)
        group.permissions.add(*permissions.filter(codename__in=codenames, content_type__app_label="tracker"))


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0018_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Release",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.CharField(help_text="Year and number within it, e.g. 2026.1; public.", max_length=10),
                ),
                ("notes", models.TextField(blank=True, default="", help_text="What the release is about; public.")),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=tracker.models.functions.ClockTimestamp(), help_text="When it was made (UTC)."
                    ),
                ),
                (
                    "transaction",
                    models.BigIntegerField(
                        db_default=tracker.models.functions.CurrentTransaction(), help_text="PostgreSQL's transaction."
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        db_column="edition",
                        help_text="What it names.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="releases",
                        to="tracker.edition",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        help_text="Who; never public.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": ("add", "view"),
            },
        ),
        migrations.CreateModel(
            name="ReleaseFile",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.CharField(help_text="The file's name.", max_length=100)),
                ("media_type", models.CharField(help_text="What it is, as HTTP says it.", max_length=100)),
                ("sha256", models.CharField(help_text="The SHA-256 of its content, in hexadecimal.", max_length=64)),
                ("size", models.BigIntegerField(help_text="How many bytes it has.")),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="tracker.release"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ReleasePiece",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pieces", to="tracker.releasefile"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.UniqueConstraint(fields=("version",), name="release_version_is_one"),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(("version__regex", "^[0-9]{4}\\.[1-9][0-9]{0,3}$")), name="release_version_is_calver"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="8814e90ad16e22cf14fefb1aa9a892b91a7a22f2",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_append_only_cdad3",
                    table="tracker_release",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="refuses_truncate",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="cd21feb3e897e217f17290ef174b09ee24642b63",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuses_truncate_18764",
                    table="tracker_release",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="is_dated",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n    NEW.made_at := clock_timestamp();\n    NEW.transaction := pg_current_xact_id()::text::bigint;\n    RETURN NEW;\n",
                    hash="06dfd21379f6bf37123a7e2c313506c3c96a02cd",
                    operation="INSERT",
                    pgid="pgtrigger_is_dated_44e8f",
                    table="tracker_release",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="releasefile",
            constraint=models.UniqueConstraint(fields=("release", "name"), name="release_file_is_one"),
        ),
        migrations.AddConstraint(
            model_name="releasefile",
            constraint=models.CheckConstraint(
                condition=models.Q(("name__regex", "^[A-Za-z0-9][A-Za-z0-9._-]*$")), name="release_file_name_is_plain"
            ),
        ),
        migrations.AddConstraint(
            model_name="releasefile",
            constraint=models.CheckConstraint(
                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="release_file_sha256_is_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="releasefile",
            constraint=models.CheckConstraint(condition=models.Q(("size__gte", 0)), name="release_file_has_a_size"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="releasefile",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="304c6e8d5e10e89ec3df521f02b49d0f0abb4608",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_append_only_3532d",
                    table="tracker_releasefile",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="releasefile",
            trigger=pgtrigger.compiler.Trigger(
                name="refuses_truncate",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="07daf52fd10ef3a90b3ae9ee5f55cfd394514b47",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuses_truncate_f4b7e",
                    table="tracker_releasefile",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="releasefile",
            trigger=pgtrigger.compiler.Trigger(
                name="is_being_made",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n    IF (SELECT r.transaction FROM public.tracker_release r WHERE r.id = NEW.release_id) IS DISTINCT FROM pg_current_xact_id()::text::bigint THEN\n        RAISE EXCEPTION '%: not of the release being made in this transaction', TG_TABLE_NAME\n            USING ERRCODE = 'restrict_violation';\n    END IF;\n    RETURN NEW;\n",
                    hash="b423596853e6794eafa62b67819825769388d9a8",
                    operation="INSERT",
                    pgid="pgtrigger_is_being_made_81c24",
                    table="tracker_releasefile",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="releasefile",
            trigger=pgtrigger.compiler.Trigger(
                name="is_whole",
                sql=tracker.models.triggers.TriggerSql(
                    constraint="CONSTRAINT",
                    func="\n    IF NEW.size IS DISTINCT FROM (\n        SELECT coalesce(sum(octet_length(p.content)), 0) FROM public.tracker_releasepiece p WHERE p.file_id = NEW.id\n    ) THEN\n        RAISE EXCEPTION '%: it is not % bytes long', NEW.name, NEW.size\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'release_file_is_whole';\n    END IF;\n    RETURN NULL;\n",
                    hash="041c3674ed3b8d11bd999a78b578692bf3e3f119",
                    operation="INSERT",
                    pgid="pgtrigger_is_whole_b4b18",
                    table="tracker_releasefile",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="releasepiece",
            constraint=models.UniqueConstraint(fields=("file", "number"), name="release_piece_is_one"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="releasepiece",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="efd52e3a46a5e340d4df733a41a5e3b72fce3a52",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_append_only_527eb",
                    table="tracker_releasepiece",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="releasepiece",
            trigger=pgtrigger.compiler.Trigger(
                name="refuses_truncate",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="c0fa1f2a62930ad87e1b918fbee45932088eca8a",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuses_truncate_8df64",
                    table="tracker_releasepiece",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="releasepiece",
            trigger=pgtrigger.compiler.Trigger(
                name="is_being_made",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n    IF (SELECT r.transaction FROM public.tracker_releasefile f JOIN public.tracker_release r ON r.id = f.release_id WHERE f.id = NEW.file_id) IS DISTINCT FROM pg_current_xact_id()::text::bigint THEN\n        RAISE EXCEPTION '%: not of the release being made in this transaction', TG_TABLE_NAME\n            USING ERRCODE = 'restrict_violation';\n    END IF;\n    RETURN NEW;\n",
                    hash="362ea0233e66478b7f82b2b9cf3f9b253e78e21f",
                    operation="INSERT",
                    pgid="pgtrigger_is_being_made_7a46c",
                    table="tracker_releasepiece",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
        migrations.RunPython(add_permissions, migrations.RunPython.noop),
    ]
