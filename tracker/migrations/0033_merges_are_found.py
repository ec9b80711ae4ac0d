"""Merges are found by the record into which they merge, among all events."""

from django.db import migrations, models
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.db.models.lookups import IsNull

MERGED_INTO = Cast(KeyTextTransform("merged_into_id", "after"), models.IntegerField())


class Migration(migrations.Migration):
    dependencies = [("tracker", "0032_editions_hold_and_are_dated")]
    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                MERGED_INTO,
                models.F("noun"),
                condition=models.Q(IsNull(MERGED_INTO, False)),
                name="event_of_a_merge",
            ),
        ),
    ]
