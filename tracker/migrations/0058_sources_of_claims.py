"""Documents of claims have columns of the sources that they name, and editions have facts.

All that readers wait for is done here, and takes no time; the next migration fills it.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

BACKING = "The ids of sources that support it, ascending."
CITED = "The ids of all sources that it names, ascending."


def _sources_column(noun: str, name: str, help_text: str) -> migrations.AddField:
    return migrations.AddField(
        model_name=f"{noun}document",
        name=name,
        field=django.contrib.postgres.fields.ArrayField(
            base_field=models.IntegerField(), default=list, help_text=help_text, size=None
        ),
        preserve_default=False,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0057_english_titles"),
    ]

    operations = [
        migrations.CreateModel(
            name="EditionFacts",
            fields=[
                (
                    "edition",
                    models.IntegerField(
                        help_text="The number of the edition.", primary_key=True, serialize=False
                    ),
                ),
                (
                    "records",
                    models.JSONField(
                        help_text="How many records there are, by noun; without those of which there are none."
                    ),
                ),
                (
                    "independent",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(),
                        help_text="How many claims rest on 0, 1, 2, and on 3 or more independent sources.",
                        size=None,
                    ),
                ),
                (
                    "with_address",
                    models.IntegerField(
                        help_text="How many claims name a source with a web address."
                    ),
                ),
                ("sourceless", models.IntegerField(help_text="How many claims name no source.")),
                (
                    "coded",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(),
                        help_text="The ids of issues on which there are claims, ascending.",
                        size=None,
                    ),
                ),
                (
                    "until",
                    models.JSONField(
                        help_text="Up to which day there are records: a list of noun, body of votes, and day."
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
        migrations.RemoveIndex(model_name="alignmentdocument", name="alignment_document_accepted"),
        migrations.RemoveIndex(model_name="stancedocument", name="stance_document_accepted"),
        _sources_column("alignment", "backing", BACKING),
        _sources_column("alignment", "cited", CITED),
        _sources_column("stance", "backing", BACKING),
        _sources_column("stance", "cited", CITED),
    ]
