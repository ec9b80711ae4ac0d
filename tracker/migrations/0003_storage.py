"""How documents are stored, the one view over those of all nouns, and a table that may be lost.

Bodies stay in their rows, whole, up to the size of a page; statistics follow as soon as editions have grown them.
"""

from django.db import migrations

NOUNS = ["issue", "actor", "source", "stance", "alignment", "meeting"]
VIEW = "CREATE VIEW public.tracker_document AS " + " UNION ALL ".join(
    f"SELECT '{noun}'::text AS noun, id, record, version, opened, closed, gone, shape, body "  # noqa: S608
    f"FROM public.tracker_{noun}document"
    for noun in NOUNS
)
STORAGE = "".join(
    f"ALTER TABLE public.tracker_{noun}document SET (toast_tuple_target = 8160, autovacuum_vacuum_scale_factor = 0.02, "
    "autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);"
    for noun in NOUNS
)


class Migration(migrations.Migration):
    dependencies = [("tracker", "0002_tables")]
    operations = [
        migrations.RunSQL(VIEW, "DROP VIEW public.tracker_document"),
        migrations.RunSQL(STORAGE, migrations.RunSQL.noop),
        # It is written by each request.
        migrations.RunSQL("ALTER TABLE public.tracker_pace SET UNLOGGED", migrations.RunSQL.noop),
    ]
