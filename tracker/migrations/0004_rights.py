"""What each role may do, and the one view over the documents of all nouns.

The application edits the desk but cannot rewrite the past; the reader sees what is published and nothing else, not
even by whom. The roles themselves are made by the launcher (`manage.py up`) or an administrator, never here.
"""

from django.conf import settings
from django.db import migrations

DOCUMENTS = [f"tracker_{noun}document" for noun in ("issue", "actor", "source", "stance", "alignment", "meeting")]
APPEND_ONLY = ["tracker_changeset", "tracker_event", "tracker_edition", "tracker_change", "tracker_mention"]

VIEW = "CREATE VIEW public.tracker_document AS " + " UNION ALL ".join(  # noqa: S608
    f"SELECT '{table.removeprefix('tracker_').removesuffix('document')}'::text AS noun, "  # noqa: S608
    f"id, record, version, opened, closed, gone, shape, body FROM public.{table}"
    for table in DOCUMENTS
)
APPLICATION, READER = settings.APPLICATION, settings.READER
RIGHTS = f"""
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APPLICATION};
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {APPLICATION};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APPLICATION};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO {APPLICATION};

REVOKE UPDATE, DELETE ON {", ".join(APPEND_ONLY + DOCUMENTS)}, tracker_document FROM {APPLICATION};
REVOKE INSERT, UPDATE, DELETE ON django_migrations, tracker_document FROM {APPLICATION};
{"".join(f"GRANT UPDATE (closed) ON {table} TO {APPLICATION};" for table in DOCUMENTS)}

GRANT SELECT ON {", ".join(DOCUMENTS)}, tracker_document, tracker_change, tracker_mention TO {READER};
GRANT SELECT (number, published_at, note) ON tracker_edition TO {READER};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0003_documents"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("sessions", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(VIEW, "DROP VIEW public.tracker_document"),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
