"""Actors say from when until when they exist."""

import django.db.models.functions.comparison
from django.db import migrations, models


def raises_version(generated: str) -> str:
    """Return the statements that tell the trigger which columns are generated."""
    return (
        "DROP TRIGGER raises_version ON public.tracker_actor; "
        "CREATE TRIGGER raises_version BEFORE UPDATE ON public.tracker_actor FOR EACH ROW "
        f"EXECUTE FUNCTION public.raise_version({generated});"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0037_public_keys_stay"),
    ]

    operations = [
        migrations.AddField(
            model_name="actor",
            name="since",
            field=models.CharField(
                blank=True,
                default="",
                help_text="From when on it exists: when it became a state or was founded; empty: unknown.",
                max_length=30,
            ),
        ),
        migrations.AddField(
            model_name="actor",
            name="until",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Until when it existed; empty: it still does, as far as known.",
                max_length=30,
            ),
        ),
        migrations.AddField(
            model_name="actor",
            name="since_earliest",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    django.db.models.functions.comparison.Cast("since", models.TextField()),
                    function="edtf_earliest",
                    output_field=models.DateField(null=True),
                ),
                help_text="The first day that “since” can mean.",
                output_field=models.DateField(null=True),
            ),
        ),
        migrations.AddField(
            model_name="actor",
            name="since_latest",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    django.db.models.functions.comparison.Cast("since", models.TextField()),
                    function="edtf_latest",
                    output_field=models.DateField(null=True),
                ),
                help_text="The last day that “since” can mean.",
                output_field=models.DateField(null=True),
            ),
        ),
        migrations.AddField(
            model_name="actor",
            name="until_earliest",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    django.db.models.functions.comparison.Cast("until", models.TextField()),
                    function="edtf_earliest",
                    output_field=models.DateField(null=True),
                ),
                help_text="The first day that “until” can mean.",
                output_field=models.DateField(null=True),
            ),
        ),
        migrations.AddField(
            model_name="actor",
            name="until_latest",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    django.db.models.functions.comparison.Cast("until", models.TextField()),
                    function="edtf_latest",
                    output_field=models.DateField(null=True),
                ),
                help_text="The last day that “until” can mean.",
                output_field=models.DateField(null=True),
            ),
        ),
        migrations.AddConstraint(
            model_name="actor",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("since_earliest__isnull", True),
                    ("until_latest__isnull", True),
                    ("since_earliest__lte", models.F("until_latest")),
                    _connector="OR",
                ),
                name="actor_begins_before_it_ends",
                violation_error_code="since",
                violation_error_message="it begins after it ends; correct “since” or “until”.",
            ),
        ),
        migrations.RunSQL(
            raises_version("'since_earliest', 'since_latest', 'until_earliest', 'until_latest'"),
            raises_version(""),
        ),
    ]
