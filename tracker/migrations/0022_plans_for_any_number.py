"""Whatever PostgreSQL has counted, an edition proves itself, and records are touched, row by row."""

from django.db import migrations

from tracker.models.triggers import Functions


class Migration(migrations.Migration):
    dependencies = [("tracker", "0021_frames")]
    operations = [Functions(editions="47ab9ed1aff3", history="c7ae8102cddb")]
