"""The indexes of stances by actor hold their possible days, so that a matrix is found in them alone."""

from django.db import migrations, models

HELD = ("id", "standing", "issue", "possible")


class Migration(migrations.Migration):
    dependencies = [("tracker", "0055_records_sooner")]
    operations = [
        migrations.RemoveIndex(model_name="stancedocument", name="stance_now_actor"),
        migrations.RemoveIndex(model_name="stancedocument", name="stance_then_actor"),
        migrations.AddIndex(
            model_name="stancedocument",
            index=models.Index(
                condition=models.Q(closed__isnull=True),
                fields=["actor", "-sort", "-record"],
                include=HELD,
                name="stance_now_actor",
            ),
        ),
        migrations.AddIndex(
            model_name="stancedocument",
            index=models.Index(
                fields=["actor", "-sort", "-record", "opened", "gone"],
                include=HELD,
                name="stance_then_actor",
            ),
        ),
    ]
