"""Steps of reviews are listed, the newest first, and rows of one step have one moment."""

from django.db import migrations, models
from django.db.models.functions import Now

from tracker.models.triggers import Functions


class Migration(migrations.Migration):
    dependencies = [("tracker", "0033_merges_are_found")]
    operations = [
        Functions(reviews="c7a053765267"),
        migrations.AlterField(
            model_name="review",
            name="made_at",
            field=models.DateTimeField(
                db_default=Now(), help_text="When the step was taken, with all its records."
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["-made_at", "id"], name="review_newest_first"),
        ),
    ]
