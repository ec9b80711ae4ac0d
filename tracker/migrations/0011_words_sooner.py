"""The words of documents are found in half the time; they stay what they were."""

from django.db import migrations

from tracker.models.triggers import Functions


class Migration(migrations.Migration):
    dependencies = [("tracker", "0010_upload_version")]
    operations = [Functions(search="8710be07604e")]
