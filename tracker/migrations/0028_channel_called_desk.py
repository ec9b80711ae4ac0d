"""People are told that they changed something through the desk; only programs call it admin."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0027_digests_of_bytes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="changeset",
            name="channel",
            field=models.CharField(
                choices=[
                    ("admin", "desk"),
                    ("api", "API"),
                    ("import", "import"),
                    ("command", "command"),
                    ("sql", "SQL"),
                ],
                help_text="Through which edge.",
                max_length=10,
                verbose_name="made through",
            ),
        ),
    ]
