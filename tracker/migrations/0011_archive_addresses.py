"""Find a source by the address of its archived copy, too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tracker", "0010_reviewers")]

    operations = [
        migrations.AddIndex(
            model_name="source",
            index=models.Index(
                models.Func("archive_url", function="normalised_url"),
                condition=models.Q(("archive_url", ""), _negated=True),
                name="source_archive_address",
            ),
        ),
    ]
