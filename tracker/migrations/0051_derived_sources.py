"""Sources say which other one they pass on."""

import django.db.models.deletion
from django.db import migrations, models

from tracker.models.operations import NounTables
from tracker.models.rules import Rules
from tracker.models.triggers import Functions


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0050_settled_issues"),
    ]

    operations = [
        migrations.AddField(
            model_name="source",
            name="derives_from",
            field=models.ForeignKey(
                blank=True,
                help_text="The source that this one passes on: as a copy, a reprint, a translation. A source that stands for all reports of an agency will do, if it isn’t known which.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="derived",
                to="tracker.source",
            ),
        ),
        migrations.AddField(
            model_name="sourcedocument",
            name="derives_from",
            field=models.IntegerField(null=True),
        ),
        Functions(sources="736d71987e89"),
        NounTables("source", "2c3e06928767", new=[]),
        Rules(source_is_not_its_own_origin="a66a8ad511f3"),
    ]
