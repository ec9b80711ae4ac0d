"""The digest of a document is made of its bytes: counting the letters of its text took a third of the time."""

from django.db import migrations

from tracker.models.triggers import Functions


class Migration(migrations.Migration):
    dependencies = [("tracker", "0026_looked_up_by_rows")]
    operations = [Functions(digests="b5a0df3f578d")]
