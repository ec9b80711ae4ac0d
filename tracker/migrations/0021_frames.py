"""Actors say for which periods and kinds all recorded votes are here; documents of votes, whether ballots are missing."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.db.models.lookups
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import tracker.models.constraints

TRIGGERS = [
    'CREATE TRIGGER composes_text BEFORE INSERT OR UPDATE ON public.tracker_frame FOR EACH ROW EXECUTE FUNCTION public.compose_text();',
    "CREATE TRIGGER event_of_insert AFTER INSERT ON public.tracker_frame REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('actor', 'frame', 'actor_id');",
    "CREATE TRIGGER event_of_update AFTER UPDATE ON public.tracker_frame REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('actor', 'frame', 'actor_id');",
    "CREATE TRIGGER event_of_delete AFTER DELETE ON public.tracker_frame REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('actor', 'frame', 'actor_id');",
    "CREATE TRIGGER keeps_id BEFORE UPDATE OF id ON public.tracker_frame FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id) EXECUTE FUNCTION public.refuse_change('id', 'an id never changes');",
    "CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_frame FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('history would not see it');",
    "CREATE TRIGGER keeps_owner BEFORE UPDATE OF actor_id ON public.tracker_frame FOR EACH ROW WHEN (NEW.actor_id IS DISTINCT FROM OLD.actor_id) EXECUTE FUNCTION public.refuse_change('actor_id', 'a part never moves to another record');",
    "CREATE TRIGGER touch_by_insert AFTER INSERT ON public.tracker_frame REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('actor', 'actor_id');",
    "CREATE TRIGGER touch_by_update AFTER UPDATE ON public.tracker_frame REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('actor', 'actor_id');",
    "CREATE TRIGGER touch_by_delete AFTER DELETE ON public.tracker_frame REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('actor', 'actor_id');",
    "CREATE TRIGGER names_what_stands BEFORE INSERT OR UPDATE OF source_id ON public.tracker_frame FOR EACH ROW EXECUTE FUNCTION public.name_what_stands('frame', 'source_id', 'source');",
    "DROP TRIGGER merges_into_what_stands ON public.tracker_source;",
    "CREATE TRIGGER merges_into_what_stands BEFORE INSERT OR UPDATE OF merged_into_id ON public.tracker_source FOR EACH ROW WHEN (NEW.merged_into_id IS NOT NULL) EXECUTE FUNCTION public.merge_into_what_stands('source', 'membership', 'source_id', 'actor_id', 'actor', 'frame', 'source_id', 'actor_id', 'actor', 'stancecitation', 'source_id', '', '', 'alignmentcitation', 'source_id', '', '', 'meetingcitation', 'source_id', 'meeting_id', 'meeting', 'votecitation', 'source_id', '', '');",
]  # fmt: skip
FILLED = """
    ALTER TABLE tracker_votedocument DISABLE TRIGGER USER;
    UPDATE tracker_votedocument SET ballots_complete = (body::json ->> 'ballots_complete')::boolean;
    ALTER TABLE tracker_votedocument ENABLE TRIGGER USER;
"""


def may_write(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let all groups write frames, and make the permissions for that, which Django would make only afterwards."""
    alias = schema_editor.connection.alias
    config = apps.get_app_config("tracker")
    config.models_module = True  # type: ignore[assignment]  # else nothing is made from a historical state
    create_permissions(config, apps=apps, using=alias, verbosity=0)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    own = permissions.filter(codename__endswith="_frame", content_type__app_label="tracker")
    for group in apps.get_model("auth", "Group").objects.using(alias).all():
        group.permissions.add(*own)


class Migration(migrations.Migration):
    dependencies = [("tracker", "0020_votes")]

    operations = [
        migrations.AddField(
            model_name="votedocument",
            name="ballots_complete",
            field=models.BooleanField(default=True),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="Frame",
            fields=[
                (
                    "id",
                    models.AutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("resolution", "resolution"),
                                ("draft", "draft"),
                                ("amendment", "amendment"),
                                ("paragraph", "paragraph"),
                                ("procedural", "procedural"),
                                ("other", "other"),
                            ],
                            max_length=40,
                        ),
                        blank=True,
                        default=list,
                        help_text="Of which kinds all recorded votes are here.",
                        size=None,
                    ),
                ),
                (
                    "since",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="From when on all are here; empty: from its first vote.",
                        max_length=30,
                    ),
                ),
                (
                    "until",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="Until when all are here; empty: to this day.",
                        max_length=30,
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="What that means in words: what was taken for a recorded vote, and what is missing all the same.",
                        max_length=1000,
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
                    "until_earliest",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.comparison.Cast("until", models.TextField()),
                            function="edtf_earliest",
                            output_field=models.DateField(null=True),
                        ),
                        help_text="The first day that “until” can mean.",
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "until_latest",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.comparison.Cast("until", models.TextField()),
                            function="edtf_latest",
                            output_field=models.DateField(null=True),
                        ),
                        help_text="The last day that “until” can mean.",
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="frames",
                        to="tracker.actor",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        help_text="The list of votes that was taken over.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.source",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since_earliest__isnull", True),
                            ("until_latest__isnull", True),
                            ("since_earliest__lte", models.F("until_latest")),
                            _connector="OR",
                        ),
                        name="frame_begins_before_it_ends",
                        violation_error_code="since",
                        violation_error_message="it begins after it ends; correct “since” or “until”.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kinds__contained_by",
                                [
                                    "resolution",
                                    "draft",
                                    "amendment",
                                    "paragraph",
                                    "procedural",
                                    "other",
                                ],
                            )
                        ),
                        name="frame_kinds_are_known",
                        violation_error_code="kinds",
                        violation_error_message="choose from resolution, draft, amendment, paragraph, procedural, other.",
                    ),
                    models.CheckConstraint(
                        condition=models.Func(
                            models.F("kinds"),
                            output_field=models.BooleanField(),
                            template="NOT jsonb_path_exists(to_jsonb(%(expressions)s), 'strict $[*] ? (@.type() != \"string\")')",
                        ),
                        name="frame_kinds_is_a_list",
                        violation_error_code="kinds",
                        violation_error_message="write a list of texts, each of which says something.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kinds", []), _negated=True),
                        name="frame_says_kinds",
                        violation_error_code="kinds",
                        violation_error_message="choose of which kinds all votes are here.",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="frame",
            constraint=tracker.models.constraints.UniqueByDigest(
                digested=("note",),
                fields=("actor", "since", "until", "note"),
                name="frame_once_a_period_and_note",
            ),
        ),
        migrations.AddIndex(
            model_name="actordocument",
            index=models.Index(
                fields=["record"],
                condition=models.Q(
                    django.db.models.lookups.GreaterThan(
                        django.db.models.functions.text.StrIndex(
                            "body", models.Value('"frames":[{')
                        ),
                        0,
                    )
                ),
                name="actor_framed",
            ),
        ),
        migrations.RunSQL(FILLED, migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
        migrations.RunPython(may_write, migrations.RunPython.noop),
    ]
