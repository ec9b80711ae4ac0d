"""Reviews, and the versions that came out as what stood; the queue of review is found by an index."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import tracker.models.functions
import tracker.models.triggers

RIGHTS = f"REVOKE UPDATE, DELETE ON tracker_review, tracker_unchanged FROM {settings.APPLICATION};"


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0008_undo"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "noun",
                    models.CharField(
                        choices=[
                            ("issue", "issue"),
                            ("actor", "actor"),
                            ("source", "source"),
                            ("stance", "stance"),
                            ("alignment", "alignment"),
                            ("meeting", "meeting"),
                        ],
                        max_length=20,
                    ),
                ),
                ("record", models.IntegerField(help_text="The id of the record at the desk.")),
                ("version", models.PositiveIntegerField(help_text="The desk's version that it is about.")),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("submitted", "submitted"),
                            ("withdrawn", "withdrawn"),
                            ("sent_back", "sent back"),
                            ("approved", "approved"),
                            ("assigned", "assigned"),
                            ("commented", "commented"),
                        ],
                        help_text="What somebody did with a record in its review.",
                        max_length=20,
                    ),
                ),
                ("text", models.TextField(blank=True, default="", help_text="What was said.")),
                (
                    "made_at",
                    models.DateTimeField(db_default=tracker.models.functions.ClockTimestamp(), help_text="When."),
                ),
            ],
            options={
                "permissions": [("approve_review", "Can approve records, and send them back")],
            },
        ),
        migrations.CreateModel(
            name="Unchanged",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "noun",
                    models.CharField(
                        choices=[
                            ("issue", "issue"),
                            ("actor", "actor"),
                            ("source", "source"),
                            ("stance", "stance"),
                            ("alignment", "alignment"),
                            ("meeting", "meeting"),
                        ],
                        max_length=20,
                    ),
                ),
                ("record", models.IntegerField(help_text="The id of the record at the desk.")),
                ("version", models.PositiveIntegerField(help_text="The desk's version that was to be published.")),
                (
                    "same_as",
                    models.PositiveIntegerField(help_text="The version of the documents, as which it comes out."),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="actor",
            index=models.Index(condition=models.Q(("state", "in_review")), fields=["id"], name="actor_in_review"),
        ),
        migrations.AddIndex(
            model_name="alignment",
            index=models.Index(condition=models.Q(("state", "in_review")), fields=["id"], name="alignment_in_review"),
        ),
        migrations.AddIndex(
            model_name="issue",
            index=models.Index(condition=models.Q(("state", "in_review")), fields=["id"], name="issue_in_review"),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(condition=models.Q(("state", "in_review")), fields=["id"], name="meeting_in_review"),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(condition=models.Q(("state", "in_review")), fields=["id"], name="source_in_review"),
        ),
        migrations.AddIndex(
            model_name="stance",
            index=models.Index(condition=models.Q(("state", "in_review")), fields=["id"], name="stance_in_review"),
        ),
        migrations.AddField(
            model_name="review",
            name="made_by",
            field=models.ForeignKey(
                help_text="Who.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="to",
            field=models.ForeignKey(
                help_text="Whose turn it is; none: anybody's.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="unchanged",
            constraint=models.CheckConstraint(
                condition=models.Q(("noun__in", ["issue", "actor", "source", "stance", "alignment", "meeting"])),
                name="unchanged_noun_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="unchanged",
            constraint=models.UniqueConstraint(fields=("noun", "record", "version"), name="unchanged_once_a_version"),
        ),
        migrations.AddConstraint(
            model_name="unchanged",
            constraint=models.CheckConstraint(
                condition=models.Q(("version__gt", models.F("same_as"))), name="unchanged_is_the_later_version"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unchanged",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="eb6ece1a6b7ed65888b9ba57bc937fe2d7d5eb29",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_append_only_f0fb0",
                    table="tracker_unchanged",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unchanged",
            trigger=pgtrigger.compiler.Trigger(
                name="refuses_truncate",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="1b9ed9c78f8d432d2f3b47943cb019d1bce16c0a",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuses_truncate_c6d18",
                    table="tracker_unchanged",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["noun", "record", "id"], name="review_of_record"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(("noun__in", ["issue", "actor", "source", "stance", "alignment", "meeting"])),
                name="review_noun_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("act__in", ["submitted", "withdrawn", "sent_back", "approved", "assigned", "commented"])
                ),
                name="review_act_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("act__in", ["sent_back", "commented"]), _negated=True),
                    models.Q(("text", ""), _negated=True),
                    _connector="OR",
                ),
                name="review_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("act__in", ["approved", "commented"]), _negated=True),
                    ("to__isnull", True),
                    _connector="OR",
                ),
                name="review_only_what_moves_is_to_somebody",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="review",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="670e334c7cdd0f52af814d340cb2bc1ebc3b8e16",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_append_only_0953f",
                    table="tracker_review",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="review",
            trigger=pgtrigger.compiler.Trigger(
                name="refuses_truncate",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="77c4e39d17e6b04e934152a6869258d3c15469cf",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuses_truncate_9a214",
                    table="tracker_review",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="review",
            trigger=pgtrigger.compiler.Trigger(
                name="is_of_the_version_at_the_desk",
                sql=tracker.models.triggers.TriggerSql(
                    declare="DECLARE found int;",
                    func="\n    NEW.made_at := clock_timestamp();\n    EXECUTE format('SELECT version FROM public.tracker_%I WHERE id = $1 FOR SHARE', NEW.noun)\n        INTO found USING NEW.record;\n    IF found IS DISTINCT FROM NEW.version THEN\n        RAISE EXCEPTION '% % has version %, not %', NEW.noun, NEW.record, coalesce(found::text, 'none'), NEW.version\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'review_is_of_the_version_at_the_desk';\n    END IF;\n    RETURN NEW;\n",
                    hash="3edad8902357845233b0542f39cfc2c2e42491d6",
                    operation="INSERT",
                    pgid="pgtrigger_is_of_the_version_at_the_desk_a6890",
                    table="tracker_review",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
