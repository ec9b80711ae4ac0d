"""What each role of the database may do, and what each group of the team.

The application edits the desk but cannot rewrite the past; the reader sees what is published and nothing else, not
even by whom. The roles themselves are made by the launcher (`manage.py up`) or an administrator, never here. Analysts
write and submit, editors publish too, administrators also run the accounts.
"""

from django.apps.registry import Apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

APPLICATION, READER = settings.APPLICATION, settings.READER
NOUNS = ["issue", "actor", "source", "stance", "alignment", "meeting"]
DOCUMENTS = [f"tracker_{noun}document" for noun in NOUNS]
# written by the owner's triggers alone
HISTORY = ["tracker_changeset", "tracker_event", "tracker_link", "tracker_changesubject"]
APPEND_ONLY = [
    *(
        "tracker_edition",
        "tracker_change",
        "tracker_mention",
        "tracker_review",
        "tracker_unchanged",
    ),
    *("tracker_undoing", "tracker_release", "tracker_releasefile", "tracker_releasepiece"),
    *DOCUMENTS,
]
RIGHTS = f"""
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APPLICATION};
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {APPLICATION};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APPLICATION};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO {APPLICATION};

REVOKE UPDATE, DELETE ON {", ".join(APPEND_ONLY)} FROM {APPLICATION};
REVOKE INSERT, UPDATE, DELETE ON {", ".join(HISTORY)}, tracker_document, django_migrations FROM {APPLICATION};
REVOKE USAGE ON SEQUENCE tracker_event_id_seq FROM {APPLICATION};
{"".join(f"GRANT UPDATE (closed) ON {table} TO {APPLICATION};" for table in DOCUMENTS)}

GRANT SELECT ON {", ".join(DOCUMENTS)}, tracker_document TO {READER};
GRANT SELECT ON tracker_change, tracker_changesubject, tracker_mention TO {READER};
GRANT SELECT ON tracker_releasefile, tracker_releasepiece TO {READER};
GRANT SELECT (number, published_at, note) ON tracker_edition TO {READER};
GRANT SELECT (edition, digest) ON tracker_link TO {READER};
GRANT SELECT (id, version, edition, notes, made_at) ON tracker_release TO {READER};
"""
PARTS = [
    "coreinterest", "membership", "stancecitation", "alignmentcitation", "meetingcitation", "participant", "discussion",
]  # fmt: skip
SEEN = ["changeset", "event", "edition", "change", "review", "release"]
OWN = ["add_review", "view_token", "add_token", "delete_token"]


def _codenames(verbs: list[str], models: list[str]) -> list[str]:
    return [f"{verb}_{model}" for verb in verbs for model in models]


ANALYST = [
    *_codenames(["view", "add", "change", "delete"], NOUNS + PARTS),
    *_codenames(["view"], SEEN),
    *OWN,
]
EDITOR = [*ANALYST, "add_edition", "approve_review", "add_release"]
ADMINISTRATOR = [*EDITOR, *_codenames(["view", "add", "change", "delete"], ["user", "group"])]
GROUPS = {"analysts": ANALYST, "editors": EDITOR, "administrators": ADMINISTRATOR}


def make_groups(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the groups with their permissions, which Django itself would make only after the last migration."""
    alias = schema_editor.connection.alias
    for label in ("tracker", "auth"):
        config = apps.get_app_config(label)
        config.models_module = True  # type: ignore[assignment]  # else nothing is made from a historical state
        create_permissions(config, apps=apps, using=alias, verbosity=0)
        config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    for name, codenames in GROUPS.items():
        group, _ = apps.get_model("auth", "Group").objects.using(alias).get_or_create(name=name)
        group.permissions.set(
            permissions.filter(
                codename__in=codenames, content_type__app_label__in=["tracker", "auth"]
            )
        )


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0004_triggers"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("sessions", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
        migrations.RunPython(make_groups, migrations.RunPython.noop),
    ]
