import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import tracker.models.triggers


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0002_desk"),
    ]

    operations = [
        migrations.CreateModel(
            name="SourceDocument",
            fields=[
                (
                    "opened",
                    models.ForeignKey(
                        db_column="opened",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                    ),
                ),
                (
                    "closed",
                    models.ForeignKey(
                        db_column="closed",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                    ),
                ),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.IntegerField(help_text="The id of the record at the desk.")),
                (
                    "version",
                    models.PositiveIntegerField(help_text="The desk's version of which its own data were rendered."),
                ),
                (
                    "gone",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.comparison.Coalesce("closed", 2147483647),
                        output_field=models.IntegerField(),
                    ),
                ),
                ("shape", models.PositiveSmallIntegerField(help_text="The number of the renderer's form.")),
                ("body", models.TextField(help_text="The record as JSON, as rendered.")),
                ("ref", models.CharField(max_length=100, null=True)),
                ("sort", models.TextField()),
                ("type", models.CharField(max_length=40)),
                ("publisher", models.CharField(max_length=300)),
                ("outlet", models.CharField(max_length=40)),
                ("language", models.CharField(max_length=35)),
                ("issued", django.contrib.postgres.fields.ranges.DateRangeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="StanceDocument",
            fields=[
                (
                    "opened",
                    models.ForeignKey(
                        db_column="opened",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                    ),
                ),
                (
                    "closed",
                    models.ForeignKey(
                        db_column="closed",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                    ),
                ),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.IntegerField(help_text="The id of the record at the desk.")),
                (
                    "version",
                    models.PositiveIntegerField(help_text="The desk's version of which its own data were rendered."),
                ),
                (
                    "gone",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.comparison.Coalesce("closed", 2147483647),
                        output_field=models.IntegerField(),
                    ),
                ),
                ("shape", models.PositiveSmallIntegerField(help_text="The number of the renderer's form.")),
                ("body", models.TextField(help_text="The record as JSON, as rendered.")),
                ("ref", models.CharField(max_length=100, null=True)),
                ("sort", models.DateField()),
                ("issue", models.IntegerField()),
                ("actor", models.IntegerField()),
                ("position", models.CharField(max_length=40)),
                ("score", models.SmallIntegerField(null=True)),
                ("basis", models.CharField(max_length=40)),
                ("confidence", models.CharField(max_length=40)),
                ("standing", models.CharField(max_length=40)),
                ("hedged", models.BooleanField()),
                ("defers_to", models.IntegerField(null=True)),
                (
                    "instruments",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None),
                ),
                ("possible", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("certain", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("asserted", django.contrib.postgres.fields.ranges.DateRangeField()),
            ],
        ),
        migrations.CreateModel(
            name="ActorDocument",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.IntegerField(help_text="The id of the record at the desk.")),
                (
                    "version",
                    models.PositiveIntegerField(help_text="The desk's version of which its own data were rendered."),
                ),
                (
                    "gone",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.comparison.Coalesce("closed", 2147483647),
                        output_field=models.IntegerField(),
                    ),
                ),
                ("shape", models.PositiveSmallIntegerField(help_text="The number of the renderer's form.")),
                ("body", models.TextField(help_text="The record as JSON, as rendered.")),
                ("ref", models.CharField(max_length=100, null=True)),
                ("sort", models.TextField()),
                ("slug", models.CharField(max_length=80)),
                ("kind", models.CharField(max_length=40)),
                ("iso3", models.CharField(max_length=3, null=True)),
                (
                    "closed",
                    models.ForeignKey(
                        db_column="closed",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                    ),
                ),
                (
                    "opened",
                    models.ForeignKey(
                        db_column="opened",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AlignmentDocument",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.IntegerField(help_text="The id of the record at the desk.")),
                (
                    "version",
                    models.PositiveIntegerField(help_text="The desk's version of which its own data were rendered."),
                ),
                (
                    "gone",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.comparison.Coalesce("closed", 2147483647),
                        output_field=models.IntegerField(),
                    ),
                ),
                ("shape", models.PositiveSmallIntegerField(help_text="The number of the renderer's form.")),
                ("body", models.TextField(help_text="The record as JSON, as rendered.")),
                ("ref", models.CharField(max_length=100, null=True)),
                ("sort", models.DateField()),
                ("issue", models.IntegerField()),
                ("actor", models.IntegerField()),
                ("counterpart", models.IntegerField()),
                ("pattern", models.CharField(max_length=40)),
                ("basis", models.CharField(max_length=40)),
                ("confidence", models.CharField(max_length=40)),
                ("standing", models.CharField(max_length=40)),
                ("possible", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("certain", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("asserted", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "closed",
                    models.ForeignKey(
                        db_column="closed",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                    ),
                ),
                (
                    "opened",
                    models.ForeignKey(
                        db_column="opened",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "edition", "position", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("position", models.PositiveIntegerField(help_text="Its place within the edition, from 1.")),
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
                ("record", models.IntegerField()),
                ("key", models.CharField(help_text="The key of its address in that edition.", max_length=100)),
                (
                    "operation",
                    models.CharField(
                        choices=[
                            ("published", "published"),
                            ("updated", "updated"),
                            ("renamed", "renamed"),
                            ("retracted", "retracted"),
                            ("merged", "merged"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "changed",
                    models.JSONField(default=dict, help_text="What changed in its public form: {field: [old, new]}."),
                ),
                ("into", models.IntegerField(help_text="The survivor of a merge.", null=True)),
                (
                    "edition",
                    models.ForeignKey(
                        db_column="edition",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="tracker.edition",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="IssueDocument",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.IntegerField(help_text="The id of the record at the desk.")),
                (
                    "version",
                    models.PositiveIntegerField(help_text="The desk's version of which its own data were rendered."),
                ),
                (
                    "gone",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.comparison.Coalesce("closed", 2147483647),
                        output_field=models.IntegerField(),
                    ),
                ),
                ("shape", models.PositiveSmallIntegerField(help_text="The number of the renderer's form.")),
                ("body", models.TextField(help_text="The record as JSON, as rendered.")),
                ("ref", models.CharField(max_length=100, null=True)),
                ("sort", models.TextField()),
                ("slug", models.CharField(max_length=80)),
                ("parent", models.IntegerField(null=True)),
                (
                    "themes",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None),
                ),
                ("region", models.CharField(max_length=40)),
                ("has_question", models.BooleanField()),
                (
                    "closed",
                    models.ForeignKey(
                        db_column="closed",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                    ),
                ),
                (
                    "opened",
                    models.ForeignKey(
                        db_column="opened",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MeetingDocument",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.IntegerField(help_text="The id of the record at the desk.")),
                (
                    "version",
                    models.PositiveIntegerField(help_text="The desk's version of which its own data were rendered."),
                ),
                (
                    "gone",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.comparison.Coalesce("closed", 2147483647),
                        output_field=models.IntegerField(),
                    ),
                ),
                ("shape", models.PositiveSmallIntegerField(help_text="The number of the renderer's form.")),
                ("body", models.TextField(help_text="The record as JSON, as rendered.")),
                ("ref", models.CharField(max_length=100, null=True)),
                ("sort", models.DateField()),
                ("kind", models.CharField(max_length=40)),
                ("status", models.CharField(max_length=40)),
                ("country", models.CharField(max_length=3)),
                ("series", models.CharField(max_length=200)),
                (
                    "participants",
                    django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None),
                ),
                ("issues", django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                ("possible", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("certain", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "closed",
                    models.ForeignKey(
                        db_column="closed",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                    ),
                ),
                (
                    "opened",
                    models.ForeignKey(
                        db_column="opened",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "named_noun",
                        "named",
                        "noun",
                        "document",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
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
                        help_text="The noun of the document.",
                        max_length=20,
                    ),
                ),
                ("document", models.BigIntegerField(help_text="The id of the document in its noun's table.")),
                (
                    "named_noun",
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
                ("named", models.IntegerField(help_text="The id of the record that it names.")),
            ],
            options={
                "indexes": [models.Index(fields=["noun", "document"], name="mention_of_document")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("noun__in", ["issue", "actor", "source", "stance", "alignment", "meeting"])
                        ),
                        name="mention_noun_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("named_noun__in", ["issue", "actor", "source", "stance", "alignment", "meeting"])
                        ),
                        name="mention_named_noun_is_known",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mention",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="fafb3654bc1afc10b102f7fc544f8adfb78a56fd",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_append_only_b86f2",
                    table="tracker_mention",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mention",
            trigger=pgtrigger.compiler.Trigger(
                name="refuses_truncate",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="bc7691023340c8592dbbce7657d8096ae9444022",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuses_truncate_006ce",
                    table="tracker_mention",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mention",
            trigger=pgtrigger.compiler.Trigger(
                name="is_of_a_new_document",
                sql=tracker.models.triggers.TriggerSql(
                    declare="DECLARE found boolean;",
                    func="\n    EXECUTE $statement$\n    SELECT EXISTS (\n        SELECT FROM new_rows m LEFT JOIN public.tracker_document d ON d.noun = m.noun AND d.id = m.document\n        WHERE d.opened IS NULL OR d.opened IS DISTINCT FROM (SELECT public.edition_being_made())\n    )\n$statement$ INTO found;\n    IF found THEN\n        RAISE EXCEPTION 'tracker_mention: not of a document of the edition being made in this transaction'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\n    RETURN NULL;\n",
                    hash="f8a5ccac606c00c4af54f51adc02e433875d52a1",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_is_of_a_new_document_72310",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_mention",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="actordocument",
            index=models.Index(fields=["opened"], name="actor_opened"),
        ),
        migrations.AddIndex(
            model_name="actordocument",
            index=models.Index(condition=models.Q(("closed__isnull", False)), fields=["closed"], name="actor_closed"),
        ),
        migrations.AddIndex(
            model_name="actordocument",
            index=models.Index(
                condition=models.Q(("closed__isnull", True)), fields=["sort", "record"], name="actor_now"
            ),
        ),
        migrations.AddIndex(
            model_name="actordocument",
            index=models.Index(fields=["sort", "record", "opened", "gone"], name="actor_then"),
        ),
        migrations.AddConstraint(
            model_name="actordocument",
            constraint=models.CheckConstraint(
                condition=models.Q(("closed__gt", models.F("opened"))), name="actor_document_closes_after_it_opens"
            ),
        ),
        migrations.AddConstraint(
            model_name="actordocument",
            constraint=models.UniqueConstraint(
                fields=("record", "opened"), name="actor_document_opens_once_an_edition"
            ),
        ),
        migrations.AddConstraint(
            model_name="actordocument",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed__isnull", True)), fields=("record",), name="actor_document_stands_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="actordocument",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("ref__isnull", False)),
                expressions=[("ref", "="), ("record", "<>")],
                name="actor_document_ref_belongs_to_one_record_ever",
            ),
        ),
        migrations.AddConstraint(
            model_name="actordocument",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("slug__isnull", False)),
                expressions=[("slug", "="), ("record", "<>")],
                name="actor_document_slug_belongs_to_one_record_ever",
            ),
        ),
        migrations.AddConstraint(
            model_name="actordocument",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("iso3__isnull", False)),
                expressions=[
                    ("iso3", "="),
                    ("record", "<>"),
                    (models.Func("opened", "closed", function="int4range"), "&&"),
                ],
                name="actor_document_iso3_belongs_to_one_record_at_once",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="actordocument",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="7197226ec76decf7ab47d6c4898afc5e5c8cd09e",
                    operation="DELETE",
                    pgid="pgtrigger_is_append_only_81031",
                    table="tracker_actordocument",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="actordocument",
            trigger=pgtrigger.compiler.Trigger(
                name="refuses_truncate",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="3e4c5d7349d666d012c9576d650e02e581c361b0",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuses_truncate_88eb1",
                    table="tracker_actordocument",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="actordocument",
            trigger=pgtrigger.compiler.Trigger(
                name="closes_once",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n        IF OLD.closed IS NOT NULL OR NEW.closed IS NULL\n           OR to_jsonb(NEW) - 'closed' - 'gone' IS DISTINCT FROM to_jsonb(OLD) - 'closed' - 'gone' THEN\n            RAISE EXCEPTION '% is append-only: a document is closed once, and nothing else of it changes', TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="79fde30eb40f887d80926796ec833a6cde26fffe",
                    operation="UPDATE",
                    pgid="pgtrigger_closes_once_13878",
                    table="tracker_actordocument",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="actordocument",
            trigger=pgtrigger.compiler.Trigger(
                name="opens_now",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF EXISTS (SELECT FROM new_rows WHERE opened IS DISTINCT FROM (SELECT public.edition_being_made())) THEN\n                RAISE EXCEPTION '%.opened: not the edition being made in this transaction', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="a8c3195f2f487977a46cdeb8a0490b7abdfe4b31",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_opens_now_7f939",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_actordocument",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="actordocument",
            trigger=pgtrigger.compiler.Trigger(
                name="closes_now",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF EXISTS (SELECT FROM new_rows WHERE closed IS DISTINCT FROM (SELECT public.edition_being_made())) THEN\n                RAISE EXCEPTION '%.closed: not the edition being made in this transaction', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="1d04db8a8b6fa542babf5dffb2d5ec1b3d3e4567",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_closes_now_1680a",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_actordocument",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="alignmentdocument",
            index=models.Index(fields=["opened"], name="alignment_opened"),
        ),
        migrations.AddIndex(
            model_name="alignmentdocument",
            index=models.Index(
                condition=models.Q(("closed__isnull", False)), fields=["closed"], name="alignment_closed"
            ),
        ),
        migrations.AddIndex(
            model_name="alignmentdocument",
            index=models.Index(
                condition=models.Q(("closed__isnull", True)), fields=["-sort", "-record"], name="alignment_now"
            ),
        ),
        migrations.AddIndex(
            model_name="alignmentdocument",
            index=models.Index(fields=["-sort", "-record", "opened", "gone"], name="alignment_then"),
        ),
        migrations.AddIndex(
            model_name="alignmentdocument",
            index=models.Index(
                condition=models.Q(("closed__isnull", True)),
                fields=["issue", "-sort", "-record"],
                name="alignment_now_issue",
            ),
        ),
        migrations.AddIndex(
            model_name="alignmentdocument",
            index=models.Index(fields=["issue", "-sort", "-record", "opened", "gone"], name="alignment_then_issue"),
        ),
        migrations.AddIndex(
            model_name="alignmentdocument",
            index=models.Index(
                condition=models.Q(("closed__isnull", True)),
                fields=["actor", "-sort", "-record"],
                name="alignment_now_actor",
            ),
        ),
        migrations.AddIndex(
            model_name="alignmentdocument",
            index=models.Index(fields=["actor", "-sort", "-record", "opened", "gone"], name="alignment_then_actor"),
        ),
        migrations.AddIndex(
            model_name="alignmentdocument",
            index=models.Index(
                condition=models.Q(("closed__isnull", True)),
                fields=["counterpart", "-sort", "-record"],
                name="alignment_now_counterpart",
            ),
        ),
        migrations.AddIndex(
            model_name="alignmentdocument",
            index=models.Index(
                fields=["counterpart", "-sort", "-record", "opened", "gone"], name="alignment_then_counterpart"
            ),
        ),
        migrations.AddConstraint(
            model_name="alignmentdocument",
            constraint=models.CheckConstraint(
                condition=models.Q(("closed__gt", models.F("opened"))), name="alignment_document_closes_after_it_opens"
            ),
        ),
        migrations.AddConstraint(
            model_name="alignmentdocument",
            constraint=models.UniqueConstraint(
                fields=("record", "opened"), name="alignment_document_opens_once_an_edition"
            ),
        ),
        migrations.AddConstraint(
            model_name="alignmentdocument",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed__isnull", True)), fields=("record",), name="alignment_document_stands_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="alignmentdocument",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("ref__isnull", False)),
                expressions=[("ref", "="), ("record", "<>")],
                name="alignment_document_ref_belongs_to_one_record_ever",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignmentdocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Func(
                        django.db.models.functions.comparison.Cast("body", models.JSONField()),
                        output_field=models.BooleanField(),
                        template="jsonb_path_exists(%(expressions)s, '$.citations[*] ? (@.locator != null || @.quote != null)')",
                    )
                ),
                name="alignment_document_cites_a_source",
                violation_error_message="citations: a published claim or held meeting cites at least one source, with a locator or a quote.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignmentdocument",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("standing", "accepted")),
                expressions=[
                    ("issue", "="),
                    (django.db.models.functions.comparison.Least("actor", "counterpart"), "="),
                    (django.db.models.functions.comparison.Greatest("actor", "counterpart"), "="),
                    ("asserted", "&&"),
                    (models.Func("opened", "closed", function="int4range"), "&&"),
                ],
                name="alignment_document_one_accepted_at_once",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignmentdocument",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="e1e027dfc547e6dbdeba55a8b5b3ad98118eb4df",
                    operation="DELETE",
                    pgid="pgtrigger_is_append_only_ea4ac",
                    table="tracker_alignmentdocument",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignmentdocument",
            trigger=pgtrigger.compiler.Trigger(
                name="refuses_truncate",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="b7a843fab9b5bf1866f24b733589d5d110ba7b44",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuses_truncate_84233",
                    table="tracker_alignmentdocument",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignmentdocument",
            trigger=pgtrigger.compiler.Trigger(
                name="closes_once",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n        IF OLD.closed IS NOT NULL OR NEW.closed IS NULL\n           OR to_jsonb(NEW) - 'closed' - 'gone' IS DISTINCT FROM to_jsonb(OLD) - 'closed' - 'gone' THEN\n            RAISE EXCEPTION '% is append-only: a document is closed once, and nothing else of it changes', TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="f20a53e886fddc20c80352d4a89363f1685b05c2",
                    operation="UPDATE",
                    pgid="pgtrigger_closes_once_e4689",
                    table="tracker_alignmentdocument",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignmentdocument",
            trigger=pgtrigger.compiler.Trigger(
                name="opens_now",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF EXISTS (SELECT FROM new_rows WHERE opened IS DISTINCT FROM (SELECT public.edition_being_made())) THEN\n                RAISE EXCEPTION '%.opened: not the edition being made in this transaction', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="16d2f0b14aedcdcb20dd077a493c184ff46e9759",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_opens_now_ee10b",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_alignmentdocument",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignmentdocument",
            trigger=pgtrigger.compiler.Trigger(
                name="closes_now",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF EXISTS (SELECT FROM new_rows WHERE closed IS DISTINCT FROM (SELECT public.edition_being_made())) THEN\n                RAISE EXCEPTION '%.closed: not the edition being made in this transaction', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="4265c98b5abbf9d65b2eb1480a2aee87e649f314",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_closes_now_7248d",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_alignmentdocument",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["noun", "record", "edition"], name="change_of_record"),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(("noun__in", ["issue", "actor", "source", "stance", "alignment", "meeting"])),
                name="change_noun_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.UniqueConstraint(
                fields=("edition", "noun", "record"), name="change_once_per_record_and_edition"
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("into__isnull", False), ("operation", "merged")),
                    models.Q(models.Q(("operation", "merged"), _negated=True), ("into__isnull", True)),
                    _connector="OR",
                ),
                name="change_only_a_merge_has_a_survivor",
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(("operation__in", ["published", "updated", "renamed", "retracted", "merged"])),
                name="change_operation_is_known",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="change",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="14dfc99feeed97f755d138ee29f7afe0dc9ab3f5",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_append_only_693a6",
                    table="tracker_change",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="change",
            trigger=pgtrigger.compiler.Trigger(
                name="refuses_truncate",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="26bfd2813872d5a0f11c41ab7595e4a47f8f1852",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuses_truncate_49fe9",
                    table="tracker_change",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="change",
            trigger=pgtrigger.compiler.Trigger(
                name="happens_now",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF EXISTS (SELECT FROM new_rows WHERE edition IS DISTINCT FROM (SELECT public.edition_being_made())) THEN\n                RAISE EXCEPTION '%.edition: not the edition being made in this transaction', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="e5d91f2dda22c2ba05b2ab85603fdd71948cbde1",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_happens_now_ba565",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_change",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="change",
            trigger=pgtrigger.compiler.Trigger(
                name="is_of_a_record",
                sql=tracker.models.triggers.TriggerSql(
                    declare="DECLARE found bigint;",
                    func="\n    EXECUTE $statement$SELECT FROM public.tracker_issue WHERE id IN (SELECT record FROM new_rows WHERE operation = 'published' AND noun = 'issue') FOR KEY SHARE$statement$;\n    GET DIAGNOSTICS found = ROW_COUNT;\n    IF found < (SELECT count(*) FROM (SELECT record FROM new_rows WHERE operation = 'published' AND noun = 'issue') AS published) THEN\n        RAISE EXCEPTION 'a published issue is not at the desk'\n            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'change_is_of_a_record';\n    END IF;\n    \n    EXECUTE $statement$SELECT FROM public.tracker_actor WHERE id IN (SELECT record FROM new_rows WHERE operation = 'published' AND noun = 'actor') FOR KEY SHARE$statement$;\n    GET DIAGNOSTICS found = ROW_COUNT;\n    IF found < (SELECT count(*) FROM (SELECT record FROM new_rows WHERE operation = 'published' AND noun = 'actor') AS published) THEN\n        RAISE EXCEPTION 'a published actor is not at the desk'\n            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'change_is_of_a_record';\n    END IF;\n    \n    EXECUTE $statement$SELECT FROM public.tracker_source WHERE id IN (SELECT record FROM new_rows WHERE operation = 'published' AND noun = 'source') FOR KEY SHARE$statement$;\n    GET DIAGNOSTICS found = ROW_COUNT;\n    IF found < (SELECT count(*) FROM (SELECT record FROM new_rows WHERE operation = 'published' AND noun = 'source') AS published) THEN\n        RAISE EXCEPTION 'a published source is not at the desk'\n            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'change_is_of_a_record';\n    END IF;\n    \n    EXECUTE $statement$SELECT FROM public.tracker_stance WHERE id IN (SELECT record FROM new_rows WHERE operation = 'published' AND noun = 'stance') FOR KEY SHARE$statement$;\n    GET DIAGNOSTICS found = ROW_COUNT;\n    IF found < (SELECT count(*) FROM (SELECT record FROM new_rows WHERE operation = 'published' AND noun = 'stance') AS published) THEN\n        RAISE EXCEPTION 'a published stance is not at the desk'\n            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'change_is_of_a_record';\n    END IF;\n    \n    EXECUTE $statement$SELECT FROM public.tracker_alignment WHERE id IN (SELECT record FROM new_rows WHERE operation = 'published' AND noun = 'alignment') FOR KEY SHARE$statement$;\n    GET DIAGNOSTICS found = ROW_COUNT;\n    IF found < (SELECT count(*) FROM (SELECT record FROM new_rows WHERE operation = 'published' AND noun = 'alignment') AS published) THEN\n        RAISE EXCEPTION 'a published alignment is not at the desk'\n            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'change_is_of_a_record';\n    END IF;\n    \n    EXECUTE $statement$SELECT FROM public.tracker_meeting WHERE id IN (SELECT record FROM new_rows WHERE operation = 'published' AND noun = 'meeting') FOR KEY SHARE$statement$;\n    GET DIAGNOSTICS found = ROW_COUNT;\n    IF found < (SELECT count(*) FROM (SELECT record FROM new_rows WHERE operation = 'published' AND noun = 'meeting') AS published) THEN\n        RAISE EXCEPTION 'a published meeting is not at the desk'\n            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'change_is_of_a_record';\n    END IF;\n     RETURN NULL;",
                    hash="d26517e566488850b9950b42b78be460411f7af4",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_is_of_a_record_a98e2",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_change",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="issuedocument",
            index=models.Index(fields=["opened"], name="issue_opened"),
        ),
        migrations.AddIndex(
            model_name="issuedocument",
            index=models.Index(condition=models.Q(("closed__isnull", False)), fields=["closed"], name="issue_closed"),
        ),
        migrations.AddIndex(
            model_name="issuedocument",
            index=models.Index(
                condition=models.Q(("closed__isnull", True)), fields=["sort", "record"], name="issue_now"
            ),
        ),
        migrations.AddIndex(
            model_name="issuedocument",
            index=models.Index(fields=["sort", "record", "opened", "gone"], name="issue_then"),
        ),
        migrations.AddIndex(
            model_name="issuedocument",
            index=models.Index(
                condition=models.Q(("closed__isnull", True)), fields=["parent"], name="issue_now_children"
            ),
        ),
        migrations.AddConstraint(
            model_name="issuedocument",
            constraint=models.CheckConstraint(
                condition=models.Q(("closed__gt", models.F("opened"))), name="issue_document_closes_after_it_opens"
            ),
        ),
        migrations.AddConstraint(
            model_name="issuedocument",
            constraint=models.UniqueConstraint(
                fields=("record", "opened"), name="issue_document_opens_once_an_edition"
            ),
        ),
        migrations.AddConstraint(
            model_name="issuedocument",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed__isnull", True)), fields=("record",), name="issue_document_stands_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="issuedocument",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("ref__isnull", False)),
                expressions=[("ref", "="), ("record", "<>")],
                name="issue_document_ref_belongs_to_one_record_ever",
            ),
        ),
        migrations.AddConstraint(
            model_name="issuedocument",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("slug__isnull", False)),
                expressions=[("slug", "="), ("record", "<>")],
                name="issue_document_slug_belongs_to_one_record_ever",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="issuedocument",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="fc2b700ecff6b312d46bb6a5be4f76bff13aeccc",
                    operation="DELETE",
                    pgid="pgtrigger_is_append_only_b183d",
                    table="tracker_issuedocument",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="issuedocument",
            trigger=pgtrigger.compiler.Trigger(
                name="refuses_truncate",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="d4c65ae7d17c5066552e30906e41c21ffeb298a8",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuses_truncate_7b750",
                    table="tracker_issuedocument",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="issuedocument",
            trigger=pgtrigger.compiler.Trigger(
                name="closes_once",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n        IF OLD.closed IS NOT NULL OR NEW.closed IS NULL\n           OR to_jsonb(NEW) - 'closed' - 'gone' IS DISTINCT FROM to_jsonb(OLD) - 'closed' - 'gone' THEN\n            RAISE EXCEPTION '% is append-only: a document is closed once, and nothing else of it changes', TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="6345c3570be50ca88d5c170bea69adfe483a8d32",
                    operation="UPDATE",
                    pgid="pgtrigger_closes_once_89fe9",
                    table="tracker_issuedocument",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="issuedocument",
            trigger=pgtrigger.compiler.Trigger(
                name="opens_now",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF EXISTS (SELECT FROM new_rows WHERE opened IS DISTINCT FROM (SELECT public.edition_being_made())) THEN\n                RAISE EXCEPTION '%.opened: not the edition being made in this transaction', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="5e308fc886f179e3860befb9aa6560c93fb15320",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_opens_now_e2daa",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_issuedocument",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="issuedocument",
            trigger=pgtrigger.compiler.Trigger(
                name="closes_now",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF EXISTS (SELECT FROM new_rows WHERE closed IS DISTINCT FROM (SELECT public.edition_being_made())) THEN\n                RAISE EXCEPTION '%.closed: not the edition being made in this transaction', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="98dc48c4e461cb0acd20f0cc382dc5e4d79dd72d",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_closes_now_f803e",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_issuedocument",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="meetingdocument",
            index=models.Index(fields=["opened"], name="meeting_opened"),
        ),
        migrations.AddIndex(
            model_name="meetingdocument",
            index=models.Index(condition=models.Q(("closed__isnull", False)), fields=["closed"], name="meeting_closed"),
        ),
        migrations.AddIndex(
            model_name="meetingdocument",
            index=models.Index(
                condition=models.Q(("closed__isnull", True)), fields=["-sort", "-record"], name="meeting_now"
            ),
        ),
        migrations.AddIndex(
            model_name="meetingdocument",
            index=models.Index(fields=["-sort", "-record", "opened", "gone"], name="meeting_then"),
        ),
        migrations.AddConstraint(
            model_name="meetingdocument",
            constraint=models.CheckConstraint(
                condition=models.Q(("closed__gt", models.F("opened"))), name="meeting_document_closes_after_it_opens"
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingdocument",
            constraint=models.UniqueConstraint(
                fields=("record", "opened"), name="meeting_document_opens_once_an_edition"
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingdocument",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed__isnull", True)), fields=("record",), name="meeting_document_stands_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingdocument",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("ref__isnull", False)),
                expressions=[("ref", "="), ("record", "<>")],
                name="meeting_document_ref_belongs_to_one_record_ever",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingdocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "held"), _negated=True),
                    models.Func(
                        django.db.models.functions.comparison.Cast("body", models.JSONField()),
                        output_field=models.BooleanField(),
                        template="jsonb_path_exists(%(expressions)s, '$.citations[*] ? (@.locator != null || @.quote != null)')",
                    ),
                    _connector="OR",
                ),
                name="meeting_document_cites_a_source",
                violation_error_message="citations: a published claim or held meeting cites at least one source, with a locator or a quote.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingdocument",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="eb434cad80e9cc96e47eee70d2f581f763613e1e",
                    operation="DELETE",
                    pgid="pgtrigger_is_append_only_10d54",
                    table="tracker_meetingdocument",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingdocument",
            trigger=pgtrigger.compiler.Trigger(
                name="refuses_truncate",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="c02c67db3dd33a2a401eb6bba45b87fdf9cfdc2a",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuses_truncate_62ab4",
                    table="tracker_meetingdocument",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingdocument",
            trigger=pgtrigger.compiler.Trigger(
                name="closes_once",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n        IF OLD.closed IS NOT NULL OR NEW.closed IS NULL\n           OR to_jsonb(NEW) - 'closed' - 'gone' IS DISTINCT FROM to_jsonb(OLD) - 'closed' - 'gone' THEN\n            RAISE EXCEPTION '% is append-only: a document is closed once, and nothing else of it changes', TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="7fcd1c62cc5d7f2be7cdc429722dd8c4f6df7603",
                    operation="UPDATE",
                    pgid="pgtrigger_closes_once_55dda",
                    table="tracker_meetingdocument",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingdocument",
            trigger=pgtrigger.compiler.Trigger(
                name="opens_now",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF EXISTS (SELECT FROM new_rows WHERE opened IS DISTINCT FROM (SELECT public.edition_being_made())) THEN\n                RAISE EXCEPTION '%.opened: not the edition being made in this transaction', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="a36442276685333e6787b5a9def101913ab34ed4",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_opens_now_883c3",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_meetingdocument",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingdocument",
            trigger=pgtrigger.compiler.Trigger(
                name="closes_now",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF EXISTS (SELECT FROM new_rows WHERE closed IS DISTINCT FROM (SELECT public.edition_being_made())) THEN\n                RAISE EXCEPTION '%.closed: not the edition being made in this transaction', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="7c9f125141b30736c439f144cb3486518f4f2b5a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_closes_now_d9398",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_meetingdocument",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="sourcedocument",
            index=models.Index(fields=["opened"], name="source_opened"),
        ),
        migrations.AddIndex(
            model_name="sourcedocument",
            index=models.Index(condition=models.Q(("closed__isnull", False)), fields=["closed"], name="source_closed"),
        ),
        migrations.AddIndex(
            model_name="sourcedocument",
            index=models.Index(
                condition=models.Q(("closed__isnull", True)), fields=["sort", "record"], name="source_now"
            ),
        ),
        migrations.AddIndex(
            model_name="sourcedocument",
            index=models.Index(fields=["sort", "record", "opened", "gone"], name="source_then"),
        ),
        migrations.AddConstraint(
            model_name="sourcedocument",
            constraint=models.CheckConstraint(
                condition=models.Q(("closed__gt", models.F("opened"))), name="source_document_closes_after_it_opens"
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcedocument",
            constraint=models.UniqueConstraint(
                fields=("record", "opened"), name="source_document_opens_once_an_edition"
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcedocument",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed__isnull", True)), fields=("record",), name="source_document_stands_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcedocument",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("ref__isnull", False)),
                expressions=[("ref", "="), ("record", "<>")],
                name="source_document_ref_belongs_to_one_record_ever",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourcedocument",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="4d39f35d4738f7f8025a39ca0e0b0166bb8fcaa6",
                    operation="DELETE",
                    pgid="pgtrigger_is_append_only_86e05",
                    table="tracker_sourcedocument",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourcedocument",
            trigger=pgtrigger.compiler.Trigger(
                name="refuses_truncate",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="93574af7f4279da6fae916d109c060fa143de3c5",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuses_truncate_fac49",
                    table="tracker_sourcedocument",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourcedocument",
            trigger=pgtrigger.compiler.Trigger(
                name="closes_once",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n        IF OLD.closed IS NOT NULL OR NEW.closed IS NULL\n           OR to_jsonb(NEW) - 'closed' - 'gone' IS DISTINCT FROM to_jsonb(OLD) - 'closed' - 'gone' THEN\n            RAISE EXCEPTION '% is append-only: a document is closed once, and nothing else of it changes', TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="4175ede8e77ee464e0c1726eb6fb027f45e5258f",
                    operation="UPDATE",
                    pgid="pgtrigger_closes_once_a2bf1",
                    table="tracker_sourcedocument",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourcedocument",
            trigger=pgtrigger.compiler.Trigger(
                name="opens_now",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF EXISTS (SELECT FROM new_rows WHERE opened IS DISTINCT FROM (SELECT public.edition_being_made())) THEN\n                RAISE EXCEPTION '%.opened: not the edition being made in this transaction', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="56e4fe8301981014a2848b2dad2617d7624fb66a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_opens_now_2b920",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_sourcedocument",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourcedocument",
            trigger=pgtrigger.compiler.Trigger(
                name="closes_now",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF EXISTS (SELECT FROM new_rows WHERE closed IS DISTINCT FROM (SELECT public.edition_being_made())) THEN\n                RAISE EXCEPTION '%.closed: not the edition being made in this transaction', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="f400d4bd3ea263e1a18074a911bde76acd113d95",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_closes_now_bb503",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_sourcedocument",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="stancedocument",
            index=models.Index(fields=["opened"], name="stance_opened"),
        ),
        migrations.AddIndex(
            model_name="stancedocument",
            index=models.Index(condition=models.Q(("closed__isnull", False)), fields=["closed"], name="stance_closed"),
        ),
        migrations.AddIndex(
            model_name="stancedocument",
            index=models.Index(
                condition=models.Q(("closed__isnull", True)), fields=["-sort", "-record"], name="stance_now"
            ),
        ),
        migrations.AddIndex(
            model_name="stancedocument",
            index=models.Index(fields=["-sort", "-record", "opened", "gone"], name="stance_then"),
        ),
        migrations.AddIndex(
            model_name="stancedocument",
            index=models.Index(
                condition=models.Q(("closed__isnull", True)),
                fields=["issue", "-sort", "-record"],
                name="stance_now_issue",
            ),
        ),
        migrations.AddIndex(
            model_name="stancedocument",
            index=models.Index(fields=["issue", "-sort", "-record", "opened", "gone"], name="stance_then_issue"),
        ),
        migrations.AddIndex(
            model_name="stancedocument",
            index=models.Index(
                condition=models.Q(("closed__isnull", True)),
                fields=["actor", "-sort", "-record"],
                name="stance_now_actor",
            ),
        ),
        migrations.AddIndex(
            model_name="stancedocument",
            index=models.Index(fields=["actor", "-sort", "-record", "opened", "gone"], name="stance_then_actor"),
        ),
        migrations.AddConstraint(
            model_name="stancedocument",
            constraint=models.CheckConstraint(
                condition=models.Q(("closed__gt", models.F("opened"))), name="stance_document_closes_after_it_opens"
            ),
        ),
        migrations.AddConstraint(
            model_name="stancedocument",
            constraint=models.UniqueConstraint(
                fields=("record", "opened"), name="stance_document_opens_once_an_edition"
            ),
        ),
        migrations.AddConstraint(
            model_name="stancedocument",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed__isnull", True)), fields=("record",), name="stance_document_stands_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="stancedocument",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("ref__isnull", False)),
                expressions=[("ref", "="), ("record", "<>")],
                name="stance_document_ref_belongs_to_one_record_ever",
            ),
        ),
        migrations.AddConstraint(
            model_name="stancedocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("position", "no_evidence"),
                    models.Func(
                        django.db.models.functions.comparison.Cast("body", models.JSONField()),
                        output_field=models.BooleanField(),
                        template="jsonb_path_exists(%(expressions)s, '$.citations[*] ? (@.locator != null || @.quote != null)')",
                    ),
                    _connector="OR",
                ),
                name="stance_document_cites_a_source",
                violation_error_message="citations: a published claim or held meeting cites at least one source, with a locator or a quote.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stancedocument",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("standing", "accepted")),
                expressions=[
                    ("actor", "="),
                    ("issue", "="),
                    ("asserted", "&&"),
                    (models.Func("opened", "closed", function="int4range"), "&&"),
                ],
                name="stance_document_one_accepted_at_once",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stancedocument",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="1d672cb556370be36202682cabc4ed75f51affac",
                    operation="DELETE",
                    pgid="pgtrigger_is_append_only_87eb3",
                    table="tracker_stancedocument",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stancedocument",
            trigger=pgtrigger.compiler.Trigger(
                name="refuses_truncate",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="16dfad9fbd4386fa5e2329bb12a2e11f63d83a9b",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuses_truncate_6dd9d",
                    table="tracker_stancedocument",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stancedocument",
            trigger=pgtrigger.compiler.Trigger(
                name="closes_once",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n        IF OLD.closed IS NOT NULL OR NEW.closed IS NULL\n           OR to_jsonb(NEW) - 'closed' - 'gone' IS DISTINCT FROM to_jsonb(OLD) - 'closed' - 'gone' THEN\n            RAISE EXCEPTION '% is append-only: a document is closed once, and nothing else of it changes', TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="cd559f2c7879e123286c4cde2b620f58e1ce9337",
                    operation="UPDATE",
                    pgid="pgtrigger_closes_once_e16f2",
                    table="tracker_stancedocument",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stancedocument",
            trigger=pgtrigger.compiler.Trigger(
                name="opens_now",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF EXISTS (SELECT FROM new_rows WHERE opened IS DISTINCT FROM (SELECT public.edition_being_made())) THEN\n                RAISE EXCEPTION '%.opened: not the edition being made in this transaction', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="169b10499a0c2be4d2750f4508d4fcd18bd1a2be",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_opens_now_38284",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_stancedocument",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stancedocument",
            trigger=pgtrigger.compiler.Trigger(
                name="closes_now",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF EXISTS (SELECT FROM new_rows WHERE closed IS DISTINCT FROM (SELECT public.edition_being_made())) THEN\n                RAISE EXCEPTION '%.closed: not the edition being made in this transaction', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="988dd94453118ebda2dbad1c65b82a3bb2dfaab5",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_closes_now_6a4c9",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_stancedocument",
                    when="AFTER",
                ),
            ),
        ),
    ]
