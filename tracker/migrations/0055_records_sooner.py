"""A new record is no longer looked for among events of its parts, nor composed where no letter could compose."""

from django.db import migrations

from tracker.models.triggers import Functions


class Migration(migrations.Migration):
    dependencies = [("tracker", "0054_resolutions")]
    operations = [Functions(records="45e6adef0dc4")]
