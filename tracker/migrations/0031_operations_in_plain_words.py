"""Pages say replaced, withdrawn and part of another; the codes stay. What leaves a review says from where."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0030_merged_into_survivors"),
    ]

    operations = [
        migrations.AlterField(
            model_name="change",
            name="operation",
            field=models.CharField(
                choices=[
                    ("published", "published"),
                    ("updated", "replaced"),
                    ("renamed", "renamed"),
                    ("retracted", "withdrawn"),
                    ("merged", "part of another"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="review",
            name="act",
            field=models.CharField(
                choices=[
                    ("submitted", "submitted"),
                    ("withdrawn", "withdrawn from review"),
                    ("sent_back", "sent back"),
                    ("approved", "approved"),
                    ("assigned", "assigned"),
                    ("commented", "commented"),
                    ("merge_proposed", "proposed to merge"),
                ],
                help_text="What somebody did with a record in its review.",
                max_length=20,
            ),
        ),
    ]
