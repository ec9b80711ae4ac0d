"""Actors say whom they follow."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.comparison
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TRIGGERS = [
    'CREATE TRIGGER composes_text BEFORE INSERT OR UPDATE ON public.tracker_predecessor FOR EACH ROW EXECUTE FUNCTION public.compose_text();',
    "CREATE TRIGGER event_of_insert AFTER INSERT ON public.tracker_predecessor REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('actor', 'predecessor', 'actor_id');",
    "CREATE TRIGGER event_of_update AFTER UPDATE ON public.tracker_predecessor REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('actor', 'predecessor', 'actor_id');",
    "CREATE TRIGGER event_of_delete AFTER DELETE ON public.tracker_predecessor REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('actor', 'predecessor', 'actor_id');",
    "CREATE TRIGGER keeps_id BEFORE UPDATE OF id ON public.tracker_predecessor FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id) EXECUTE FUNCTION public.refuse_change('id', 'an id never changes');",
    "CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_predecessor FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('history would not see it');",
    "CREATE TRIGGER keeps_owner BEFORE UPDATE OF actor_id ON public.tracker_predecessor FOR EACH ROW WHEN (NEW.actor_id IS DISTINCT FROM OLD.actor_id) EXECUTE FUNCTION public.refuse_change('actor_id', 'a part never moves to another record');",
    "CREATE TRIGGER touch_by_insert AFTER INSERT ON public.tracker_predecessor REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('actor', 'actor_id');",
    "CREATE TRIGGER touch_by_update AFTER UPDATE ON public.tracker_predecessor REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('actor', 'actor_id');",
    "CREATE TRIGGER touch_by_delete AFTER DELETE ON public.tracker_predecessor REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('actor', 'actor_id');",
    "CREATE TRIGGER names_what_stands AFTER INSERT ON public.tracker_predecessor REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.name_what_stands('predecessor', 'predecessor_id', 'actor');",
    "CREATE TRIGGER names_what_stands_now BEFORE UPDATE OF predecessor_id ON public.tracker_predecessor FOR EACH ROW EXECUTE FUNCTION public.name_what_stands('predecessor', 'predecessor_id', 'actor');",
    'DROP TRIGGER merges_into_what_stands ON public.tracker_actor;',
    "CREATE TRIGGER merges_into_what_stands BEFORE INSERT OR UPDATE OF merged_into_id ON public.tracker_actor FOR EACH ROW WHEN (NEW.merged_into_id IS NOT NULL) EXECUTE FUNCTION public.merge_into_what_stands('actor', 'coreinterest', 'actor_id', 'issue_id', 'issue', 'membership', 'organization_id', 'actor_id', 'actor', 'predecessor', 'predecessor_id', 'actor_id', 'actor', 'stance', 'actor_id', '', '', 'stance', 'defers_to_id', '', '', 'alignment', 'actor_id', '', '', 'alignment', 'counterpart_id', '', '', 'participant', 'actor_id', 'meeting_id', 'meeting', 'participant', 'represented_by_id', 'meeting_id', 'meeting', 'vote', 'body_id', '', '', 'ballot', 'actor_id', '', '');",
]  # fmt: skip


def may_write(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let groups that write memberships write predecessors, and make permissions, which Django would make afterwards."""
    alias = schema_editor.connection.alias
    config = apps.get_app_config("tracker")
    config.models_module = True  # type: ignore[assignment]  # else nothing is made from a historical state
    create_permissions(config, apps=apps, using=alias, verbosity=0)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    own = permissions.filter(codename__endswith="_predecessor", content_type__app_label="tracker")
    for group in (
        apps.get_model("auth", "Group")
        .objects.using(alias)
        .filter(permissions__codename="add_membership")
    ):
        group.permissions.add(*own)


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0038_spans_of_actors"),
    ]

    operations = [
        migrations.AddField(
            model_name="actordocument",
            name="predecessors",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.IntegerField(), null=True, size=None
            ),
        ),
        migrations.CreateModel(
            name="Predecessor",
            fields=[
                (
                    "id",
                    models.AutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "since",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="From when on it is in that place; empty: unknown.",
                        max_length=30,
                    ),
                ),
                (
                    "since_earliest",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.comparison.Cast("since", models.TextField()),
                            function="edtf_earliest",
                            output_field=models.DateField(null=True),
                        ),
                        help_text="The first day that “since” can mean.",
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "since_latest",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.comparison.Cast("since", models.TextField()),
                            function="edtf_latest",
                            output_field=models.DateField(null=True),
                        ),
                        help_text="The last day that “since” can mean.",
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="predecessors",
                        to="tracker.actor",
                    ),
                ),
                (
                    "predecessor",
                    models.ForeignKey(
                        help_text="Whom it follows: the state or body whose place it took, or a part of it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successors",
                        to="tracker.actor",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("actor", models.F("predecessor")), _negated=True),
                        name="predecessor_is_another",
                        violation_error_code="predecessor",
                        violation_error_message="an actor doesn’t follow itself.",
                    ),
                    models.UniqueConstraint(
                        fields=("actor", "predecessor"), name="predecessor_once"
                    ),
                ],
            },
        ),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
        migrations.RunPython(may_write, migrations.RunPython.noop),
    ]
