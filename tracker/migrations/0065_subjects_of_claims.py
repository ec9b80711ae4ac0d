"""Claims about a subject are found by an index that only holds the editions."""

import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0064_editions_by_what_opens"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="alignmentdocument",
            name="alignment_document_subject",
        ),
        migrations.RemoveIndex(
            model_name="stancedocument",
            name="stance_document_subject",
        ),
        migrations.AddIndex(
            model_name="alignmentdocument",
            index=models.Index(
                models.F("issue"),
                django.db.models.functions.comparison.Least("actor", "counterpart"),
                django.db.models.functions.comparison.Greatest("actor", "counterpart"),
                include=("opened", "gone"),
                name="alignment_document_subject",
            ),
        ),
        migrations.AddIndex(
            model_name="stancedocument",
            index=models.Index(
                models.F("issue"),
                models.F("actor"),
                include=("opened", "gone"),
                name="stance_document_subject",
            ),
        ),
    ]
