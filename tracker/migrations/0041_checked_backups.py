"""Backups that were checked are kept."""

from django.db import migrations, models

import tracker.models.functions


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0040_reasons_of_changes"),
    ]

    operations = [
        migrations.CreateModel(
            name="CheckedBackup",
            fields=[
                (
                    "id",
                    models.AutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.DateTimeField(help_text="As of when the backup is (UTC).")),
                (
                    "edition",
                    models.PositiveIntegerField(
                        help_text="The latest edition in it; 0 before the first."
                    ),
                ),
                (
                    "checked_at",
                    models.DateTimeField(
                        db_default=tracker.models.functions.ClockTimestamp(),
                        help_text="When it had been checked (UTC).",
                    ),
                ),
                (
                    "seconds",
                    models.PositiveIntegerField(
                        help_text="How long it took to restore and to prove it."
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["-made_at"], name="checkedbackup_newest_first")],
            },
        ),
    ]
