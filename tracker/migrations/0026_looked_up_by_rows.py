"""Rows look up their own history by an index, whatever PostgreSQL has counted; short words have no near spellings."""

from django.db import migrations

from tracker.models.triggers import Functions


class Migration(migrations.Migration):
    dependencies = [("tracker", "0025_bodies_of_votes_aside")]
    operations = [Functions(records="ad9a96e3287d", search="fc07d103e150")]
