"""No source says what became of a forecast before the first day that counts."""

from django.db import migrations

from tracker.models.rules import Rules


class Migration(migrations.Migration):
    dependencies = [("tracker", "0060_made_with_votes")]
    operations = [
        Rules(
            stance_resolution_source_is_no_older="173e016649e6",
            alignment_resolution_source_is_no_older="59d3a37abfcf",
        )
    ]
