"""Links of the chain go through the documents of all nouns by the view of these; merging asks any noun's table."""

from django.db import migrations

from tracker.models.triggers import Functions

NOUNS = ["issue", "actor", "source", "stance", "alignment", "meeting", "vote"]
VIEW = "CREATE OR REPLACE VIEW public.tracker_document AS " + " UNION ALL ".join(
    f"SELECT '{noun}'::text AS noun, id, record, version, opened, closed, gone, shape, body, digest "  # noqa: S608
    f"FROM public.tracker_{noun}document"
    for noun in NOUNS
)


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0041_checked_backups"),
    ]

    operations = [
        migrations.RunSQL(VIEW, migrations.RunSQL.noop),
        Functions(chain="41635cdf9107", merging="6b8a4ee8befd"),
    ]
