"""What is said of country codes: former states have those of ISO 3166-3."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0035_russian_stems"),
    ]

    operations = [
        migrations.AlterField(
            model_name="actor",
            name="iso3",
            field=models.CharField(
                blank=True,
                help_text="ISO 3166-1 alpha-3 code, for states that have one; of a former state that of ISO 3166-3.",
                max_length=3,
                null=True,
                verbose_name="country code",
            ),
        ),
        migrations.AlterField(
            model_name="meeting",
            name="country",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Where, as an ISO 3166-1 alpha-3 code, or that of ISO 3166-3 of a former state.",
                max_length=3,
            ),
        ),
    ]
