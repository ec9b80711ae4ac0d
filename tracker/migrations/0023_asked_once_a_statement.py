"""Editions are checked by the right index."""

from django.db import migrations

from tracker.models.triggers import Functions


class Migration(migrations.Migration):
    dependencies = [("tracker", "0022_plans_for_any_number")]
    operations = [Functions(editions="509e0e1a4194")]
