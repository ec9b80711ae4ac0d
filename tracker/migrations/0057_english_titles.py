"""A source has an English title beside its own, by which it is found at the desk and by readers."""

import django.contrib.postgres.indexes
from django.db import migrations, models

from tracker.models.triggers import Functions


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0056_matrices_in_indexes"),
    ]

    operations = [
        Functions(search="33459ae46055"),
        migrations.RemoveIndex(
            model_name="source",
            name="source_words",
        ),
        migrations.AddField(
            model_name="source",
            name="english_title",
            field=models.CharField(
                blank=True,
                default="",
                help_text="A translation of the title, if it is in another language than English.",
                max_length=500,
            ),
        ),
        migrations.AddIndex(
            model_name="source",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    models.Func(
                        "title",
                        "english_title",
                        "publisher",
                        "container_title",
                        "url",
                        "archive_url",
                        "ref",
                        models.Func(
                            "authors", function="texts_of", output_field=models.TextField()
                        ),
                        function="folded",
                        output_field=models.TextField(),
                    ),
                    name="gin_trgm_ops",
                ),
                name="source_words",
            ),
        ),
    ]
