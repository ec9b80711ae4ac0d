"""Keep files that are on their way to the desk, with what would become of each of their rows."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0012_ahead"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("name", models.CharField(help_text="The file's name.", max_length=300)),
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
                ("kind", models.CharField(help_text="Its format.", max_length=10)),
                (
                    "encoding",
                    models.CharField(blank=True, default="", help_text="Of CSV: its encoding.", max_length=20),
                ),
                (
                    "separator",
                    models.CharField(blank=True, default="", help_text="Of CSV: what separates cells.", max_length=1),
                ),
                (
                    "header",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, help_text="The names of its columns.", size=None
                    ),
                ),
                ("faults", models.JSONField(blank=True, default=list, help_text="What is wrong with it as a whole.")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="UploadPiece",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pieces", to="tracker.upload"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="UploadRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("line", models.PositiveIntegerField(help_text="The line on which it starts, or which entry it is.")),
                (
                    "cells",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), help_text="In the order of the upload's columns.", size=None
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("created", "new"),
                            ("changed", "changed"),
                            ("same", "same"),
                            ("duplicate", "duplicate"),
                            ("error", "error"),
                            ("existing", "existing one used"),
                            ("left_out", "left out"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                (
                    "record",
                    models.IntegerField(help_text="The id of the record that it is, if that is here.", null=True),
                ),
                (
                    "changes",
                    models.JSONField(blank=True, default=list, help_text="Fields that change: [name, old, new]."),
                ),
                (
                    "faults",
                    models.JSONField(
                        blank=True, default=list, help_text="What is wrong: [column, value, problem, remedy]."
                    ),
                ),
                (
                    "duplicates",
                    models.JSONField(
                        blank=True, default=list, help_text="What it may be already: [id or null, line, why]."
                    ),
                ),
                (
                    "choice",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("use", "use the existing one"),
                            ("create", "create it anyway"),
                            ("leave_out", "leave it out"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                (
                    "stands_for",
                    models.IntegerField(help_text="The id of the record that is meant, if that was chosen.", null=True),
                ),
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="tracker.upload"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="upload",
            index=models.Index(fields=["made_at"], name="upload_oldest_first"),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(("noun__in", ["issue", "actor", "source", "stance", "alignment", "meeting"])),
                name="upload_noun_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="uploadpiece",
            constraint=models.UniqueConstraint(fields=("upload", "number"), name="upload_piece_is_one"),
        ),
        migrations.AddIndex(
            model_name="uploadrow",
            index=models.Index(fields=["upload", "outcome", "line"], name="upload_rows_by_outcome"),
        ),
        migrations.AddConstraint(
            model_name="uploadrow",
            constraint=models.UniqueConstraint(fields=("upload", "line"), name="upload_row_is_one"),
        ),
        migrations.AddConstraint(
            model_name="uploadrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__in", ["", "created", "changed", "same", "duplicate", "error", "existing", "left_out"])
                ),
                name="upload_row_outcome_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="uploadrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("choice__in", ["", "use", "create", "leave_out"])),
                name="upload_row_choice_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="uploadrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("choice", "use"), ("stands_for__isnull", False)),
                    models.Q(models.Q(("choice", "use"), _negated=True), ("stands_for__isnull", True)),
                    _connector="OR",
                ),
                name="upload_row_stands_for_what_is_used",
            ),
        ),
    ]
