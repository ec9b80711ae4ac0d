"""How fast tokens ask, in a table that is not logged: it is written by each request, and may be lost."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0019_releases"),
    ]
    operations = [
        migrations.CreateModel(
            name="Pace",
            fields=[
                (
                    "key",
                    models.CharField(
                        help_text="Which token, or who.", max_length=50, primary_key=True, serialize=False
                    ),
                ),
                ("even_at", models.DateTimeField(help_text="When what was asked is made up for by waiting.")),
            ],
        ),
        migrations.RunSQL("ALTER TABLE tracker_pace SET UNLOGGED", migrations.RunSQL.noop),
    ]
