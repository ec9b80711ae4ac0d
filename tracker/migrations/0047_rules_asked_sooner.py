"""What breaks a rule is looked for from what an edition opens, and editions are made where no table of rules is."""

from django.db import migrations

from tracker.models.rules import Rules
from tracker.models.triggers import Functions


class Migration(migrations.Migration):
    dependencies = [("tracker", "0046_held_as")]
    operations = [Functions(chain="dc286b3abda9", issues="66255905ae0e"), Rules()]
