"""An upload keeps which missing members and sources are made with its votes."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tracker", "0059_facts_of_editions")]

    operations = [
        migrations.AddField(
            model_name="upload",
            name="makes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(),
                blank=True,
                default=list,
                help_text="Slugs of actors and refs of sources that its votes name and that are made with them.",
                size=None,
            ),
        ),
    ]
