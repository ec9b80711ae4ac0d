import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Stances and alignments share their fields, and say in plain words what no end means; no column changes."""

    dependencies = [("tracker", "0014_plain_labels")]

    operations = [
        operation
        for claim in ("alignment", "stance")
        for operation in (
            migrations.AlterField(
                model_name=claim,
                name="actor",
                field=models.ForeignKey(
                    help_text="Who.",
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="%(class)ss",
                    to="tracker.actor",
                ),
            ),
            migrations.AlterField(
                model_name=claim,
                name="until",
                field=models.CharField(
                    blank=True,
                    default="",
                    help_text="Until when, inclusive; empty: not ended, as far as known.",
                    max_length=30,
                ),
            ),
        )
    ] + [
        migrations.AlterField(
            model_name="membership",
            name="until",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Until when; empty: not ended, as far as known.",
                max_length=30,
            ),
        ),
    ]
