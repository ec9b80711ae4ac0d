"""The three groups of the team: analysts write and submit, editors publish too, administrators also run the accounts."""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

NOUNS = ["issue", "actor", "source", "stance", "alignment", "meeting"]
PARTS = [
    "coreinterest", "membership", "stancecitation", "alignmentcitation", "meetingcitation", "participant", "discussion",
]  # fmt: skip
HISTORY = ["changeset", "event", "edition", "change"]


def _codenames(verbs: list[str], models: list[str]) -> list[str]:
    return [f"{verb}_{model}" for verb in verbs for model in models]


ANALYST = [*_codenames(["view", "add", "change", "delete"], NOUNS + PARTS), *_codenames(["view"], HISTORY)]
EDITOR = [*ANALYST, "add_edition"]
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
            permissions.filter(codename__in=codenames, content_type__app_label__in=["tracker", "auth"])
        )


class Migration(migrations.Migration):
    dependencies = [("tracker", "0004_rights")]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
