"""An address is the same source's whether its letters were copied as %E4%B8%AD or as they are shown.

It fails if there are two sources now whose addresses differ by this alone; merge them at the desk first.
"""

from django.db import migrations

from tracker.models.triggers import Functions

AGAIN = (
    "ALTER TABLE public.tracker_source ALTER COLUMN url_key SET EXPRESSION AS (normalised_url(url))"
)


class Migration(migrations.Migration):
    dependencies = [("tracker", "0018_texts_are_seen")]
    operations = [
        Functions(addresses="3b13c81ad69b"),
        migrations.RunSQL(AGAIN, migrations.RunSQL.noop),
    ]
