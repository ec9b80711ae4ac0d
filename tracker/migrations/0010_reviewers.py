"""Let the team submit and comment, and editors approve and send back."""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TEAM = ["view_review", "add_review"]
GROUPS = {
    "analysts": TEAM,
    "editors": [*TEAM, "approve_review"],
    "administrators": [*TEAM, "approve_review"],
}


def add_permissions(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give the groups what they need, which Django itself would make only after the last migration."""
    alias = schema_editor.connection.alias
    config = apps.get_app_config("tracker")
    config.models_module = True  # type: ignore[assignment]  # else nothing is made from a historical state
    create_permissions(config, apps=apps, using=alias, verbosity=0)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    for name, codenames in GROUPS.items():
        group, _ = apps.get_model("auth", "Group").objects.using(alias).get_or_create(name=name)
        group.permissions.add(*permissions.filter(codename__in=codenames, content_type__app_label="tracker"))


class Migration(migrations.Migration):
    dependencies = [("tracker", "0009_workflow")]
    operations = [migrations.RunPython(add_permissions, migrations.RunPython.noop)]
