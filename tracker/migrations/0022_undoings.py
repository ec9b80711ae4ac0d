"""Which change set was undone by which."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import tracker.models.triggers

RIGHTS = f"REVOKE UPDATE, DELETE ON tracker_undoing FROM {settings.APPLICATION};"


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0021_digests"),
    ]

    operations = [
        migrations.CreateModel(
            name="Undoing",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("is_whole", models.BooleanField(help_text="Whether no record was left out.")),
                (
                    "by",
                    models.ForeignKey(
                        help_text="The change set that undid it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.changeset",
                    ),
                ),
                (
                    "undone",
                    models.ForeignKey(
                        help_text="The change set that was undone.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.changeset",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("undone", "by"), name="undoing_once"),
                    models.CheckConstraint(
                        condition=models.Q(("undone", models.F("by")), _negated=True), name="undoing_is_by_another"
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="undoing",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="129ac5cff273f8133943467e99f6336d15842053",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_append_only_1d710",
                    table="tracker_undoing",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="undoing",
            trigger=pgtrigger.compiler.Trigger(
                name="refuses_truncate",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="0646dea9c62f806915861ce2c919208eaa2be017",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuses_truncate_848b1",
                    table="tracker_undoing",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
