"""Tokens, by which programs of the team's work at the desk; whoever is in the team makes and revokes their own."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.apps.registry import Apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import tracker.models.functions

GROUPS = ["analysts", "editors", "administrators"]
OWN = ["view_token", "add_token", "delete_token"]


def add_permissions(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give the groups what they need, which Django itself would make only after the last migration."""
    alias = schema_editor.connection.alias
    config = apps.get_app_config("tracker")
    config.models_module = True  # type: ignore[assignment]  # else nothing is made from a historical state
    create_permissions(config, apps=apps, using=alias, verbosity=0)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    for name in GROUPS:
        group, _ = apps.get_model("auth", "Group").objects.using(alias).get_or_create(name=name)
        group.permissions.add(*permissions.filter(codename__in=OWN, content_type__app_label="tracker"))


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0015_changeset_lists"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Token",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="What it is for, e.g. “Notebook on my laptop”.", max_length=100)),
                (
                    "is_read_only",
                    models.BooleanField(
                        default=False,
                        help_text="The program may look at the desk and change nothing.",
                        verbose_name="read only",
                    ),
                ),
                (
                    "expires_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="From when on it doesn't work any more (UTC); empty: never.",
                        null=True,
                        verbose_name="expires",
                    ),
                ),
                (
                    "prefix",
                    models.CharField(
                        editable=False, help_text="Its first characters, by which to know it.", max_length=20
                    ),
                ),
                (
                    "digest",
                    models.CharField(editable=False, help_text="The SHA-256 of the whole.", max_length=64, unique=True),
                ),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        help_text="When it was made.",
                        verbose_name="made",
                    ),
                ),
                (
                    "last_used_at",
                    models.DateTimeField(
                        editable=False,
                        help_text="When it was last used, to a minute or so.",
                        null=True,
                        verbose_name="last used",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        editable=False,
                        help_text="In whose name the program works.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("digest__isnull", True), ("digest__regex", "^[0-9a-f]{64}$"), _connector="OR"
                        ),
                        name="token_digest_has_its_form",
                        violation_error_message="digest: a SHA-256 in hexadecimal.",
                    ),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="token_has_a_name"),
                ],
            },
        ),
        migrations.CreateModel(
            name="FailedAttempts",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(help_text="By what the attempts are counted.", max_length=300, unique=True)),
                (
                    "count",
                    models.PositiveIntegerField(
                        help_text="How many there were in a row, none an hour after the one before."
                    ),
                ),
                (
                    "last_at",
                    models.DateTimeField(
                        db_default=tracker.models.functions.ClockTimestamp(), help_text="When the last one was."
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["last_at"], name="failedattempts_oldest_first")]},
        ),
        migrations.RunPython(add_permissions, migrations.RunPython.noop),
    ]
