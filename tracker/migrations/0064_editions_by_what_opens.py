"""An edition is proved by what opens in it, found by its index, however much there is."""

from django.db import migrations

from tracker.models.rules import Rules
from tracker.models.triggers import Functions


class Migration(migrations.Migration):
    dependencies = [("tracker", "0063_dois_of_releases")]
    operations = [Functions(editions="03a97cad67da", facts="0473b6e3c23b"), Rules()]
