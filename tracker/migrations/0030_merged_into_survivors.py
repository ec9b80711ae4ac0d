"""What refuses to merge into a merged record calls the one to name its survivor."""

from django.db import migrations

from tracker.models.triggers import Functions


class Migration(migrations.Migration):
    dependencies = [("tracker", "0029_near_by_letters")]
    operations = [Functions(merging="7f657db954c5")]
