"""What was answered to requests with an Idempotency-Key."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tracker.models.functions


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0016_tokens"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="KeptAnswer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.CharField(help_text="What the client called the request.", max_length=200)),
                ("request", models.CharField(help_text="The SHA-256 of method, address and body.", max_length=64)),
                ("status", models.PositiveSmallIntegerField(help_text="The status of the answer.", null=True)),
                ("headers", models.JSONField(default=dict, help_text="The headers that the answer had of its own.")),
                ("body", models.TextField(blank=True, default="", help_text="The body of the answer.")),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=tracker.models.functions.ClockTimestamp(),
                        help_text="When it was asked; kept for a day.",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        help_text="Who asked.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["made_at"], name="keptanswer_oldest_first")],
                "constraints": [models.UniqueConstraint(fields=("user", "key"), name="keptanswer_once_per_key")],
            },
        ),
    ]
