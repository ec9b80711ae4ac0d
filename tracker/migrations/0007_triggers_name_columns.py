"""What triggers refuse names its column beside the message."""

from django.db import migrations

from tracker.models.triggers import Functions


class Migration(migrations.Migration):
    dependencies = [("tracker", "0006_upload_errors_by_kind")]
    operations = [Functions(changes="3566ab16a6dd", issues="8f5e060553ba", merging="a566059bb5c1")]
