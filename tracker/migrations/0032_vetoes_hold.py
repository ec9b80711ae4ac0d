"""A vote that an edition only renames isn't asked for its veto again."""

from django.db import migrations

from tracker.models.triggers import Functions


class Migration(migrations.Migration):
    dependencies = [("tracker", "0031_operations_in_plain_words")]
    operations = [Functions(editions="ddfe53f88a33")]
