"""Whatever PostgreSQL has counted, each inserted or deleted row looks up its own history by an index."""

from django.db import migrations

from tracker.models.triggers import Functions


class Migration(migrations.Migration):
    dependencies = [("tracker", "0025_bodies_of_votes_aside")]
    operations = [Functions(records="ad9a96e3287d")]
