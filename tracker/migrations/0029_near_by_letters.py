"""A name is near a word only with most of its letters: a search for Poland found the Polar Silk Road."""

from django.db import migrations

from tracker.models.triggers import Functions


class Migration(migrations.Migration):
    dependencies = [("tracker", "0028_channel_called_desk")]
    operations = [Functions(search="94c759d6de03")]
