"""Long bodies of votes lie aside: how much actors agree is counted from the other columns of thousands of rows."""

from django.db import migrations

ASIDE = "ALTER TABLE public.tracker_votedocument RESET (toast_tuple_target), ALTER COLUMN body SET STORAGE EXTERNAL"


class Migration(migrations.Migration):
    dependencies = [("tracker", "0024_ballots_in_order")]
    operations = [migrations.RunSQL(ASIDE, migrations.RunSQL.noop)]
