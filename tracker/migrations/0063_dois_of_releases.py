"""A release may have a DOI, which is recorded with it or later; readers see it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tracker.models.functions

GUARDS = f"""
    CREATE TRIGGER is_append_only BEFORE DELETE OR UPDATE ON public.tracker_releasedoi
        FOR EACH ROW EXECUTE FUNCTION public.refuse('it is append-only');
    CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_releasedoi
        FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('it is append-only');
    REVOKE UPDATE, DELETE ON public.tracker_releasedoi FROM {settings.APPLICATION};
    GRANT SELECT ON public.tracker_releasedoi TO {settings.READER};
"""


class Migration(migrations.Migration):
    dependencies = [("tracker", "0062_proposals_to_withdraw")]

    operations = [
        migrations.CreateModel(
            name="ReleaseDoi",
            fields=[
                (
                    "id",
                    models.AutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "doi",
                    models.CharField(
                        help_text="The DOI, without an address before it; public.", max_length=200
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=tracker.models.functions.ClockTimestamp(),
                        help_text="When it was recorded (UTC).",
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dois",
                        to="tracker.release",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("doi__regex", "^10\\.[0-9]{4,9}/[!-~]+$")),
                        name="release_doi_is_one",
                    )
                ],
            },
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
